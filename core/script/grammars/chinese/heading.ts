// Does one line look like a slug line, and how sure is it? Neighbouring lines are asked by the survey.
import { isSamePlace } from './same-place.ts';
import { type SlugWords, slugWords } from './slug.ts';
import { intExtOf } from './vocabulary.ts';

/** sure: a slug line by itself. likely: one if its neighbours agree. bare: a number alone, the words come on the next line. */
export type Certainty = 'sure' | 'likely' | 'bare';

export type HeadingLine = { readonly number: string; readonly words: SlugWords; readonly certainty: Certainty };

const N = '[0-9０-９]{1,4}';
const CN = '[一二三四五六七八九十百零〇]{1,5}';
const DASH = '[-—–－‑―_]';
const DOT = '[.．]';
const LETTER = '(?:[A-Za-zＡ-Ｚ](?![A-Za-z]))?';

// 1-1, 8-3A, 3—1, 1-2-3. Years are four digits and no episode.
const DASHED = new RegExp(
  `^([0-9０-９]{1,3}\\s*${DASH}+\\s*[0-9０-９]{1,3}(?:${DASH}[0-9０-９]{1,2})?${LETTER})(?![0-9])\\s*(.*)$`,
);
const DOTTED = new RegExp(`^([0-9０-９]{1,3}${DOT}[0-9０-９]{1,3}${LETTER})(?![0-9.．%％])\\s*(.*)$`);
// 场景1, 场2-1, 场次（1）, 第 1 场, 第一场, 1场, 场景一
const NAMED = new RegExp(
  `^(?:(?:第\\s*(${N}(?:${DASH}${N})?${LETTER}|${CN})\\s*(?:场景?|幕|场次))|(?:(?:场景|场次|场|景|SCENE|Scene|scene|SC|S(?=[0-9]))\\s*[（(【\\[#：:]?\\s*(${N}(?:(?:${DASH}|${DOT})${N})?${LETTER}|${CN}(?![一-龥]))\\s*[）)】\\]]?)|(?:(${N}${LETTER})\\s*场(?:景)?))(?=$|[^一-龥0-9]|[日夜晨晚内外])\\s*(.*)$`,
);
// 【1-1】 日 内 客厅
const BRACKETED_NUMBER = new RegExp(`^[【[(（]\\s*([0-9０-９]{1,3}${DASH}[0-9０-９]{1,3}${LETTER})\\s*[】\\])）]`);
// 【场次1】渡口 日 外, 【第1场】 …
const BRACKETED_NAME = new RegExp(
  `^[【[(（]\\s*((?:场景|场次|场|SCENE|Scene|SC)\\s*(?:${N}${LETTER}|${CN})|第\\s*(?:${N}${LETTER}|${CN})\\s*(?:场景?|幕|场次))\\s*[】\\])）]`,
);
// 【闪回】1-2 老宅 夜 外
const PAST_FIRST = /^[【[(（](?:闪回|回忆|插叙|倒叙)[】\])）]\s*(?=[0-9０-９第场])/;
const INSERTED = /^([+＋]\s*场?)(?:\s+|(?<=场))(.*)$/;
const SINGLE = new RegExp(`^(${N}${LETTER}|${CN}(?=[、.．]))\\s*[、.．\\s]\\s*(.+)$`);
const SINGLE_NAMED = new RegExp(`^(${N}${LETTER})\\s*[、.．]?\\s*场景\\s*[：:]\\s*(.+)$`);
const SIDE_FIRST = /^(?!内外景\s*[：:])(内景|外景|内外景|INT\.?\/EXT|INT|EXT|I\/E)\s*[.．、：:\s]\s*(.+)$/i;
const FIELD_FIRST = /^(?:(?:场景|地点)\s*[：:]|【(?:场景|地点)】)\s*(.+)$/;
const TIME_FIRST = /^(时间\s*[：:].{1,20}?[\s，,；;](?:场景|地点)\s*[：:].+)$/;
// （一）病房 日 内
const ROUND = new RegExp(`^[（(]\\s*(${N}|${CN})\\s*[）)]\\s*(?=\\S)`);
// 1集1场 日 内 客厅, E01S01 日 内 客厅
const OF_EPISODE = /^(?:EP?\s*)?0*([0-9]{1,3})\s*(?:集\s*第?|S)\s*0*([0-9]{1,3})\s*场?(?=[\s：:、])/i;
// 1. and 2、 above 地点：…
const ALONE = /^[0-9０-９]{1,3}\s*[.．、]$/;
// 第一幕 第一场
const ACT_FIRST = /^第\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*幕\s*[·：:，,、—-]*\s*(?=第.{1,4}场)/;

