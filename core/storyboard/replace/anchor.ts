// Where the kept shots of an old storyboard belong in a new one: by the elements they cite, else by the same words.
import { isApart } from '../citation.ts';
import type { ShotRow } from '../order.ts';
import { isFree, type Line, occurrences } from '../parts.ts';
import type { ShotContent } from '../schema.ts';
import { type Board, placeOfText, shownWords, spokenWords } from './board.ts';

/** What kept shots say of one line: stretches of its text in order, or all of it where that cannot be told. */
export type Said = 'all' | readonly (readonly [number, number])[];

export type Kept<R extends ShotRow> = {
  readonly row: R;
  readonly content: ShotContent;
  /** Undefined when nothing it cites is in the new script. */
  readonly place: number | undefined;
};

export type Anchored<R extends ShotRow> = {
  readonly kept: Kept<R>[];
  readonly said: ReadonlyMap<string, Said>;
};

/**
 * Rows that stay with their citations in terms of the new script, and what they say of it.
 * @param stays which rows stay
 */
export function anchored<R extends ShotRow>(rows: readonly R[], board: Board, stays: (row: R) => boolean): Anchored<R> {
  const cite = citing(rows, board);
  const stood = offsets(rows);
  const said = new Map<string, Said>();
  const kept = rows.filter(stays).map((row): Kept<R> => {
    const content = cite(row.content);
    const shown = shownPlaces(row.key, content, board);
    const spoken = content.lines.flatMap(
      (line, i) => placeOfText(board, line.elementId, say(line, stood.get(row.content.lines[i]!), board, said)) ?? [],
    );
    const places = [...shown, ...spoken];
    return { row, content, place: places.length === 0 ? undefined : Math.min(...places) };
  });
  return { kept, said };
}

/** An action seen in several shots: the one that carries the row's key, else the first. */
function shownPlaces(key: string, content: ShotContent, board: Board): number[] {
  const same = board.places[board.keys.get(key) ?? -1]?.shown;
  const here = content.elementIds.flatMap((id) => same?.get(id) ?? []);
  if (here.length > 0) return here;
  return content.elementIds.flatMap((id) => board.shown.get(id) ?? []);
}

/** Where each line of the old storyboard began within its element. */
function offsets(rows: readonly ShotRow[]): ReadonlyMap<Line, number> {
  const begun = new Map<Line, number>();
  const ends = new Map<string, number>();
  for (const { content } of rows)
    for (const line of content.lines) {
      const from = ends.get(line.elementId) ?? 0;
      begun.set(line, from);
      ends.set(line.elementId, from + line.text.length);
    }
  return begun;
}

/** Notes which stretch of its element a kept line says; returns where that begins. */
function say(line: Line, stood: number | undefined, board: Board, said: Map<string, Said>): number {
  const text = board.spoken.get(line.elementId)?.text;
  const before = said.get(line.elementId) ?? [];
  if (text === undefined || before === 'all') return 0;
  const end = before.at(-1)?.[1] ?? 0;
  // the same words may stand in a line several times: its last part ends it, others stay where they were
  const places = [
    ...(line.part === line.parts ? [text.length - line.text.length] : []),
    ...(stood === undefined ? [] : [stood]),
  ].filter((at) => at >= end);
  const from =
    places.find((at) => isFree(before, at, line.text.length) && text.startsWith(line.text, at)) ??
    [...occurrences(text, line.text, end), ...occurrences(text, line.text)].find((at) =>
      isFree(before, at, line.text.length),
    ) ??
    -1;
  const stretch = [from, from + line.text.length] as const;
  said.set(line.elementId, from < 0 ? 'all' : [...before, stretch].sort((a, b) => a[0] - b[0]));
  return Math.max(from, 0);
}

type Cite = (content: ShotContent) => ShotContent;

/**
 * Finds the elements a shot cites: the same ids, else elements of the same words that no other row cites, in its own scene; a shot whose
 * scene is gone goes to theirs. What was let go stays so.
 */
function citing(rows: readonly ShotRow[], board: Board): Cite {
  const texts = new Map<string, string>();
  for (const { content } of rows)
    for (const line of content.lines) texts.set(line.elementId, (texts.get(line.elementId) ?? '') + line.text);
  const taken = new Set(
    rows.flatMap(({ content }) => [...content.elementIds, ...content.lines.map((line) => line.elementId)]),
  );
  const moved = new Map<string, string>();
  const find = (id: string, words: string, isNear: (id: string) => boolean): string | undefined => {
    if (isApart(id)) return undefined;
    if (board.sceneOf.has(id)) return id;
    const again = moved.get(id) ?? board.byWords.get(words)?.find((other) => !taken.has(other) && isNear(other));
    if (again === undefined || !isNear(again)) return undefined;
    moved.set(id, again);
    taken.add(again);
    return again;
  };
  return (content) => {
    let { sceneId, sceneNumber } = content;
    const isNear = (id: string) => !board.scenes.has(sceneId) || board.sceneOf.get(id)?.sceneId === sceneId;
    const cited = (id: string, words: string) => {
      const found = find(id, words, isNear);
      if (found !== undefined && !board.scenes.has(sceneId)) ({ sceneId, sceneNumber } = board.sceneOf.get(found)!);
      return found ?? id;
    };
    const elementIds = content.elementIds.map((id) => cited(id, shownWords(content.action)));
    const lines = content.lines.map((line) => {
      const elementId = cited(line.elementId, spokenWords(line, texts.get(line.elementId) ?? line.text));
      return elementId === line.elementId ? line : { ...line, elementId };
    });
    const same =
      sceneId === content.sceneId &&
      elementIds.every((id, i) => id === content.elementIds[i]) &&
      lines.every((line, i) => line === content.lines[i]);
    return same ? content : { ...content, sceneId, sceneNumber, elementIds, lines };
  };
}
