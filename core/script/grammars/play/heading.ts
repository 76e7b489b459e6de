// Act and scene headings of plays: ACT I, SCENE II. A Street. The slug line names a place only; what it says of inside and outside is in that word.
import type { Slug } from '../../assembly.ts';
import type { IntExt } from '../../schema.ts';
import { englishTime } from '../screenplay/slug.ts';

const COUNT = '([IVXLC]+|[0-9]{1,2}|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|FIRST|SECOND|THIRD|FOURTH|FIFTH)';
const ACT = new RegExp(`^(?:ACT\\s+${COUNT}|${COUNT}\\s+ACT)\\b\\s*[.:,;—-]*\\s*(.*)$`, 'i');
const SCENE = new RegExp(`^SCENE\\s+${COUNT}\\b\\s*[.:,;—-]*\\s*(.*)$`, 'i');
const WORDS = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN'];
const ORDINALS = ['FIRST', 'SECOND', 'THIRD', 'FOURTH', 'FIFTH'];
const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

export type Division = { readonly written: string; readonly number: number; readonly rest: string };

/** ACT I, Act One, FIRST ACT; `rest` is what follows on the line. */
export function actLine(line: string): Division | undefined {
  const match = line.length > 120 ? null : ACT.exec(line);
  return match ? division(match[1] ?? match[2]!, match[3]!) : undefined;
}

/** SCENE II. A Street. */
export function sceneLine(line: string): Division | undefined {
  const match = line.length > 300 ? null : SCENE.exec(line);
  return match ? division(match[1]!, match[2]!) : undefined;
}

const division = (written: string, rest: string): Division | undefined => {
  const number = count(written.toUpperCase());
  return number === undefined ? undefined : { written, number, rest: rest.trim() };
};

function count(written: string): number | undefined {
  if (/^[0-9]+$/.test(written)) return Number(written);
  const word = Math.max(WORDS.indexOf(written), ORDINALS.indexOf(written));
  if (word >= 0) return word + 1;
  let sum = 0;
  written.split('').forEach((letter, index) => {
    const value = ROMAN[letter] ?? 0;
    sum += value < (ROMAN[written[index + 1] ?? ''] ?? 0) ? -value : value;
  });
  return sum > 0 && /^[IVXLC]+$/.test(written) ? sum : undefined;
}

const OUTSIDE =
  /\b(?:streets?|gardens?|churchyard|graveyard|open|public place|fields?|forest|woods?|heath|road|square|park|orchard|courtyard|camp|shore|beach|coast|sea|river|mountains?|hill|cliff|terrace|market|grove|plain|before|gates?|battlefield|lane|desert|island|walls?|harbou?r|meadow|lawn|yard|roof|balcony|outside)\b/i;
const INSIDE =
  /\b(?:room|hall|cell|chamber|house|palace|castle|church|cottage|kitchen|parlou?r|library|study|office|apartment|cabin|tavern|inn|prison|dungeon|shop|bedroom|drawing-room|flat|gallery|vault|tomb|chapel|closet|lodgings?|interior|inside|hut|theatre|school|tower|tent|cave)\b/i;

/** Interior or exterior by the word for the place: A Street is outside, a Room inside; an outside word wins (a Gallery overlooking the Garden, before the Castle). */
export function sideOf(place: string): IntExt {
  if (OUTSIDE.test(place)) return 'EXT';
  return INSIDE.test(place) ? 'INT' : 'UNKNOWN';
}

/** The slug of a play's scene. `act` is the act as written; the number of the scene is told with it: III.II. */
export function playSlug(heading: string, act: string, scene: Division, place: string): Slug {
  const location = place
    .replace(/^\[|\]$/g, '')
    .replace(/_/g, '')
    .replace(/[.\s]+$/, '');
  const timeText =
    /\b(?:night|morning|evening|dawn|dusk|midnight|noon|afternoon|sunset|sunrise)\b/i.exec(location)?.[0] ?? '';
  const time = timeText === '' ? 'UNKNOWN' : (englishTime(timeText) ?? 'UNKNOWN');
  const number = act === '' ? scene.written : `${act}.${scene.written}`;
  return { number, heading, intExt: sideOf(location), time, timeText, location };
}
