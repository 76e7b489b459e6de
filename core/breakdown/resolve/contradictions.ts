// What no answer can outweigh: two people in one cast line, both speaking in a scene, one calling the other, another gender, two biographies.
import type { Evidence } from '../schema.ts';
import { evidenceAgainst } from './against.ts';
import { evidenceOf } from './evidence.ts';
import { quotedAt } from './form-table.ts';
import { isTold } from './pair-evidence.ts';
import type { Pass } from './pass.ts';
import type { Cluster } from './person.ts';
import { type RuleName, rules } from './rules.ts';

const hard: ReadonlySet<string> = new Set<RuleName>([
  'same_cast_line',
  'both_speak',
  'gender',
  'own_biographies',
  'other_rank',
  'addresses',
]);

/** Evidence that two persons cannot be one, a person's word included; empty when nothing rules it out. */
export function contradictions(x: Cluster, y: Cluster, { table, verdicts }: Pass): Evidence[] {
  const parted = verdicts.part(x.nodes, y.nodes) ? [evidenceOf('rejected', quotedAt(y.nodes[0]!))] : [];
  const naming = new Set(
    x.nodes.flatMap(({ key }) =>
      y.nodes.flatMap((node) =>
        table
          .between(key, node.key)
          .filter((one) => isTold([one]))
          .map(placeOf),
      ),
    ),
  );
  const against = evidenceAgainst(x, y, table).filter(
    (one) => hard.has(one.rule) && isWhole(one) && !(one.rule === 'addresses' && naming.has(placeOf(one))),
  );
  return [...parted, ...against];
}

/** A cue that no cast line has is half a contradiction: it may be the same person under a new label. */
function isWhole({ rule, weight }: Evidence): boolean {
  return rule !== 'both_speak' || weight <= rules.both_speak.weight;
}

/** 我也有过一个小名，叫……阿九: who gives a name of his own calls nobody by it. */
function placeOf({ episode, line }: Evidence): string {
  return `${episode}:${line}`;
}
