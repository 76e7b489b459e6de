// First pass over people: forms that are somebody for sure (labelled, told, full names) become persons.
// A pair merges on its evidence only if nothing between the two whole persons speaks against it: no chain through a weak middle.
import { byText } from '../forms/order.ts';
import type { Evidence } from '../schema.ts';
import { evidenceAgainst } from './against.ts';
import { candidatePairs } from './blocking.ts';
import { evidenceOf, weigh } from './evidence.ts';
import { type FormNode, quotedAt } from './form-table.ts';
import { distinct, evidenceFor, isTold } from './pair-evidence.ts';
import type { Pass } from './pass.ts';
import { Cluster } from './person.ts';
import { doubtful, sure } from './rules.ts';

interface Weighed {
  readonly a: FormNode;
  readonly b: FormNode;
  readonly evidence: Evidence[];
}

/** Persons made of the anchor forms; every merge, doubt and refusal goes into the ledger. */
export function mergeAnchors(anchors: readonly FormNode[], pass: Pass): Map<string, Cluster> {
  const clusters = new Map(anchors.map((node) => [node.key, new Cluster(node, pass.biographies.get(node.key))]));
  mergeAccepted(clusters, pass);
  const pairs = weighedPairs(anchors, pass);
  const rivals = rivalsOf(pairs);
  const isSure = ({ evidence }: Weighed): boolean => weigh(evidence) >= sure;
  const open = pairs.filter((pair) => isSure(pair) && !settle(pair, clusters, pass, rivals, false));
  // Once SARAH COLE and DETECTIVE SARAH COLE are one, SARAH has one person to be.
  for (const pair of open) settle(pair, clusters, pass, rivals, true);
  settleTogether(pairs, clusters, pass);
  return clusters;
}

function mergeAccepted(clusters: Map<string, Cluster>, { verdicts, ledger }: Pass): void {
  for (const [from, to] of verdicts.accepted) {
    const [a, b] = [clusters.get(from), clusters.get(to)];
    if (!a || !b || a === b || verdicts.part(a.nodes, b.nodes)) continue;
    const [x, y] = [a.nodes.find(({ key }) => key === from)!, b.nodes.find(({ key }) => key === to)!];
    ledger.write('merged', x, y, [evidenceOf('accepted', quotedAt(x))]);
    joinClusters(a, b, clusters);
  }
}

/** One person of two, under every form of both. */
export function joinClusters(a: Cluster, b: Cluster, clusters: Map<string, Cluster>): void {
  const [large, small] = a.nodes.length >= b.nodes.length ? [a, b] : [b, a];
  large.join(small);
  for (const { key } of large.nodes) clusters.set(key, large);
}

/** Pairs with any evidence for them, strongest first. */
function weighedPairs(anchors: readonly FormNode[], pass: Pass): Weighed[] {
  const byKey = new Map(anchors.map((node) => [node.key, node]));
  const blocked = candidatePairs(anchors, pass.language, pass.meetings);
  const ids = new Set(blocked.map(([a, b]) => `${a.key}\n${b.key}`));
  for (const node of anchors)
    for (const partner of pass.table.partners(node.key)) {
      const other = byKey.get(partner);
      if (!other || node.key >= other.key || ids.has(`${node.key}\n${other.key}`)) continue;
      blocked.push([node, other]);
    }
  return blocked
    .map(([a, b]) => ({ a, b, evidence: evidenceFor(a, b, pass) }))
    .filter(({ evidence }) => evidence.some(({ weight }) => weight > 0))
    .sort((x, y) => weigh(y.evidence) - weigh(x.evidence) || byText(x.a.key, y.a.key) || byText(x.b.key, y.b.key));
}

type Rivals = ReadonlyMap<string, ReadonlySet<FormNode>>;

/** Longer forms each form fits by how it is built alone. */
function rivalsOf(pairs: readonly Weighed[]): Rivals {
  const rivals = new Map<string, Set<FormNode>>();
  for (const { a, b, evidence } of pairs) {
    if (isTold(evidence) || weigh(evidence) < sure) continue;
    const short = shorter(a, b);
    rivals.set(short.key, (rivals.get(short.key) ?? new Set()).add(short === a ? b : a));
  }
  return rivals;
}

function shorter(a: FormNode, b: FormNode): FormNode {
  return a.key.length <= b.key.length ? a : b;
}

/** Merges a sure pair unless the persons behind it contradict each other. */
function settle(
  { a, b, evidence }: Weighed,
  clusters: Map<string, Cluster>,
  pass: Pass,
  rivals: Rivals,
  last: boolean,
): boolean {
  const [x, y] = [clusters.get(a.key)!, clusters.get(b.key)!];
  if (x === y) return true;
  const against = evidenceAgainst(x, y, pass.table);
  const all = [...evidence, ...against];
  const isVetoed = pass.verdicts.part(x.nodes, y.nodes) || against.some(({ rule }) => rule === 'same_cast_line');
  // 小雨 fits two people: neither is taken for her without a word of the script.
  const isOpen =
    !isTold(evidence) &&
    [...(rivals.get(shorter(a, b).key) ?? [])].some(({ key }) => ![x, y].includes(clusters.get(key)!));
  if (isOpen && !last) return false;
  if (!isVetoed && !isOpen && weigh(all) >= sure) {
    pass.ledger.write('merged', a, b, all);
    joinClusters(x, y, clusters);
  } else pass.ledger.write(isVetoed || weigh(all) < doubtful ? 'refused' : 'review', a, b, all);
  return true;
}

/** Second look: weak evidence between several forms of two persons adds up; what stays doubtful waits for a person. */
function settleTogether(pairs: readonly Weighed[], clusters: Map<string, Cluster>, pass: Pass): void {
  const groups = new Map<string, Weighed[]>();
  for (const pair of pairs) {
    const [x, y] = [clusters.get(pair.a.key)!, clusters.get(pair.b.key)!];
    if (x === y) continue;
    const id = [x.nodes[0]!.key, y.nodes[0]!.key].sort(byText).join('\n');
    groups.set(id, [...(groups.get(id) ?? []), pair]);
  }
  for (const group of groups.values()) {
    const { a, b } = group[0]!;
    if (weigh(group[0]!.evidence) >= sure) continue;
    const [x, y] = [clusters.get(a.key)!, clusters.get(b.key)!];
    if (x === y) continue;
    const all = [...distinct(group.flatMap(({ evidence }) => evidence)), ...evidenceAgainst(x, y, pass.table)];
    const isVetoed = pass.verdicts.part(x.nodes, y.nodes) || all.some(({ rule }) => rule === 'same_cast_line');
    const sum = weigh(all);
    if (!isVetoed && sum >= sure && isTold(all)) {
      pass.ledger.write('merged', a, b, all);
      joinClusters(x, y, clusters);
    } else if (!isVetoed && sum >= doubtful) pass.ledger.write('review', a, b, all);
  }
}
