// Whom a form may mean: persons that share a block with it or evidence, each with all that speaks for and against.
import { byText } from '../forms/order.ts';
import type { Evidence } from '../schema.ts';
import { kinLabels } from '../vocabulary/kinship.ts';
import { statusTitles, wifeTitles } from '../vocabulary/titles.ts';
import { evidenceAgainst } from './against.ts';
import { blockKeys } from './blocking.ts';
import { evidenceOf, weigh } from './evidence.ts';
import { type FormNode, quotedAt } from './form-table.ts';
import { distinct } from './pair-evidence.ts';
import type { Pass } from './pass.ts';
import type { Cluster } from './person.ts';
import type { RuleName } from './rules.ts';
import { officeFits, structuralRules } from './structure.ts';

export interface Candidate {
  readonly person: Cluster;
  readonly evidence: readonly Evidence[];
  /** Sum of the evidence, log-odds. */
  readonly sum: number;
  /** Name or office fits the form, whoever else may fit. */
  readonly fits: boolean;
  /** Nobody else fits, or nobody else holds the office. */
  readonly unique: boolean;
}

type Weighed = Omit<Candidate, 'unique'>;

/** A block of more persons than this is looked at only where the form meets them. */
const largest = 32;
/** Nobody younger is called 老. */
const grown = 25;
/** Rules that rest on how names are built, or on what a biography makes possible. */
const built: ReadonlySet<string> = new Set<RuleName>([
  'given_name',
  'surname_alone',
  'short_name',
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
  'biography_wife',
  'state',
]);
const contradicting: ReadonlySet<string> = new Set(['gender', 'same_cast_line', 'addresses', 'speaks_of', 'rejected']);

export class Candidates {
  readonly #pass: Pass;
  readonly #clusters: ReadonlyMap<string, Cluster>;
  readonly #byKey = new Map<string, Set<Cluster>>();
  readonly #byScene = new Map<string, Set<Cluster>>();
  /** Scenes with a cast line. */
  readonly #listed = new Set<string>();

  constructor(clusters: ReadonlyMap<string, Cluster>, pass: Pass) {
    this.#pass = pass;
    this.#clusters = clusters;
    for (const cluster of new Set(clusters.values())) this.index(cluster);
  }

  /** Best first; among equals by name, so that the order of persons does not matter. */
  static readonly order = (a: Candidate, b: Candidate): number => {
    return b.sum - a.sum || byText(a.person.nodes[0]!.key, b.person.nodes[0]!.key);
  };

  /** True when something rules the person out, or nearly. */
  static contradicted(evidence: readonly Evidence[]): boolean {
    return evidence.some(({ rule }) => contradicting.has(rule));
  }

