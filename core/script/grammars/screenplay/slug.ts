// English slug lines: INT. KITCHEN - NIGHT, EXT. PARK--DAY, I/E CAR, MOVING - CONTINUOUS #12A#.
import type { Slug } from '../../assembly.ts';
import type { IntExt, TimeOfDay } from '../../schema.ts';

const PREFIX =
  /^(INT\.?\s*[/\\]\s*EXT|EXT\.?\s*[/\\]\s*INT|I\s*[/\\]\s*E|E\s*[/\\]\s*I|INT|EXT|EST)(?:\.(?=\S)|[.:]?\s+|[.:]?$|\s*[-–—]+\s*)/i;
const SCENE_NUMBER = /\s*#([A-Za-z0-9.-]{1,12})#\s*$/;
// 12  INT. HOUSE - DAY  12: numbers in both margins of a shooting script; SCENE 12: INT. HOUSE, SC. 12 - EXT. LAKE
const MARGIN_LEFT =
  /^(?:SC(?:ENE)?\b\.?\s*#?\s*)?([A-Z]?[0-9]{1,4}[A-Z]{0,2})(?:\s*[.):–—-])?\s+(?=(?:INT|EXT|EST|I\/E)\b)/i;

const TIMES: readonly (readonly [RegExp, TimeOfDay])[] = [
  [/\b(?:DAWN|MORNING|SUNRISE|DAYBREAK|FIRST LIGHT)\b/i, 'DAWN'],
  [/\b(?:DUSK|EVENING|SUNSET|TWILIGHT|MAGIC HOUR|GLOAMING)\b/i, 'DUSK'],
  [/\b(?:NIGHT|MIDNIGHT|NIGHTTIME|NIGHTFALL)\b/i, 'NIGHT'],
  [/\b(?:DAY|DAYTIME|DAYLIGHT|NOON|MIDDAY|AFTERNOON|MID-?DAY)\b/i, 'DAY'],
  [
    /\b(?:CONTINUOUS|CONT(?:'D|INUED)?|SAME(?: TIME| DAY)?|MOMENTS? LATER|SECONDS LATER|MINUTES LATER|SIMULTANEOUS|RESUMING)\b/i,
    'SAME',
  ],
];
/** Words that are a time of a kind, though neither day nor night. */
const OTHER_TIME =
  /\b(?:LATER|EARLIER|ESTABLISHING|FLASHBACK|PRESENT|PAST|FUTURE|YEARS?|MONTHS?|WEEKS?|HOURS?|[0-9]{4}|[0-9]{1,2}(?::[0-9]{2})?\s*[AP]\.?M\.?)\b/i;
const DASH = /\s+[-–—]{1,3}\s+|\s*(?:--+|[–—]+)\s*|\s+-(?=\S)|(?<=\S)-\s+/;

/** True when the line begins as a slug line does. Longer lines are prose. */
export const isSlug = (line: string) => line.length <= 200 && PREFIX.test(line.replace(MARGIN_LEFT, ''));

/** Columns that a scene number in the left margin takes before its slug line. */
export const numberWidth = (line: string) => (line.length > 200 ? 0 : (MARGIN_LEFT.exec(line)?.[0].length ?? 0));

/** Reads a slug line; `forced` ones (leading full stop in Fountain, a heading by its style) may lack INT/EXT. */
export function slugOf(line: string): Slug {
  let rest = line;
  let number = '';
  const numbered = SCENE_NUMBER.exec(rest);
  if (numbered) {
    number = numbered[1]!;
    rest = rest.slice(0, numbered.index);
  }
  const margin = MARGIN_LEFT.exec(rest);
  if (margin) {
    number = margin[1]!;
    rest = rest.slice(margin[0].length);
    const right = rest.lastIndexOf(number);
    if (right > 0 && right + number.length === rest.length && /\s/.test(rest.charAt(right - 1)))
      rest = rest.slice(0, right);
  }
  const heading = rest.trim();
  const prefix = PREFIX.exec(heading);
  const { location, timeText, time } = placeAndTime(prefix ? heading.slice(prefix[0].length) : heading);
  return { number, heading, intExt: prefix ? intExtOf(prefix[1]!) : 'UNKNOWN', time, timeText, location };
}

/** Interior or exterior of a prefix: INT/EXT and I/E are both; EST (establishing) is outside. */
function intExtOf(prefix: string): IntExt {
  if (/[/\\]/.test(prefix)) return 'INT_EXT';
  return /^INT/i.test(prefix) ? 'INT' : 'EXT';
}

/** The last part behind a dash, or behind a comma when it is nothing but a time word, is the time. */
function placeAndTime(rest: string): { location: string; timeText: string; time: TimeOfDay } {
  const parts = rest
    .split(DASH)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const times: string[] = [];
  let time: TimeOfDay = 'UNKNOWN';
  while (parts.length > 1 && times.length < 3) {
    const found = englishTime(parts.at(-1)!);
    if (found === undefined) break;
    if (time === 'UNKNOWN') time = found;
    times.unshift(parts.pop()!);
  }
  if (times.length === 0) {
    const comma = /^(.*?)[,.]\s*([A-Z ]{3,20})\.?$/i.exec(rest.trim());
    const found = comma ? englishTime(comma[2]!) : undefined;
    if (comma && found !== undefined && comma[2]!.trim().split(/\s+/).length <= 2) {
      return { location: comma[1]!.trim(), timeText: comma[2]!.trim(), time: found };
    }
  }
  // a place keeps its own dashes: rest up to where the time words begin
  const location =
    times.length === 0
      ? rest.trim()
      : rest
          .slice(0, rest.lastIndexOf(times[0]!))
          .replace(/[\s\-–—]+$/, '')
          .trim();
  return { location, timeText: times.join(' - '), time };
}

/** The time of day some words say; UNKNOWN for a time that is none of them (LATER, 1943); undefined for words that are no time. */
export function englishTime(words: string): TimeOfDay | undefined {
  if (words.length > 40) return undefined;
  for (const [pattern, time] of TIMES) if (pattern.test(words)) return time;
  return OTHER_TIME.test(words) ? 'UNKNOWN' : undefined;
}
