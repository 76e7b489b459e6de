// What is left of newly composed shots once kept shots have their part.
import type { ComposedShot } from '../schema.ts';
import type { Unit } from '../units.ts';
import type { Said } from './anchor.ts';
import { type Board, type Places, placeOfText } from './board.ts';

/** What a person decided: which elements kept shots show, which composer's keys they carry, and what they say. */
export type Covered = {
  readonly shown: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  readonly said: ReadonlyMap<string, Said>;
  /** Whether a generated row of this key shows the element: a person saw it there and left it. */
  readonly generated: (key: string, elementId: string) => boolean;
};

/** Units of the composed shots that no kept shot covers. */
export function remaining(composed: readonly ComposedShot[], covered: Covered, board: Board): Unit[] {
  const offsets = new Map<string, number>();
  return composed.flatMap((shot, owner) => {
    const lines = shot.lines.flatMap((line, n): Unit[] => {
      const from = offsets.get(line.elementId) ?? 0;
      const to = from + line.text.length;
      offsets.set(line.elementId, to);
      const said = covered.said.get(line.elementId);
      if (said === undefined) return [{ scene: 0, at: board.places[owner]!.said[n]!, owner, line }];
      return open(from, to, said).map(([a, b]) => ({
        scene: 0,
        at: placeOfText(board, line.elementId, a) ?? owner,
        owner,
        line: b - a === line.text.length ? line : { ...line, text: line.text.slice(a - from, b - from) },
      }));
    });
    return [...elements(shot, owner, covered, board.places[owner]!), ...lines];
  });
}

/** What a shot shows that kept shots do not: those that carry its key, and those it was merged into or taken out beside. */
function elements(shot: ComposedShot, owner: number, covered: Covered, places: Places): Unit[] {
  const settled = covered.keys.has(shot.key);
  if (shot.elementIds.length === 0) return settled || shot.lines.length > 0 ? [] : [{ scene: 0, at: owner, owner }];
  return shot.elementIds
    .filter((id) => !covered.shown.has(id) || (!settled && covered.generated(shot.key, id)))
    .map((elementId) => ({ scene: 0, at: places.shown.get(elementId)!, owner, elementId }));
}

/** The stretches of [from, to) that are not said yet. */
function open(from: number, to: number, said: Said): [number, number][] {
  if (said === 'all') return [];
  const out: [number, number][] = [];
  let at = from;
  for (const [a, b] of said) {
    if (b <= at || a >= to) continue;
    if (a > at) out.push([at, a]);
    at = Math.max(at, b);
  }
  if (at < to) out.push([at, to]);
  return out;
}
