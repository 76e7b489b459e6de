// SCENE 12, Scene 3: The Kitchen, SCENE FIVE - ROOFTOP, NIGHT: scenes by their number, with or without a slug line below; SCENE A above one.

export const NUMBER_WORDS = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN'];

/** SCENE B in a script for several cameras, whose scenes are lettered. */
const LETTERED = /^SCENE ([A-Z]{1,2})$/;
const SCENE =
  /^SCENE\s+#?([0-9]{1,4}[A-Z]?|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)(?:\s*[:.–—-]\s*|\s*$)(.*)$/i;

/** The number and what stands behind it; undefined for a line that opens no scene, as a sentence that begins so. */
export function sceneLine(line: string): { number: string; rest: string } | undefined {
  if (line.length > 100) return undefined;
  const lettered = LETTERED.exec(line);
  if (lettered) return { number: lettered[1]!, rest: '' };
  const match = SCENE.exec(line);
  if (!match) return undefined;
  const rest = match[2]!.trim();
  if (/[!?…]$|[a-z]{2}\.$/.test(rest)) return undefined;
  const word = NUMBER_WORDS.indexOf(match[1]!.toUpperCase());
  return { number: word < 0 ? match[1]! : String(word + 1), rest };
}
