// Persons as the sides of what models are asked about: a form that is nobody's yet is a person by itself.
import { evidenceAgainst } from './against.ts';
import { joinClusters } from './anchors.ts';
import { Candidates } from './candidates.ts';
import { contradictions } from './contradictions.ts';
import type { FormNode } from './form-table.ts';
import { pairOf } from './ledger.ts';
import type { Pass } from './pass.ts';
import { Cluster } from './person.ts';
import type { Sides } from './settle-opinions.ts';

/** `told`: forms that mean several people; nothing is said of them. `byForm` grows by what is joined. */
export function personSides(
  nodes: readonly FormNode[],
  byForm: Map<string, Cluster>,
  told: ReadonlySet<FormNode>,
  pass: Pass,
): Sides<Cluster> {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const waiting = new Map(pass.ledger.waiting().map(({ a, b, evidence }) => [pairOf(a, b), evidence]));
  const known = new Candidates(byForm, pass);
  const loose = new Map<FormNode, Cluster>();
  const of = (node: FormNode): Cluster | undefined => {
    const person = byForm.get(node.key) ?? loose.get(node);
    if (person || told.has(node)) return person;
    const own = new Cluster(node, pass.biographies.get(node.key));
    loose.set(node, own);
    return own;
  };
  return {
    of,
    node: (key) => byKey.get(key),
    contradictions: (x, y) => contradictions(x, y, pass),
    evidence: (a, b) => {
      const asked = waiting.get(pairOf(a, b));
      const [x, y] = [of(a), of(b)];
      if (asked || !x || !y) return asked ?? [];
      return known.of(a, x).find(({ person }) => person === y)?.evidence ?? evidenceAgainst(x, y, pass.table);
    },
    join: (x, y) => joinClusters(x, y, byForm),
  };
}
