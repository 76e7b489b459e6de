// Reads speeches: a cue with its parentheticals and what is said, in whatever way the script shows them.
import type { Assembly, Extra } from '../../assembly.ts';
import { isTableRow } from '../chinese/markdown.ts';
import { isTriangle } from '../chinese/triangle.ts';
import { cueOf, jointly, voiceIn } from './cue.ts';
import { plain } from './emphasis.ts';
import type { Visible } from './hidden.ts';
import type { PlainLayout } from './layout.ts';
import { fixedLine, isFurniture } from './line.ts';
import { isSlug } from './slug.ts';
import { type Running, SpeechBounds } from './speech-bounds.ts';

/** A line shorter than this was not broken because it was full. */
const WRAPPED = 40;
/** (She throws the pen.): a sentence in brackets under what somebody says is done by somebody. */
const BUSINESS = /^\(\p{Lu}[^()]*[.!?…]\)$/u;
const PAREN = /^[（(](.*?)[)）]?$/s;

const parensOf = ({ parens }: Running) => parens.map((words) => words.replace(/^\(/, '')).join('; ');

export class Speeches {
  readonly known = new Set<string>();
  readonly #assembly: Assembly;
  readonly #visible: Visible;
  /** Undefined in Fountain, whose rules need no survey. */
  readonly #layout: PlainLayout | undefined;
  readonly #bounds: SpeechBounds;
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
    this.#bounds = new SpeechBounds(assembly.source, visible, layout, this.known);
    this.#count = assembly.source.lines.length;
    this.#isEpisode = isEpisode;
  }

  /** The speech that begins at `at`, up to where it ends; undefined when none begins there. */
  read(at: number, line: string): number | undefined {
    const label = fixedLine(line) === undefined ? this.#layout?.labels?.exec(line) : null;
    if (label) return this.#labelled(at, label[1]!, line.slice(label[0].length));
    const cue = this.#bounds.cue(at, line);
    if (cue === undefined) return undefined;
    const speech: Running = { cueAt: at, from: at, to: at, cue, said: [], parens: cue.paren === '' ? [] : [cue.paren] };
    if (!this.#hear(speech, at + 1)) return undefined;
    this.known.add(cue.name);
    let next = at + 2;
    while (next < this.#count && this.#bounds.goesOn(speech, next) && this.#hear(speech, next)) next++;
    this.#say(speech);
    return next;
  }

  /** Whether a speech begins at `at`; asked for lines in the middle of a block. */
  begins(at: number): boolean {
    const line = this.#bounds.line(at);
    return this.#layout?.labels?.test(line) || this.#bounds.cue(at, line) !== undefined;
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
      this.#bounds.gap(next) === 'none' &&
      this.#bounds.line(next - 1).length >= WRAPPED &&
      !BUSINESS.test(this.#bounds.line(next)) &&
      !this.#bounds.isTold(speech, next) &&
      !this.#layout?.labels?.test(this.#bounds.line(next)) &&
      this.#hear(speech, next)
    )
      next++;
    this.#say(speech);
    return next;
  }

  /** Takes the line at `at` into the speech; false when it is no part of it. */
  #hear(speech: Running, at: number): boolean {
    const line = this.#bounds.line(at);
    if (
      this.#layout &&
      (this.#isEpisode(at) ||
        isTableRow(line) ||
        isTriangle(line) ||
        (isFurniture(line) && !this.#bounds.isAnswer(speech, at)) ||
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
    } else if (!closed) speech.parens.push(`(${line.slice(1)}`);
    else this.#takeParen(speech, PAREN.exec(line)![1]!.trim());
  }

  /** (O.S.) on a line of its own before the first words is how they are heard. */
  #takeParen(speech: Running, words: string): void {
    const heard = speech.said.length === 0 && speech.cue.voice === 'ON' ? voiceIn(words) : undefined;
    if (heard) speech.cue = { ...speech.cue, voice: heard.voice };
    const paren = heard ? heard.paren : words;
    if (paren !== '') speech.parens.push(paren);
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
