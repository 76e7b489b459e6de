// Doubts about people: the pairs that wait, forms nobody claimed, people known by a word alone, and faces behind masks.
import { byText } from '../forms/order.ts';
import type { Evidence } from '../schema.ts';
import { englishDisguises } from '../vocabulary/english.ts';
import { disguiseWords } from '../vocabulary/roles.ts';
import { Candidates } from './candidates.ts';
import { contradictions } from './contradictions.ts';
import { type Doubt, type DoubtSide, formsInOrder } from './doubt.ts';
import { weigh } from './evidence.ts';
import type { FormNode } from './form-table.ts';
import { pairOf } from './ledger.ts';
import type { People } from './people.ts';
import { Cluster, nameOf } from './person.ts';
import { isGeneric } from './structure.ts';

/** Candidates of one form beside the one that keeps answers honest. */
const most = 4;
/** Evidence, in log-odds, from which a form nobody asked about is worth a question: a shared surname, an answer. */
const worthwhile = 0.5;

interface Candidate {
  readonly person: Cluster;
  /** The form of the person that the answer is about. */
  readonly form: FormNode;
  readonly evidence: readonly Evidence[];
}

interface Question {
  readonly about: FormNode;
  readonly own: Cluster;
  readonly candidates: readonly Candidate[];
}

export function personDoubts(people: People): Doubt[] {
  const waiting = waitingQuestions(people);
  const isWaiting = new Set(waiting.map(({ about }) => about.key));
  const asked = new Set<string>();
  const isNew =
    ({ about, own }: Question) =>
    ({ person, form }: Candidate): boolean =>
      person !== own && !asked.has(pairOf(about, form));
  return joined([...waiting, ...widened(people)])
    .flatMap((question): Doubt[] => {
      const likely = question.candidates.filter(isNew(question)).slice(0, most);
      const rivals = rivalsOf({ ...question, candidates: likely }, people).filter(isNew(question));
      const candidates = [...likely, ...rivals.slice(0, 1)];
      // A guess of ours is not asked about without somebody it could be mistaken for.
      if (candidates.length < (isWaiting.has(question.about.key) ? 1 : 2)) return [];
      for (const { form } of candidates) asked.add(pairOf(question.about, form));
      return [doubtOf({ ...question, candidates })];
    })
    .sort((a, b) => byText(a.about.form, b.about.form));
}

/** What the scorer would leave to a person. The side that is known less is asked about. */
function waitingQuestions({ byForm, ledger, pass }: People): Question[] {
  const nodes = new Map([...byForm.values()].flatMap((person) => person.nodes).map((node) => [node.key, node]));
  return ledger.waiting().flatMap(({ a, b, evidence }): Question[] => {
    const [x, y] = [byForm.get(a.key), byForm.get(b.key)];
    if (!x || !y || x === y || contradictions(x, y, pass).length > 0) return [];
    const [about, form] = isKnownBetter(x, y) ? [b, a] : [a, b];
    const [own, person] = isKnownBetter(x, y) ? [y, x] : [x, y];
    return [{ about: nodes.get(about.key)!, own, candidates: [{ person, form: nodes.get(form.key)!, evidence }] }];
  });
}

function isKnownBetter(x: Cluster, y: Cluster): boolean {
  const [a, b] = [x.biographies.length > 0, y.biographies.length > 0];
  return a === b ? linesOf(x) > linesOf(y) : a;
}

function linesOf({ nodes }: Cluster): number {
  return nodes.reduce((sum, { lines }) => sum + lines, 0);
}

