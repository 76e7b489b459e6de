// Second pass over people: titles, pet forms, kinship and given names find the person they mean, or stay what they are.
// A form that means different people in different scenes is told apart scene by scene and belongs to nobody.
import { byText } from '../forms/order.ts';
import type { Evidence } from '../schema.ts';
import { isCourtesy, wifeTitles } from '../vocabulary/titles.ts';
import { type Candidate, Candidates } from './candidates.ts';
import { evidenceOf, weigh } from './evidence.ts';
import { type FormNode, quotedAt } from './form-table.ts';
import { distinct } from './pair-evidence.ts';
import type { Pass } from './pass.ts';
import { Cluster, nameOf } from './person.ts';
import { doubtful, sure } from './rules.ts';
import { enough, namesTwo, sceneVotes, type Vote } from './scene-votes.ts';
import { isGeneric } from './structure.ts';
import { toldParent } from './told-parents.ts';

/** A form that means several people, and whom it means in each scene that says so. */
export interface Ambiguity {
  readonly form: FormNode;
  readonly byScene: ReadonlyMap<string, Cluster>;
}

/** A person found must lead the next by this much, in log-odds. */
const lead = 1;

export class Attachment {
  readonly #pass: Pass;
  readonly #clusters: Map<string, Cluster>;
  readonly #known: Candidates;
  readonly ambiguous: Ambiguity[] = [];
  /** Forms that wait for a person's word. */
  readonly asked = new Set<FormNode>();

  /** `clusters` are the persons so far, by form; forms that find theirs are added to it. */
  constructor(clusters: Map<string, Cluster>, pass: Pass) {
    this.#pass = pass;
    this.#clusters = clusters;
    this.#known = new Candidates(clusters, pass);
  }

