// What models said settles what the scorer left open, as far as it holds together: nothing against a contradiction, a person's word or
// another answer, and no chain that ends in two who are apart.
import { normalForm } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import type { Evidence } from '../schema.ts';
import { weigh } from './evidence.ts';
import type { FormNode } from './form-table.ts';
import { type Entry, type Ledger, pairOf } from './ledger.ts';
import { isBetween, type Link } from './link.ts';
import { type Opinion, opinionEvidence } from './opinion.ts';
import { distinct } from './pair-evidence.ts';
import { doubtful, sure } from './rules.ts';
import { withoutConflicts } from './without-conflicts.ts';

/** The sides of one kind as they stand: persons, or groups of forms. */
export interface Sides<S> {
  readonly node: (key: string) => FormNode | undefined;
  /** The side a form is on; undefined where it is on none for good. */
  readonly of: (node: FormNode) => S | undefined;
  /** What speaks for and against two forms without a model. */
  readonly evidence: (a: FormNode, b: FormNode) => readonly Evidence[];
  /** What rules out that two sides are one. */
  readonly contradictions: (x: S, y: S) => readonly Evidence[];
  readonly join: (x: S, y: S) => void;
}

/** Joins what may be joined and writes every answer that changes something into the ledger. The order of the opinions does not matter. */
export function settleOpinions<S>(opinions: readonly Opinion[], sides: Sides<S>, ledger: Ledger): void {
  if (opinions.length === 0) return;
  const links = opinions.flatMap((opinion) => linkOf(opinion, sides)).sort(inOrder);
  const waiting = new Set(ledger.waiting().map(({ a, b }) => pairOf(a, b)));
  const isWaiting = ({ a, b }: Link<S>): boolean => waiting.has(pairOf(a, b));
  const same = links.filter(({ opinion }) => opinion.answer === 'same');
  const different = links.filter(({ opinion }) => opinion.answer === 'different');
  const apart = (x: S, y: S): boolean =>
    sides.contradictions(x, y).length > 0 || different.some((link) => isBetween(link, x, y));
  const isOpen = (link: Link<S>): boolean => link.sum >= sure && !apart(link.x, link.y);
  const { held, both } = withoutConflicts(same.filter(isOpen), same, apart);
  for (const link of same) {
    const { a, b, x, y, evidence } = link;
    if (held.has(link)) ledger.rewrite('merged', a, b, evidence);
    else if (!both.has(a.key)) ledger.rewrite('review', a, b, distinct([...evidence, ...sides.contradictions(x, y)]));
  }
  for (const link of different)
    if (isWaiting(link)) ledger.rewrite(link.sum >= doubtful ? 'review' : 'refused', link.a, link.b, link.evidence);
  const joined = new Set<S>();
  for (const { a, b } of held) {
    const [x, y] = [sides.of(a), sides.of(b)];
    if (x !== undefined && y !== undefined && x !== y) sides.join(x, y);
  }
  for (const { a } of held) joined.add(sides.of(a)!);
  const kept = new Set(same.map(({ a, b }) => pairOf(a, b)));
  for (const entry of ledger.waiting())
    if (!kept.has(pairOf(entry.a, entry.b))) refuseIfApart(entry, joined, sides, ledger);
}

/** A name that was found to be somebody's is no longer asked about with those who meet him. */
function refuseIfApart<S>({ a, b, evidence }: Entry, joined: ReadonlySet<S>, sides: Sides<S>, ledger: Ledger): void {
  const [from, to] = [sides.node(a.key), sides.node(b.key)];
  const [x, y] = [from && sides.of(from), to && sides.of(to)];
  if (x === undefined || y === undefined || x === y || !(joined.has(x) || joined.has(y))) return;
  const against = sides.contradictions(x, y);
  if (against.length > 0) ledger.rewrite('refused', a, b, distinct([...evidence, ...against]));
}

function linkOf<S>(opinion: Opinion, sides: Sides<S>): Link<S>[] {
  const [a, b] = [sides.node(normalForm(opinion.a)), sides.node(normalForm(opinion.b))];
  const [x, y] = [a && sides.of(a), b && sides.of(b)];
  if (!a || !b || x === undefined || y === undefined || x === y) return [];
  const evidence = [...sides.evidence(a, b), ...opinionEvidence(opinion, a)];
  return [{ a, b, x, y, opinion, evidence, sum: weigh(evidence) }];
}

function inOrder<S>(p: Link<S>, q: Link<S>): number {
  return q.sum - p.sum || byText(p.a.key, q.a.key) || byText(p.b.key, q.b.key);
}
