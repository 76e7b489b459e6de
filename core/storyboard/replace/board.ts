// A newly composed storyboard, indexed by the script's elements: where each stands and what it says.
import type { Line } from '../parts.ts';
import type { ComposedShot } from '../schema.ts';

/** One stretch of a line's text, where the shot that says it says it, and how much room it has there. */
export type Stretch = { readonly place: number; readonly room: number; readonly from: number; readonly to: number };

export type Board = {
  /** Where an element that is seen first stands. */
  readonly shown: ReadonlyMap<string, number>;
  readonly spoken: ReadonlyMap<string, { readonly text: string; readonly stretches: readonly Stretch[] }>;
  /** Elements by their words: `speaker：text` or `△action`. */
  readonly byWords: ReadonlyMap<string, readonly string[]>;
  /** Number of each composed shot, by its key. */
  readonly keys: ReadonlyMap<string, number>;
  /** Where what each composed shot shows and says stands. */
  readonly places: readonly Places[];
  /** Where a scene's first shot stands. */
  readonly scenes: ReadonlyMap<string, number>;
  /** Id and number of the scene an element stands in. */
  readonly sceneOf: ReadonlyMap<string, Pick<ComposedShot, 'sceneId' | 'sceneNumber'>>;
};

/** Within a shot what is shown and said stands in the script's order: between the shot's number and the next. */
export type Places = {
  readonly shown: ReadonlyMap<string, number>;
  readonly said: readonly number[];
  readonly room: number;
};

function placesIn({ elementIds, lines }: ComposedShot, shot: number, order: ReadonlyMap<string, number>): Places {
  const units = [
    ...elementIds.map((id) => ({ id, line: -1 })),
    ...lines.map(({ elementId: id }, line) => ({ id, line })),
  ];
  // sorting is stable: without an order elements stand first, then the lines
  units.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  const room = 1 / (units.length + 1);
  const shown = new Map<string, number>();
  const said: number[] = [];
  units.forEach(({ id, line }, k) => {
    const place = shot + (k + 1) * room;
    if (line >= 0) said[line] = place;
    else if (!shown.has(id)) shown.set(id, place);
  });
  return { shown, said, room };
}

export const spokenWords = (line: Line, text: string): string => `${line.speakers.join('|')}：${text}`;
export const shownWords = (action: string): string => `△${action}`;

/** @param order ids of the episode's elements in the script's order */
export function boardOf(composed: readonly ComposedShot[], order: readonly string[]): Board {
  const rankOf = new Map(order.map((id, i) => [id, i]));
  const places = composed.map((shot, i) => placesIn(shot, i, rankOf));
  const shown = new Map<string, number>();
  const spoken = new Map<string, { text: string; stretches: Stretch[]; line: Line }>();
  const scenes = new Map<string, number>();
  const sceneOf = new Map<string, ComposedShot>();
  const byWords = new Map<string, string[]>();
  const put = (words: string, id: string) => {
    const ids = byWords.get(words);
    if (ids === undefined) byWords.set(words, [id]);
    else if (!ids.includes(id)) ids.push(id);
  };
  composed.forEach((shot, i) => {
    if (!scenes.has(shot.sceneId)) scenes.set(shot.sceneId, i);
    for (const id of [...shot.elementIds, ...shot.lines.map((line) => line.elementId)]) sceneOf.set(id, shot);
    for (const id of shot.elementIds) if (!shown.has(id)) shown.set(id, places[i]!.shown.get(id)!);
    if (shot.action !== '' && shot.elementIds.length > 0) put(shownWords(shot.action), shot.elementIds.at(-1)!);
    shot.lines.forEach((line, n) => {
      const one = spoken.get(line.elementId) ?? { text: '', stretches: [], line };
      const from = one.text.length;
      one.text += line.text;
      one.stretches.push({ place: places[i]!.said[n]!, room: places[i]!.room, from, to: one.text.length });
      spoken.set(line.elementId, one);
    });
  });
  for (const [id, { text, line }] of spoken) put(spokenWords(line, text), id);
  const keys = new Map(composed.map(({ key }, at) => [key, at]));
  return { shown, spoken, byWords, keys, places, scenes, sceneOf };
}

/** Where an offset of a line stands; parts of one line that follow each other are told apart by fractions. */
export function placeOfText(board: Board, elementId: string, offset: number): number | undefined {
  const one = board.spoken.get(elementId);
  const stretch = one?.stretches.find(({ to }) => offset < to) ?? one?.stretches.at(-1);
  if (stretch === undefined) return undefined;
  return stretch.place + (Math.max(0, offset - stretch.from) / (stretch.to - stretch.from + 1)) * stretch.room;
}
