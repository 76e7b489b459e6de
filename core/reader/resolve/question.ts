// A doubt as a question: the few lines that tell most of both sides, chosen so that a change elsewhere in the script leaves it as it is.
import type { Doubt, DoubtSide } from '../../breakdown/index.ts';
import type { Passage, Passages } from './passages.ts';

export type Question = {
  readonly doubt: Doubt;
  /** Line `n` of the question is at `n - 1`. */
  readonly lines: readonly Passage[];
  /** Lines of the form asked about: of these it matters who is there. */
  readonly own: ReadonlySet<Passage>;
  readonly candidates: readonly { readonly letter: string; readonly form: string; readonly side: DoubtSide }[];
};

/** Lines of the form asked about, of each candidate, and of both at once. */
const most = { about: 4, candidate: 2, both: 2 } as const;

export function questionOf(doubt: Doubt, passages: Passages): Question {
  const { kind, about, candidates } = doubt;
  const own = telling(passages.of(kind, about.forms));
  // Where nothing speaks for anybody, as of a mask, the lines of each are all there is to go by.
  const isBlind = candidates.every(({ lines }) => lines.length === 0);
  const chosen = candidates.flatMap((side) => {
    const theirs = telling(passages.of(kind, side.forms));
    const shown = isBlind || side.told === '' ? endsOf(theirs, most.candidate) : [];
    return [...speakingFor(side, own, theirs), ...ofBoth(own, theirs), ...shown];
  });
  return {
    doubt,
    lines: inOrder([...chosen, ...endsOf(own, most.about)]),
    own: new Set(own),
    candidates: candidates.map((side, at) => ({ letter: String.fromCharCode(65 + at), form: side.form, side })),
  };
}

/** Lines the scorer found to speak for a candidate. */
function speakingFor({ lines }: DoubtSide, own: readonly Passage[], theirs: readonly Passage[]): Passage[] {
  return lines.slice(0, most.both).flatMap(({ episode, line }) => {
    const isThere = (one: Passage): boolean => one.episode === episode && one.line === line;
    return own.find(isThere) ?? theirs.find(isThere) ?? [];
  });
}

/** Lines of the form that name the candidate too. */
function ofBoth(own: readonly Passage[], theirs: readonly Passage[]): Passage[] {
  const elements = new Set(theirs.map(({ elementId }) => elementId));
  return own.filter(({ elementId }) => elements.has(elementId)).slice(0, most.both);
}

/** Without lists of names, unless there is nothing else. */
function telling(passages: readonly Passage[]): readonly Passage[] {
  const lines = passages.filter(({ role }) => role !== 'cast');
  return lines.length > 0 ? lines : passages;
}

/** The first and the last lines: what somebody seems to be, and turns out to be. Lines that show or name somebody before lines he says. */
function endsOf(passages: readonly Passage[], count: number): Passage[] {
  const naming = passages.filter(({ role }) => role !== 'speaker');
  const lines = naming.length >= count ? naming : passages;
  return lines.length <= count ? [...lines] : [...lines.slice(0, count / 2), ...lines.slice(-count / 2)];
}

/** Each line once, as the script has them. */
function inOrder(passages: readonly Passage[]): Passage[] {
  const distinct = new Map(passages.map((one) => [`${one.elementId}\n${one.quote}`, one]));
  return [...distinct.values()].sort((a, b) => a.episode - b.episode || a.line - b.line);
}
