// Who waits for a copy of a function: callers take turns, and what one caller asks is served in its order. One who asks a hundred things
// at once keeps nobody waiting for more than one of them.

/** What waits: since when (ms, as performance.now() tells them), and whose it is. */
export type Waits = { readonly since: number; readonly caller: string };

export class Line<Waiting extends Waits> {
  /** By caller, whose turn is next first. */
  readonly #turns = new Map<string, Waiting[]>();

  join(waiting: Waiting): void {
    const before = this.#turns.get(waiting.caller);
    if (before) before.push(waiting);
    else this.#turns.set(waiting.caller, [waiting]);
  }

  /** Whose turn it is leaves the line. */
  next(): Waiting | undefined {
    const [turn] = this.#turns;
    if (!turn) return undefined;
    const [caller, waiting] = turn;
    const next = waiting.shift();
    this.#turns.delete(caller);
    if (waiting.length > 0) this.#turns.set(caller, waiting);
    return next;
  }

  get isEmpty(): boolean {
    return this.#turns.size === 0;
  }

  /** Since when the one has waited who has waited longest; Infinity when there is nobody. */
  get longestSince(): number {
    return Math.min(...[...this.#turns.values()].map(([first]) => first?.since ?? Number.POSITIVE_INFINITY));
  }

  /** All leave the line. */
  clear(): Waiting[] {
    const all = [...this.#turns.values()].flat();
    this.#turns.clear();
    return all;
  }
}
