// Headings found in a script, and which of the episode lines among them count.
import type { Slug } from '../../assembly.ts';
import type { EpisodeLine } from './episode.ts';
import type { HeadingLine } from './heading.ts';

/** A heading, with the lines it is made of. */
export type Mark =
  | { readonly kind: 'episode'; readonly at: number; readonly episode: EpisodeLine }
  | {
      readonly kind: 'scene';
      readonly at: number;
      readonly to: number;
      readonly slug: Slug;
      readonly cast: string;
      /** The episode, where the slug line itself names it: 第1集第1场 日 内 客厅. */
      readonly episode?: EpisodeLine;
    };

/** A line that looks like a heading, before its neighbours are asked. */
export type Found = { at: number; episode?: EpisodeLine; heading?: HeadingLine };

/** Leaves out episode lines that count for nothing beside surer ones, or that do not count up from 1. */
export function withoutDoubt(found: readonly Found[]): Found[] {
  const sure = found.some(({ episode }) => episode !== undefined && episode.doubt === undefined);
  let last = 0;
  return found.filter(({ episode }) => {
    if (episode?.doubt === undefined) return true;
    if (sure) return false;
    if (episode.doubt === 'count' && episode.number !== last + 1) return false;
    last = episode.number;
    return true;
  });
}

/** 1.起初: a number and a title is an episode where no 第N集 is used, the numbers count up and a slug line follows at once. */
export function episodesByTitle(found: readonly Found[], marks: Mark[]): Mark[] {
  if (marks.some((mark) => mark.kind === 'episode') || marks.length === 0) return marks;
  const scenes = new Set(marks.map((mark) => mark.at));
  const titles: Mark[] = [];
  for (const { at, heading } of found) {
    if (heading?.certainty !== 'likely' || scenes.has(at) || !scenes.has(at + 1) || !/^[0-9]+$/.test(heading.number))
      continue;
    const number = Number(heading.number);
    const before = titles.at(-1);
    if (before?.kind === 'episode' && number <= before.episode.number) continue;
    titles.push({ kind: 'episode', at, episode: { number, title: heading.words.location } });
  }
  return [...marks, ...titles].sort((a, b) => a.at - b.at);
}

/** Drops episode lines of a table of contents: nothing between them and the next one, and the same number comes again. */
export function withoutContents(marks: Mark[]): Mark[] {
  const last = new Map<number, number>();
  marks.forEach((mark, index) => {
    if (mark.kind === 'episode') last.set(mark.episode.number, index);
  });
  const firstScene = marks.findIndex((mark) => mark.kind === 'scene');
  return marks.filter((mark, index) => {
    if (mark.kind === 'scene' || (firstScene !== -1 && index > firstScene)) return true;
    const next = marks[index + 1];
    const repeated = last.get(mark.episode.number)! > index;
    return !repeated || next?.kind !== 'episode' || (firstScene === -1 && next.at > mark.at + 1);
  });
}
