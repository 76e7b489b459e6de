// SCENE 12, Scene 3: The Kitchen, SCENE FIVE - ROOFTOP, NIGHT: scenes by their number, with or without a slug line below; SCENE A above one.
// 1-2 KITCHEN - NIGHT: the second scene of the first episode, where the time says that it is no score and no date.
import { slugOf } from './slug.ts';

export const NUMBER_WORDS = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN'];

/** SCENE B in a script for several cameras, whose scenes are lettered. */
const LETTERED = /^SCENE ([A-Z]{1,2})$/;
const SCENE =
  /^SCENE\s+#?([0-9]{1,4}(?:[-.][0-9]{1,3})?[A-Z]?|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)(?:\s*[:.–—-]\s*|\s*$)(.*)$/i;

const OF_EPISODE = /^([0-9]{1,3}-[0-9]{1,3}[A-Z]?)[.:)]?\s+(?=\p{Lu})(.*)$/u;

/** The number and what stands behind it; undefined for a line that opens no scene, as a sentence that begins so. */
export function sceneLine(line: string): { number: string; rest: string } | undefined {
  if (line.length > 100) return undefined;
  const lettered = LETTERED.exec(line);
  if (lettered) return { number: lettered[1]!, rest: '' };
  const dashed = OF_EPISODE.exec(line);
  const match = dashed ?? SCENE.exec(line);
  if (!match) return undefined;
  const rest = match[2]!.trim();
  if (/[!?…]$|[a-z]{2}\.$|^(?:OMITTED|[Oo]mitted)$/.test(rest)) return undefined;
  if (dashed) return slugOf(rest).time === 'UNKNOWN' ? undefined : { number: dashed[1]!, rest };
  const word = NUMBER_WORDS.indexOf(match[1]!.toUpperCase());
  return { number: word < 0 ? match[1]! : String(word + 1), rest };
}
