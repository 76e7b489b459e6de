// What a model says of the camera, read by vocabulary and not by position: closed words in any order, in the codes, in Chinese or in plain English. Pure.
import {
  angleNames,
  movementNames,
  purposeNames,
  type ShotContent,
  sizeNames,
  transitionNames,
} from '../../storyboard/index.ts';

type Named = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;
type Word = readonly [words: string, field: keyof ShotContent, value: string];

const folded = (text: string): string => text.toLowerCase().replace(/[\s_\-,，、;；/|.。]+/g, ' ').trim(); // biome-ignore format: one thought

const coded = (field: keyof ShotContent, codes: readonly string[]): Word[] =>
  codes.map((code) => [folded(code), field, code]);
const named = (field: keyof ShotContent, names: Named): Word[] =>
  Object.entries(names).flatMap(([code, { zh, en }]): Word[] => [[folded(code), field, code], [zh, field, code], [folded(en), field, code]]); // biome-ignore format: one thought

/** The longer words first: a medium close-up is no medium depth. */
const longestFirst = (words: readonly Word[]): Word[] => words.toSorted(([a], [b]) => b.length - a.length);

const camera = longestFirst([
  ...named('size', sizeNames),
  ...named('angle', angleNames),
  ...named('movement', movementNames),
  ...coded('speed', ['slow', 'normal', 'fast']),
  ...coded('depthOfField', ['deep', 'medium', 'shallow']),
  // a crane and a hand are movements too; their rig follows
  ...coded('rig', ['tripod', 'slider', 'dolly', 'gimbal']),
]);
const ways = longestFirst(named('transition', transitionNames));
const goals = longestFirst(named('purpose', purposeNames));

/** The fields whose words stand in the text; of one field the first found. */
function wordsIn(text: string, vocabulary: readonly Word[]): Partial<Record<keyof ShotContent, string>> {
  let rest = ` ${folded(text)} `;
  const found: Partial<Record<keyof ShotContent, string>> = {};
  for (const [words, field, value] of vocabulary) {
    if (!rest.includes(` ${words} `)) continue;
    rest = rest.replaceAll(` ${words} `, '  ');
    found[field] ??= value;
  }
  return found;
}

type Camera = Partial<
  Pick<ShotContent, 'size' | 'angle' | 'movement' | 'speed' | 'depthOfField' | 'rig' | 'lens' | 'duration' | 'playback'>
>;

/** `CU low push_in slow 85mm shallow 4s`. Seconds and playback out of all measure are not taken. */
export function cameraIn(text: string): Camera {
  const [, lens] = /(?:^|\s)(\d{1,3}) ?mm\b/i.exec(text) ?? [];
  const seconds = Number(/(?:^|\s)(\d{1,2}(?:\.\d+)?) ?(?:s|秒)(?![a-z])/i.exec(text)?.[1]);
  const playback = Number(/(?:^|\s)(\d(?:\.\d+)?) ?[x×]/i.exec(text)?.[1]);
  return {
    ...(wordsIn(text, camera) as Camera),
    ...(lens && { lens: `${lens}mm` }),
    ...(seconds > 0 && { duration: seconds }),
    ...(playback >= 0.1 && playback <= 8 && playback !== 1 && { playback }),
  };
}

export const transitionIn = (text: string): ShotContent['transition'] | undefined =>
  wordsIn(text, ways).transition as ShotContent['transition'] | undefined;

export const purposeIn = (text: string): ShotContent['purpose'] | undefined =>
  wordsIn(text, goals).purpose as ShotContent['purpose'] | undefined;