/** Questions the scorer itself does not ask: it found too little to trouble a person with. */
function widened(people: People): Question[] {
  const { nodes, byForm, pass, ambiguous } = people;
  const told = new Set(ambiguous.map(({ form }) => form));
  const known = new Candidates(byForm, pass);
  const persons = people.persons.toSorted(
    (a, b) => linesOf(b) - linesOf(a) || byText(a.nodes[0]!.key, b.nodes[0]!.key),
  );
  return nodes.flatMap((about): Question[] => {
    const person = byForm.get(about.key);
    const isOpen = person ? nameOf(person) === about && isLittleKnown(person) : !told.has(about) && mayBeAsked(about);
    if (!isOpen) return [];
    const own = person ?? new Cluster(about, pass.biographies.get(about.key));
    const likely = own.nodes
      .flatMap((node) => known.of(node, own))
      .filter(({ sum, evidence }) => sum >= worthwhile || evidence.some(({ rule }) => rule === 'self_naming'))
      .map(({ person: other, evidence }) => ({ person: other, form: nameOf(other), evidence }));
    const candidates = [...likely, ...named(own, persons), ...(isDisguise(own) ? persons : []).map(bare)]
      .filter(({ person: other }) => other !== own && contradictions(own, other, pass).length === 0)
      .sort((a, b) => weigh(b.evidence) - weigh(a.evidence));
    return candidates.length > 0 ? [{ about, own, candidates }] : [];
  });
}

function bare(person: Cluster): Candidate {
  return { person, form: nameOf(person), evidence: [] };
}

/** People whose biography has the word, or one of whose forms begins with it: Prince of Verona, 宁安公主. */
function named({ nodes }: Cluster, persons: readonly Cluster[]): Candidate[] {
  const words = nodes.filter(({ key }) => key.length > 1).map(({ key, surface }) => ({ key, surface }));
  return persons
    .filter(({ biographies, nodes: forms }) =>
      words.some(
        ({ key, surface }) =>
          forms.some((form) => form.key !== key && form.key.startsWith(key)) ||
          biographies.some(({ text }) => text.includes(surface)),
      ),
    )
    .map(bare);
}

/** Neither a biography nor a whole name, and more than one of a crowd. */
function isLittleKnown({ nodes, biographies }: Cluster): boolean {
  return biographies.length === 0 && nodes.every(({ parts }) => !isWhole(parts) && !unnamed.has(parts.kind));
}

function isWhole({ kind, surname, given }: FormNode['parts']): boolean {
  return kind === 'name' && surname !== undefined && given !== undefined;
}

const unnamed: ReadonlySet<string> = new Set(['numbered', 'crowd', 'voice']);

/** Kinship and forms of address mean whoever is there; they are no name of anybody. */
function mayBeAsked(node: FormNode): boolean {
  return !unnamed.has(node.parts.kind) && node.parts.kind !== 'kin' && !isGeneric(node);
}

function isDisguise({ nodes }: Cluster): boolean {
  return nodes.every(({ surface }) => disguiseWords.test(surface) || englishDisguises.test(surface));
}

/** One question for all that is asked about a form. */
function joined(questions: readonly Question[]): Question[] {
  const byForm = new Map<string, Question>();
  for (const question of questions) {
    const all = [...(byForm.get(question.about.key)?.candidates ?? []), ...question.candidates];
    const candidates = all.filter(({ person }, at) => all.findIndex((one) => one.person === person) === at);
    byForm.set(question.about.key, { ...question, candidates });
  }
  return [...byForm.values()];
}

/** Who cannot be the likeliest candidate, where no two candidates rule each other out; those who speak most first. */
function rivalsOf({ own, candidates }: Question, { persons, pass }: People): Candidate[] {
  const apart = (x: Cluster, y: Cluster): boolean => contradictions(x, y, pass).length > 0;
  const meant = candidates.map(({ person }) => person);
  const [likeliest] = meant;
  if (!likeliest || meant.some((x, at) => meant.slice(at + 1).some((y) => apart(x, y)))) return [];
  return persons
    .filter((person) => person !== own && !meant.includes(person) && !apart(own, person) && apart(likeliest, person))
    .sort((a, b) => linesOf(b) - linesOf(a) || byText(a.nodes[0]!.key, b.nodes[0]!.key))
    .map(bare);
}

function doubtOf({ about, own, candidates }: Question): Doubt {
  return {
    kind: 'character',
    about: sideOf(own, about, []),
    candidates: candidates.map(({ person, form, evidence }) => sideOf(person, form, evidence)),
  };
}

function sideOf(person: Cluster, form: FormNode, evidence: readonly Evidence[]): DoubtSide {
  return {
    form: form.surface,
    forms: formsInOrder(person.nodes),
    gender: person.gender,
    told: person.biographies.map(({ text }) => text).join(' '),
    lines: evidence.filter(({ weight }) => weight > 0).map(({ episode, line }) => ({ episode, line })),
  };
}
