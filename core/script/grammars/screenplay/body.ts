// Reads the lines of a screenplay one block at a time: slug line, speech, paragraph, mark.
import type { Assembly, Extra } from '../../assembly.ts';
import type { ElementKind } from '../../schema.ts';
import { episodeLine } from '../chinese/episode.ts';
import { type Cue, cueOf, jointly } from './cue.ts';
import { plain } from './emphasis.ts';
import { gap, type Visible, visible } from './hidden.ts';
import { fixedLine, isFurniture } from './line.ts';
import { isSlug, slugOf } from './slug.ts';

const FORCED_SLUG = /^\.(?=[^.\s])/;
const SECTION = /^(#{1,6})\s*(.*)$/;
const SYNOPSIS = /^=(?!=)\s*(.*)$/;
const PAGE_BREAK = /^={3,}$/;
const CENTRED = /^>\s*(.*?)\s*<$/;
const PAREN = /^[（(](.*?)[)）]?$/s;
const NUMBER_WORDS = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN'];
const EPISODE_WORDS = /^(?:EPISODE|CHAPTER)\s+(ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN)\b[:.\s-]*(.*)$/i;

/** A speech under way: where its cue stands, who speaks, and what was said so far. */
type Speech = { from: number; to: number; cue: Cue; said: string[]; parens: string[] };

export class Screenplay {
  readonly known = new Set<string>();
  /** Slug lines read. */
  headings = 0;
  readonly #assembly: Assembly;
  readonly #plain: boolean;
  readonly #visible: Visible;
  readonly #count: number;

  constructor(assembly: Assembly, plainText: boolean) {
    this.#assembly = assembly;
    this.#plain = plainText;
    this.#visible = visible(assembly.source);
    this.#count = assembly.source.lines.length;
  }

  /** Reads all lines from index `from`. */
  read(from: number): void {
    for (let at = from; at < this.#count; ) at = this.#block(at);
  }

  #block(at: number): number {
    if (this.#visible.hidden(at)) return this.#hidden(at);
    const line = this.#visible.lines[at]!;
    if (line === '' || PAGE_BREAK.test(line) || (this.#plain && isFurniture(line))) {
      this.#assembly.note(at, 'layout');
      return at + 1;
    }
    return (
      this.#marked(at, line) ??
      this.#slug(at, line) ??
      this.#fixed(at, line) ??
      this.#speech(at, line) ??
      this.#paragraph(at)
    );
  }

  /** In plain text a line of blanks is an empty line; only Fountain gives it a meaning. */
  #gap(at: number): 'none' | 'spaces' | 'empty' {
    const between = gap(this.#assembly.source, at);
    return this.#plain && between === 'spaces' ? 'empty' : between;
  }

  /** Notes and boneyards on lines of their own. */
  #hidden(at: number): number {
    let to = at;
    while (to + 1 < this.#count && this.#visible.hidden(to + 1)) to++;
    const words = this.#assembly.source.lines.slice(at, to + 1).join('\n');
    return this.#outside('note', words.replace(/^(?:\[\[|\/\*)\s*|\s*(?:\]\]|\*\/)$/g, ''), at, to);
  }

  /** Lines whose first character says what they are (Fountain). */
  #marked(at: number, line: string): number | undefined {
    const centred = line.startsWith('>') ? CENTRED.exec(line) : null;
    if (centred) {
      const text = plain(centred[1]!);
      const end = fixedLine(text);
      return end?.kind === 'end' ? this.#outside('end', text, at) : this.#put('action', text, at);
    }
    if (line.startsWith('>')) return this.#put('transition', plain(line.slice(1).trim()), at);
    if (line.startsWith('~')) return this.#put('lyric', plain(line.slice(1).trim()), at);
    if (line.startsWith('!')) return this.#paragraph(at);
    const section = line.startsWith('#') ? SECTION.exec(line) : null;
    if (section) return this.#section(at, section[2]!);
    const synopsis = line.startsWith('=') ? SYNOPSIS.exec(line) : null;
    if (synopsis) return this.#outside('note', synopsis[1]!, at);
    return FORCED_SLUG.test(line) ? this.#open(at, line.slice(1)) : undefined;
  }

  #section(at: number, words: string): number {
    const episode = this.#episode(words);
    if (!episode) return this.#outside('note', words, at);
    this.#assembly.openEpisode(episode.number, episode.title, at);
    this.#assembly.addOutside('episode', words, at);
    return at + 1;
  }

  #episode(words: string): { number: number; title: string } | undefined {
    const spelled = words.length <= 60 ? EPISODE_WORDS.exec(words) : null;
    if (!spelled) return episodeLine(words);
    return { number: NUMBER_WORDS.indexOf(spelled[1]!.toUpperCase()) + 1, title: spelled[2]!.trim() };
  }

  #slug(at: number, line: string): number | undefined {
    if (!isSlug(line)) return this.#plain || this.#gap(at) === 'empty' ? this.#episodeHeading(at, line) : undefined;
    // in the middle of a paragraph only an unmistakable one counts
    const alone = this.#gap(at) !== 'none' || this.#visible.hidden(at - 1);
    if (!alone && /\p{Ll}/u.test(line)) return undefined;
    return this.#open(at, line);
  }

  #episodeHeading(at: number, line: string): number | undefined {
    if (!/^(?:EPISODE|CHAPTER|第|【)/i.test(line) || !this.#episode(line)) return undefined;
    return this.#section(at, line);
  }

  #open(at: number, line: string): number {
    this.headings++;
    const slug = slugOf(plain(line));
    this.#assembly.openScene(slug, at, at);
    if (slug.timeText !== '' && slug.time === 'UNKNOWN') {
      this.#assembly.warnings.add('unknown_time', { time: slug.timeText }, this.#assembly.source.numbers[at]);
    }
    return at + 1;
  }

  #fixed(at: number, line: string): number | undefined {
    const words = plain(line);
    const fixed = fixedLine(words);
    if (fixed === undefined) return undefined;
    if (fixed.kind !== 'end') return this.#put(fixed.kind, fixed.text, at);
    const last = at === this.#count - 1 || words === words.toUpperCase();
    return last ? this.#outside('end', words, at) : undefined;
  }

  #put(kind: ElementKind, text: string, from: number, to: number = from, extra?: Extra): number {
    this.#assembly.add(kind, text, from, to, extra);
    return to + 1;
  }

  /** Notes and end marks do not open a scene. */
  #outside(kind: 'note' | 'end', text: string, from: number, to: number = from): number {
    if (this.#assembly.scene === undefined) this.#assembly.addOutside(kind, text, from, to);
    else this.#assembly.add(kind, text, from, to);
    return to + 1;
  }

  /** A cue, its parentheticals and what is said, up to the next empty line. */
  #speech(at: number, line: string): number | undefined {
    const before = this.#gap(at);
    if (before === 'none' && !this.#visible.hidden(at - 1) && !this.#afterMark(at)) return undefined;
    if (this.#gap(at + 1) === 'empty' || at + 1 >= this.#count) return undefined;
    const cue = cueOf(line, this.#plain);
    if (cue === undefined || this.#visible.hidden(at + 1)) return undefined;
    const speech: Speech = { from: at, to: at, cue, said: [], parens: cue.paren === '' ? [] : [cue.paren] };
    if (!this.#hear(speech, at + 1)) return undefined;
    this.known.add(cue.name);
    let next = at + 2;
    while (next < this.#count && this.#gap(next) !== 'empty' && this.#hear(speech, next)) next++;
    this.#say(speech);
    return next;
  }

  /** A cue may follow a slug line, a transition or a section without an empty line. */
  #afterMark(at: number): boolean {
    const line = this.#visible.lines[at - 1] ?? '';
    return isSlug(line) || fixedLine(line) !== undefined || /^[#=>]/.test(line) || isFurniture(line);
  }

  /** Takes the line at `at` into the speech; false when it is no part of it. */
  #hear(speech: Speech, at: number): boolean {
    const line = this.#visible.lines[at]!;
    if (this.#plain && (isFurniture(line) || isSlug(line))) return false;
    if (line.startsWith('~')) {
      this.#say(speech);
      const text = plain(line.slice(1).trim());
      const { voice, name } = speech.cue;
      this.#put('lyric', text, speech.from, at, { speakers: jointly(name, this.known), voice });
      speech.from = at + 1;
    } else {
      const open = speech.parens.at(-1);
      if (open?.startsWith('(')) this.#closeParen(speech, open, line);
      else if (/^[（(]/.test(line)) this.#openParen(speech, line);
      else if (line !== '') speech.said.push(plain(line));
    }
    speech.to = at;
    return true;
  }

  #openParen(speech: Speech, line: string): void {
    const closed = /[)）]$/.test(line);
    const end = line.search(/[)）]/);
    // (beat) and on: words behind the bracket are said
    if (!closed && end > 0) {
      speech.parens.push(line.slice(1, end).trim());
      speech.said.push(plain(line.slice(end + 1).trim()));
    } else speech.parens.push(closed ? PAREN.exec(line)![1]!.trim() : `(${line.slice(1)}`);
  }

  #closeParen(speech: Speech, open: string, line: string): void {
    const end = line.search(/[)）]/);
    const words = end < 0 ? line : line.slice(0, end);
    speech.parens[speech.parens.length - 1] = `${end < 0 ? open : open.slice(1)} ${words}`.trim();
    if (end >= 0 && end < line.length - 1) speech.said.push(plain(line.slice(end + 1).trim()));
  }

  #say(speech: Speech): void {
    if (speech.to < speech.from || (speech.said.length === 0 && speech.to === speech.from)) return;
    const { name, voice } = speech.cue;
    const extra: Extra = { speakers: jointly(name, this.known), voice };
    const paren = speech.parens.map((words) => words.replace(/^\(/, '')).join('; ');
    const text = speech.said.join(this.#plain ? ' ' : '\n');
    // a cue with nothing but (nods): business, not a line
    if (text === '') this.#put('action', `${name} (${paren})`, speech.from, speech.to);
    else this.#put('dialogue', text, speech.from, speech.to, paren === '' ? extra : { ...extra, paren });
    speech.said = [];
    speech.parens = [];
    speech.from = speech.to + 1;
  }

  /** Lines of prose up to the next empty line or the next line that is something else. */
  #paragraph(at: number): number {
    const words = [plain(this.#visible.lines[at]!.replace(/^!/, ''))];
    let to = at;
    while (to + 1 < this.#count && this.#gap(to + 1) === 'none' && this.#isProse(to + 1)) {
      to++;
      words.push(plain(this.#visible.lines[to]!));
    }
    const text = words.join(this.#plain ? ' ' : '\n');
    const unread = !/[\p{L}\p{N}]/u.test(text.slice(0, 200));
    return this.#put('action', text, at, to, unread ? { unread: true } : undefined);
  }

  #isProse(at: number): boolean {
    const line = this.#visible.lines[at]!;
    if (line === '' || this.#visible.hidden(at) || /^[~#=>!]/.test(line) || FORCED_SLUG.test(line)) return false;
    if (this.#plain && isFurniture(line)) return false;
    return !(isSlug(line) && !/\p{Ll}/u.test(line)) && fixedLine(line) === undefined;
  }
}