  /** Gives every form its person where the script says so; `forms` are those that are nobody's yet. */
  attach(forms: readonly FormNode[]): void {
    const byStrength = [...forms].sort((a, b) => rankOf(a) - rankOf(b) || byText(a.key, b.key));
    const waiting = byStrength.filter((form) => !this.#place(form, false));
    // What the first round settled (a given name, a title) lets the second see who is left.
    for (const form of waiting) this.#place(form, true);
  }

  /** Gives persons known by a title alone (陆董 on a cue) to the one whose name and office fit, if they never meet. */
  attachLabelled(): void {
    for (const cluster of new Set(this.#clusters.values())) {
      const [form, ...others] = cluster.nodes;
      if (!form || others.length > 0 || form.hasBiography || !['titled', 'title'].includes(form.parts.kind)) continue;
      const [best, second] = this.#known
        .of(form, cluster)
        .map((candidate) => this.#strengthen(form, candidate, new Map()));
      if (best && best.person !== cluster) this.#decide(form, cluster, best, second, true);
    }
  }

  #place(form: FormNode, last: boolean): boolean {
    const own = new Cluster(form, this.#pass.biographies.get(form.key));
    const found = this.#known.of(form, own);
    const votes = this.#votes(form, found);
    const isKin = form.parts.kind === 'kin';
    const fitting = found.filter(({ fits, evidence }) => fits && !Candidates.contradicted(evidence));
    const isOpen = namesTwo(votes.values(), isKin) || (form.parts.kind === 'title' && fitting.length > 1);
    if (isGeneric(form) && !isKin) return this.#tellApart(form, votes);
    const [best, second] = found.map((candidate) => this.#strengthen(form, candidate, votes)).sort(Candidates.order);
    // Whoever fits best is not whom the scenes name: a title that moved.
    const isMoved =
      best &&
      !isKin &&
      ([...votes.values()].some(({ person, sum }) => person !== best.person && sum >= enough) ||
        (!holdsOffice(best) && !isReadAs(best) && fitting.some(holdsOffice)));
    if (isOpen || isMoved) return last && (this.#alwaysMeant(form, votes) || this.#tellApart(form, votes, fitting));
    if (best && this.#decide(form, own, best, second, last)) return true;
    return last && !this.asked.has(form) && this.#tellApart(form, votes);
  }

  #decide(form: FormNode, own: Cluster, best: Candidate, second: Candidate | undefined, last: boolean): boolean {
    const isClear = !second || best.sum - second.sum >= lead;
    if (best.sum >= sure && isClear) {
      this.#pass.ledger.write('merged', form, nameOf(best.person), best.evidence);
      best.person.join(own);
      for (const { key } of own.nodes) this.#clusters.set(key, best.person);
      this.#known.index(best.person);
      return true;
    }
    if (last && best.sum >= doubtful && mayBeAsked(form)) {
      this.asked.add(form);
      this.#pass.ledger.write('review', form, nameOf(best.person), best.evidence);
    }
    return false;
  }

  /** Several fit, but scene after scene means the same one. */
  #alwaysMeant(form: FormNode, votes: ReadonlyMap<string, Vote>): boolean {
    const [first, ...others] = [...votes.values()];
    if (!first || others.length === 0 || others.some(({ person }) => person !== first.person)) return false;
    const evidence = distinct([...votes.values()].flatMap((vote) => vote.evidence));
    const own = new Cluster(form, undefined);
    if (weigh(evidence) < sure || this.#pass.verdicts.part(own.nodes, first.person.nodes)) return false;
    return this.#decide(
      form,
      own,
      { person: first.person, evidence, sum: weigh(evidence), fits: true, unique: false },
      undefined,
      true,
    );
  }

  #tellApart(form: FormNode, votes: ReadonlyMap<string, Vote>, fitting: readonly Candidate[] = []): boolean {
    const { kind } = form.parts;
    if (votes.size === 0 || !(kind === 'title' || kind === 'kin' || form.parts.surname)) return true;
    const byScene = new Map([...votes].map(([scene, { person }]) => [scene, person]));
    this.#fillBefore(form, byScene, fitting);
    this.ambiguous.push({ form, byScene });
    return true;
  }

  /** Until a scene names another, an office is whose the script says it is. */
  #fillBefore(form: FormNode, byScene: Map<string, Cluster>, fitting: readonly Candidate[]): void {
    const [holder, ...others] = fitting.filter(holdsOffice);
    if (!holder || others.length > 0) return;
    const later = [...byScene.values()];
    for (const scene of form.scenes) {
      if (byScene.has(scene)) return;
      const there = this.#known.present(scene);
      if (!later.some((person) => there.has(person))) byScene.set(scene, holder.person);
    }
  }

  /** Adds what being the only one who fits says: of all, or of those there whenever the form is called out. */
  #strengthen(form: FormNode, candidate: Candidate, votes: ReadonlyMap<string, Vote>): Candidate {
    if (!candidate.fits) return candidate;
    const { kind } = form.parts;
    const cast = [...votes.values()];
    // A screenplay has no cast lines: who is there is not known well enough.
    const alwaysMeant =
      this.#pass.language === 'zh' &&
      cast.some(({ only }) => only) &&
      cast.every(({ person }) => person === candidate.person);
    const isAbsent = candidate.evidence.some(({ rule }) => rule === 'never_there');
    const added: Evidence[] = [];
    if (isAbsent) return candidate;
    const isWife = wifeTitles.has(form.parts.title ?? '');
    const share = this.#share(form, candidate);
    const isSurnames = (kind === 'titled' || kind === 'pet') && ((candidate.unique && !isWife) || alwaysMeant);
    if (isSurnames && share > 0) added.push(evidenceOf('surname_title', quotedAt(form), share));
    // An office nobody is told to hold: the only one of the surname, in the script and wherever it is called out.
    if (alwaysMeant && (!isSurnames || (candidate.unique && share === 1 / 2)))
      added.push(evidenceOf('only_one_there', quotedAt(form)));
    const evidence = [...candidate.evidence, ...added];
    return { ...candidate, evidence, sum: weigh(evidence) };
  }

  /** A courtesy title says who is meant; an office the person is not known to hold asks for more, and so does a second label. */
  #share({ parts, labels }: FormNode, { evidence }: Candidate): number {
    if (evidence.some(({ rule }) => rule === 'office')) return 1;
    if (this.#pass.language === 'en') return saints.has(parts.title ?? '') ? 0 : 1;
    // Two labels are two people unless more than a surname joins them: 周管家, 周雅茹. Many hold an office, few are 世子.
    if (labels > 0) return parts.gender && evidence.some(({ rule }) => rule === 'listed_as') ? 1 / 2 : 0;
    return parts.kind === 'pet' || isCourtesy(parts.title ?? '') ? 1 : 1 / 2;
  }

  #votes(form: FormNode, candidates: readonly Candidate[]): Map<string, Vote> {
    if (!['title', 'titled', 'kin', 'ordinal', 'pet'].includes(form.parts.kind)) return new Map();
    const fitting = new Set(
      candidates
        .filter(({ fits, evidence }) => fits && !evidence.some(({ rule }) => rule === 'gender'))
        .map(({ person }) => person),
    );
    const { gender, kind } = form.parts;
    // A surname or a pet name says itself who may be meant; a bare title or kinship may mean anybody there.
    if (fitting.size === 0 && kind !== 'title' && kind !== 'kin') return new Map();
    return sceneVotes(form, {
      table: this.#pass.table,
      personOf: (key) => this.#clusters.get(key),
      fits: (person) =>
        fitting.size > 0 ? fitting.has(person) : !gender || !person.gender || person.gender === gender,
      present: (scene) => (fitting.size > 0 ? this.#known.present(scene) : new Set()),
      told: (caller, scene) => toldParent(form.key, caller, this.#known.present(scene)),
    });
  }
}

const saints: ReadonlySet<string> = new Set(['saint', 'st']);

/** The script itself says that the person holds the office the title names. */
function holdsOffice({ evidence }: Candidate): boolean {
  return evidence.some(({ rule }) => rule === 'office');
}

/** A model that read the lines says whom they mean. */
function isReadAs({ evidence }: Candidate): boolean {
  return evidence.some(({ rule }) => rule === 'read_form');
}

/** Kinship is never asked about, and a title only when it is used again: the scenes tell whom they mean. */
function mayBeAsked({ parts, count }: FormNode): boolean {
  return parts.kind !== 'kin' && (parts.kind !== 'title' || count > 1);
}

/** Forms that say most come first: they tell the later ones who is who. */
function rankOf({ parts }: FormNode): number {
  const order = ['name', 'other', 'titled', 'pet', 'ordinal', 'title', 'kin'];
  const at = order.indexOf(parts.kind);
  return at < 0 ? order.length : at;
}
