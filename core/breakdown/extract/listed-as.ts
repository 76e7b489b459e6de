// Cast lines that have one name of somebody while the cues of the scene have another. Pure.
import type { Element, Scene } from '../../script/schema.ts';
import type { NameParts } from '../forms/name-parts.ts';
import { readName } from '../forms/read-name.ts';
import { kinLabels } from '../vocabulary/kinship.ts';
import { titles, wifeTitles } from '../vocabulary/titles.ts';

/** Who has a line among some elements. */
export const cuesOf = (elements: readonly Element[]): ReadonlySet<string> =>
  new Set(elements.flatMap(({ kind, speakers }) => (kind === 'dialogue' ? (speakers ?? []) : [])));

/** `at`: the line that lists them, or the first that the cue says. */
type Listed = { readonly cue: string; readonly listed: string; readonly at: Element };

/** Cues the cast line of a scene has under another name, each where only one of the cast fits and no other cue does. */
export function listedAs(
  { cast, elements }: Scene,
  isSomebody: (label: string) => boolean,
  speaks: (label: string) => boolean,
): Listed[] {
  const cues = cuesOf(elements);
  const speakers = elements.flatMap(({ kind, speakers: all }) => (kind === 'dialogue' ? (all ?? []) : []));
  // 璃月仙子 at first, 璃月 from there on
  const isOver = (label: string, cue: string): boolean =>
    isPartOf(label, cue) && speakers.lastIndexOf(label) < speakers.indexOf(cue);
  const fits = (label: string, cue: string): boolean =>
    isSomebody(label) &&
    (!cues.has(label) || isOver(label, cue)) &&
    // 王老师, who speaks in another scene, is somebody beside 王小明
    (isPartOf(label, cue) || !speaks(label)) &&
    mayBeListedAs(label, cue);
  const unlisted = cast.length === 0 ? [] : [...cues].filter((label) => !cast.includes(label) && isSomebody(label));
  return unlisted.flatMap((cue) => {
    const [listed, ...others] = cast.filter((label) => fits(label, cue));
    if (!listed || others.length > 0 || unlisted.some((other) => other !== cue && fits(listed, other))) return [];
    const line = elements.find(({ kind, text }) => kind === 'cast' && text.includes(listed));
    return {
      cue,
      listed,
      at: line ?? elements.find(({ kind, speakers: all }) => kind === 'dialogue' && all?.includes(cue))!,
    };
  });
}

/** Two labels of one surname, one of them a title, or one inside the other; no parent, spouse or sibling of the house. */
function mayBeListedAs(listed: string, cue: string): boolean {
  const [a, b] = [readName(listed, 'zh'), readName(cue, 'zh')];
  if (isOfHouse(a) || isOfHouse(b)) return false;
  if (isPartOf(listed, cue)) return true;
  const surname = a.surname ?? familyName(listed);
  if (surname === undefined || surname !== (b.surname ?? familyName(cue))) return false;
  const kinds = [a, b].map(({ kind }) => kind);
  return kinds.includes('titled') && (kinds.includes('name') || [listed, cue].some(familyName));
}

/** 玄清子 of 掌门玄清子, 璃月 of 璃月仙子; not 秦王 of 秦王世子, nor 王妃, who may be anybody's, of 秦王妃. */
function isPartOf(listed: string, cue: string): boolean {
  const [short, long] = listed.length < cue.length ? [listed, cue] : [cue, listed];
  const { kind } = readName(short, 'zh');
  if (short.length < 2 || kind === 'title') return false;
  return long.endsWith(short) || (kind !== 'titled' && long.startsWith(short) && titles.has(long.slice(short.length)));
}

/** 冯 of 奶娘冯氏. */
const familyName = (label: string): string | undefined => /\p{Script=Han}(?=氏$)/u.exec(label)?.[0];

/** 林父, 林夫人, 沈二小姐: one of several of a house; 楚王 is called after a land. */
const isOfHouse = ({ title = '', ordinal }: NameParts): boolean =>
  ordinal !== undefined ||
  kinLabels.has(title) ||
  wifeTitles.has(title) ||
  /^(?:老爷子|老太爷|[大二三四五六七八九].+|[王侯妃嫔])$/.test(title);
