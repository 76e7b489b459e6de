// Fresh and kept shots in one order.
import type { ShotRow } from '../order.ts';
import type { ComposedShot, ShotContent } from '../schema.ts';
import type { Kept } from './anchor.ts';
import type { Board } from './board.ts';

export type Item<R> = { readonly row: R; readonly content: ShotContent } | { readonly shot: ComposedShot };
export type Fresh = { readonly shot: ComposedShot; readonly order: readonly [number, number] };

/** Place in the script, kept before fresh, then the order the rows had. */
type Order = readonly [number, number, number];
const compare = (a: Order, b: Order): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/**
 * Shots as the script has them. Rows that a person moved, and those without a place, stay behind the row they stood behind.
 * @param isHeld rows that stay in the order they have, wherever the script has their words
 */
export function placed<R extends ShotRow>(
  rows: readonly R[],
  kept: readonly Kept<R>[],
  fresh: readonly Fresh[],
  board: Board,
  isHeld: (row: R) => boolean,
): Item<R>[] {
  const at = new Map(fresh.map(({ shot, order }) => [shot.key, order[0]]));
  const keptOf = new Map(kept.map((one) => [one.row, one]));
  const sorted: { item: Item<R>; order: Order }[] = fresh.map(({ shot, order }) => ({
    item: { shot },
    order: [...order, 0],
  }));
  let last: Order | undefined;
  let held: Order | undefined;
  for (const [i, row] of rows.entries()) {
    const one = keptOf.get(row);
    if (one === undefined) {
      const place = at.get(row.key) ?? endOf(row.content, board);
      if (place !== undefined) last = [place, 1, i];
      continue;
    }
    let order = orderOf(one, i, last, board);
    if (isHeld(row)) {
      if (held !== undefined && compare(order, held) < 0) order = [held[0], held[1], i];
      held = order;
    }
    sorted.push({ item: { row, content: one.content }, order });
    last = order;
  }
  return sorted.sort((a, b) => compare(a.order, b.order)).map(({ item }) => item);
}

function orderOf<R extends ShotRow>({ row, place }: Kept<R>, i: number, last: Order | undefined, board: Board): Order {
  if (place !== undefined && !row.moved) return [place, 0, i];
  if (last !== undefined) return [last[0], last[1], i];
  // nothing stood before it
  return [row.moved ? -1 : (board.scenes.get(row.content.sceneId) ?? Number.POSITIVE_INFINITY) - 0.5, 0, i];
}

/** Where what a replaced shot told ends now. */
function endOf({ elementIds, lines }: ShotContent, { shown, spoken }: Board): number | undefined {
  const places = [
    ...elementIds.map((id) => shown.get(id)),
    ...lines.map(({ elementId }) => spoken.get(elementId)?.stretches.at(-1)?.place),
  ].filter((place) => place !== undefined);
  return places.length === 0 ? undefined : Math.max(...places);
}
