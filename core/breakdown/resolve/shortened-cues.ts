// A cue that is written shorter the next time: CAPTAIN BRANDT and, further down the scene, BRANDT.
import { readEnglishName } from '../forms/english-name.ts';
import type { NameParts } from '../forms/name-parts.ts';
import type { Hint, Mention } from '../schema.ts';
import { distinguishing } from '../vocabulary/english.ts';
import { evidenceOf } from './evidence.ts';

/** Hints for each scene of an English script in which both cues speak and neither answers the other. `mentions` are in the order of the script. */
export function shortenedCues(mentions: readonly Mention[]): Hint[] {
  const spoken = mentions.filter(({ role }) => role === 'speaker');
  const scenes = Map.groupBy(spoken, ({ sceneId }) => sceneId);
  const named = mentions.filter(({ kind }) => kind === 'character').map(({ surface }) => surface);
  const pairs = pairsOf(new Set(spoken.map(({ surface }) => surface)), named);
  return [...scenes.values()].flatMap((turns) => {
    const names = new Set(turns.map(({ surface }) => surface));
    return pairs.flatMap(([long, short]): Hint[] => {
      if (!names.has(long) || !names.has(short) || turns.some((_, at) => answers(turns, at, long, short))) return [];
      // dated by the first line of either, as what speaks against them is
      return [long, short].map((name) => {
        const evidence = evidenceOf('cue_shortened', turns.find(({ surface }) => surface === name)!);
        return { kind: 'character', a: long, b: short, evidence };
      });
    });
  });
}

/** Whether one of the two speaks right before the other. */
function answers(turns: readonly Mention[], at: number, long: string, short: string): boolean {
  const [one, next] = [turns[at]?.surface, turns[at + 1]?.surface];
  return (one === long && next === short) || (one === short && next === long);
}

/** DR. PATEL and PATEL, TOM BAKER and TOM, where nobody else who speaks or is named has the name: `named` are the forms of all people. */
function pairsOf(labels: ReadonlySet<string>, named: readonly string[]): [string, string][] {
  const bearers = new Map<string, (NameParts & { readonly label: string })[]>();
  // cues stand in capitals, as what else is named need not
  for (const label of new Set([...labels, ...named.map((form) => form.toUpperCase())])) {
    const parts = readEnglishName(label);
    for (const name of new Set([parts.given, parts.surname])) {
      if (!name) continue;
      if (!bearers.has(name)) bearers.set(name, []);
      bearers.get(name)!.push({ label, ...parts });
    }
  }
  return [...labels].flatMap((short): [string, string][] => {
    const name = short.toLowerCase();
    const all = (bearers.get(name) ?? []).filter(({ label }) => label !== short);
    const long = all.find(({ label }) => labels.has(label)) ?? all[0];
    const others = all.filter((one) => one !== long && !(long && isFuller(one, long)));
    // DR. AMIR KHAN and DR. SARA KHAN are two
    const givens = new Set(all.flatMap(({ given }) => given || []));
    return long && others.length === 0 && givens.size < 2 && isWhole(long, name) ? [[long.label, short]] : [];
  });
}

/** DR. AMIR KHAN introduces DR. KHAN, whom others call Doctor Khan. */
function isFuller(one: NameParts, { kind, title, surname, given }: NameParts): boolean {
  const isBoth = kind === 'titled' && one.kind === 'titled' && one.surname === surname;
  return isBoth && longTitle(one.title) === longTitle(title) && (!given || one.given === given);
}

const long: Readonly<Record<string, string>> = {
  dr: 'doctor',
  prof: 'professor',
  capt: 'captain',
  sgt: 'sergeant',
  lt: 'lieutenant',
  det: 'detective',
};
const longTitle = (title = ''): string => long[title] ?? title;

/** With a last name, or a title that no wife or child shares the name with. */
function isWhole({ kind, given, surname, title = '', state }: NameParts, name: string): boolean {
  if (state !== undefined || !surname) return false;
  if (kind === 'name') return given === name;
  return kind === 'titled' && !given && (title === 'mr' || !distinguishing.has(title));
}
