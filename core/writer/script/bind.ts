// Episodes bound to one script, under a title and its people, as our own parser reads it. Pure.
import type { Language } from './brief.ts';
import type { Outline } from './outline-schema.ts';

/** @param episodes texts with their headings, in order. */
export function boundScript(
  { title, logline, cast }: Outline,
  episodes: readonly string[],
  language: Language,
): string {
  const people = cast.map(({ name, who }) => `${line(name)}：${line(who)}`);
  const front =
    language === 'zh'
      ? [`《${line(title)}》`, `故事梗概：${line(logline)}`, ['人物小传：', ...people].join('\n')]
      : [`Title: ${line(title)}`];
  return `${[...front, ...episodes].join('\n\n')}\n`;
}

const line = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
