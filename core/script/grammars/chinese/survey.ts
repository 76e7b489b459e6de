// One pass that finds the bones of a script, episode and scene headings, before any line is read: whether a doubtful line is a
// heading depends on its neighbours and on what the rest of the script uses.
import type { Source } from '../../source.ts';
import { bracketed } from './bracket.ts';
import { charset } from './charset.ts';
import { episodeLine } from './episode.ts';
import { isBetweenFields, isCastLine, sceneField } from './field.ts';
import { HEADING_LENGTH, type HeadingLine, headingLine } from './heading.ts';
import { episodesByTitle, type Found, type Mark, withoutContents, withoutDoubt } from './mark.ts';
import { unmarked } from './markdown.ts';
import { type SlugWords, slugWords } from './slug.ts';

// First characters a heading can have, and last characters of an unnumbered one; every other line costs two look-ups.
const FIRST = charset(
  '0123456789０１２３４５６７８９第场景内外內一二三四五六七八九十+＋IESies【[（(#*>-时地日夜晨晚清黄傍深凌黎集剧《〈“—–=＝＃·•★☆◆~～',
);
const LAST = charset('内外內景日夜晨晚昏上午间时明]】）)*');
// Marks that decorate a heading; most of them begin a line of action too.
const ORNAMENTS = charset('◎○●◇■□▶►※');
const ORNAMENT = /^[◎○●◆◇■□▶►★☆※·•]+\s*(?=\S)/;
// A list or a sentence, no slug line: 3-5 个人, 比赛开始了，外面下雨. 天台 and 名都酒店 are places.
const TOLD = /[，。]|^[0-9.．-]+\s*(?:[个秒米岁]|名(?![都流门人])|[人分月天点](?=$|[\s的后前内]))/;
const DOUBLE = /^([0-9]+)[-.]/;

/** Episode and scene headings of a script in order, without the entries of a table of contents. */
export function survey(source: Source): Mark[] {
  const found: Found[] = [];
  let under: number | undefined;
  const add = (one: Found) => {
    found.push(one);
    under = episodeOf(one) ?? under;
  };
  for (let at = 0; at < source.lines.length; at++) {
    const line = source.lines[at]!;
    if (line.length > HEADING_LENGTH) continue;
    if (FIRST[line.charCodeAt(0)] === 0 && (line.length > 40 || LAST[line.charCodeAt(line.length - 1)] === 0)) {
      const heading = ORNAMENTS[line.charCodeAt(0)] === 1 ? ornamented(line, under) : undefined;
      if (heading) add({ at, heading });
      continue;
    }
    const words = unmarked(line);
    const inner = unwrapped(words);
    const episode = episodeLine(words);
    // 第1集第1场 日 内 客厅: both at once
    const heading = episode
      ? headingLine(episode.title)
      : (ornamented(inner, under) ?? headingLine(inner) ?? timed(source, at));
    if (episode && heading?.certainty === 'sure' && heading.number !== '') add({ at, episode, heading });
    else if (episode) add({ at, episode });
    else if (heading) add({ at, heading });
  }
  const kept = withoutDoubt(found);
  return withoutContents(episodesByTitle(kept, settled(source, kept)));
}

/**
 * ◎1-1 客厅 日 内, ◆场景四：街道 夜 外: a number that is surely a scene's behind the ornament; 2-1 only in episode 2 or right after
 * episode 1. ● 1、钥匙 and ●3-5 个人 are a list.
 */
function ornamented(line: string, under: number | undefined): HeadingLine | undefined {
  const words = line.replace(ORNAMENT, '');
  const heading = words === line || TOLD.test(words) ? undefined : headingLine(words);
  if (heading?.certainty !== 'sure' || heading.number === '' || heading.words.hits === 0) return undefined;
  const double = DOUBLE.exec(heading.number);
  if (double) return under === undefined || [under, under + 1].includes(Number(double[1])) ? heading : undefined;
  return /^(?:第|场|[0-9]+\s*场)/.test(words) || heading.words.hits > 1 ? heading : undefined;
}

