// What a page carries besides the script: page numbers, headers, footers, (MORE), CONTINUED.
import { headingLine } from '../../grammars/chinese/heading.ts';
import { cueOf } from '../../grammars/screenplay/cue.ts';
import { isEpisodeHeading } from '../../grammars/screenplay/episode.ts';
import { isFurniture } from '../../grammars/screenplay/line.ts';
import { isSlug } from '../../grammars/screenplay/slug.ts';
import type { PageLine } from './page.ts';

const NUMBER =
  /^(?:第\s*[0-9]+\s*页(?:\s*[/／,，]?\s*共\s*[0-9]+\s*页)?|[-–—·•\s]*(?:[Pp]age\s*|[Pp]\.\s*)?[0-9]{1,4}(?:\s*(?:\/|of)\s*[0-9]{1,4})?[-–—·•.\s]*)$/;
/** How many lines at either end of a page can be header or footer. */
const BAND = 2;

/** Splits the lines of all pages into script and furniture, page by page. */
export function withoutFurniture(pages: readonly (readonly PageLine[])[]): {
  script: PageLine[][];
  furniture: PageLine[];
} {
  const running = runningLines(pages);
  const furniture: PageLine[] = [];
  const script = pages.map((lines) =>
    lines.filter((line, index) => {
      const edge = index < BAND || index >= lines.length - BAND;
      const out = (edge && (running.has(shape(line)) || NUMBER.test(line.text))) || isPageBreak(line.text);
      if (out) furniture.push(line);
      return !out;
    }),
  );
  return { script, furniture };
}

/** (MORE), CONTINUED: and the like, wherever they stand; a number alone only counts at the edge of a page. */
const isPageBreak = (text: string) => /[A-Za-z*]/.test(text) && isFurniture(text);

/**
 * The same words (numbers apart) at the same height on at least three pages and on a third of all. Words that also stand at the
 * same indent in the middle of a page are script: the cue of whoever speaks at the top of many pages. So are headings of scenes, and of
 * episodes each of which has its own and begins a page.
 */
function runningLines(pages: readonly (readonly PageLine[])[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const times = new Map<string, number>();
  for (const { text } of pages.flat()) if (isShort(text)) times.set(text, (times.get(text) ?? 0) + 1);
  const script = new Set(pages.slice(1).flatMap((lines) => lines.slice(BAND, -BAND).map(column)));
  for (const lines of pages) {
    const edge = (index: number) => index < BAND || index >= lines.length - BAND;
    const outer = lines.filter(
      (line, index) =>
        edge(index) && !script.has(column(line)) && !overSpeech(line, lines[index + 1]) && !opens(line, times),
    );
    const edges = new Set(outer.map(shape));
    for (const key of edges) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const enough = Math.max(3, Math.ceil(pages.length / 3));
  return new Set([...seen].filter(([, times]) => times >= enough).map(([key]) => key));
}

const shape = ({ text, y }: PageLine) => `${text.replace(/[0-9]+/g, '#').replace(/\s+/g, ' ')}@${Math.round(y / 4)}`;

/** No heading is longer. */
const isShort = (text: string) => text.length <= 80;

/** The heading of a scene, or of an episode that stands nowhere else: EPISODE 5 on all its pages is a header. */
const opens = ({ text }: PageLine, times: ReadonlyMap<string, number>) =>
  isShort(text) &&
  (isSlug(text) || (isEpisodeHeading(text) && times.get(text) === 1) || headingLine(text)?.certainty === 'sure');

/** A cue: a name, and what is said close below it and further left. */
const overSpeech = (line: PageLine, below: PageLine | undefined) =>
  below !== undefined &&
  line.y - below.y < line.size * 1.3 &&
  line.x - below.x > line.size * 2 &&
  cueOf(line.text, true) !== undefined;

/** The words without a bracket behind them, and where they begin. */
const column = ({ text, x }: PageLine) =>
  `${text.length > 120 ? text : text.replace(/\s*[（(][^（）()]*[)）]$/, '')}@${Math.round(x / 4)}`;
