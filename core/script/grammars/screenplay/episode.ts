// EPISODE 5, EPISODE FIVE: The Return, EP. 5, CHAPTER ONE: episode headings of a screenplay.
import { episodeLine } from '../chinese/episode.ts';
import { NUMBER_WORDS } from './scene-line.ts';

const SPELLED = /^(?:EPISODE|CHAPTER)\s+(ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)\b[:.\s–—-]*(.*)$/i;
const NAMED = /^(?:EPISODE|CHAPTER|EP(?=[\s.#0-9])|第|【)/i;
/** Episode 5 is out tonight. */
const SENTENCE = /^\p{Ll}|\p{Ll}{2}\.$/u;

/** The number and title when the words are an episode heading. */
export function episodeOf(words: string): { number: number; title: string } | undefined {
  const spelled = words.length <= 60 ? SPELLED.exec(words) : null;
  if (!spelled) return episodeLine(words);
  return { number: NUMBER_WORDS.indexOf(spelled[1]!.toUpperCase()) + 1, title: spelled[2]!.trim() };
}

/** Whether the line by itself is an episode heading: E5 alone may be anything, and a sentence that begins so is none. */
export function isEpisodeHeading(line: string): boolean {
  const episode = NAMED.test(line) ? episodeOf(line) : undefined;
  return episode !== undefined && !SENTENCE.test(episode.title);
}

/** EPISODE 5, Episode 5: The Return. Not EPISODE 5 RETURNS, nor `Episode 5.` that ends as an answer does. */
const ALONE = /^[^:.…!?–—-]{3,20}(?:$|\s*[:–—-]\s*\S.*$)(?<![.!?…])/;

/** Whether the line is an episode heading and can be nothing else, so that it needs no empty line before it. */
export const isEpisodeAlone = (line: string) => isEpisodeHeading(line) && ALONE.test(line);
