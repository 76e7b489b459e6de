// EPISODE 5, EPISODE FIVE: The Return, CHAPTER ONE: episode headings of a screenplay.
import { episodeLine } from '../chinese/episode.ts';
import { NUMBER_WORDS } from './scene-line.ts';

const SPELLED = /^(?:EPISODE|CHAPTER)\s+(ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)\b[:.\s-]*(.*)$/i;

/** The number and title when the words are an episode heading. */
export function episodeOf(words: string): { number: number; title: string } | undefined {
  const spelled = words.length <= 60 ? SPELLED.exec(words) : null;
  if (!spelled) return episodeLine(words);
  return { number: NUMBER_WORDS.indexOf(spelled[1]!.toUpperCase()) + 1, title: spelled[2]!.trim() };
}

/** Whether the line by itself is an episode heading: E5 alone may be anything. */
export const isEpisodeHeading = (line: string) =>
  /^(?:EPISODE|CHAPTER|第|【)/i.test(line) && episodeOf(line) !== undefined;
