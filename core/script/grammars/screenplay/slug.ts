// English slug lines: INT. KITCHEN - NIGHT, EXT. PARK--DAY, I/E CAR, MOVING - CONTINUOUS #12A#.
import type { Slug } from '../../assembly.ts';
import type { IntExt, TimeOfDay } from '../../schema.ts';
import { headingLine } from '../chinese/heading.ts';
import { slugWords } from '../chinese/slug.ts';

const PREFIX =
  /^(INT\.?\s*[/\\]\s*EXT|EXT\.?\s*[/\\]\s*INT|I\.?\s*[/\\]\s*E|E\.?\s*[/\\]\s*I|INT|EXT|EST)(?:[.:]?\s*[-–—]+\s*|\.(?=\S)|[.:]?\s+|[.:]?$)/i;
// INTERIOR. OFFICE. NIGHT. · EXTERIOR STREET - DAY: the words in full begin sentences too (INTERIOR MONOLOGUE)
const FULL = /^(INTERIOR|EXTERIOR)(?:\s*[.:]\s*|\s+[-–—]+\s+|\s+)(?=\S)/i;
const FULL_MARK = /^\S+(?:\s*[.:]|\s+[-–—])/;
/** Behind a full stop only where the words are marked as a slug line; never behind a comma (Interior of the car, day.). */
const FULL_TIME =
  /([-–—.])\s*(?:(?:LATE|EARLY)\s+)?(?:DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|AFTERNOON|SUNSET|SUNRISE|NOON|MIDNIGHT|CONTINUOUS|LATER)\.?$/i;
/** INT. CAR / EXT. BRIDGE: two sets in one scene. */
const OTHER_SIDE = /\s*\/\s*(INT|EXT)[. ]\s*(?=\S)/i;
const SCENE_NUMBER = /\s*#([A-Za-z0-9.-]{1,12})#\s*$/;
// 12  INT. HOUSE - DAY  12: numbers in both margins of a shooting script; SCENE 12: INT. HOUSE, SC. 12 - EXT. LAKE; 3-1 INT. HOUSE in episode 3
const MARGIN_LEFT =
  /^(?:SC(?:ENE)?\b\.?\s*#?\s*)?([A-Z]?[0-9]{1,4}[A-Z]{0,2}(?:[-–.][0-9]{1,3}[A-Z]?)?)(?:\s*[.):–—-])?\s+(?=(?:INT(?:ERIOR)?|EXT(?:ERIOR)?|EST|I\.?\/E)\b)/i;

/** INT. HOUSE - DAY    (A): the letter of a scene for several cameras. */
const LETTER =
  /(?:\s{2,}|(?<=\b(?:DAY|NIGHT|MORNING|EVENING|AFTERNOON|CONTINUOUS|LATER|DAWN|DUSK))\s)\(([A-Z]{1,2})\)$/;

/** FLASHBACK - INT. HOUSE - DAY: what the scene is, before its slug line. */
const FRAMED = /^(?:BEGIN )?(?:FLASH ?BACK|FLASH ?FORWARD|DREAM(?: SEQUENCE)?)\s*[:–—-]+\s*(?=(?:INT|EXT|I\/E)[. /])/i;

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
/** Behind a comma or a full stop: two words one of which is a time, or nothing but words of time (PARK, LATER THAT NIGHT · HARBOUR. DAY. 1961.). */
const SHORT = /^(?=.{3,20}$)[A-Z]+(?: +[A-Z]+)?$/i;
const SAYS_WHEN =
  /^(?:(?:LATER|EARLIER|LATE|EARLY|THAT|THE|A|AN|NEXT|SAME|FOLLOWING|PREVIOUS|FEW|ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|TEN|TIME|CONTINUOUS|(?:MOMENT|SECOND|MINUTE|HOUR|DAY|NIGHT|WEEK|MONTH|YEAR)S?|DAWN|DUSK|MORNING|EVENING|AFTERNOON|SUNSET|SUNRISE|NOON|MIDNIGHT|FLASHBACK|X|[0-9]{1,4})(?:[,.]?\s+|$))+$/i;
/** What a slug line says behind the time that is no place. */
const WEATHER =
  /^(?:(?:HEAVY |LIGHT |POURING )?(?:RAIN|SNOW|FOG|STORM|THUNDERSTORM)(?:ING|Y)?|SUNNY|DREAM(?: SEQUENCE)?|FANTASY|NIGHTMARE|VISION|MEMORY|MONTAGE|INTERCUT|SLOW MOTION|DRONE SHOT|AERIAL|STOCK(?: SHOT| FOOTAGE)?|TRAVELL?ING|MOVING)$/i;
const LONGEST_TIME = 40;
/** CONTINUOUS (DAY 1): the day of the story is no time of day. */
const STORY_DAY = /\s*\((?:(?:SCRIPT |STORY )?(?:DAY|NIGHT)|[DN])\s?[0-9]{1,2}\)$/i;
const DASH = /\s+[-–—]{1,3}\s+|\s*(?:--+|[–—]+)\s*|\s+-(?=\S)|(?<=\S)-\s+/;

/** INT. HOUSE DAY, INT. HOUSE-DAY: a time behind nothing but a blank or a hyphen, unless the word before it makes it part of a name (HOUSE OF NIGHT, VALENTINE'S DAY). */
const TIME_LAST =
  /^(.*?[\p{L}\p{N})])(?:\s+|(?<!\b(?:PRE|POST|D|V|VE|VJ))-)((?:(?:LATE|EARLY)\s+)?(?:DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|AFTERNOON|SUNSET|SUNRISE|NOON|MIDNIGHT|CONTINUOUS))\.?$/iu;
