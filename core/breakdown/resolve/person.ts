// A person in the making: the forms merged so far, with where they stand and what they tell.
import type { Biography } from '../../script/schema.ts';
import { normalForm } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import { englishDisguises } from '../vocabulary/english.ts';
import { ownPeople } from '../vocabulary/kinship.ts';
import type { Gender } from '../vocabulary/titles.ts';
import type { FormNode } from './form-table.ts';
import { agreed, toldGender } from './gender.ts';

/** Age in years a biography tells: 十九岁, （28）, 28岁, 32. */
function toldAge(text: string): number | undefined {
  const digits = /(\d{1,3})\s*岁|[（(]\s*(?:[男女][，,、·\s]*)?(\d{1,3})\s*[）)，,岁]|,\s*(\d{1,2})[,.\s]/.exec(text);
  const number = digits && (digits[1] ?? digits[2] ?? digits[3]);
  if (number) return Number(number);
  const written = /([一二三四五六七八九十百]{1,4})(?:来|多|余)?岁/.exec(text)?.[1];
  return written ? chineseNumber(written) : undefined;
}

function chineseNumber(written: string): number {
  const digit = (character: string): number => '零一二三四五六七八九'.indexOf(character);
  const [tens, ones] = written.includes('十') ? written.split('十') : ['', written];
  const ten = written.includes('十') ? (tens ? digit(tens) : 1) * 10 : 0;
  return ten + (ones ? Math.max(0, digit(ones)) : 0);
}

/** 皇上的弟弟, 总裁秘书, 太后的贴身宫女: whose somebody is, no office of his own. */
const whose = new RegExp(
  `(?:[^，,。；;：:、\\s]{1,8}的|皇[帝上]|太[子后]|总裁|董事长|总经理|王爷|将军|老板)(?=(?:贴身|私人|首席)?(?:秘书|助理|特助|司机|保镖|太监|宫女|丫鬟|侍卫|管家|${ownPeople}))`,
  'g',
);

/** 原户部侍郎姜桓嫡女, 镇国公之女: the office is the father's. */
const descent =
  /[^，,。；;：:、（(\s]{1,14}(?=(?:嫡长|嫡|庶|独|长|次|幼|养|义|亲生|亲|继)(?:女|子)|之[女子妻妹弟后孙]|孙女|侄女|外甥|遗孤|遗孀|遗腹|后人|嫡母|生母)/g;

/** Forms taken to be one person. Grows by `join`; sets of scenes are united, so that conflicts are seen at once. */
export class Cluster {
  readonly nodes: FormNode[] = [];
  readonly castScenes = new Set<string>();
  readonly speakScenes = new Set<string>();
  readonly scenes = new Set<string>();
  readonly biographies: Biography[] = [];
  /** What each biography says somebody is; with the name it is about, and without. */
  readonly #told: { readonly whole: string; readonly apart: string }[] = [];
  /** Gender the first biography tells that tells one. */
  told: Gender | undefined;

  constructor(node: FormNode, biography: Biography | undefined) {
    this.nodes.push(node);
    if (biography) {
      this.biographies.push(biography);
      const whole = biography.text.replace(whose, '').replace(descent, '');
      this.#told.push({ whole, apart: whole.replaceAll(biography.name, '') });
      this.told = toldGender(biography);
    }
    unite(this.castScenes, node.castScenes);
    unite(this.speakScenes, node.speakScenes);
    unite(this.scenes, presence(node));
  }

  join(other: Cluster): void {
    this.nodes.push(...other.nodes);
    this.biographies.push(...other.biographies);
    this.#told.push(...other.#told);
    this.told ??= other.told;
    unite(this.castScenes, other.castScenes);
    unite(this.speakScenes, other.speakScenes);
    unite(this.scenes, other.scenes);
  }

  /** As the biography tells it, else as all titles do. */
  get gender(): Gender | undefined {
    return this.told ?? agreed(this.nodes.map(({ parts }) => parts.gender));
  }

  get age(): number | undefined {
    return this.biographies.map(({ text }) => toldAge(text)).find((age) => age !== undefined);
  }

  /** Biographies without the name they are about: what they say somebody is. */
  get toldOffices(): string {
    return this.#told.map(({ apart }) => apart).join('\n');
  }

  /** Words that tell offices: biographies and labels. What others call a person tells only what they think. */
  get offices(): string {
    const labelled = this.nodes.filter(({ labels, hasBiography }) => labels > 0 || hasBiography);
    return [
      ...this.#told.map(({ whole }) => whole),
      ...labelled.map(({ key, parts }) => `${key} ${parts.title ?? ''}`),
    ].join('\n');
  }
}

/** Scenes a form is on by cast line or cue. */
function presence(node: FormNode): ReadonlySet<string> {
  return new Set([...node.castScenes, ...node.speakScenes]);
}

function unite(into: Set<string>, from: ReadonlySet<string>): void {
  for (const value of from) into.add(value);
}

/** The form a person is known by: the biography's, else a name over a role, else the label used most. */
export function nameOf({ nodes, biographies }: Cluster): FormNode {
  const told = new Set(biographies.map(({ name }) => normalForm(name.replace(/[/／(（|].*$/, ''))));
  const grade = (node: FormNode): number => {
    if (told.has(node.key)) return 3;
    if (node.parts.kind === 'other' && englishDisguises.test(node.surface)) return 0;
    if (node.parts.state !== undefined || node.parts.kind === 'role' || node.parts.kind === 'numbered') return 0;
    return node.labels > 0 ? 2 : 1;
  };
  return [...nodes].sort(
    (a, b) => grade(b) - grade(a) || b.labels - a.labels || b.count - a.count || byText(a.key, b.key),
  )[0]!;
}

/** Biographies by the form they are about. */
export function biographiesByForm(biographies: readonly Biography[]): Map<string, Biography> {
  return new Map(
    [...biographies].reverse().map((biography) => [normalForm(biography.name.replace(/[/／(（|].*$/, '')), biography]),
  );
}
