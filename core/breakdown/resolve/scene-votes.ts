// Whom a form of address means in each scene: the one it is said to, the one who answers, the only one there who fits.
import { byText } from '../forms/order.ts';
import type { Evidence } from '../schema.ts';
import { type EvidenceTable, evidenceOf, weigh } from './evidence.ts';
import type { FormNode } from './form-table.ts';
import type { Cluster } from './person.ts';

/** The person a form means in one scene, with what says so. */
export interface Vote {
  readonly person: Cluster;
  readonly evidence: readonly Evidence[];
  readonly sum: number;
}

export interface VoteInput {
  readonly table: EvidenceTable;
  /** The person a form key belongs to by now. */
  readonly personOf: (key: string) => Cluster | undefined;
  /** Whether the person may be meant at all (gender, office, surname). */
  readonly fits: (person: Cluster) => boolean;
  readonly present: (sceneId: string) => ReadonlySet<Cluster>;
}

const said: ReadonlySet<string> = new Set(['only_listener', 'answers', 'spoken_to']);
/** A winner must lead by this much, in log-odds. */
const lead = 0.5;

/** The winner of each scene the form stands in; scenes that say nothing are left out. */
export function sceneVotes(form: FormNode, input: VoteInput): Map<string, Vote> {
  const lines = sceneByLine(form);
  const heard = new Map<string, Map<Cluster, Evidence[]>>();
  const callers = new Map<string, Set<Cluster>>();
  for (const partner of input.table.partners(form.key)) {
    const person = input.personOf(partner);
    if (!person) continue;
    for (const evidence of input.table.between(form.key, partner)) {
      const scene = lines.get(`${evidence.episode}:${evidence.line}`);
      if (scene === undefined) continue;
      if (said.has(evidence.rule) && input.fits(person)) push(heard, scene, person, evidence);
      if (evidence.rule === 'addresses' || evidence.rule === 'speaks_of')
        callers.set(scene, (callers.get(scene) ?? new Set()).add(person));
    }
  }
  const votes = new Map<string, Vote>();
  for (const scene of new Set(lines.values())) {
    const calling = callers.get(scene) ?? new Set();
    const vote = winner(heard.get(scene), calling) ?? onlyOneThere(form, scene, calling, input);
    if (vote) votes.set(scene, vote);
  }
  return votes;
}

function push(into: Map<string, Map<Cluster, Evidence[]>>, scene: string, person: Cluster, evidence: Evidence): void {
  const row = into.get(scene) ?? new Map<Cluster, Evidence[]>();
  into.set(scene, row);
  row.set(person, [...(row.get(person) ?? []), evidence]);
}

function winner(heard: ReadonlyMap<Cluster, Evidence[]> | undefined, callers: ReadonlySet<Cluster>): Vote | undefined {
  const ranked = [...(heard ?? [])]
    .filter(([person]) => !callers.has(person) || callers.size > 1)
    .map(([person, evidence]) => ({ person, evidence, sum: weigh(evidence) }))
    .sort((a, b) => b.sum - a.sum || byText(a.person.nodes[0]!.key, b.person.nodes[0]!.key));
  const [first, second] = ranked;
  return first && (!second || first.sum - second.sum >= lead) ? first : undefined;
}

function onlyOneThere(
  form: FormNode,
  scene: string,
  callers: ReadonlySet<Cluster>,
  input: VoteInput,
): Vote | undefined {
  const fitting = [...input.present(scene)].filter((person) => !callers.has(person) && input.fits(person));
  const [only] = fitting;
  const mention = [...form.surfaces.values()].flat().find(({ sceneId }) => sceneId === scene);
  if (!only || fitting.length > 1 || !mention) return undefined;
  const evidence = [evidenceOf('only_one_there', mention)];
  return { person: only, evidence, sum: weigh(evidence) };
}

/** Scene of each line a form stands on. */
function sceneByLine(form: FormNode): Map<string, string> {
  return new Map(
    [...form.surfaces.values()]
      .flat()
      .filter(({ sceneId }) => sceneId)
      .map(({ episode, line, sceneId }): [string, string] => [`${episode}:${line}`, sceneId]),
  );
}
