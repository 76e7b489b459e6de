// Finds who is named in a Chinese line: known forms, and forms built from known names (谢姑娘, 三郎, 阿灯姐, 老爹).
import { simplified } from '../forms/normal.ts';
import { readName } from '../forms/read-name.ts';
import { callsBefore, edgeAfter, edgeBefore, everydayNames, petStops, runsOn } from '../vocabulary/address.ts';
import { kinAddresses, kinLabels } from '../vocabulary/kinship.ts';
import { wholeProps } from '../vocabulary/prop-nouns.ts';
import { endsLikeSurname } from '../vocabulary/surnames.ts';
import { bareTitles, calledTitles, shortTitles, titles } from '../vocabulary/titles.ts';
import { FormFinder } from './form-finder.ts';
import type { KnownForms } from './known-forms.ts';

/** A form that names somebody at [start, end) of a text. `called`: set off by marks, as one calls a person. */
export interface Naming {
  readonly form: string;
  readonly start: number;
  readonly end: number;
  readonly called: boolean;
}

const owners = /^(?:府|家(?!伙)|宅|氏|宫|殿|阁|集团|公司|医院|酒店|地产|珠宝|工作室|资本|传媒)/;
/** 算盘 of 马算盘 is a thing, not what he is called. */
const things: ReadonlySet<string> = new Set(wholeProps);
const byLength = (a: string, b: string): number => b.length - a.length;
const ordinalTails =
  '郎|娘|爷|少爷|少|公子|小姐|姑娘|殿下|皇子|皇兄|皇弟|皇叔|王爷|公主|哥哥|姐姐|弟弟|妹妹|哥|姐|弟|妹|叔|伯|姨|姑|舅|婶|嫂|夫人|姨娘|师兄|师姐|师弟|师妹|当家的|当家';

/** Reads texts for namings. Build once per known forms. */
export class ChineseAddresses {
  readonly #known: FormFinder;
  readonly #given: ReadonlySet<string>;
  readonly #places: FormFinder;
  readonly #titled: RegExp | undefined;
  readonly #ordinal = new RegExp(`(?:[大二三四五六七八九十]{1,2}(?:${ordinalTails})|老[大二三四五六七八九幺])`, 'y');
  readonly #pet: RegExp | undefined;
  readonly #calledPet: RegExp | undefined;
  readonly #bare: RegExp;
  readonly #calledOnly: ReadonlySet<string>;

  constructor(known: KnownForms) {
    const surfaces = known.people.map(({ surface }) => simplified(surface));
    const parts = surfaces.map((surface) => readName(surface, 'zh'));
    this.#given = new Set(
      parts.flatMap(({ given }) => (given && given.length === 2 && !things.has(given) ? [given] : [])),
    );
    const stems = parts.flatMap(({ stem }) => (stem && stem.length === 2 ? [stem] : []));
    this.#known = new FormFinder([...surfaces, ...this.#given, ...stems.filter((stem) => !everydayNames.has(stem))]);
    this.#places = new FormFinder(known.places.map(simplified));
    const surnames = [...new Set(parts.flatMap((part) => [part.surname ?? '', petSurname(part)]))].filter(Boolean);
    const characters = [
      ...new Set([...surnames, ...parts.flatMap((part) => (part.given ?? '').concat(petSurname(part)).split(''))]),
    ];
    this.#titled = surnames.length > 0 ? titledPattern(surnames) : undefined;
    const older = surnames.length > 0 ? `|老(?:${alternatives(surnames)})` : '';
    this.#pet =
      characters.length > 0
        ? new RegExp(`(?:[小阿](?:${alternatives(characters)})${older})[姐哥妹弟叔伯姨]?`, 'y')
        : undefined;
    this.#calledPet = characters.length > 0 ? calledPetPattern(characters, [...this.#given]) : undefined;
    const bare = barePattern();
    this.#bare = bare.pattern;
    this.#calledOnly = bare.calledOnly;
  }

  /** All namings in a line as written, left to right, longest first at each place. `spoken`: dialogue, where people are called. */
  all(written: string, spoken: boolean): Naming[] {
    const text = inSimplified(written);
    const found: Naming[] = [];
    for (let at = 0; at < text.length; ) {
      const form = this.#at(text, at, spoken);
      const place = this.#places.at(text, at);
      if (place && place.length > (form?.length ?? 0)) at += place.length;
      else if (form) {
        const end = at + form.length;
        found.push({ form: written.slice(at, end), start: at, end, called: spoken && isCalled(text, at, end) });
        at = end;
      } else at += 1;
    }
    return found;
  }

  #at(text: string, at: number, spoken: boolean): string | undefined {
    const known = this.#known.at(text, at);
    const candidates = [
      known && this.#believed(text, at, known, spoken) ? known : undefined,
      sticky(this.#titled, text, at, (form) => titledFits(text, at, form)),
      sticky(
        this.#ordinal,
        text,
        at,
        (form) => !/[第一二三四五六七八九十百千\d]/.test(text[at - 1] ?? '') && fitsRight(text, at, form),
      ),
      sticky(this.#pet, text, at, (form) => this.#petFits(text, at, form, spoken)),
      spoken ? sticky(this.#calledPet, text, at, (form) => isCalled(text, at, at + form.length)) : undefined,
      sticky(this.#bare, text, at, (form) => this.#bareFits(text, at, form, spoken)),
    ].filter((form) => form !== undefined);
    return candidates.sort(byLength)[0];
  }

  /** A given name alone that is an everyday word, or a name that runs into a place's owner, is not believed. */
  #believed(text: string, at: number, form: string, spoken: boolean): boolean {
    const end = at + form.length;
    if (form.endsWith('氏') && !titledFits(text, at, form)) return false;
    if (owners.test(text.slice(end)) && form.length <= 3 && readName(form, 'zh').kind !== 'titled')
      return this.#given.has(form) ? false : !/^[府宅氏]/.test(text.slice(end));
    if (!this.#given.has(form)) return !/^[府]/.test(text.slice(end));
    return !everydayNames.has(form) || (spoken && isCalled(text, at, end));
  }

  #petFits(text: string, at: number, form: string, spoken: boolean): boolean {
    if (petStops.has(form) || petStops.has(form.slice(0, 2))) return false;
    return !form.startsWith('小') || (spoken && isCalled(text, at, at + form.length));
  }

  #bareFits(text: string, at: number, form: string, spoken: boolean): boolean {
    if (owners.test(text.slice(at + form.length))) return false;
    return this.#calledOnly.has(form) ? spoken && isCalled(text, at, at + form.length) : fitsRight(text, at, form);
  }
}

