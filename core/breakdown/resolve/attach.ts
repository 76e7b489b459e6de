// Second pass over people: titles, pet forms, kinship and given names find the person they mean, or stay what they are.
// A form that means different people in different scenes is told apart scene by scene and belongs to nobody.
import { byText } from '../forms/order.ts';
import type { Evidence } from '../schema.ts';
import { titles } from '../vocabulary/titles.ts';
import { evidenceAgainst } from './against.ts';
import { type AnchorPass, distinct } from './anchors.ts';
import { blockKeys } from './blocking.ts';
import { evidenceOf, weigh } from './evidence.ts';
import { type FormNode, quotedAt } from './form-table.ts';
import { Cluster } from './person.ts';
import { doubtful, type RuleName, sure } from './rules.ts';
import { sceneVotes, type Vote } from './scene-votes.ts';
import { isGeneric, officeFits, structuralRules } from './structure.ts';

/** A form that means several people, and whom it means in each scene that says so. */
export interface Ambiguity {
  readonly form: FormNode;
  readonly byScene: ReadonlyMap<string, Cluster>;
}

interface Candidate {
  readonly person: Cluster;
  readonly evidence: Evidence[];
  readonly sum: number;
  /** Its name or office fits the form, whoever else may fit. */
  readonly fits: boolean;
}

/** A person found must lead the next by this much, in log-odds. */
const lead = 1;
/** A block of more persons than this is looked at only where the form meets them. */
const largest = 48;
/** Rules that rest on how names are built. */
const built: ReadonlySet<string> = new Set<RuleName>([
  'given_name',
  'given_name_called',
  'surname_shared',
  'pet_form',
  'ordinal_in_name',
  'containment',
  'title_alone',
  'same_office',
  'office',
  'biography_ordinal',
  'biography_kin',
  'state',
]);

export class Attachment {
  readonly #pass: AnchorPass;
  readonly #clusters: Map<string, Cluster>;
  readonly #byKey = new Map<string, Set<Cluster>>();
  readonly #byScene = new Map<string, Set<Cluster>>();
  readonly ambiguous: Ambiguity[] = [];

  constructor(clusters: Map<string, Cluster>, pass: AnchorPass) {
    this.#pass = pass;
    this.#clusters = clusters;
    for (const cluster of new Set(clusters.values())) this.#index(cluster);
  }

