// Forms of a kind that fall into groups by pairs of evidence: places and things. A pair merges when it is sure and nobody parted it.
import { byText } from '../forms/order.ts';
import type { Evidence, Hint, Mention } from '../schema.ts';
import { evidenceOf, weigh } from './evidence.ts';
import { type FormNode, type Language, quotedAt } from './form-table.ts';
import { type Ledger, pairOf } from './ledger.ts';
import type { Opinion } from './opinion.ts';
import { distinct } from './pair-evidence.ts';
import type { Verdicts } from './prior.ts';
import { doubtful, sure } from './rules.ts';
import type { Sides } from './settle-opinions.ts';

export interface GroupInput {
  readonly mentions: readonly Mention[];
  readonly hints: readonly Hint[];
  readonly language: Language;
  readonly verdicts: Verdicts;
  /** What models said of the kind. */
  readonly opinions: readonly Opinion[];
}

/** Two forms with what speaks for and against them being one. */
export interface Pair {
  readonly a: FormNode;
  readonly b: FormNode;
  readonly evidence: readonly Evidence[];
}

/** Union of forms by sure pairs, strongest first; answers the group of every form. */
export function groupForms(
  nodes: readonly FormNode[],
  pairs: readonly Pair[],
  verdicts: Verdicts,
  ledger: Ledger,
): Map<string, FormNode[]> {
  const groups = new Map(nodes.map((node) => [node.key, [node]]));
  for (const [from, to] of verdicts.accepted) {
    const [a, b] = [groups.get(from)?.find(({ key }) => key === from), groups.get(to)?.find(({ key }) => key === to)];
    if (a && b) settle({ a, b, evidence: [evidenceOf('accepted', quotedAt(a))] }, groups, verdicts, ledger);
  }
  const ordered = together(pairs).sort(
    (x, y) => weigh(y.evidence) - weigh(x.evidence) || byText(x.a.key, y.a.key) || byText(x.b.key, y.b.key),
  );
  for (const pair of ordered) settle(pair, groups, verdicts, ledger);
  return groups;
}

/** One pair for all the evidence between two forms. */
function together(pairs: readonly Pair[]): Pair[] {
  const byIds = new Map<string, Pair>();
  for (const { a, b, evidence } of pairs) {
    const [first, second] = a.key < b.key ? [a, b] : [b, a];
    const id = `${first.key}\n${second.key}`;
    byIds.set(id, { a: first, b: second, evidence: distinct([...(byIds.get(id)?.evidence ?? []), ...evidence]) });
  }
  return [...byIds.values()];
}

function settle({ a, b, evidence }: Pair, groups: Map<string, FormNode[]>, verdicts: Verdicts, ledger: Ledger): void {
  const [x, y] = [groups.get(a.key)!, groups.get(b.key)!];
  if (x === y) return;
  const isParted = verdicts.part(x, y);
  const all = isParted ? [...evidence, evidenceOf('rejected', quotedAt(b))] : evidence;
  const sum = weigh(all);
  if (sum >= sure) {
    ledger.write('merged', a, b, all);
    join(x, y, groups);
  } else if (isParted) ledger.write('refused', a, b, all);
  else if (sum >= doubtful) ledger.write('review', a, b, all);
}

function join(x: FormNode[], y: FormNode[], groups: Map<string, FormNode[]>): void {
  const [large, small] = x.length >= y.length ? [x, y] : [y, x];
  large.push(...small);
  for (const { key } of small) groups.set(key, large);
}

/** Groups as the sides of what models are asked about. */
export function groupSides(
  nodes: ReadonlyMap<string, FormNode>,
  groups: Map<string, FormNode[]>,
  verdicts: Verdicts,
  ledger: Ledger,
): Sides<FormNode[]> {
  const waiting = new Map(ledger.waiting().map(({ a, b, evidence }) => [pairOf(a, b), evidence]));
  return {
    node: (key) => nodes.get(key),
    of: ({ key }) => groups.get(key),
    evidence: (a, b) => waiting.get(pairOf(a, b)) ?? [],
    contradictions: (x, y) => (verdicts.part(x, y) ? [evidenceOf('rejected', quotedAt(y[0]!))] : []),
    join: (x, y) => join(x, y, groups),
  };
}
