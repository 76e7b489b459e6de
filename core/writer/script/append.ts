// Episodes put behind a script; what is there stays to the letter. Pure.
import type { Document } from '../../script/index.ts';
import type { Base } from './base.ts';
import type { Language } from './brief.ts';
import { read, wordsOf } from './splice.ts';

/** The script with these episodes behind it. */
export function appended({ text, feed }: Pick<Base, 'text' | 'feed'>, episodes: readonly string[]): string {
  const gap = text.endsWith('\n') ? feed : feed + feed;
  return `${text}${gap}${episodes.map((one) => one.replace(/\r?\n/g, feed)).join(feed + feed)}${feed}`;
}

/** The smallest episode there is, in the layout that is written. */
const least: Readonly<Record<Language, (number: number) => string>> = {
  zh: (n) => `第${n}集 续\n\n${n}-1 日 内 屋里\n人物：某甲\n△有人进来。\n某甲：来了。`,
  en: (n) => `EPISODE ${n}: MORE\n\nINT. ROOM - DAY\n\nSomebody enters.\n\nSOMEBODY\nHere I am.`,
};

/** Whether an episode of this number can be put behind the script, and everything before is read as it was. */
export const takesEpisode = (base: Base, number: number, language: Language): boolean =>
  isContinued(base, appended(base, [least[language](number)]), [number]);

/** Whether a text is the script with just these episodes more. */
export function isContinued(base: Base, text: string, numbers: readonly number[]): boolean {
  const next = read(text, base);
  const added = next.episodes.slice(base.document.episodes.length);
  return (
    saidIn({ episodes: next.episodes.slice(0, base.document.episodes.length) }) === saidIn(base.document) &&
    added.map(({ number }) => number).join() === numbers.join() &&
    added.every(({ scenes }) => scenes.length > 0)
  );
}

const saidIn = ({ episodes }: Pick<Document, 'episodes'>): string =>
  JSON.stringify(episodes.map(({ number, title, scenes }) => [number, title, scenes.map(wordsOf)]));
