// What one Chinese line tells about two forms: 甲化名乙, 我是乙, a call that only one person can answer.
import type { Element, Scene } from '../../script/schema.ts';
import { readName } from '../forms/read-name.ts';
import type { RuleName } from '../resolve/rules.ts';
import { ownPeople } from '../vocabulary/kinship.ts';
import { selfWords } from '../vocabulary/roles.ts';
import {
  belongsTo,
  englishSelfNaming,
  narratedAlias,
  otherNaming,
  selfNaming,
  spokenAlias,
} from '../vocabulary/told-alias.ts';
import type { Naming } from './chinese-address.ts';

/** A hint before it is dated: two forms, the rule, and where in the element's text it stands. */
export interface Tell {
  readonly a: string;
  readonly b: string;
  readonly rule: RuleName;
  readonly start: number;
  readonly end: number;
}

/** Aliases a line tells between the forms it names. */
export function toldIn(element: Element, namings: readonly Naming[]): Tell[] {
  const spoken = element.kind === 'dialogue' || element.kind === 'lyric';
  const tells: Tell[] = [];
  namings.forEach((naming, index) => {
    const next = namings[index + 1];
    if (next) tells.push(...between(element.text, naming, next, spoken));
    if (spoken) tells.push(...selfNamed(element, naming));
  });
  return tells;
}