/** Simplified, character for character; the text itself where that would move places. */
function inSimplified(text: string): string {
  const plain = simplified(text);
  return plain.length === text.length ? plain : text;
}

/** 姜 of 老姜: a pet form with 老 is made of a surname. */
function petSurname({ kind, stem }: { kind: string; stem?: string }): string {
  return kind === 'pet' && stem && stem.length === 1 ? stem : '';
}

function alternatives(words: readonly string[]): string {
  return [...words].sort(byLength).join('|');
}

function titledPattern(surnames: readonly string[]): RegExp {
  const words = [...new Set([...titles.keys(), ...kinLabels.keys()])].filter(
    (word) => word.length > 1 || shortTitles.has(word),
  );
  return new RegExp(
    `[小老]?(?:${alternatives(surnames)})家?(?:[大二三四五六七八九十]{1,2}(?:${ordinalTails})|${alternatives(words)})`,
    'y',
  );
}

function calledPetPattern(characters: readonly string[], given: readonly string[]): RegExp {
  const tails = '(?:儿|子|姐姐|哥哥|妹妹|弟弟|姐|哥|妹|弟|叔|伯|姨|爷|娘|兄|嫂|婶)';
  return new RegExp(
    `(?:(?:${alternatives([...given, ...characters])})${tails}|(${alternatives(characters)})\\1|小(?:${alternatives(characters)}))`,
    'y',
  );
}

function barePattern(): { pattern: RegExp; calledOnly: ReadonlySet<string> } {
  const distinctive = [...bareTitles].filter(([, { fits }]) => fits.length > 0).map(([form]) => form);
  const generic = [...bareTitles].filter(([, { fits }]) => fits.length === 0).map(([form]) => form);
  const calledOnly = new Set([...generic, ...kinAddresses.keys(), ...calledTitles]);
  const offices = [...titles.keys()].filter((word) => word.length > 1 && !kinAddresses.has(word));
  const words = [
    ...new Set([
      ...distinctive,
      ...calledOnly,
      ...offices.map((word) => `${word}大人`),
      ...offices.filter((word) => /[妃嫔]$|贵人|昭仪|婕妤|才人/.test(word)).map((word) => `${word}娘娘`),
      '公主姐姐',
      '公主殿下',
      '太子殿下',
    ]),
  ];
  return { pattern: new RegExp(alternatives(words), 'y'), calledOnly };
}

function sticky(
  pattern: RegExp | undefined,
  text: string,
  at: number,
  fits: (form: string) => boolean,
): string | undefined {
  if (!pattern) return undefined;
  pattern.lastIndex = at;
  const form = pattern.exec(text)?.[0];
  return form && fits(form) ? form : undefined;
}

/** 河东裴氏 is a clan. */
const clanSeat = /[东西南北中州郡阳陵原平河京城][\p{Script=Han}]氏$/u;

/** 沈氏一族 is another. */
const ofClan = /^(?:一[族门脉家系党]|子弟|后人|血脉|旧部)/;

function titledFits(text: string, at: number, form: string): boolean {
  if (clanSeat.test(text.slice(at - 1, at + form.length))) return false;
  if (form.endsWith('氏') && ofClan.test(text.slice(at + form.length))) return false;
  return !endsLikeSurname.has((text[at - 1] ?? '') + form[0]!) && fitsRight(text, at, form);
}

/** The form does not run on into another word: 裴总|是 would be 总是. */
function fitsRight(text: string, at: number, form: string): boolean {
  const next = text[at + form.length] ?? '';
  const stops = runsOn[form.slice(-2)] ?? runsOn[form.slice(-1)];
  return !(stops && next && stops.includes(next));
}

/** Set off by marks on both sides, or behind a word of greeting: 裴大人，… · 回陛下，… */
function isCalled(text: string, start: number, end: number): boolean {
  const after = text[end];
  if (after !== undefined && !edgeAfter.test(after) && !/^[你您乖啊呀]/.test(text.slice(end))) return false;
  const before = text.slice(0, start);
  return before.length === 0 || edgeBefore.test(before.at(-1)!) || callsBefore.test(before);
}
