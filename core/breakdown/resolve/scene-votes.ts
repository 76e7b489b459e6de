// Whom a form of address means in each scene: the one it is said to, the one who answers, the only one there who fits.
import { byText } from '../forms/order.ts';
import type { Evidence, Mention } from '../schema.ts';
import { type EvidenceTable, evidenceOf, weigh } from './evidence.ts';
import type { FormNode } from './form-table.ts';
import type { Cluster } from './person.ts';

/** The person a form means in one scene, with what says so and who uses the form there. */
export interface Vote {
  readonly person: Cluster;
  readonly evidence: readonly Evidence[];
  readonly sum: number;
  readonly callers: ReadonlySet<Cluster>;
  /** Nobody else there fits. */
  readonly only: boolean;
}

interface VoteInput {
  readonly table: EvidenceTable;
  /** The person a form key belongs to by now. */
  readonly personOf: (key: string) => Cluster | undefined;
  /** Whether the person may be meant at all (gender, office, surname). */
  readonly fits: (person: Cluster) => boolean;
  /** People a scene shows; empty where being there says nothing. */
  readonly present: (sceneId: string) => ReadonlySet<Cluster>;
  /** The one there whom the script tells to be what the caller calls: her father, whoever answers. */
  readonly told: (caller: Cluster, sceneId: string) => Cluster | undefined;
}

const said: ReadonlySet<string> = new Set(['only_listener', 'answers', 'spoken_to', 'read_form']);
/** So much, in log-odds, makes a person one of those a form names. */
export const enough = 1.4;
/** A winner must lead by this much, in log-odds. */
const lead = 0.5;

/** The winner of each scene the form stands in; scenes that say nothing are left out. */
export function sceneVotes(form: FormNode, input: VoteInput): Map<string, Vote> {
  const { heard, callers } = heardOf(form, input);
  const votes = new Map<string, Vote>();
  for (const scene of form.scenes) {
    const calling = callers.get(scene) ?? new Set<Cluster>();
    const fitting = [...input.present(scene)].filter((person) => !calling.has(person) && input.fits(person));
    const found =
      toldOf(form, scene, calling, input) ?? winner(heard.get(scene), calling) ?? onlyOneThere(form, scene, fitting);
    if (!found) continue;
    const only = fitting.length === 1 && fitting[0] === found.person;
    votes.set(scene, { ...found, callers: calling, only });
  }
  return votes;
}

type Heard = Map<string, Map<Cluster, Evidence[]>>;

/** By scene: what speaks for each person, and who uses the form. */
function heardOf(form: FormNode, input: VoteInput): { heard: Heard; callers: Map<string, Set<Cluster>> } {
  const lines = sceneByLine(form);
  const heard: Heard = new Map();
  const callers = new Map<string, Set<Cluster>>();
  for (const partner of input.table.partners(form.key)) {
    const person = input.personOf(partner);
    if (!person) continue;
    for (const evidence of input.table.between(form.key, partner)) {
      const scene = lines.get(`${evidence.episode}:${evidence.line}`);
      if (scene === undefined) continue;
      if (said.has(evidence.rule) && (input.fits(person) || isReadAs(evidence, form, person)))
        push(heard, scene, person, evidence);
      if (evidence.rule === 'addresses' || evidence.rule === 'speaks_of')
        callers.set(scene, (callers.get(scene) ?? new Set()).add(person));
    }
  }
  return { heard, callers };
}

/** A model that read the lines may know of an office nobody told; that a man is no lady it must not forget. */
const isReadAs = ({ rule }: Evidence, { parts }: FormNode, { gender }: Cluster): boolean =>
  rule === 'read_form' && (!parts.gender || !gender || parts.gender === gender);

function push(into: Heard, scene: string, person: Cluster, evidence: Evidence): void {
  const row = into.get(scene) ?? new Map<Cluster, Evidence[]>();
  into.set(scene, row);
  row.set(person, [...(row.get(person) ?? []), evidence]);
}

type Found = Pick<Vote, 'person' | 'evidence' | 'sum'>;

function winner(heard: ReadonlyMap<Cluster, Evidence[]> | undefined, callers: ReadonlySet<Cluster>): Found | undefined {
  const ranked = [...(heard ?? [])]
    .filter(([person]) => !callers.has(person) || callers.size > 1)
    .map(([person, evidence]) => ({ person, evidence, sum: weigh(evidence) }))
    .sort((a, b) => b.sum - a.sum || byText(a.person.nodes[0]!.key, b.person.nodes[0]!.key));
  const [first, second] = ranked;
  return first && (!second || first.sum - second.sum >= lead) ? first : undefined;
}

/** Who is called is there, and one caller's father by the biographies. */
function toldOf(form: FormNode, scene: string, callers: ReadonlySet<Cluster>, input: VoteInput): Found | undefined {
  const [caller, ...others] = callers;
  const mention = calledIn(form, scene);
  const person = caller && others.length === 0 && mention ? input.told(caller, scene) : undefined;
  if (!person || !mention) return undefined;
  const evidence = [evidenceOf('biography_kin', mention)];
  return { person, evidence, sum: weigh(evidence) };
}

/** Somebody is called, and one person there fits. Whoever is only spoken of may be anywhere. */
function onlyOneThere(form: FormNode, scene: string, fitting: readonly Cluster[]): Found | undefined {
  const [only] = fitting;
  const mention = calledIn(form, scene);
  if (!only || fitting.length > 1 || !mention) return undefined;
  const evidence = [evidenceOf('only_one_there', mention)];
  return { person: only, evidence, sum: weigh(evidence) };
}

function calledIn({ surfaces }: FormNode, scene: string): Mention | undefined {
  return [...surfaces.values()].flat().find(({ sceneId, role }) => sceneId === scene && role === 'addressed');
}

/** Scene of each line a form stands on. */
function sceneByLine(form: FormNode): Map<string, string> {
  const mentions = [...form.surfaces.values()].flat().filter(({ sceneId }) => sceneId);
  return new Map(mentions.map(({ episode, line, sceneId }): [string, string] => [`${episode}:${line}`, sceneId]));
}

/** True when the scenes name two people, each of them well. Kinship is reckoned caller by caller: one caller has one 爹. */
export function namesTwo(votes: Iterable<Vote>, isKin: boolean): boolean {
  const sums = new Map<Cluster | undefined, Map<Cluster, number>>();
  for (const { person, sum, callers } of votes)
    for (const caller of isKin ? callers : [undefined]) {
      const row = sums.get(caller) ?? new Map<Cluster, number>();
      sums.set(caller, row.set(person, (row.get(person) ?? 0) + sum));
    }
  if (!isKin) return [...(sums.get(undefined)?.values() ?? [])].filter((sum) => sum >= enough).length > 1;
  const meant = [...sums.values()].flatMap((row) => [...row].sort((a, b) => b[1] - a[1])[0] ?? []);
  return new Set(meant.filter((one) => typeof one !== 'number')).size > 1;
}
