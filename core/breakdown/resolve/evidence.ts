// Evidence by pair of forms, and how it adds up.

import { normalForm } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import type { AssetKind, Evidence, Hint } from '../schema.ts';
import { type RuleName, rules } from './rules.ts';

/** Hints of one kind by the pair of forms they speak of. */
export class EvidenceTable {
  readonly #pairs = new Map<string, Map<string, Evidence[]>>();

  constructor(hints: readonly Hint[], kind: AssetKind) {
    for (const hint of hints) if (hint.kind === kind) this.add(normalForm(hint.a), normalForm(hint.b), hint.evidence);
  }

  add(a: string, b: string, evidence: Evidence): void {
    if (a === b || !a || !b) return;
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const row = this.#pairs.get(from) ?? new Map<string, Evidence[]>();
      this.#pairs.set(from, row);
      const list = row.get(to);
      if (list) list.push(evidence);
      else row.set(to, [evidence]);
    }
  }

  /** Keys that share evidence with `key`. */
  partners(key: string): string[] {
    return [...(this.#pairs.get(key)?.keys() ?? [])];
  }

  between(a: string, b: string): readonly Evidence[] {
    return this.#pairs.get(a)?.get(b) ?? [];
  }
}

/**
 * Sum of log-odds. The same rule seen again counts half as much each time and never beyond its `most`.
 * Evidence is taken strongest first, so the order it comes in does not matter.
 */
export function weigh(evidence: readonly Evidence[]): number {
  const byRule = new Map<string, number[]>();
  for (const { rule, weight } of evidence) byRule.set(rule, [...(byRule.get(rule) ?? []), weight]);
  let sum = 0;
  for (const [rule, weights] of byRule) {
    const ordered = weights.sort((a, b) => Math.abs(b) - Math.abs(a));
    const total = ordered.reduce((all, weight, index) => all + weight / 2 ** index, 0);
    const most = isRule(rule) ? rules[rule].most : total;
    sum += most < 0 ? Math.max(most, total) : Math.min(most, total);
  }
  return Math.round(sum * 1e4) / 1e4;
}

function isRule(rule: string): rule is RuleName {
  return Object.hasOwn(rules, rule);
}

/** Evidence of a rule, dated by where it was read. */
export function evidenceOf(rule: RuleName, at: Pick<Evidence, 'quote' | 'line' | 'episode'>, share = 1): Evidence {
  return { rule, weight: rules[rule].weight * share, quote: at.quote, line: at.line, episode: at.episode };
}

/** At most a few pieces of each rule, in the order of the script: what a reviewer reads. */
export function shownEvidence(evidence: readonly Evidence[]): Evidence[] {
  const shown = new Map<string, number>();
  return [...evidence]
    .sort(
      (a, b) =>
        Math.abs(b.weight) - Math.abs(a.weight) ||
        a.episode - b.episode ||
        a.line - b.line ||
        byText(a.rule, b.rule) ||
        byText(a.quote, b.quote),
    )
    .filter(({ rule }) => {
      const times = (shown.get(rule) ?? 0) + 1;
      shown.set(rule, times);
      return times <= 3;
    });
}