const PART_OF_NAME =
  /(?:['’]S|\b(?:OF|THE|AN?|BY|ALL|EVERY|GOOD|LAST|ONE|FIRST|THIS|THAT|TO|AND|FOR|HOLY|NEXT|FOLLOWING|SAME|ANOTHER|MID|[A-Z]+DAY))$/i;

const HAN = /\p{Script=Han}/u;
/** 内景 客厅 - 日, 1-1 客厅 日 内, 第三场 街道 夜 外: begins with the side or the number of a scene. */
const CHINESE =
  /^(?:内外景|内景|外景|第\s*[0-9一二三四五六七八九十百]{1,5}\s*场|场[景次]?\s*[0-9一二三四五六七八九十]|[0-9]{1,3}-[0-9]{1,3})/;

/** INT/EXT: INT is a field. */
const SIDE_TOLD = /^INT\.?\s?[/\\]\s?EXT\.?\s*:\s*(?:INT|EXT|I\/E|INT\.?\s?\/\s?EXT)\.?$/i;

/** True when the line begins as a slug line does. Longer lines are prose. */
export function isSlug(line: string): boolean {
  if (line.length > 200) return false;
  const words = line.replace(MARGIN_LEFT, '').replace(FRAMED, '');
  if (SIDE_TOLD.test(words)) return false;
  return PREFIX.test(words) || isFull(words) || isChineseSlug(line);
}

/** Fountain's `.SNIPER SCOPE POV`. */
export const isForcedSlug = (line: string) => FORCED.test(line);
const FORCED = /^\.(?=[^.\s])/;

/** Behind a mark: capitals, or a time at the end. Without one: capitals, and a dash before the time. */
function isFull(line: string): boolean {
  if (!FULL.test(line)) return false;
  const before = FULL_TIME.exec(line)?.[1];
  const isCapitals = !/\p{Ll}/u.test(line);
  return FULL_MARK.test(line)
    ? isCapitals || before !== undefined
    : isCapitals && before !== undefined && before !== '.';
}

/** A Chinese slug line among English ones, which says time or side and a place. */
function isChineseSlug(line: string): boolean {
  if (line.length > 40 || !CHINESE.test(line) || !HAN.test(line)) return false;
  const heading = headingLine(line);
  return heading?.certainty === 'sure' && heading.words.hits > 0 && heading.words.location !== '';
}

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
  const letter = LETTER.exec(rest);
  if (letter) {
    if (number === '') number = letter[1]!;
    rest = rest.slice(0, letter.index);
  }
  const heading = rest.trim();
  const bare = heading.replace(FRAMED, '');
  const prefix = PREFIX.exec(bare) ?? (isFull(bare) ? FULL.exec(bare) : null);
  const read = HAN.test(bare) ? chineseSlug(bare, prefix, number) : undefined;
  if (read !== undefined) return { ...read, heading };
  const words = prefix ? bare.slice(prefix[0].length) : bare;
  const intExt = prefix ? intExtOf(prefix[1]!) : 'UNKNOWN';
  const other = prefix ? OTHER_SIDE.exec(words) : null;
  if (other === null) return { number, heading, intExt, ...placeAndTime(words, prefix !== null) };
  const here = placeAndTime(words.slice(0, other.index).trim(), true);
  const there = placeAndTime(words.slice(other.index + other[0].length), true);
  return {
    ...(there.timeText === '' ? here : there),
    number,
    heading,
    intExt: intExtOf(other[1]!) === intExt ? intExt : 'INT_EXT',
    location: `${here.location} / ${there.location}`,
  };
}

/** What Chinese words say of a heading; undefined where they say nothing, or English ones say when. */
function chineseSlug(heading: string, prefix: RegExpExecArray | null, number: string): Slug | undefined {
  if (prefix) {
    const place = heading.slice(prefix[0].length);
    const { time, timeText, location } = slugWords(place);
    if (timeText === '' || placeAndTime(place).timeText !== '') return undefined;
    return { number, heading, intExt: intExtOf(prefix[1]!), time, timeText, location };
  }
  const read = headingLine(heading);
  const { intExt, time, timeText, location, hits } = read?.words ?? slugWords(heading);
  if (hits === 0 && !read?.number) return undefined;
  return { number: number || (read?.number ?? ''), heading, intExt, time, timeText, location };
}

/** Interior or exterior of a prefix: INT/EXT and I/E are both; EST (establishing) is outside. */
function intExtOf(prefix: string): IntExt {
  if (/[/\\]/.test(prefix)) return 'INT_EXT';
  return /^INT/i.test(prefix) ? 'INT' : 'EXT';
}

/** The last part behind a dash, or behind a comma when it is nothing but a time word, is the time; behind INT. or EXT. (`prefixed`) so is a last word. */
function placeAndTime(rest: string, prefixed = false): { location: string; timeText: string; time: TimeOfDay } {
  const whole = SAYS_WHEN.test(rest) ? englishTime(rest) : undefined;
  if (whole !== undefined) return { location: '', timeText: rest.replace(/\.$/, ''), time: whole };
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
  // CAR - NIGHT - RAIN, HOUSE - DAY - KITCHEN
  const within = times.length === 0 ? parts.findIndex((part, at) => at > 0 && SAYS_WHEN.test(part)) : -1;
  const found = within > 0 ? englishTime(parts[within]!) : undefined;
  if (found !== undefined) {
    const behind = parts.slice(within + 1);
    const isWeather = behind.every((part) => WEATHER.test(part));
    return {
      location: [...parts.slice(0, within), ...(isWeather ? [] : behind)].join(' - '),
      timeText: [parts[within]!, ...(isWeather ? behind : [])].join(' - '),
      time: found,
    };
  }
  if (times.length === 0) {
    const from = Math.max(0, rest.length - LONGEST_TIME - 5);
    for (const match of rest.slice(from).matchAll(/[,.]/g)) {
      const index = from + match.index;
      const timeText = rest
        .slice(index + 1)
        .replace(/\.?\s*$/, '')
        .trim();
      const time = SAYS_WHEN.test(timeText) || SHORT.test(timeText) ? englishTime(timeText) : undefined;
      if (time !== undefined) return { location: rest.slice(0, index).trim(), timeText, time };
    }
    const last = prefixed ? TIME_LAST.exec(rest.trim()) : null;
    if (last && !PART_OF_NAME.test(last[1]!)) {
      const location = last[1]!.replace(/\s+AT$/i, '');
      return { location, timeText: last[2]!, time: englishTime(last[2]!) ?? 'UNKNOWN' };
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
  if (words.length > LONGEST_TIME) return undefined;
  const bare = words.replace(STORY_DAY, '');
  if (bare !== words && bare !== '') {
    const time = englishTime(bare);
    if (time !== undefined && time !== 'UNKNOWN') return time;
  }
  for (const [pattern, time] of TIMES) if (pattern.test(words)) return time;
  return OTHER_TIME.test(words) ? 'UNKNOWN' : undefined;
}