  /** Makes a person findable under its forms and scenes; again after it grew. */
  index(cluster: Cluster): void {
    for (const node of cluster.nodes)
      for (const key of blockKeys(node, this.#pass.language)) add(this.#byKey, key, cluster);
    for (const scene of cluster.scenes) add(this.#byScene, scene, cluster);
    for (const scene of cluster.castScenes) this.#listed.add(scene);
  }

  /** People a scene shows. */
  present(scene: string): ReadonlySet<Cluster> {
    return new Set([...(this.#byScene.get(scene) ?? [])].filter((person) => this.#isCurrent(person)));
  }

  #isCurrent(person: Cluster): boolean {
    return this.#clusters.get(person.nodes[0]!.key) === person;
  }

  /** Persons the form may mean, best first. `own` is the form as a person by itself. */
  of(form: FormNode, own: Cluster): Candidate[] {
    const { verdicts } = this.#pass;
    const persons = [...this.#persons(form)].filter(
      (person) => person !== own && !verdicts.part(own.nodes, person.nodes),
    );
    const all = persons
      .map((person) => this.#weigh(form, own, person))
      .filter(({ evidence }) => evidence.some(({ weight }) => weight > 0));
    const weighed = this.#elders(form, all);
    const open = weighed.filter(({ fits, evidence }) => fits && !Candidates.contradicted(evidence));
    const office = open.filter(({ evidence }) => evidence.some(({ rule }) => rule === 'office'));
    const [only, ...others] = office.length > 0 ? office : (this.#bearers(form, weighed) ?? open);
    return weighed
      .map((candidate) => ({ ...candidate, unique: others.length === 0 && candidate.person === only?.person }))
      .sort(Candidates.order);
  }

  /** 老许 is the father and not his daughter of seventeen, where either fits. */
  #elders({ key, parts }: FormNode, weighed: readonly Weighed[]): readonly Weighed[] {
    if (parts.kind !== 'pet' || !key.startsWith('老')) return weighed;
    const isYoung = ({ person }: Weighed): boolean => (person.age ?? grown) < grown;
    const isOther = weighed.some((one) => one.fits && !isYoung(one));
    return isOther ? weighed.filter((one) => !isYoung(one)) : weighed;
  }

  /** Mrs. Knight may be any of the Knights nobody knows for a man, also one who says the name; undefined where there is one Knight. */
  #bearers({ parts: { gender } }: FormNode, weighed: readonly Weighed[]): Weighed[] | undefined {
    if (this.#pass.language !== 'en' || !gender) return undefined;
    const bearers = weighed.filter(({ fits, evidence }) => fits && !evidence.some(({ rule }) => rule === 'gender'));
    const known = bearers.filter(({ person }) => person.gender === gender);
    if (known.length === 1) return known.filter(({ evidence }) => !Candidates.contradicted(evidence));
    return bearers.length > 1 ? bearers : undefined;
  }

  #persons(form: FormNode): Set<Cluster> {
    const persons = new Set<Cluster>();
    for (const key of blockKeys(form, this.#pass.language))
      for (const person of this.#block(key, form)) if (this.#isCurrent(person)) persons.add(person);
    for (const partner of this.#pass.table.partners(form.key)) {
      const person = this.#clusters.get(partner);
      if (person) persons.add(person);
    }
    if (form.parts.kind === 'title')
      for (const person of new Set(this.#clusters.values())) if (officeFits(form, person)) persons.add(person);
    return persons;
  }

  #block(key: string, form: FormNode): Iterable<Cluster> {
    const block = this.#byKey.get(key) ?? new Set<Cluster>();
    if (block.size <= largest) return block;
    return [...form.scenes]
      .flatMap((scene) => [...(this.#byScene.get(scene) ?? [])])
      .filter((person) => block.has(person));
  }

  #weigh(form: FormNode, own: Cluster, person: Cluster): Weighed {
    const { table, language } = this.#pass;
    const evidence: Evidence[] = person.nodes.flatMap((node) =>
      table.between(form.key, node.key).filter(({ weight }) => weight > 0),
    );
    const rules = new Set(person.nodes.flatMap((node) => structuralRules(form, node, language)));
    // 江夫人 bears her husband's name: no word of anybody called 江 by birth.
    if (wifeTitles.has(form.parts.title ?? '') && !isMarried(form, person)) rules.delete('surname_shared');
    // 顾总 and 顾姐 are said of somebody with a name, not of 顾老爷子 or 顾母.
    const isOfYouth = statusTitles.has(form.parts.title ?? '') || youthful.test(form.parts.title ?? '');
    if (isOfYouth && person.nodes.every(isKinLabel)) rules.delete('surname_shared');
    for (const rule of rules) evidence.push(evidenceOf(rule, quotedAt(form)));
    const sharesSurname = !form.parts.surname || rules.has('surname_shared');
    // Two labels are two people: that one is called 李将军 is no second sign that he is the other, 将军.
    const offices = rules.has('title_alone') && form.labels > 0 ? person.toldOffices : person.offices;
    if (['title', 'titled'].includes(form.parts.kind) && sharesSurname && officeFits(form, { offices }))
      evidence.push(evidenceOf('office', quotedAt(form)));
    if (evidence.length === 0) return { person, evidence, sum: 0, fits: false };
    // A given name is called after the absent and the dead; a title is said to somebody's face.
    if (!rules.has('given_name')) evidence.push(...this.#presence(form, person));
    const against = evidenceAgainst(own, person, table);
    // 十七哥 is made of the disguise's own name: it tells the disguise's gender.
    const isOwnName = rules.has('ordinal_in_name') || rules.has('given_name_called');
    const all = distinct([...evidence, ...against.filter(({ rule }) => !(isOwnName && rule === 'gender'))]);
    return { person, evidence: all, sum: weigh(all), fits: evidence.some(({ rule }) => built.has(rule)) };
  }

  /** Who is called is there; who is only spoken of may be anywhere. Only a cast line says who is not there. */
  #presence(form: FormNode, person: Cluster): Evidence[] {
    const called = [...form.calledScenes];
    const there = called.filter((scene) => person.scenes.has(scene)).length;
    if (called.length > 1 && there === called.length) return [evidenceOf('always_there', quotedAt(form))];
    if (called.length > 0 && there === 0 && called.some((scene) => this.#listed.has(scene)))
      return [evidenceOf('never_there', quotedAt(form))];
    return called.length > 0 && there * 3 < called.length ? [evidenceOf('rarely_there', quotedAt(form))] : [];
  }
}

/** 苏母, 苏太太: known by her husband's surname. */
function isMarried(form: FormNode, person: Cluster): boolean {
  return person.nodes.some(
    ({ parts }) =>
      parts.surname === form.parts.surname &&
      (wifeTitles.has(parts.title ?? '') || kinLabels.get(parts.title ?? '')?.relation === 'mother'),
  );
}

const youthful = /^(?:[姐妹哥弟少]|姐姐|妹妹|哥哥|弟弟|小姐|姑娘|少爷|公子|丫头)$/;

function isKinLabel({ parts }: FormNode): boolean {
  return (
    parts.kind === 'titled' &&
    (kinLabels.has(parts.title ?? '') || /^(?:老爷子|老太爷|老爷|老夫人|老太太|夫人|太太)$/.test(parts.title ?? ''))
  );
}

function add(into: Map<string, Set<Cluster>>, key: string, cluster: Cluster): void {
  const set = into.get(key);
  if (set) set.add(cluster);
  else into.set(key, new Set([cluster]));
}
