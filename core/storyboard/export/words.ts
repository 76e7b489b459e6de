// How a storyboard speaks: in the language of its script, Chinese with English beside it.
import { languageOf } from '../../script/language.ts';
import type { Said } from '../labels.ts';
import type { ShotContent } from '../schema.ts';

export type Language = keyof Said;

/** What of a story is in the words of its script. */
type Worded = {
  readonly title: string;
  readonly episodes: readonly {
    readonly scenes: readonly { readonly heading: string }[];
    readonly shots: readonly Pick<ShotContent, 'action' | 'lines'>[];
  }[];
};

/** The language of a story's script, by the words of its shots and scenes; Chinese where it has none. */
export function languageIn({ title, episodes }: Worded): Language {
  const words = episodes.flatMap(({ scenes, shots }) => [
    ...scenes.map(({ heading }) => heading),
    ...shots.flatMap(({ action, lines }) => [action, ...lines.map(({ text }) => text)]),
  ]);
  const text = words.join('\n').trim() || title;
  return /\p{L}/u.test(text) ? languageOf(text) : 'zh';
}

/** A word of the page: in Chinese with the English beside it, in English alone. */
export const both = (language: Language, zh: string, en: string): string =>
  language === 'zh' ? `${zh} <i>${en}</i>` : en;

/** `1 shot`, `2 shots` */
export const counted = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

/** The marks of a language: between listed names, between remarks, between facts, before what is said. */
export const marks = {
  zh: { list: '、', comma: '，', apart: '；', says: '：' },
  en: { list: ', ', comma: ', ', apart: '; ', says: ': ' },
} as const;

/** Words in brackets. */
export const bracketed = (language: Language, words: string): string =>
  language === 'zh' ? `（${words}）` : ` (${words})`;
