// The moves of a quota: what each adds to a row, and what must be left for it. Pure; the store writes them as conditions, and the model
// of the tests plays them. `remaining` is limit − used − reserved: conditions know no arithmetic (aws.md B1).

/** What a quota row counts. `remaining` may be below zero after a plan that gives less: nothing is taken then until it is above. */
export type Counts = {
  readonly limit: number;
  readonly used: number;
  readonly reserved: number;
  readonly remaining: number;
};

/** What is added to each count, and the least of a count without which the move is refused. */
export type Move = {
  readonly add: Partial<Counts>;
  readonly least?: { readonly remaining?: number; readonly reserved?: number };
};

/** Takes `n` for good, along with the row that is counted. */
export const taking = (n: number): Move => ({ add: { remaining: -n, used: n }, least: { remaining: n } });

/** Gives `n` back, along with the end of the row that was counted. */
export const giving = (n: number): Move => ({ add: { remaining: n, used: -n } });

/** Sets `n` aside for work that may not happen. */
export const holding = (n: number): Move => ({ add: { remaining: -n, reserved: n }, least: { remaining: n } });

/** Work that held `n` has taken `spent` of it: the rest is free again. 0: it did not happen. @throws RangeError for more than was held */
export function settling(n: number, spent: number): Move {
  if (!Number.isInteger(spent) || spent < 0 || spent > n) throw new RangeError(`${spent} of ${n} held`);
  return { add: { remaining: n - spent, reserved: -n, used: spent }, least: { reserved: n } };
}

/** Another limit. What is used stays used. */
export const limiting = (before: number, limit: number): Move => ({
  add: { limit: limit - before, remaining: limit - before },
});

/** A row that begins with so much used. */
export const opened = (limit: number, used = 0): Counts => ({ limit, used, reserved: 0, remaining: limit - used });
