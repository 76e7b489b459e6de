// First pass over people: forms that are somebody for sure (labelled, told, full names) become persons.
// A pair merges on its evidence only if nothing between the two whole persons speaks against it: no chain through a weak middle.
import type { Biography } from '../../script/schema.ts';
import { oneSlipApart, pinyinOf } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import type { Evidence } from '../schema.ts';
import { evidenceAgainst } from './against.ts';
import { candidatePairs } from './blocking.ts';
import { type EvidenceTable, evidenceOf, weigh } from './evidence.ts';
import { type FormNode, type Language, quotedAt } from './form-table.ts';
import type { Ledger } from './ledger.ts';
import { Cluster } from './person.ts';
import type { Verdicts } from './prior.ts';
import { doubtful, type RuleName, sure } from './rules.ts';
import { structuralRules } from './structure.ts';

/** Rules by which a script says in so many words that two names are one person. */
const told: ReadonlySet<string> = new Set<RuleName>([
  'biography_alias',
  'biography_title',
  'stage_note',
  'state',
  'narrated_alias',
  'self_naming',
  'other_naming',
  'spoken_alias',
  'apposition',
  'mask',
  'unmasks',
  'takes_over',
  'accepted',
]);

export interface Weighed {
  readonly a: FormNode;
  readonly b: FormNode;
  readonly evidence: Evidence[];
}

export interface AnchorPass {
  readonly language: Language;
  readonly table: EvidenceTable;
  readonly verdicts: Verdicts;
  readonly ledger: Ledger;
  readonly biographies: ReadonlyMap<string, Biography>;
  readonly meetings: (node: FormNode) => ReadonlySet<FormNode>;
}

/** Persons made of the anchor forms; every merge, doubt and refusal goes into the ledger. */
export function mergeAnchors(anchors: readonly FormNode[], pass: AnchorPass): Map<string, Cluster> {
  const clusters = new Map(anchors.map((node) => [node.key, new Cluster(node, pass.biographies.get(node.key))]));
  mergeAccepted(clusters, pass);
  const pairs = weighedPairs(anchors, pass);
  const rivals = rivalsOf(pairs);
  for (const pair of pairs) if (weigh(pair.evidence) >= sure) settle(pair, clusters, pass, rivals);
  settleTogether(pairs, clusters, pass);
  return clusters;
}

function mergeAccepted(clusters: Map<string, Cluster>, { verdicts, ledger }: AnchorPass): void {
  for (const [from, to] of verdicts.accepted) {
    const [a, b] = [clusters.get(from), clusters.get(to)];
    if (!a || !b || a === b || verdicts.part(a.nodes, b.nodes)) continue;
    const [x, y] = [a.nodes.find(({ key }) => key === from)!, b.nodes.find(({ key }) => key === to)!];
    ledger.write('merged', x, y, [evidenceOf('accepted', quotedAt(x))]);
    join(a, b, clusters);
  }
}

function join(a: Cluster, b: Cluster, clusters: Map<string, Cluster>): void {
  const [large, small] = a.nodes.length >= b.nodes.length ? [a, b] : [b, a];
  large.join(small);
  for (const { key } of small.nodes) clusters.set(key, large);
}

/** Pairs with any evidence for them, strongest first. */
function weighedPairs(anchors: readonly FormNode[], pass: AnchorPass): Weighed[] {
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

/** What speaks for two anchor forms: hints of the text and how the forms are built. */
function evidenceFor(a: FormNode, b: FormNode, { language, table, verdicts }: AnchorPass): Evidence[] {
  const evidence = table.between(a.key, b.key).filter(({ weight }) => weight > 0);
  const rules = new Set([...structuralRules(a, b, language), ...structuralRules(b, a, language)]);
  for (const rule of rules)
    if (rule !== 'surname_shared' || evidence.length > 0) evidence.push(evidenceOf(rule, quotedAt(a)));
  evidence.push(...misspelt(a, b, language));
  const isSaid = isTold(evidence);
  const names = [a, b].map(({ parts }) => (parts.kind === 'name' && parts.surname ? parts.surname : undefined));
  if (
    !isSaid &&
    names[0] &&
    names[1] &&
    (language === 'zh' || a.parts.given !== b.parts.given) &&
    !evidence.some(({ rule }) => rule === 'slip' || rule === 'pinyin')
  )
    evidence.push(evidenceOf('other_name', quotedAt(b)));
  if (verdicts.between(a.key, b.key) === 'rejected') evidence.push(evidenceOf('rejected', quotedAt(b)));
  return evidence;
}

/** A slip of the pen: rare beside a frequent name. Two names of like weight are two people (陆沉, 陆尘). */
function misspelt(a: FormNode, b: FormNode, language: Language): Evidence[] {
  const [rare, frequent] = a.count <= b.count ? [a, b] : [b, a];
  if (rare.hasBiography || a.parts.kind === 'numbered' || b.parts.kind === 'numbered' || /\d/.test(a.key + b.key))
    return [];
  const isRare = rare.count <= 2 && frequent.count >= 4 * rare.count && frequent.labels > 0;
  const long = rare.key.length >= (language === 'zh' ? 3 : 6);
  const sound =
    language === 'zh' &&
    a.key.length === b.key.length &&
    pinyinOf(a.key) !== undefined &&
    pinyinOf(a.key) === pinyinOf(b.key);
  if (sound)
    return [evidenceOf('pinyin', quotedAt(rare)), ...(isRare && long ? [evidenceOf('slip', quotedAt(rare))] : [])];
  // In three characters one other character is another name (李明轩, 李明远): Chinese asks for the same sound.
  return language === 'en' && long && isRare && oneSlipApart(a.key, b.key) ? [evidenceOf('slip', quotedAt(rare))] : [];
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

function isTold(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ rule }) => told.has(rule));
}

/** Merges a sure pair unless the persons behind it contradict each other. */
function settle({ a, b, evidence }: Weighed, clusters: Map<string, Cluster>, pass: AnchorPass, rivals: Rivals): void {
  const [x, y] = [clusters.get(a.key)!, clusters.get(b.key)!];
  if (x === y) return;
  const against = evidenceAgainst(x, y, pass.table);
  const all = [...evidence, ...against];
  const isVetoed = pass.verdicts.part(x.nodes, y.nodes) || against.some(({ rule }) => rule === 'same_cast_line');
  // 小雨 fits two people: neither is taken for her without a word of the script.
  const isOpen =
    !isTold(evidence) &&
    [...(rivals.get(shorter(a, b).key) ?? [])].some(({ key }) => ![x, y].includes(clusters.get(key)!));
  if (!isVetoed && !isOpen && weigh(all) >= sure) {
    pass.ledger.write('merged', a, b, all);
    join(x, y, clusters);
  } else pass.ledger.write(isVetoed || weigh(all) < doubtful ? 'refused' : 'review', a, b, all);
}

/** Second look: weak evidence between several forms of two persons adds up; what stays doubtful waits for a person. */
function settleTogether(pairs: readonly Weighed[], clusters: Map<string, Cluster>, pass: AnchorPass): void {
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
    if (!isVetoed && sum >= sure && all.some(({ rule }) => told.has(rule))) {
      pass.ledger.write('merged', a, b, all);
      join(x, y, clusters);
    } else if (!isVetoed && sum >= doubtful) pass.ledger.write('review', a, b, all);
  }
}

/** The same line seen through several forms is one piece of evidence. */
export function distinct(evidence: readonly Evidence[]): Evidence[] {
  return [
    ...new Map(evidence.map((one) => [JSON.stringify([one.rule, one.episode, one.line, one.quote]), one])).values(),
  ];
}