function between(text: string, a: Naming, b: Naming, spoken: boolean): Tell[] {
  const gap = text.slice(a.end, b.start).replace(/[“”"「」]/g, '');
  const tell = (rule: RuleName): Tell[] =>
    a.form === b.form ? [] : [{ a: a.form, b: b.form, rule, start: a.start, end: b.end }];
  if (gap.length > 16) return [];
  if (gap === '') return isApposition(a.form, b.form) ? tell('apposition') : [];
  const copula = /[是为]$/.test(text.slice(0, a.start));
  if (/^[，,]$/.test(gap) && copula && /^[，,。！!？?…]?$/.test(text[b.end] ?? '') && isApposition(a.form, b.form))
    return tell('apposition');
  if (!spoken && revealed.test(gap) && isNamelike(b.form)) return tell('unmasks');
  // 林晚就是顾言之的妹妹 names two.
  if (belongsTo.test(text.slice(b.end)) || (copular.test(gap) && !isAllSaid(text, b.end))) return [];
  if (spoken) return spokenAlias.exec(gap)?.[0] === gap ? tell('spoken_alias') : [];
  return narratedAlias.exec(gap)?.[0] === gap && isNamelike(b.form) ? tell('narrated_alias') : [];
}

/** A copula between two names; what they are to each other may follow: 林晚就是顾言之妹妹. */
const copular = /(?:就是|正是|即是|便是|才是|不就是|也就是|其实是|原来是|真实身份是)[，,]?$/;

/** 白露就是苏晚啊, 谢十七就是谢灯儿假扮的: nothing but that the two are one. */
function isAllSaid(text: string, end: number): boolean {
  return (
    endsClause(text, end) || /^[”"」]?(?:[】）)啊呀吗吧呢啦嘛]|本人|自己|的|假扮|乔装|伪装|扮)/.test(text.slice(end))
  );
}

/** Between a mask and the face behind it: 揭下白鹭的面纱，露出苏晚的脸. */
const revealed =
  /^的?(?:面纱|面具|面罩|面巾|黑巾|蒙面|口罩|斗笠|帽子|兜帽|墨镜|假发|人皮)?[^，。]{0,4}[，,](?:竟是|正是|赫然是|原来是|分明是|露出|露出的是|竟然是|现出)$/;

/** 宁安公主李昭宁, 统领谢长风: a title of one, then the name. */
function isApposition(a: string, b: string): boolean {
  const first = readName(a, 'zh');
  return (first.kind === 'titled' || first.kind === 'title') && readName(b, 'zh').kind === 'name';
}

function isNamelike(form: string): boolean {
  return !['kin', 'crowd', 'voice'].includes(readName(form, 'zh').kind);
}

function selfNamed(element: Element, { form, start, end }: Naming): Tell[] {
  const [speaker] = element.speakers ?? [];
  if (!speaker || speaker === form || element.speakers!.length > 1 || !isNamelike(form)) return [];
  const english = englishSelfNaming.exec(element.text.slice(Math.max(0, start - 40), start));
  if (english && /^["'’”]?(?:$|[.,!?;—…-])/.test(element.text.slice(end)))
    return [{ a: form, b: speaker, rule: 'self_naming', start: start - english[0].length, end }];
  // 我是主播——知了
  const before = element.text
    .slice(0, start)
    .replace(/[“"「]$/, '')
    .replace(/(?<=我就?是)[^，。！？—]{1,8}—{1,2}$/, '');
  const own = selfNaming.exec(before)?.[0];
  // 我是沈总的秘书, 我女儿小名念念 and 传罪臣谢长风 name somebody else.
  if (
    own &&
    !ofOthers.test(own) &&
    // 奴婢叫小姐，小姐不应
    !(own.endsWith('叫') && ['title', 'kin'].includes(readName(form, 'zh').kind)) &&
    (isOfSelf.test(own)
      ? !supposed.test(before.slice(0, -own.length))
      : beginsOwnClause.test(before.slice(0, -own.length)) && !isOfOtherSurname(speaker, form)) &&
    !/^(?:[”"」]?的|[家府身手门底])/.test(element.text.slice(end)) &&
    (isOfSelf.test(own) ||
      selfWords.has(own.replace(/(?:是|名?叫)$/, '')) ||
      /^(?:妾身|小女子|奴家|小生|老身)/.test(own)) &&
    endsClause(element.text, end)
  )
    return [{ a: form, b: speaker, rule: 'self_naming', start: Math.max(0, start - own.length), end }];
  return [];
}

const isOfSelf = /^[我叫喊称唤吾某]/;
/** A word like 学生 or 属下 is the speaker's own where the clause begins with it; 这是我的学生林晚 speaks of somebody. */
const beginsOwnClause = /(?:^|[\p{P}\s]|我就?是|我乃)$/u;

/** 你以为我是林晚, 如果我是林晚: somebody else says so, or nobody. */
const supposed =
  /(?:以为|认为|怀疑|说|难道|如果|要是|假如|假若|倘若|若|若是|当|[他她][^，。！？]{0,4}[说道][，,：:]?[“"「]?)$/;
const ofOthers = new RegExp(ownPeople);

/** 王老师 speaks of 学生林晚: a label with a surname keeps it. */
function isOfOtherSurname(speaker: string, form: string): boolean {
  const [label, name] = [readName(speaker, 'zh'), readName(form, 'zh')];
  return label.kind === 'titled' && Boolean(label.surname && name.surname) && label.surname !== name.surname;
}

function endsClause(text: string, end: number): boolean {
  return /^[”"」]?(?:$|[，,。！!？?…—；;、]|是也|的便是|便是|叩见|拜见|参见|见过|领旨|在此|护|给|就[行好]|吧)/.test(
    text.slice(end),
  );
}

/** 您是宁安公主: said to the only person who listens. */
export function namedToListener(element: Element, naming: Naming, listener: string): Tell[] {
  const before = element.text.slice(0, naming.start).replace(/[“"「]$/, '');
  return otherNaming.test(before) && endsClause(element.text, naming.end) && naming.form !== listener
    ? [{ a: naming.form, b: listener, rule: 'other_naming', start: naming.start, end: naming.end }]
    : [];
}

/** Names on a cast line or cue whose brackets name somebody: 黑衣刺客（李砚）. */
export function notedPerson(note: string, isKnown: (form: string) => boolean): string | undefined {
  const bare = note
    .replace(/^(?:即|实为|实则为?|其实是|真身为?|真身是|由|伪装者?|乔装者?|本名|真名|扮演者|同)[:：]?/, '')
    .replace(/(?:饰演?|扮演?|假扮|伪装|乔装|易容|化名)$/, '')
    .trim();
  return bare.length > 1 && isKnown(bare) ? bare : undefined;
}

const masking =
  /(?:戴上|戴好|摘下|摘掉|扯下|揭下|揭开|取下|拉下|掀开|脱下|卸下|扯掉|除下|换上|裂成|露出)[^，。！？]{0,10}(?:面具|面罩|面纱|面巾|黑巾|蒙面|人皮|口罩|帽子|斗笠|兜帽|墨镜|假发|伪装|夜行衣|黑衣|斗篷|真容|真面目|本来面目)/;

const unmasking = /^(?:摘|扯|揭|取|拉|掀|脱|卸|除)/;
const cover = /蒙面|黑巾|面巾|面罩|面具|鬼面|黑衣|夜行衣|斗笠|兜帽|口罩|墨镜/g;
/** Covers that go by several words. */
const sameCover: Readonly<Record<string, string>> = {
  黑巾: '蒙面',
  面巾: '蒙面',
  面罩: '蒙面',
  鬼面: '面具',
  夜行衣: '黑衣',
};

/** Who puts a mask on or takes one off in a line. */
interface Masking {
  readonly person: Naming;
  /** The person takes off what this label is called after: 蒙面女子, 扯下蒙面的黑巾. */
  readonly shows: (label: string) => boolean;
}

/** The person who masks or unmasks in this line: the one named before it; undefined where nobody does. */
export function maskedPerson(text: string, namings: readonly Naming[]): Masking | undefined {
  const mask = masking.exec(text);
  const person = mask && namings.filter(({ end }) => end <= mask.index + mask[0].length).at(-1);
  if (!mask || !person) return undefined;
  const covers = coversIn(mask[0]);
  return { person, shows: (label) => unmasking.test(mask[0]) && coversIn(label).some((one) => covers.includes(one)) };
}

function coversIn(text: string): string[] {
  return (text.match(cover) ?? []).map((word) => sameCover[word] ?? word);
}

/** People a scene's grammar puts on scene, in order: cast line, then speakers heard on camera. Crowds and voices are left out. */
export function presentIn(scene: Scene, language: 'zh' | 'en'): string[] {
  const heard = scene.elements
    .filter(({ kind, voice }) => kind === 'dialogue' && (voice === undefined || voice === 'ON' || voice === 'OS'))
    .flatMap(({ speakers }) => speakers ?? []);
  return [...new Set([...scene.cast, ...heard])].filter(
    (name) => !['crowd', 'voice'].includes(readName(name, language).kind),
  );
}
