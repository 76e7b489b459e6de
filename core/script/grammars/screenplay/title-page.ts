// The title page: `Key: value` lines at the top of a Fountain file, or the few centred lines of a plain one.
import type { Assembly } from '../../assembly.ts';
import { plain } from './emphasis.ts';
import { isEpisodeHeading } from './episode.ts';
import { isTold, readScreenplayFront, sectionIn } from './front.ts';
import { gap } from './hidden.ts';
import { fixedLine } from './line.ts';
import { headingTitle } from './markdown.ts';
import { sceneLine } from './scene-line.ts';
import { isSlug } from './slug.ts';

const KEY = /^([A-Za-z][A-Za-z0-9 _-]{0,30}):\s*(.*)$/;
const BYLINE =
  /^(?:(?:screenplay|teleplay|script|story|written|(?:a )?(?:(?:radio|stage|television|tv|audio) )?play)\s*(?:and directed\s*)?)?by\b|^(?:written|adapted|based|revised|draft|copyright|©|shooting script|first draft|final draft|contact|registered|wga)\b/i;

/** A title alone above the script. */
const CAPITALS = /^["“]?(?=.*\p{Lu})[^\p{Ll}:]{2,60}$/u;

/** Reads the title page, every line of it as a note; returns the index of the first line of the script. Whom its cast list names is added to `known`. */
export function readTitlePage(assembly: Assembly, isPlain: boolean, known: Set<string>): number {
  const { lines } = assembly.source;
  const first = KEY.exec(lines[0] ?? '');
  if (first && !opensScript(lines[0]!) && !(isPlain && sceneLine(lines[0]!))) return readKeys(assembly);
  const heading = isPlain ? headingTitle(lines[0] ?? '') : undefined;
  if (heading === undefined) return readCover(assembly, isPlain, known);
  assembly.title = heading;
  assembly.note(0, 'front_matter');
  return 1;
}

/** FADE IN:, INT: A and Episode 1: The Deal have the form of a key and are none. */
const opensScript = (line: string) => fixedLine(line) !== undefined || isSlug(line) || isEpisodeHeading(line);

function readKeys(assembly: Assembly): number {
  const { source } = assembly;
  const title: string[] = [];
  const story: string[] = [];
  let key = '';
  let at = 0;
  for (; at < source.lines.length; at++) {
    if (at > 0 && gap(source, at) === 'empty') break;
    const line = source.lines[at]!;
    const indented = /^[ \t]/.test(source.text.slice(source.starts[at]!, source.starts[at]! + 1));
    const entry = indented ? null : KEY.exec(line);
    if (!entry && !indented) break;
    key = entry ? entry[1]!.toLowerCase() : key;
    const value = entry ? entry[2]! : line;
    if (key === 'title' && value !== '') title.push(plain(value));
    if (sectionIn(key) === 'story' && value !== '') story.push(plain(value));
    assembly.note(at, 'front_matter');
  }
  assembly.title = title.join(' ').replace(/^["“](.*)["”]$/, '$1');
  assembly.synopsis = story.join('\n');
  return at;
}

/** FADE IN, COLD OPEN, a slug line, or a scene by its number where only that can open one. */
function opensBody(line: string, isPlain: boolean): boolean {
  const kind = fixedLine(line)?.kind;
  return isSlug(line) || kind === 'transition' || kind === 'note' || (isPlain && sceneLine(line) !== undefined);
}

/** “ROOMMATES WANTED” and below it “The One-Bathroom Problem”: a title of the series and one of the episode. */
const isQuoted = ({ source }: Assembly, end: number) =>
  end > 0 &&
  end <= 3 &&
  source.lines.slice(0, end).every((line, at) => /^["“].+["”]$/.test(line) && gap(source, at) === 'empty');

/** Up to forty lines before FADE IN, the first slug line or the first episode heading, when one of them is a byline or the only one is in capitals and no episode heading. Otherwise those lines are script. */
function readCover(assembly: Assembly, isPlain: boolean, known: Set<string>): number {
  const { lines } = assembly.source;
  const limit = Math.min(lines.length, 40);
  let end = 0;
  while (end < limit && !opensBody(lines[end]!, isPlain)) end++;
  const episode = lines.findIndex(isEpisodeHeading);
  // EPISODE 5 between the title and its author is a line of the cover
  if (episode >= 0 && episode < end && !lines.slice(episode, end).some((line) => BYLINE.test(line))) end = episode;
  const alone =
    end === 1 && CAPITALS.test(lines[0]!) && !isEpisodeHeading(lines[0]!) && gap(assembly.source, 1) === 'empty';
  const isTitled = alone || isQuoted(assembly, end) || lines.slice(0, end).some((line) => BYLINE.test(line));
  if (end === limit || !isTitled) return 0;
  assembly.title = lines[0]!.replace(/^["“](.*)["”]$/, '$1');
  const told = lines.findIndex((line, at) => at > 0 && at < end && isTold(line));
  const covered = told < 0 ? end : told;
  for (let at = 0; at < covered; at++) assembly.note(at, 'front_matter');
  readScreenplayFront(assembly, covered, end, known);
  return end;
}
