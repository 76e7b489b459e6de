// Where speeches begin and where they end, in whatever way the script shows it.
import type { Source } from '../../source.ts';
import { type Cue, cueOf } from './cue.ts';
import { gap, type Visible } from './hidden.ts';
import { namedAlone } from './label.ts';
import { indentOf, isSetIn, type PlainLayout } from './layout.ts';
import { fixedLine, isFurniture } from './line.ts';
import { isSlug } from './slug.ts';

/** His phone BUZZES. · The door opens: a verb in the third person among the first words. Nobody loves a loser is a saying. */
const NARRATED =
  /^(?!(?:No|Nobody|Nothing|Every\p{L}*|Some\p{L}*|Any\p{L}*|It|That|This|There|What|Who|Life|Love|Money|Time|God)\b)\p{Lu}\S*(?: \S+){0,3}? (?!(?:is|was|has|his|this|its|us|yes|as|does|always|ours|yours|hers)\b)\p{L}{2,}[sS]\b/u;
/** Who says it, or to whom. */
const SAID = /\b(?:I|you|me|my|mine|your|we|us|our|let's|please)\b|[!?]/i;
/** A beat. · Silence. */
const PAUSE = /^(?:(?:An?|Long|Dead|Heavy|Awkward) )*(?:beat|pause|silence)\.{1,3}$/i;
/** Whether the last line said so far ends like a sentence. */
const isEnded = (said: readonly string[]) => /[.!?…"”—-]$/.test(said.at(-1) ?? '');
const ANSWER = /^(?:[0-9]{1,4}\.?|\*{1,3})$/;

/** A speech under way: where its cue stands, who speaks, and what was said so far. */
export type Running = { readonly cueAt: number; from: number; to: number; cue: Cue; said: string[]; parens: string[] };

export class SpeechBounds {
  readonly #source: Source;
  readonly #visible: Visible;
  readonly #layout: PlainLayout | undefined;
  readonly #count: number;
  readonly #known: ReadonlySet<string>;

  /** @param layout undefined in Fountain. @param known everybody who spoke so far. */
  constructor(source: Source, visible: Visible, layout: PlainLayout | undefined, known: ReadonlySet<string>) {
    this.#source = source;
    this.#visible = visible;
    this.#layout = layout;
    this.#count = source.lines.length;
    this.#known = known;
  }

  /** What can be seen of a line; empty behind the last one. */
  readonly line = (at: number) => this.#visible.lines[at] ?? '';

  /** What lies between a line and the one before it. In plain text a line of blanks is an empty line; only Fountain gives it a meaning. */
  gap(at: number): 'none' | 'spaces' | 'empty' {
    const source = this.#source;
    const between = gap(source, at);
    if (this.#layout?.spaced && at < this.#count && source.numbers[at]! - source.numbers[at - 1]! <= 2) return 'none';
    return this.#layout && between === 'spaces' ? 'empty' : between;
  }

  /** The cue on the line at `at`, when what stands before and after it allows one. */
  cue(at: number, line: string): Cue | undefined {
    if (at + 1 >= this.#count || this.#visible.hidden(at + 1)) return undefined;
    const { margin, dense, small } = this.#layout ?? { margin: undefined, dense: false, small: undefined };
    const setIn = margin !== undefined && isSetIn(this.#source, at, margin, 'cue');
    const below = margin !== undefined && isSetIn(this.#source, at + 1, margin, 'speech');
    if (margin !== undefined && !setIn) return undefined;
    const free = this.gap(at) !== 'none' || this.#visible.hidden(at - 1) || this.#afterMark(at);
    if (!(free || setIn || dense)) return undefined;
    if (this.gap(at + 1) === 'empty' && !(setIn && below)) return undefined;
    if (dense && !free && !setIn && !this.#isSaid(line, this.line(at + 1))) return undefined;
    if (small !== undefined && line.length <= 40 && small.has(line.replace(/\s*\(.*$/, '').toLowerCase()))
      return cueOf(`@${line}`, false);
    if (this.#layout?.alone.has(namedAlone(line) ?? '')) return cueOf(`@${line.slice(0, -1)}`, false);
    return cueOf(line, this.#layout !== undefined);
  }

  /**
   * Whether words under a line in capitals can be said: they are not in capitals too, unless who speaks does so again. With an empty line
   * between any two lines, The window breaks. under EXPLOSION is no speech of somebody who is never heard again.
   */
  #isSaid(line: string, words: string): boolean {
    const isOnce = this.#layout?.spaced === true && !line.includes('(') && !this.#layout.names.has(line);
    if (isOnce && NARRATED.test(words) && !SAID.test(words)) return false;
    return /\p{Ll}|^[（(]/u.test(words) || (/[.!?…]$/.test(words) && this.#layout?.names.has(line) === true);
  }

  /** A cue may follow a slug line, a transition or a section without an empty line. */
  #afterMark(at: number): boolean {
    const line = this.line(at - 1);
    return line === '' || isSlug(line) || fixedLine(line) !== undefined || /^[#=>]/.test(line) || isFurniture(line);
  }

  /** Whether the line at `at` can belong to the speech: up to an empty line, or to where the indent ends. */
  goesOn(speech: Running, at: number): boolean {
    const source = this.#source;
    const { margin, dense } = this.#layout ?? { margin: undefined, dense: false };
    const line = this.line(at);
    if (margin !== undefined) {
      if (!isSetIn(source, at, margin, 'speech') || fixedLine(line) !== undefined) return false;
      // a cue stands further in than what is said
      return indentOf(source, at) <= indentOf(source, speech.from + 1) + 3 || this.cue(at, line) === undefined;
    }
    if (this.#layout?.labels?.test(line) && fixedLine(line) === undefined) return false;
    if (this.gap(at) === 'empty' || (this.#layout?.spaced && this.#isOver(speech, at))) return false;
    return !dense || !(this.cue(at, line) || fixedLine(line) || this.#tells(speech, at));
  }

  /** A speech of a script with an empty line between any two lines is one of them, and one more behind each (beat). */
  #isOver({ said }: Running, at: number): boolean {
    const isParen = (line: string) => /^[（(]\P{Lu}.*[)）]$/u.test(line);
    if (!isEnded(said)) return false;
    return !isParen(this.line(at)) && !isParen(this.line(at - 1));
  }

  /** Victor's phone rings. right below an ended speech behind a label, or [He turns.]: told of somebody, and nobody's next words. */
  isTold({ said }: Running, at: number): boolean {
    const line = this.line(at);
    if (line.startsWith('[') && line.endsWith(']')) return true;
    return isEnded(said) && NARRATED.test(line) && !SAID.test(line);
  }

  /** Without empty lines: a new sentence in which somebody of the script does something is no speech, nor is a pause; nor, where a speech is one line, what somebody else does that nobody says to anybody. */
  #tells(speech: Running, at: number): boolean {
    const line = this.line(at);
    if (!isEnded(speech.said)) return false;
    if (PAUSE.test(line)) return true;
    const act = /^(\p{Lu}[\p{L}'’-]*) (?:\p{Ll}+ly )?\p{Ll}+s\b/u.exec(line);
    const actor = act?.[1] ?? '';
    if (/^(?:He|She|They|Everyone)$/.test(actor) || this.#isSomebody(actor.toUpperCase())) return true;
    return this.#layout?.unwrapped === true && NARRATED.test(line) && !SAID.test(line);
  }

  readonly #isSomebody = (name: string) => this.#known.has(name) || this.#layout?.names.has(name) === true;

  /** 42. or *** right under a cue or its parenthetical is said; further down it is a page number. */
  isAnswer(speech: Running, at: number): boolean {
    const source = this.#source;
    if (speech.said.length > 0 || this.gap(at) !== 'none' || !ANSWER.test(source.lines[at]!)) return false;
    return this.#layout?.margin === undefined || indentOf(source, at) <= indentOf(source, speech.cueAt);
  }
}
