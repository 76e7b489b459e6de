// A newly composed storyboard, indexed by the script's elements: where each stands and what it says.
import type { Line } from '../parts.ts';
import type { ComposedShot } from '../schema.ts';

/** One stretch of a line's text, and the shot that says it. */
export type Stretch = { readonly place: number; readonly from: number; readonly to: number };

export type Board = {
  /** Where an element that is seen first stands. */
  readonly shown: ReadonlyMap<string, number>;
  readonly spoken: ReadonlyMap<string, { readonly text: string; readonly stretches: readonly Stretch[] }>;
  /** Elements by their words: `speaker：text` or `△action`. */
  readonly byWords: ReadonlyMap<string, readonly string[]>;
  /** The elements each composed shot shows, by its key, and where it stands. */
  readonly keys: ReadonlyMap<string, { readonly at: number; readonly elementIds: readonly string[] }>;
  /** Where a scene's first shot stands. */
  readonly scenes: ReadonlyMap<string, number>;
};

/** Within a shot elements stand first, then each line at its place. */
export const placeOfLine = (shot: number, line: number): number => shot + (line + 1) / 1000;

export const spokenWords = (line: Line, text: string): string => `${line.speakers.join('|')}：${text}`;
export const shownWords = (action: string): string => `△${action}`;

export function boardOf(composed: readonly ComposedShot[]): Board {
  const shown = new Map<string, number>();
  const spoken = new Map<string, { text: string; stretches: Stretch[]; line: Line }>();
  const scenes = new Map<string, number>();
  const byWords = new Map<string, string[]>();
  const put = (words: string, id: string) => {
    const ids = byWords.get(words);
    if (ids === undefined) byWords.set(words, [id]);
    else if (!ids.includes(id)) ids.push(id);
  };
  composed.forEach((shot, i) => {
    if (!scenes.has(shot.sceneId)) scenes.set(shot.sceneId, i);
    for (const id of shot.elementIds) if (!shown.has(id)) shown.set(id, i);
    if (shot.action !== '' && shot.elementIds.length > 0) put(shownWords(shot.action), shot.elementIds.at(-1)!);
    shot.lines.forEach((line, n) => {
      const one = spoken.get(line.elementId) ?? { text: '', stretches: [], line };
      const from = one.text.length;
      one.text += line.text;
      one.stretches.push({ place: placeOfLine(i, n), from, to: one.text.length });
      spoken.set(line.elementId, one);
    });
  });
  for (const [id, { text, line }] of spoken) put(spokenWords(line, text), id);
  const keys = new Map(composed.map(({ key, elementIds }, at) => [key, { at, elementIds }]));
  return { shown, spoken, byWords, keys, scenes };
}

/** Where an offset of a line stands; parts of one line that follow each other are told apart by fractions. */
export function placeOfText(board: Board, elementId: string, offset: number): number | undefined {
  const one = board.spoken.get(elementId);
  const stretch = one?.stretches.find(({ to }) => offset < to) ?? one?.stretches.at(-1);
  if (stretch === undefined) return undefined;
  return stretch.place + ((offset - stretch.from) / Math.max(1, stretch.to - stretch.from)) * 1e-4;
}
