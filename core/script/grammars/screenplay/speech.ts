// Reads speeches: a cue with its parentheticals and what is said, in whatever way the script shows them.
import type { Assembly, Extra } from '../../assembly.ts';
import { isTableRow } from '../chinese/markdown.ts';
import { type Cue, cueOf, jointly } from './cue.ts';
import { plain } from './emphasis.ts';
import { gap, type Visible } from './hidden.ts';
import { indentOf, isSetIn, type PlainLayout } from './layout.ts';
import { fixedLine, isFurniture } from './line.ts';
import { isSlug } from './slug.ts';

/** A line shorter than this was not broken because it was full. */
const WRAPPED = 40;
/** His phone BUZZES. · The door opens: a verb in the third person among the first words. Nobody loves a loser is a saying. */
const NARRATED =
  /^(?!(?:No|Nobody|Nothing|Every\p{L}*|Some\p{L}*|Any\p{L}*|It|That|This|There|What|Who|Life|Love|Money|Time|God)\b)\p{Lu}\S*(?: \S+){0,3}? (?!(?:is|was|has|his|this|its|us|yes|as|does|always|ours|yours|hers)\b)\p{L}{2,}[sS]\b/u;
/** Who says it, or to whom. */
const SAID = /\b(?:I|you|me|my|mine|your|we|us|our|let's|please)\b|[!?]/i;
const ANSWER = /^(?:[0-9]{1,4}\.?|\*{1,3})$/;
const PAREN = /^[（(](.*?)[)）]?$/s;

/** A speech under way: where its cue stands, who speaks, and what was said so far. */
type Running = { readonly cueAt: number; from: number; to: number; cue: Cue; said: string[]; parens: string[] };

const parensOf = ({ parens }: Running) => parens.map((words) => words.replace(/^\(/, '')).join('; ');

export class Speeches {
  readonly known = new Set<string>();
  readonly #assembly: Assembly;
  readonly #visible: Visible;
  /** Undefined in Fountain, whose rules need no survey. */
  readonly #layout: PlainLayout | undefined;
  readonly #count: number;
  readonly #isEpisode: (at: number) => boolean;

  /** @param isEpisode whether a line is an episode heading, which nobody speaks. */
  constructor(
    assembly: Assembly,
    visible: Visible,
    layout: PlainLayout | undefined,
    isEpisode: (at: number) => boolean,
  ) {
    this.#assembly = assembly;
    this.#visible = visible;
    this.#layout = layout;
    this.#count = assembly.source.lines.length;
    this.#isEpisode = isEpisode;
  }

  /** The speech that begins at `at`, up to where it ends; undefined when none begins there. */
  read(at: number, line: string): number | undefined {
    const label = fixedLine(line) === undefined ? this.#layout?.labels?.exec(line) : null;
    if (label) return this.#labelled(at, label[1]!, line.slice(label[0].length));
    const cue = this.#cue(at, line);
    if (cue === undefined) return undefined;
    const speech: Running = { cueAt: at, from: at, to: at, cue, said: [], parens: cue.paren === '' ? [] : [cue.paren] };
    if (!this.#hear(speech, at + 1)) return undefined;
    this.known.add(cue.name);
    let next = at + 2;
    while (next < this.#count && this.#goesOn(speech, next) && this.#hear(speech, next)) next++;
    this.#say(speech);
    return next;
  }

  /** Whether a speech begins at `at`; asked for lines in the middle of a block. */
  begins(at: number): boolean {
    const line = this.#line(at);
    return this.#layout?.labels?.test(line) || this.#cue(at, line) !== undefined;
  }

  /** JOHN: Hello. and the lines it is wrapped to. */
  #labelled(at: number, name: string, words: string): number | undefined {
    const lead = /^[（(]([^（）()]*)[)）]\s*(?=\S)/.exec(words);
    const called = cueOf(name, true) ?? (/\p{Ll}/u.test(name) ? cueOf(`@${name}`, true) : undefined);
    if (called === undefined) return undefined;
    // MARGARET: (OFF) Hello.
    const led = lead && called.voice === 'ON' ? cueOf(`@${name} (${lead[1]})`, true) : undefined;
    const isHeard = led !== undefined && led.voice !== 'ON';
    const cue = isHeard ? led : called;
    const speech: Running = { cueAt: at, from: at, to: at, cue, said: [], parens: cue.paren === '' ? [] : [cue.paren] };
    this.known.add(cue.name);
    if (lead && !isHeard) speech.parens.push(lead[1]!.trim());
    speech.said.push(plain(lead ? words.slice(lead[0].length) : words));
    let next = at + 1;
    while (
      next < this.#count &&
      this.#gap(next) === 'none' &&
      this.#line(next - 1).length >= WRAPPED &&
      !this.#layout?.labels?.test(this.#line(next)) &&
      this.#hear(speech, next)
    )
      next++;
    this.#say(speech);
    return next;
  }

  readonly #line = (at: number) => this.#visible.lines[at] ?? '';

  /** In plain text a line of blanks is an empty line; only Fountain gives it a meaning. */
  #gap(at: number): 'none' | 'spaces' | 'empty' {
    const between = gap(this.#assembly.source, at);
    return this.#layout && between === 'spaces' ? 'empty' : between;
  }

  /** The cue on the line at `at`, when what stands before and after it allows one. */
  #cue(at: number, line: string): Cue | undefined {
    if (at + 1 >= this.#count || this.#visible.hidden(at + 1)) return undefined;
    const { margin, dense, small } = this.#layout ?? { margin: undefined, dense: false, small: undefined };
    const setIn = margin !== undefined && isSetIn(this.#assembly.source, at, margin, 'cue');
    const below = margin !== undefined && isSetIn(this.#assembly.source, at + 1, margin, 'speech');
    if (margin !== undefined && !setIn) return undefined;
    const free = this.#gap(at) !== 'none' || this.#visible.hidden(at - 1) || this.#afterMark(at);
    if (!(free || setIn || dense)) return undefined;
    if (this.#gap(at + 1) === 'empty' && !(setIn && below)) return undefined;
    if (dense && !free && !setIn && !/\p{Ll}|^[（(]/u.test(this.#line(at + 1))) return undefined;
    if (small !== undefined && line.length <= 40 && small.has(line.replace(/\s*\(.*$/, '').toLowerCase()))
      return cueOf(`@${line}`, false);
    return cueOf(line, this.#layout !== undefined);
  }

  /** A cue may follow a slug line, a transition or a section without an empty line. */
  #afterMark(at: number): boolean {
    const line = this.#line(at - 1);
    return isSlug(line) || fixedLine(line) !== undefined || /^[#=>]/.test(line) || isFurniture(line);
  }

  /** Whether the line at `at` can belong to the speech: up to an empty line, or to where the indent ends. */
  #goesOn(speech: Running, at: number): boolean {
    const { source } = this.#assembly;
    const { margin, dense } = this.#layout ?? { margin: undefined, dense: false };
    const line = this.#line(at);
    if (margin !== undefined) {
      if (!isSetIn(source, at, margin, 'speech') || fixedLine(line) !== undefined) return false;
      // a cue stands further in than what is said
      return indentOf(source, at) <= indentOf(source, speech.from + 1) + 3 || this.#cue(at, line) === undefined;
    }
    if (this.#gap(at) === 'empty') return false;
    return !dense || !(this.#cue(at, line) || fixedLine(line) || this.#tells(speech, at));
  }

  /** Without empty lines: a new sentence in which somebody of the script does something is no speech; nor, where a speech is one line, what somebody else does that nobody says to anybody. */
  #tells(speech: Running, at: number): boolean {
    const line = this.#line(at);
    if (!/[.!?…"”—-]$/.test(speech.said.at(-1) ?? '')) return false;
    const act = /^(\p{Lu}[\p{L}'’-]*) (?:\p{Ll}+ly )?\p{Ll}+s\b/u.exec(line);
    const actor = act?.[1] ?? '';
    if (/^(?:He|She|They|Everyone)$/.test(actor) || this.#isSomebody(actor.toUpperCase())) return true;
    return this.#layout?.unwrapped === true && NARRATED.test(line) && !SAID.test(line);
  }

  readonly #isSomebody = (name: string) => this.known.has(name) || this.#layout?.names.has(name) === true;

  /** 42. or *** right under a cue or its parenthetical is said; further down it is a page number. */
  #isAnswer(speech: Running, at: number): boolean {
    const { source } = this.#assembly;
    if (speech.said.length > 0 || this.#gap(at) !== 'none' || !ANSWER.test(source.lines[at]!)) return false;
    return this.#layout?.margin === undefined || indentOf(source, at) <= indentOf(source, speech.cueAt);
  }

  /** Takes the line at `at` into the speech; false when it is no part of it. */
  #hear(speech: Running, at: number): boolean {
    const line = this.#line(at);
    if (
      this.#layout &&
      (this.#isEpisode(at) ||
        isTableRow(line) ||
        (isFurniture(line) && !this.#isAnswer(speech, at)) ||
        isSlug(line) ||
        (speech.to === speech.from && fixedLine(line)))
    )
      return false;
    if (line.startsWith('~')) this.#sing(speech, at, plain(line.slice(1).trim()));
    else {
      const open = speech.parens.at(-1);
      if (open?.startsWith('(')) this.#closeParen(speech, open, line);
      else if (/^[（(]/.test(line)) this.#openParen(speech, line);
      else if (line !== '') speech.said.push(plain(line));
    }
    speech.to = at;
    return true;
  }

  #sing(speech: Running, at: number, text: string): void {
    if (speech.said.length > 0) this.#say(speech);
    const { voice, name } = speech.cue;
    const extra: Extra = { speakers: jointly(name, this.known), voice };
    const paren = parensOf(speech);
    this.#assembly.add('lyric', text, speech.from, at, paren === '' ? extra : { ...extra, paren });
    speech.parens = [];
    speech.from = at + 1;
  }

  #openParen(speech: Running, line: string): void {
    const closed = /[)）]$/.test(line);
    const end = line.search(/[)）]/);
    // (beat) and on: words behind the bracket are said
    if (!closed && end > 0) {
      speech.parens.push(line.slice(1, end).trim());
      speech.said.push(plain(line.slice(end + 1).trim()));
    } else speech.parens.push(closed ? PAREN.exec(line)![1]!.trim() : `(${line.slice(1)}`);
  }

  #closeParen(speech: Running, open: string, line: string): void {
    const end = line.search(/[)）]/);
    const words = end < 0 ? line : line.slice(0, end);
    speech.parens[speech.parens.length - 1] = `${end < 0 ? open : open.slice(1)} ${words}`.trim();
    if (end >= 0 && end < line.length - 1) speech.said.push(plain(line.slice(end + 1).trim()));
  }

  #say(speech: Running): void {
    const { said, from, to } = speech;
    if (to < from || (said.length === 0 && to === speech.cueAt)) return;
    const { name, voice } = speech.cue;
    const extra: Extra = { speakers: jointly(name, this.known), voice };
    const paren = parensOf(speech);
    const text = said.join(this.#layout ? ' ' : '\n');
    const business = paren === '' ? this.#visible.lines.slice(from, to + 1).join('\n') : `${name} (${paren})`;
    // a cue with nothing but (nods): business, not a line
    if (text === '') this.#assembly.add('action', business, from, to);
    else this.#assembly.add('dialogue', text, from, to, paren === '' ? extra : { ...extra, paren });
    speech.said = [];
    speech.parens = [];
    speech.from = speech.to + 1;
  }
}
