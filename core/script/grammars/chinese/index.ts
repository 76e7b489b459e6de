// Chinese short drama: 第N集, slug lines in any order of words, △ action, 甲（冷笑）：词.
import { Assembly } from '../../assembly.ts';
import type { Source } from '../../source.ts';
import { Body } from './body.ts';
import { fieldKind, sceneField } from './field.ts';
import { episodeOfTitle, readFront, sectionOf, titleOf } from './front.ts';
import { labelOf } from './label.ts';
import type { Mark } from './mark.ts';
import { unmarked } from './markdown.ts';
import { carryPlaces } from './same-place.ts';
import { survey } from './survey.ts';
import { simplifiedCopy } from './traditional.ts';
import { Written, WrittenWarnings } from './written.ts';

/** Reads Chinese script text. Every non-blank line ends in one element or one note. Throws TOO_MANY_SCENES. */
export function readChinese(source: Source): { assembly: Assembly; known: ReadonlySet<string> } {
  const read = readWritten(source);
  carryPlaces(read.assembly.episodes);
  return read;
}

function readWritten(source: Source): { assembly: Assembly; known: ReadonlySet<string> } {
  const copy = simplifiedCopy(source);
  if (copy === undefined) return readSimplified(new Assembly(source, 'zh'));
  const written = new Written(source, copy);
  const { assembly, known } = readSimplified(new Assembly(copy, 'zh', new WrittenWarnings(written)));
  return { assembly, known: written.restore(assembly, known) };
}

function readSimplified(assembly: Assembly): { assembly: Assembly; known: ReadonlySet<string> } {
  const { source } = assembly;
  const marks = survey(source);
  const body = new Body(assembly, marks);
  const known = body.known;
  const end = marks[0]?.at ?? frontEnd(source);
  readFront(assembly, 0, end, known);
  const number =
    end < source.lines.length && body.isUndivided
      ? episodeOfTitle(source.lines.slice(0, end), assembly.title)
      : undefined;
  if (number !== undefined) assembly.openEpisode(number, '', end);
  body.read(end);
  sayWhatIsMissing(assembly, marks, end, number !== undefined);
  return { assembly, known };
}

/** △甲走来。 【画面1】… 镜号：01: of a script, whatever stands above. */
const SCRIPT = /^(?:[△▲※■]|【?(?:画面|镜头|分镜|镜号)\s*[0-9一二三四五六七八九十]{0,3}\s*[】：:])/;

/** Without any heading: where the front matter ends. Title lines, named sections and 题材：都市 are front matter; a script line ends it. */
function frontEnd(source: Source): number {
  let end = 0;
  let inSection = false;
  for (let at = 0; at < source.lines.length; at++) {
    const line = unmarked(source.lines[at]!);
    const section = sectionOf(line);
    if (/^(?:[一二三四五]、)?(?:剧本)?正文[：:】]?$/.test(line)) return at + 1;
    if (SCRIPT.test(line)) return end;
    const isField = /[：:]\s*\S/.test(line);
    if (section !== undefined && !isField) inSection = true;
    else if (!inSection && section === undefined && titleOf(line) === undefined) {
      // 品牌：… above 片名：…
      if (isNote(line)) continue;
      return end;
    }
    end = at + 1;
  }
  return end;
}

const isNote = (line: string) => fieldKind(labelOf(line)?.name ?? '') === 'note' && sceneField(line) === undefined;

function sayWhatIsMissing(assembly: Assembly, marks: readonly Mark[], end: number, isTitled: boolean): void {
  const { source, warnings } = assembly;
  if (source.lines.length > 0 && end >= source.lines.length) {
    warnings.add('front_matter_only');
    return;
  }
  if (!isTitled && !marks.some((mark) => mark.kind === 'episode')) {
    const how = assembly.episodes.length > 1 ? '按场号的前半部分分集' : '全文作为一集';
    warnings.add('no_episode_heading', { how });
  }
  if (!marks.some((mark) => mark.kind === 'scene')) warnings.add('no_scene_heading');
}
