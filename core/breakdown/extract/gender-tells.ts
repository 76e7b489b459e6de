// What a line tells of somebody's gender: the pronoun that follows the one person named, and how people call themselves (臣妾, 老夫).
import type { Element } from '../../script/schema.ts';
import { roleGender } from '../vocabulary/english.ts';
import type { Gender } from '../vocabulary/titles.ts';
import type { Naming } from './chinese-address.ts';

export interface GenderTell {
  readonly form: string;
  readonly gender: Gender;
}

const callsHerself = /臣妾|妾身|奴家|小女子|民女|老身|哀家|本公主|本小姐|贱妾/;
const callsHimself = /老夫(?!人)|老衲|贫僧|洒家|小生|本少爷|本太子|本王|寡人|为父/;
const clauseEdge = /[，,。；;！!？?：:…—、\s”"]/;
/** 他 and 她 as one person: not 他们, 其他, 他人. */
const chinesePronoun = /(?<!其)(?<!们)[他她](?![们人日年处乡国])/g;
const englishPronoun = /\b(?:he|she|his|her|himself|herself)\b/gi;

const callsLady = /(?:^|,\s*)(?:(?:young |old )?lady|ma[’']?am|madam)\s*[.,!?]/i;
const callsMister = /(?:^|,\s*)(?:mister|young man|old man)\s*[.,!?]/i;

/** The genders an element tells, for forms it names, for who speaks it or whom it is said to. `met`: who speaks in its scene or was seen there before it; `shown`: whom the action before it names. */
export function genderTells(
  element: Element,
  namings: readonly Naming[],
  language: 'zh' | 'en',
  met: readonly string[],
  shown: readonly Naming[],
): GenderTell[] {
  if (element.kind === 'dialogue') return language === 'zh' ? ownWords(element) : listener(element, met);
  if (element.kind !== 'action' && element.kind !== 'shot') return [];
  return language === 'zh'
    ? chineseTells(element.text, namings)
    : englishTells(element.text, namings, shown[0] && sole(met));
}

/** Last boat's gone, lady: said where one other person is. */
function listener({ text, speakers, voice }: Element, met: readonly string[]): GenderTell[] {
  const [speaker] = speakers ?? [];
  const form = sole(met.filter((name) => !speaker || !alike(name, speaker)));
  const [isHer, isHim] = [callsLady.test(text), callsMister.test(text)];
  if (!form || speakers?.length !== 1 || isHer === isHim || (voice ?? 'ON') !== 'ON') return [];
  return [{ form, gender: isHer ? 'female' : 'male' }];
}

/** The one person all names are names of: MARA, MARA VOSS. */
const sole = (names: readonly string[]): string | undefined =>
  names.every((name) => alike(name, names[0]!)) ? names[0] : undefined;

/** Whether one name has all the words of the other. */
function alike(a: string, b: string): boolean {
  const [few, many] = [a, b].map((name) => name.toLowerCase().split(/\s+/)).sort((x, y) => x.length - y.length);
  return few!.every((word) => many!.includes(word));
}

function ownWords({ text, speakers }: Element): GenderTell[] {
  const [form] = speakers ?? [];
  const [isHer, isHim] = [callsHerself.test(text), callsHimself.test(text)];
  return form && speakers!.length === 1 && isHer !== isHim ? [{ form, gender: isHer ? 'female' : 'male' }] : [];
}

function chineseTells(text: string, namings: readonly Naming[]): GenderTell[] {
  return [...text.matchAll(chinesePronoun)].flatMap(({ index, 0: word }) => {
    const form = opensClause(text, index) ? subject(namings, index) : objectOf(text, namings, index);
    return form ? [{ form, gender: word === '她' ? ('female' as const) : ('male' as const) }] : [];
  });
}

/** Whom a pronoun that begins a clause takes up: the only person named so far. 谢灯儿手腕一翻，绳子落地。她揉着腕子. */
function subject(namings: readonly Naming[], at: number): string | undefined {
  const [only, ...others] = formsBefore(namings, at);
  return others.length === 0 ? only : undefined;
}

/** Whom one of two does something to: 柳听雪把自己碗里的拨给他, after somebody else was named. */
function objectOf(text: string, namings: readonly Naming[], at: number): string | undefined {
  const [first, second, ...others] = formsBefore(namings, at);
  const doer = namings.filter(({ end }) => end <= at).at(-1);
  if (!first || !second || others.length > 0 || doer?.form !== second || !opensClause(text, doer.start))
    return undefined;
  return /[，,。；;！!？?]/.test(text.slice(doer.end, at)) ? undefined : first;
}

/** `only`: the one person of the scene, whom a paragraph that begins with He or She takes up when the action before shows that person. */
function englishTells(text: string, namings: readonly Naming[], only: string | undefined): GenderTell[] {
  const introduced = namings.flatMap(({ form, start, end }): GenderTell[] => {
    const gender = introducedAs(text, start, end);
    return gender ? [{ form, gender }] : [];
  });
  const taken = [...text.matchAll(englishPronoun)].flatMap(({ index, 0: word }): GenderTell[] => {
    const form = index === 0 ? only : subject(namings, index);
    const isOwn = /^s?he$/i.test(word) ? opensSentence(text, index) : beginsWith(text, namings, index);
    return form && isOwn ? [{ form, gender: /^(?:she|her)/i.test(word) ? 'female' : 'male' }] : [];
  });
  return [...introduced, ...taken];
}

/** Her daughter, KATE (42); LUCAS (8), a shy boy: what a name is set beside. His wife and TOM are two, so are Beside his wife, TOM (40) sits. */
function introducedAs(text: string, start: number, end: number): Gender | undefined {
  const [, before = '', comma] =
    /(?<!\bof |(?:^|[.!?] )(?:with|beside|behind|next to|near|opposite|without|like) )\b(?:an?|the|his|her|their|[a-z]+['’]s) (?:[a-z-]+ ){0,2}([a-z]+)(,?) $/i.exec(
      text.slice(Math.max(0, start - 60), start),
    ) ?? [];
  const behind =
    /^(?: \([^)]*\))?, (?:an?|his|her|their|[a-z]+['’]s) (?:(?!of |and )[a-z-]+,? ){0,3}?([a-z]+)(?=[.;]|$|,(?! (?:and|an?|his|her) )| (?:in|with|who)\b)/i.exec(
      text.slice(end),
    )?.[1];
  const isBeside = !comma || /^(?: \(|[,.;]|$)/.test(text.slice(end));
  return roleGender(isBeside ? before : '') ?? roleGender(behind ?? '');
}

/** Cole wipes her face: the sentence begins with the person it is about. */
function beginsWith(text: string, namings: readonly Naming[], at: number): boolean {
  const start = Math.max(...['.', '!', '?', '\n'].map((mark) => text.lastIndexOf(mark, at - 1))) + 1;
  return namings.some(
    (naming) => naming.end <= at && text.slice(start, naming.start).trim() === '' && naming.start >= start,
  );
}

function formsBefore(namings: readonly Naming[], at: number): string[] {
  return [...new Set(namings.filter(({ end }) => end <= at).map(({ form }) => form))];
}

const opensClause = (text: string, at: number): boolean => at === 0 || clauseEdge.test(text[at - 1]!);
const opensSentence = (text: string, at: number): boolean =>
  /(?:^|[.!?;\n]\s*|,\s+and\s+|,\s*)$/.test(text.slice(0, at));
