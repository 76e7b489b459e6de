// What people decided before: it binds the resolution.
import * as z from 'zod';
import { normalForm } from '../forms/normal.ts';
import { AssetKind } from '../schema.ts';

/**
 * A person's word on two forms. `same`: an accepted proposal or a merge by hand; `different`: a rejected one, or the two sides
 * of a split. In a list the later word on a pair counts.
 */
export const PriorDecision = z.object({
  kind: AssetKind,
  a: z.string(),
  b: z.string(),
  verdict: z.enum(['same', 'different']),
});
export type PriorDecision = z.infer<typeof PriorDecision>;

/** Prior decisions of one kind, by pair of forms. */
export class Verdicts {
  readonly #byPair = new Map<string, Map<string, PriorDecision['verdict']>>();
  readonly #same: [string, string][] = [];

  constructor(decided: readonly PriorDecision[], kind: AssetKind) {
    for (const { a, b, verdict } of decided.filter((decision) => decision.kind === kind)) {
      const [from, to] = [normalForm(a), normalForm(b)];
      this.#row(from).set(to, verdict);
      this.#row(to).set(from, verdict);
      if (verdict === 'same') this.#same.push([from, to]);
    }
  }

  #row(key: string): Map<string, PriorDecision['verdict']> {
    const row = this.#byPair.get(key) ?? new Map<string, PriorDecision['verdict']>();
    this.#byPair.set(key, row);
    return row;
  }

  between(a: string, b: string): PriorDecision['verdict'] | undefined {
    return this.#byPair.get(a)?.get(b);
  }

  /** Pairs to be one, the latest word first, so that it wins where words contradict each other. */
  get same(): [string, string][] {
    return this.#same.filter(([a, b]) => this.between(a, b) === 'same').reverse();
  }

  /** True when some form of one side was told apart from some form of the other. */
  part(a: readonly { key: string }[], b: readonly { key: string }[]): boolean {
    return a.some(({ key }) => {
      const row = this.#byPair.get(key);
      return row !== undefined && b.some((other) => row.get(other.key) === 'different');
    });
  }

  /** Forms a person spoke of. */
  get forms(): string[] {
    return [...this.#byPair.keys()];
  }
}
