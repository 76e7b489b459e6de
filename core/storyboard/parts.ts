// Shots taken apart and put together: lines by part, elements, and what depends on them.

import type { ShotContent } from './schema.ts';
import { lasting } from './timing.ts';
import { retold } from './voiced.ts';

export type Line = ShotContent['lines'][number];

/** A shot with other lines and elements: its length and its video prompt follow. */
export function withSource(
  shot: ShotContent,
  lines: readonly Line[],
  elementIds: readonly string[],
  action: string,
): ShotContent {
  return {
    ...shot,
    lines: [...lines],
    elementIds: [...elementIds],
    action,
    duration: lasting(lines, action),
    videoPrompt: retold(shot.videoPrompt, shot.lines, lines),
  };
}

/** Lines of one shot with neighbouring parts of one element joined into one. */
export function joinedLines(lines: readonly Line[]): Line[] {
  const out: Line[] = [];
  for (const line of lines) {
    const last = out.at(-1);
    if (last?.elementId === line.elementId && last.part < line.part)
      out[out.length - 1] = { ...last, text: last.text + line.text };
    else out.push(line);
  }
  return out;
}

/**
 * Shots with the parts of some elements counted anew, 1 to n: in order of appearance, or as their words stand in the element where `textOf`
 * gives its text and the order of appearance does not. Shots that did not change are the same objects.
 */
export function renumbered(
  shots: readonly ShotContent[],
  elements: ReadonlySet<string>,
  textOf: (elementId: string) => string | undefined = () => undefined,
): ShotContent[] {
  const all = Map.groupBy(
    shots.flatMap(({ lines }) => lines).filter(({ elementId }) => elements.has(elementId)),
    ({ elementId }) => elementId,
  );
  const parts = new Map<Line, number>();
  for (const [id, lines] of all) for (const [i, line] of asSaid(lines, textOf(id)).entries()) parts.set(line, i + 1);
  return shots.map((shot) => {
    let changed = false;
    const lines = shot.lines.map((line) => {
      const part = parts.get(line);
      if (part === undefined) return line;
      const count = all.get(line.elementId)!.length;
      if (part === line.part && count === line.parts) return line;
      changed = true;
      return { ...line, part, parts: count };
    });
    return changed ? { ...shot, lines } : shot;
  });
}

/** Lines of one element in the order its text says them. */
function asSaid(lines: readonly Line[], text: string | undefined): readonly Line[] {
  if (text === undefined || lines.map((line) => line.text).join('') === text) return lines;
  return spelling(lines, text) ?? byPlace(lines, text);
}

/** Orders tried before it is given up: a text that says the same again and again has many that lead nowhere. */
const mostTried = 5000;

/** The first order, by appearance, in which the lines give the text word for word; undefined when none is found. */
function spelling(lines: readonly Line[], text: string): readonly Line[] | undefined {
  let tried = 0;
  const rest = (left: readonly Line[], from: number): readonly Line[] | undefined => {
    if (left.length === 0) return from === text.length ? [] : undefined;
    const failed = new Set<string>();
    for (const line of left) {
      if (failed.has(line.text) || !text.startsWith(line.text, from)) continue;
      if (++tried > mostTried) return undefined;
      const others = rest(
        left.filter((one) => one !== line),
        from + line.text.length,
      );
      if (others) return [line, ...others];
      failed.add(line.text);
    }
    return undefined;
  };
  return rest(lines, 0);
}

/** Lines where their words first stand in the text, as far as nobody has taken them. */
function byPlace(lines: readonly Line[], text: string): readonly Line[] {
  const taken: [number, number][] = [];
  const places = lines.map((line) => {
    const free = [...occurrences(text, line.text)].find((at) => isFree(taken, at, line.text.length));
    if (free !== undefined) taken.push([free, free + line.text.length]);
    return { line, at: free ?? text.length };
  });
  return places.sort((a, b) => a.at - b.at).map(({ line }) => line);
}

/** Where words stand in a text, from an offset on. */
export function* occurrences(text: string, words: string, from = 0): Generator<number> {
  for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) yield at;
}

/** Whether so many characters from an offset on are none of the stretches. */
export const isFree = (stretches: readonly (readonly [number, number])[], at: number, length: number): boolean =>
  stretches.every(([from, to]) => at + length <= from || at >= to);