/** The episode a heading is of: the one it begins, or the first number of 2-1. */
function episodeOf({ episode, heading }: Found): number | undefined {
  const double = heading?.certainty === 'sure' ? DOUBLE.exec(heading.number) : null;
  return double ? Number(double[1]) : episode && !episode.doubt ? episode.number : undefined;
}

/** 时间：夜 外 above 地点：街道, a cast line or 道具：… perhaps between: the scene begins here. */
function timed(source: Source, at: number): HeadingLine | undefined {
  const name = sceneField(unwrapped(plainLine(source, at)))?.name;
  const words = name === undefined || name === 'place' ? undefined : fieldAt(source, at);
  if (words === undefined) return undefined;
  for (let next = at + 1; next <= at + 3 && next < source.lines.length; next++) {
    const line = unwrapped(plainLine(source, next));
    const field = sceneField(line);
    if (field?.name === 'place') return headingLine(line) ? { number: '', words, certainty: 'sure' } : undefined;
    if (!field && !isBetweenFields(plainLine(source, next))) return undefined;
  }
  return undefined;
}

/** 【1-1 日 内 客厅】 → 1-1 日 内 客厅 */
const unwrapped = (line: string) => {
  const last = line.charAt(line.length - 1);
  const whole =
    last === '】' || last === ']' ? /^[【[]/ : last === '）' || last === ')' ? /^[（(](?=[0-9第场])/ : undefined;
  const inner = whole?.test(line) ? line.slice(1, -1).trim() : line;
  // 【地点：客厅】【时间：日】
  return /^[^【[]*[】\]]/.test(inner) ? line.replace(/[【】[\]]/g, ' ').trim() : inner;
};

/** Decides about doubtful headings and joins each to the lines that belong to it. */
function settled(source: Source, found: readonly Found[]): Mark[] {
  const numbered = found.findIndex((f) => f.episode || (f.heading?.certainty === 'sure' && f.heading.number !== ''));
  const dashed = found.some((f) => f.heading?.certainty === 'sure' && f.heading.number.includes('-'));
  const marks: Mark[] = [];
  let past = -1;
  found.forEach((candidate, index) => {
    if (candidate.at <= past) return;
    if (isActAlone(source, candidate.at, found[index + 1])) return;
    if (!candidate.heading) {
      if (candidate.episode) marks.push({ kind: 'episode', at: candidate.at, episode: candidate.episode });
      return;
    }
    // 时间/地点 of the front matter: no slug line as long as the numbered ones are still to come
    if (candidate.heading.number === '' && numbered > index && sceneField(plainLine(source, candidate.at))) return;
    const scene = joined(source, candidate.at, candidate.heading, dashed);
    if (scene === undefined) return;
    marks.push(candidate.episode ? { ...scene.mark, episode: candidate.episode } : scene.mark);
    past = scene.past;
  });
  return marks;
}

const plainLine = (source: Source, at: number) => unmarked(source.lines[at] ?? '');

/** 第一幕 above 第一场 is no scene. */
function isActAlone(source: Source, at: number, next: Found | undefined): boolean {
  return (
    source.lines[at]!.includes('幕') &&
    /^第[^场]{1,4}幕$/.test(plainLine(source, at)) &&
    next?.heading?.certainty === 'sure' &&
    /^第.{1,4}场/.test(plainLine(source, next.at))
  );
}

/** The slug line with the lines that continue it, and the last line that tells of it; undefined when a doubtful one finds no support. */
function joined(
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

function fieldAt(source: Source, at: number): SlugWords | undefined {
  const field = at < source.lines.length ? sceneField(unwrapped(plainLine(source, at))) : undefined;
  if (field === undefined || field.value.length > 40 || /[。！？!?；…]/.test(field.value)) return undefined;
  const words = slugWords(field.value);
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
