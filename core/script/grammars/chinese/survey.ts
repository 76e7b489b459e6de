// One pass that finds the bones of a script, episode and scene headings, before any line is read: whether a doubtful line is a
// heading depends on its neighbours and on what the rest of the script uses.
import type { Source } from '../../source.ts';
import { charset } from './charset.ts';
import { episodeLine } from './episode.ts';
import { isBetweenFields, sceneField } from './field.ts';
import { HEADING_LENGTH, type HeadingLine, headingLine } from './heading.ts';
import { episodesByTitle, type Found, type Mark, withoutContents, withoutDoubt } from './mark.ts';
import { unmarked } from './markdown.ts';
import { fieldAt, joined, ORNAMENT, plainLine, unwrapped } from './slug-lines.ts';

// First characters a heading can have, and last characters of an unnumbered one; every other line costs two look-ups.
const FIRST = charset(
  '0123456789０１２３４５６７８９第场景内外內一二三四五六七八九十+＋IESies【[（(#*>-时地日夜晨晚清黄傍深凌黎集剧《〈“—–=＝＃·•★☆◆~～🎬📍🤖⭐✨⚡',
);
const LAST = charset('内外內景日夜晨晚昏上午间时明]】）)*');
// Marks that decorate a heading; most of them begin a line of action too.
const ORNAMENTS = charset('◎○●◇■□▶►※');
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
      if (ORNAMENTS[line.charCodeAt(0)] !== 1) continue;
      // ■第1集; 3集 behind such a mark is a list
      const episode = episodeLine(line.replace(ORNAMENT, ''));
      const heading = ornamented(line, under);
      if (episode && episode.doubt === undefined) add({ at, episode });
      else if (heading) add({ at, heading });
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

/** 第一幕 above 第一场 is no scene. */
function isActAlone(source: Source, at: number, next: Found | undefined): boolean {
  return (
    source.lines[at]!.includes('幕') &&
    /^第[^场]{1,4}幕$/.test(plainLine(source, at)) &&
    next?.heading?.certainty === 'sure' &&
    /^第.{1,4}场/.test(plainLine(source, next.at))
  );
}
