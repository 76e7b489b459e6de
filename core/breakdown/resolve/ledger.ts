// The decisions of one resolution, each with its evidence; keys of the sides are filled in when all merges are done.
import { byText } from '../forms/order.ts';
import type { AssetKind, Decision, Evidence } from '../schema.ts';
import { shownEvidence, weigh } from './evidence.ts';
import { probability } from './rules.ts';

export interface Entry {
  readonly outcome: Decision['outcome'];
  readonly a: { readonly key: string; readonly surface: string };
  readonly b: { readonly key: string; readonly surface: string };
  readonly evidence: readonly Evidence[];
}

export class Ledger {
  readonly #kind: AssetKind;
  readonly #entries: Entry[] = [];

  constructor(kind: AssetKind) {
    this.#kind = kind;
  }

  write(outcome: Decision['outcome'], a: Entry['a'], b: Entry['b'], evidence: readonly Evidence[]): void {
    this.#entries.push({ outcome, a, b, evidence });
  }

  /** Replaces all that was written of the pair: the last word on it. */
  rewrite(outcome: Decision['outcome'], a: Entry['a'], b: Entry['b'], evidence: readonly Evidence[]): void {
    const pair = pairOf(a, b);
    const others = this.#entries.filter((entry) => pairOf(entry.a, entry.b) !== pair);
    this.#entries.splice(0, this.#entries.length, ...others, { outcome, a, b, evidence });
  }

  /** Pairs that wait for an answer, as they were written. */
  waiting(): readonly Entry[] {
    return this.#strongest().filter(({ outcome }) => outcome === 'review');
  }

  /** One entry for a pair of forms: what was done before what was asked, the surer of two questions. */
  #strongest(): Entry[] {
    const byPair = new Map<string, Entry>();
    for (const entry of this.#entries) {
      const id = pairOf(entry.a, entry.b);
      const before = byPair.get(id);
      if (
        !before ||
        (before.outcome !== 'merged' && (entry.outcome === 'merged' || weigh(entry.evidence) > weigh(before.evidence)))
      )
        byPair.set(id, entry);
    }
    return [...byPair.values()];
  }

  /** Decisions in a fixed order: merged, review, refused; surest first. `assetKey` gives the asset a form ended in. */
  decisions(assetKey: (formKey: string) => string | undefined): Decision[] {
    const rank = { merged: 0, review: 1, refused: 2 };
    return this.#strongest()
      .flatMap(({ outcome, a, b, evidence }): Decision[] => {
        const [aKey, bKey] = [assetKey(a.key), assetKey(b.key)];
        if (aKey === undefined || bKey === undefined) return [];
        // Two sides that other evidence made one need no review any more.
        if (outcome !== 'merged' && aKey === bKey) return [];
        const score = probability(weigh(evidence));
        return [
          {
            kind: this.#kind,
            outcome,
            a: a.surface,
            b: b.surface,
            aKey,
            bKey,
            score,
            evidence: shownEvidence(evidence),
          },
        ];
      })
      .sort((x, y) => rank[x.outcome] - rank[y.outcome] || y.score - x.score || byText(x.a, y.a) || byText(x.b, y.b));
  }
}

/** Names a pair of forms, whichever way round. */
export function pairOf(a: { readonly key: string }, b: { readonly key: string }): string {
  return [a.key, b.key].sort(byText).join('\n');
}
