// A slug line and the lines below it that tell of the same scene: the words of a bare number, 地点：… and 时间：… one to a line.
import type { Source } from '../../source.ts';
import { bracketed } from './bracket.ts';
import { isBetweenFields, isCastLine, sceneField } from './field.ts';
import { type HeadingLine, headingLine } from './heading.ts';
import type { Mark } from './mark.ts';
import { unmarked } from './markdown.ts';
import { isSamePlace } from './same-place.ts';
import { type SlugWords, slugWords } from './slug.ts';

/** Marks that decorate a heading, in front of its words. */
export const ORNAMENT = /^[◎○●◆◇■□▶►★☆※·•]+\s*(?=\S)/;

/** The words of the line at `at` without Markdown marks; empty behind the last one. */
export const plainLine = (source: Source, at: number) => unmarked(source.lines[at] ?? '');

const HAN = /\p{Script=Han}/u;
/** INT. MANSION LIVING ROOM - DAY */
const isEnglishSlug = (line: string) => /^(?:INT|EXT|I\/E)[./ ]/.test(line) && line.length < 100 && !HAN.test(line);

/** 【1-1 日 内 客厅】 → 1-1 日 内 客厅 */
export const unwrapped = (line: string) => {
  const last = line.charAt(line.length - 1);
  const whole =
    last === '】' || last === ']' ? /^[【[]/ : last === '）' || last === ')' ? /^[（(](?=[0-9第场])/ : undefined;
  const inner = whole?.test(line) ? line.slice(1, -1).trim() : line;
  // 【地点：客厅】【时间：日】
  return /^[^【[]*[】\]]/.test(inner) ? line.replace(/[【】[\]]/g, ' ').trim() : inner;
};

/** The slug line with the lines that continue it, and the last line that tells of it; undefined when a doubtful one finds no support. */
export function joined(
  source: Source,
  at: number,
  heading: HeadingLine,
  dashed: boolean,
): { mark: Mark & { kind: 'scene' }; past: number } | undefined {
  const words = { ...heading.words };
  let to = at;
  const parts = [
    (heading.number === '' ? plainLine(source, at) : plainLine(source, at).replace(ORNAMENT, '')).replace(
      /[【】]/g,
      ' ',
    ),
  ];
  if (words.hits === 0) {
    const next = continuation(source, at);
    if (next) {
      fill(words, next);
      to++;
      parts.push(plainLine(source, to));
    }
  }
  const below = () => fieldAt(source, to + 1) ?? (words.intExt === 'UNKNOWN' ? sideAt(source, to + 1) : undefined);
  for (let field = below(); field && to - at < 6; field = below()) {
    fill(words, field);
    to++;
    parts.push(plainLine(source, to));
  }
  // the same slug line in English below it
  if (HAN.test(words.location) && words.hits > 0 && isEnglishSlug(plainLine(source, to + 1))) {
    to++;
    parts.push(plainLine(source, to));
  }
  if (heading.certainty !== 'sure' && to === at && !isCastLine(plainLine(source, at + 1))) {
    const usual = heading.certainty === 'likely' && dashed && heading.number.includes('-');
    if (!usual) return undefined;
  }
  const past = fieldsBelow(source, to, words);
  const { intExt, time, timeText, location, cast } = words;
  const text = parts.join(' ').replace(/\s+/g, ' ').trim();
  const slug = { number: heading.number, heading: text, intExt, time, timeText, location };
  return { mark: { kind: 'scene', at, to, cast, slug }, past };
}

/** Adds what fields behind a cast line or 道具：… say that was not said yet; such lines stay where they are. Returns the index of the last one. */
function fieldsBelow(source: Source, to: number, words: SlugWords): number {
  let past = to;
  for (let at = to + 1; at - past <= 4; at++) {
    const name = sceneField(unwrapped(plainLine(source, at)))?.name;
    const field = name && fieldAt(source, at);
    if (!field && isBetweenFields(plainLine(source, at))) continue;
    const isSaid = { place: words.location !== '', time: words.timeText !== '', side: words.intExt !== 'UNKNOWN' };
    if (!field || isSaid[name]) break;
    fill(words, field);
    past = at;
  }
  return past;
}

/** `老城·旧址 深夜 外` under a bare number. */
function continuation(source: Source, at: number): SlugWords | undefined {
  const line = plainLine(source, at + 1);
  if (sceneField(line)) return undefined;
  const inner = bracketed(line);
  const next = inner?.rest === '' ? inner.inner.replace(/[。．.]/g, ' ') : line;
  if (
    next === '' ||
    next.length > 40 ||
    /[。！？!?；…：:△▲※■]/.test(next) ||
    source.numbers[at + 1]! > source.numbers[at]! + 2
  )
    return undefined;
  if (headingLine(next)?.number) return undefined;
  const words = slugWords(next);
  return words.hits > 0 ? words : undefined;
}

/** What 地点：… or 时间：… at `at` says of a scene; undefined for any other line. */
export function fieldAt(source: Source, at: number): SlugWords | undefined {
  const field = at < source.lines.length ? sceneField(unwrapped(plainLine(source, at))) : undefined;
  if (field === undefined || field.value.length > 40 || /[。！？!?；…]/.test(field.value)) return undefined;
  const isSame = field.name === 'place' && isSamePlace(field.value);
  const words = slugWords(isSame ? '' : field.value);
  // 地点：夜市 says a place whatever the words are; 时间：永和九年 a time
  if (field.name === 'place' && words.hits === 0) words.location = field.value;
  if (field.name === 'time' && words.timeText === '') {
    words.timeText = field.value;
    words.location = '';
  }
  return words;
}

/** A line that is 内景 or 外景 and nothing else. */
const sideAt = (source: Source, at: number): SlugWords | undefined =>
  /^(?:内外景?|[内外]景|室[内外])$/.test(plainLine(source, at)) ? slugWords(plainLine(source, at)) : undefined;

function fill(words: SlugWords, more: SlugWords): void {
  if (words.intExt === 'UNKNOWN') words.intExt = more.intExt;
  if (words.timeText === '') {
    words.time = more.time;
    words.timeText = more.timeText;
  }
  if (more.location !== '') words.location = more.location;
  if (words.cast === '') words.cast = more.cast;
  words.hits += more.hits;
}
