// Which words mean one thing: 玉簪 is 凤纹玉簪 when no other hairpin is about; a sword that was given a name.

import { normalForm } from '../forms/normal.ts';
import { evidenceOf } from './evidence.ts';
import { type FormNode, formTable, quotedAt } from './form-table.ts';
import { type GroupInput, groupForms, groupSides, type Pair } from './groups.ts';
import { Ledger } from './ledger.ts';
import { settleOpinions } from './settle-opinions.ts';

export interface Things {
  readonly groups: ReadonlyMap<string, FormNode[]>;
  readonly ledger: Ledger;
}

/** Props of all mentions, grouped. */
export function resolveThings({ mentions, hints, language, verdicts, opinions }: GroupInput): Things {
  const table = formTable(mentions, 'prop', language);
  const nodes = [...table.values()];
  const ledger = new Ledger('prop');
  const named = hints.flatMap(({ kind, a, b, evidence }): Pair[] => {
    const [x, y] = [table.get(normalForm(a)), table.get(normalForm(b))];
    return kind === 'prop' && x && y && x !== y ? [{ a: x, b: y, evidence: [evidence] }] : [];
  });
  const contained = language === 'zh' ? containedIn(nodes) : headsOf(nodes);
  const groups = groupForms(nodes, [...named, ...contained, ...stated(nodes, table)], verdicts, ledger);
  settleOpinions(opinions, groupSides(table, groups, verdicts, ledger), ledger);
  return { groups, ledger };
}

/** What is left of a thing, or goes into it: 猫灯骨架 is 猫灯 in another state. */
const thingState = /(?:的)?(?:碎片|残片|碎块|骨架|残架|残骸|架子|残卷|残页|空壳|灰烬)$/;

function stated(nodes: readonly FormNode[], table: ReadonlyMap<string, FormNode>): Pair[] {
  return nodes.flatMap((node) => {
    const base = table.get(node.key.replace(thingState, ''));
    return base && base !== node
      ? [{ a: base, b: node, evidence: [evidenceOf('thing_contained', quotedAt(node))] }]
      : [];
  });
}

/** A form of two characters or more that only one longer form ends in. */
function containedIn(nodes: readonly FormNode[]): Pair[] {
  const byTail = new Map<string, FormNode[]>();
  for (const node of nodes)
    for (let start = 1; start <= node.key.length - 2; start += 1) {
      const tail = node.key.slice(start);
      byTail.set(tail, [...(byTail.get(tail) ?? []), node]);
    }
  return contained(nodes, (node) => byTail.get(node.key) ?? []);
}

/** English: a bare noun that stands at the end of one longer phrase only. */
function headsOf(nodes: readonly FormNode[]): Pair[] {
  const byHead = new Map<string, FormNode[]>();
  for (const node of nodes) {
    const words = node.surface.split(' ');
    const head = normalForm(words.at(-1) ?? '');
    if (words.length > 1) byHead.set(head, [...(byHead.get(head) ?? []), node]);
  }
  return contained(nodes, (node) => byHead.get(node.key) ?? []);
}

function contained(nodes: readonly FormNode[], longer: (node: FormNode) => readonly FormNode[]): Pair[] {
  return nodes.flatMap((node) => {
    const [only, ...others] = longer(node);
    return only && others.length === 0
      ? [{ a: only, b: node, evidence: [evidenceOf('thing_contained', quotedAt(node))] }]
      : [];
  });
}