const LEAD = /^[、.．:：，,\s)）】\]]+/;
const SENTENCE = /[。！？!?；…“”"△▲]/;
const NOT_A_PLACE = /^(?:平|比|胜|败|分|秒|元|岁|月|年|日起|号|个|人|次|版|倍|米|层|楼|万|亿)/;

/** Longest slug line tried; a longer line is text. */
export const HEADING_LENGTH = 160;

/** The line as a slug line, or undefined. The line must be free of Markdown marks and at most HEADING_LENGTH long. */
export function headingLine(line: string): HeadingLine | undefined {
  const words = line
    .replace(PAST_FIRST, '')
    .replace(BRACKETED_NUMBER, '$1 ')
    .replace(BRACKETED_NAME, '$1 ')
    .replace(OF_EPISODE, '$1-$2 ');
  const round = ROUND.exec(words);
  const listed = round && named(`${round[1]!}、${words.slice(round[0].length)}`);
  if (listed && listed.words.hits > 1) return listed;
  return (
    numbered(DASHED, words, 'double') ??
    numbered(DOTTED, words, 'dotted') ??
    named(words) ??
    unnumbered(words) ??
    (ALONE.test(words) ? of(plain(words.slice(0, -1)), '', 'bare') : undefined)
  );
}

function numbered(shape: RegExp, line: string, kind: 'double' | 'dotted'): HeadingLine | undefined {
  const match = shape.exec(line);
  if (!match) return undefined;
  const number = plain(match[1]!);
  const rest = match[2]!.replace(/^场(?=[\s：:、日夜内外]|$)/, '').replace(LEAD, '');
  if (rest === '') return kind === 'double' ? of(number, '', 'bare') : undefined;
  const words = slugWords(rest);
  if (SENTENCE.test(words.location)) return undefined;
  if (words.hits > 0) return { number, words, certainty: 'sure' };
  if (words.location === '' || NOT_A_PLACE.test(rest) || rest.length > 30 || /[：:，,]/.test(words.location))
    return undefined;
  return { number, words, certainty: 'likely' };
}

function named(line: string): HeadingLine | undefined {
  const inserted = INSERTED.exec(line);
  if (inserted) return of(inserted[1]!.replace(/\s/g, ''), inserted[2]!, 'sure');
  const match = NAMED.exec(line.replace(ACT_FIRST, ''));
  if (match) {
    const rest = match[4]!.replace(LEAD, '');
    const number = plain(match[1] ?? match[2] ?? match[3] ?? '');
    if (rest === '') return of(number, '', 'sure');
    const heading = of(number, rest, 'sure');
    return SENTENCE.test(heading.words.location) || heading.words.location.length > 40 ? undefined : heading;
  }
  const scene = SINGLE_NAMED.exec(line);
  if (scene) return of(plain(scene[1]!), scene[2]!, 'sure');
  const single = SINGLE.exec(line);
  if (!single || single[2]!.length > 40) return undefined;
  const words = slugWords(single[2]!);
  if (SENTENCE.test(words.location) || /[：:，,]/.test(words.location)) return undefined;
  return { number: plain(single[1]!), words, certainty: words.hits > 0 ? 'sure' : 'likely' };
}

function unnumbered(line: string): HeadingLine | undefined {
  const side = SIDE_FIRST.exec(line);
  if (side) {
    const words = slugWords(side[2]!);
    words.intExt = /[/／]|内外/.test(side[1]!) ? 'INT_EXT' : (intExtOf(side[1]!) ?? 'UNKNOWN');
    words.hits++;
    return SENTENCE.test(words.location) ? undefined : { number: '', words, certainty: 'sure' };
  }
  const field = FIELD_FIRST.exec(line) ?? TIME_FIRST.exec(line);
  if (field && isSamePlace(field[1]!))
    return { number: '', words: { ...slugWords(''), location: field[1]! }, certainty: 'sure' };
  if (field) return of('', field[1]!, 'sure');
  if (line.length > 40 || SENTENCE.test(line) || /[：:]/.test(line)) return undefined;
  const words = slugWords(line);
  if (words.hits < 2 || words.location === '' || words.location.length > 20) return undefined;
  return { number: '', words, certainty: 'sure' };
}

const of = (number: string, rest: string, certainty: Certainty): HeadingLine => ({
  number,
  words: slugWords(rest),
  certainty,
});

/** The number as written, in half-width characters and without blanks. */
const plain = (written: string) =>
  written
    .replace(/[０-９Ａ-Ｚ．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\s/g, '')
    .replace(/[—–－‑―]+/g, '-');