  /** Gives every form its person where the script says so; `forms` are those that are nobody's yet, in order of appearance. */
  attach(forms: readonly FormNode[]): void {
    const byStrength = [...forms].sort((a, b) => rankOf(a) - rankOf(b) || byText(a.key, b.key));
    const waiting = byStrength.filter((form) => !this.#place(form, false));
    // What the first round settled (a given name, a title) lets the second see who is left.
    for (const form of waiting) this.#place(form, true);
  }

  /** A person of its own for a form nobody claimed. */
  alone(form: FormNode): Cluster {
    return new Cluster(form, this.#pass.biographies.get(form.key));
  }

  #index(cluster: Cluster): void {
    for (const node of cluster.nodes)
      for (const key of blockKeys(node, this.#pass.language)) add(this.#byKey, key, cluster);
    for (const scene of cluster.scenes) add(this.#byScene, scene, cluster);
  }

  #place(form: FormNode, last: boolean): boolean {
    const own = new Cluster(form, this.#pass.biographies.get(form.key));
    const candidates = this.#candidates(form, own);
    const votes = this.#votes(form, candidates);
    if (isGeneric(form) || split(votes)) {
      if (!last && !isGeneric(form)) return false;
      if (!isGeneric(form) || split(votes) || form.parts.kind !== 'kin') return this.#tellApart(form, votes);
    }
    const [best, second] = candidates;
    if (!best) return false;
    const isClear = !second || best.sum - second.sum >= lead;
    if (best.sum >= sure && isClear) {
      this.#pass.ledger.write('merged', form, best.person.nodes[0]!, best.evidence);
      this.#join(form, own, best.person);
      return true;
    }
    if (last && best.sum >= doubtful) this.#pass.ledger.write('review', form, best.person.nodes[0]!, best.evidence);
    return false;
  }

  #tellApart(form: FormNode, votes: ReadonlyMap<string, Vote>): boolean {
    if (votes.size > 0)
      this.ambiguous.push({ form, byScene: new Map([...votes].map(([scene, { person }]) => [scene, person])) });
    return true;
  }

  #join(form: FormNode, own: Cluster, person: Cluster): void {
    person.join(own);
    this.#clusters.set(form.key, person);
    this.#index(person);
  }

  /** Persons the form may mean, best first, with all that speaks for and against each. */
  #candidates(form: FormNode, own: Cluster): Candidate[] {
    const { table, verdicts, language } = this.#pass;
    const persons = new Set<Cluster>();
    for (const key of blockKeys(form, language)) for (const person of this.#block(key, form)) persons.add(person);
    for (const partner of table.partners(form.key)) {
      const person = this.#clusters.get(partner);
      if (person) persons.add(person);
    }
    if (form.parts.kind === 'title')
      for (const person of new Set(this.#clusters.values())) if (officeFits(form, person)) persons.add(person);
    const known = [...persons].filter((person) => !verdicts.part(own.nodes, person.nodes));
    const weighed = known
      .map((person) => this.#weigh(form, own, person))
      .filter(({ evidence }) => evidence.some(({ weight }) => weight > 0));
    const fitting = weighed.filter(({ fits, evidence }) => fits && !isContradicted(evidence));
    return weighed
      .map((candidate) => this.#unique(form, candidate, fitting))
      .sort((a, b) => b.sum - a.sum || byText(a.person.nodes[0]!.key, b.person.nodes[0]!.key));
  }

  #block(key: string, form: FormNode): Iterable<Cluster> {
    const block = this.#byKey.get(key) ?? new Set<Cluster>();
    if (block.size <= largest) return block;
    return [...form.scenes]
      .flatMap((scene) => [...(this.#byScene.get(scene) ?? [])])
      .filter((person) => block.has(person));
  }

  #weigh(form: FormNode, own: Cluster, person: Cluster): Candidate {
    const { table, language } = this.#pass;
    const evidence: Evidence[] = person.nodes.flatMap((node) =>
      table.between(form.key, node.key).filter(({ weight }) => weight > 0),
    );
    const rules = new Set(person.nodes.flatMap((node) => structuralRules(form, node, language)));
    for (const rule of rules) evidence.push(evidenceOf(rule, quotedAt(form)));
    const sharesSurname = !form.parts.surname || rules.has('surname_shared');
    if (['title', 'titled'].includes(form.parts.kind) && sharesSurname && officeFits(form, person))
      evidence.push(evidenceOf('office', quotedAt(form)));
    const there = [...form.scenes].filter((scene) => person.scenes.has(scene)).length;
    if (evidence.length > 0 && there === form.scenes.size && there > 1)
      evidence.push(evidenceOf('always_there', quotedAt(form)));
    if (evidence.length > 0 && there * 3 < form.scenes.size) evidence.push(evidenceOf('rarely_there', quotedAt(form)));
    const fits = evidence.some(({ rule }) => built.has(rule));
    const all = distinct([...evidence, ...evidenceAgainst(own, person, table)]);
    return { person, evidence: all, sum: weigh(all), fits };
  }

  /** Nobody else of that surname, or of that name, fits: a courtesy title then says who is meant; an office asks for more. */
  #unique(form: FormNode, candidate: Candidate, fitting: readonly Candidate[]): Candidate {
    if (
      !candidate.fits ||
      fitting.length !== 1 ||
      fitting[0]!.person !== candidate.person ||
      this.#pass.language === 'en'
    )
      return candidate;
    const { kind, title = '' } = form.parts;
    if (kind !== 'titled' && kind !== 'pet') return candidate;
    const isTold = candidate.evidence.some(({ rule }) => rule === 'office');
    const share = kind === 'pet' || isTold || titles.get(title)?.gender ? 1 : 1 / 2;
    const evidence = [...candidate.evidence, evidenceOf('surname_title', quotedAt(form), share)];
    return { ...candidate, evidence, sum: weigh(evidence) };
  }

  #votes(form: FormNode, candidates: readonly Candidate[]): Map<string, Vote> {
    if (!['title', 'titled', 'kin', 'ordinal'].includes(form.parts.kind)) return new Map();
    const fitting = new Set(
      candidates
        .filter(({ fits, evidence }) => fits && !evidence.some(({ rule }) => rule === 'gender'))
        .map(({ person }) => person),
    );
    const gender = form.parts.gender;
    return sceneVotes(form, {
      table: this.#pass.table,
      personOf: (key) => this.#clusters.get(key),
      fits: (person) =>
        fitting.size > 0 ? fitting.has(person) : !gender || !person.gender || person.gender === gender,
      present: (scene) => (fitting.size > 0 ? (this.#byScene.get(scene) ?? new Set()) : new Set()),
    });
  }
}

function add(into: Map<string, Set<Cluster>>, key: string, cluster: Cluster): void {
  const set = into.get(key);
  if (set) set.add(cluster);
  else into.set(key, new Set([cluster]));
}

function isContradicted(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ rule }) => rule === 'gender' || rule === 'same_cast_line' || rule === 'addresses');
}

/** True when the scenes name two people, each of them well. */
function split(votes: ReadonlyMap<string, Vote>): boolean {
  const sums = new Map<Cluster, number>();
  for (const { person, sum } of votes.values()) sums.set(person, (sums.get(person) ?? 0) + sum);
  return [...sums.values()].filter((sum) => sum >= 1.4).length > 1;
}

/** Forms that say most come first: they tell the later ones who is who. */
function rankOf({ parts }: FormNode): number {
  const order = ['name', 'other', 'titled', 'pet', 'ordinal', 'title', 'kin'];
  const at = order.indexOf(parts.kind);
  return at < 0 ? order.length : at;
}
