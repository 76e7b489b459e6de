// What people decided before: it binds the resolution.
import * as z from 'zod';
import { normalForm } from '../forms/normal.ts';
import { AssetKind } from '../schema.ts';

/**
 * A person's word on two forms. `accepted`: one asset (a proposal taken, or a merge by hand); `rejected`: two (a proposal refused,
 * or the two sides of a split). In a list the later word on a pair counts.
 */
export const PriorDecision = z.object({
  kind: AssetKind,
  a: z.string(),
  b: z.string(),
  outcome: z.enum(['accepted', 'rejected']),
});
export type PriorDecision = z.infer<typeof PriorDecision>;

/** Prior decisions of one kind, by pair of forms. */
export class Verdicts {
  readonly #byPair = new Map<string, Map<string, PriorDecision['outcome']>>();
  readonly #accepted: [string, string][] = [];

  constructor(decided: readonly PriorDecision[], kind: AssetKind) {
    for (const { a, b, outcome } of decided.filter((decision) => decision.kind === kind)) {
      const [from, to] = [normalForm(a), normalForm(b)];
      if (from === to) continue;
      this.#row(from).set(to, outcome);
      this.#row(to).set(from, outcome);
      if (outcome === 'accepted') this.#accepted.push([from, to]);
    }
  }

  #row(key: string): Map<string, PriorDecision['outcome']> {
    const row = this.#byPair.get(key) ?? new Map<string, PriorDecision['outcome']>();
    this.#byPair.set(key, row);
    return row;
  }

  between(a: string, b: string): PriorDecision['outcome'] | undefined {
    return this.#byPair.get(a)?.get(b);
  }

  /** Pairs to be one, the latest word first, so that it wins where words contradict each other. */
  get accepted(): [string, string][] {
    return this.#accepted.filter(([a, b]) => this.between(a, b) === 'accepted').reverse();
  }

  /** True when some form of one side was told apart from some form of the other. */
  part(a: readonly { key: string }[], b: readonly { key: string }[]): boolean {
    return a.some(({ key }) => {
      const row = this.#byPair.get(key);
      return row !== undefined && b.some((other) => row.get(other.key) === 'rejected');
    });
  }

  /** Whether a person accepted this form as another name of something. */
  speaksFor(key: string): boolean {
    return [...(this.#byPair.get(key)?.values() ?? [])].includes('accepted');
  }
}
