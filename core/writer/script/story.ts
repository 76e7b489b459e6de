// What a script has told so far, in few words: its people, and of each episode how it begins and ends. Pure.
import type { Document, Episode } from '../../script/schema.ts';

/** People told; episodes told, the last ones; characters of the beginning and of the end of each. */
const [mostPeople, mostEpisodes, beginning, end] = [16, 24, 60, 140];

export function storyOf({ synopsis, biographies, episodes }: Document): string {
  const told = biographies.map(({ text }) => text);
  const people = told.length > 0 ? told : speakersOf(episodes);
  return [
    ...(synopsis ? [synopsis] : []),
    ...people.slice(0, mostPeople).map((line) => `- ${line}`),
    ...episodes.slice(-mostEpisodes).map(episodeLine),
  ].join('\n');
}

/** By lines, those who speak most first. */
function speakersOf(episodes: readonly Episode[]): string[] {
  const lines = new Map<string, number>();
  for (const { scenes } of episodes)
    for (const { elements } of scenes)
      for (const name of elements.flatMap(({ speakers = [] }) => speakers)) lines.set(name, (lines.get(name) ?? 0) + 1);
  return [...lines].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
}

function episodeLine({ number, title, scenes }: Episode): string {
  const words = scenes
    .flatMap(({ elements }) => elements)
    .filter(({ kind }) => kind === 'action' || kind === 'dialogue')
    .map(({ text, speakers }) => (speakers ? `${speakers.join('、')}：${text}` : text))
    .join(' ')
    .replace(/\s+/g, ' ');
  const short = words.length <= beginning + end ? words : `${words.slice(0, beginning)} … ${words.slice(-end)}`;
  return `${number} ${title}: ${short}`;
}
