// Words a model writes about a shot: in the language they were asked for in, and without speech the script does not have. Pure.
import type { Scene } from '../../script/schema.ts';
import { isIn } from '../language.ts';

/** What of one field is kept, characters. */
const longest = 600;

/** Counts what is left out. */
export type Writer = {
  readonly read: (text: string | undefined, language: 'zh' | 'en') => string | undefined;
  readonly leftOut: () => number;
};

/** Reads words about the shots of a scene. Empty ones are none; what cannot stand is none and counted. */
export function writerOf(scene: Scene): Writer {
  const script = bare(scene.elements.map(({ text, paren = '' }) => `${text}${paren}`).join('\n'));
  let leftOut = 0;
  const stands = (words: string, language: 'zh' | 'en'): boolean =>
    isIn(language, words) && quotes(words).every((quote) => script.includes(bare(quote)));
  return {
    read: (text = '', language) => {
      const words = text.replace(/\s+/g, ' ').trim().slice(0, longest);
      if (words === '') return undefined;
      if (stands(words, language)) return words;
      leftOut += 1;
      return undefined;
    },
    leftOut: () => leftOut,
  };
}

const quotes = (text: string): string[] => [...text.matchAll(/“([^”]*)”|「([^」]*)」|『([^』]*)』|"([^"]*)"/g)].map(([, ...groups]) => groups.find((words) => words !== undefined) ?? ''); // biome-ignore format: one thought

/** Marks and spaces aside. */
const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
