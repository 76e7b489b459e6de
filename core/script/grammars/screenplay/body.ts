// Reads the lines of a screenplay one block at a time: slug line, speech, paragraph, mark.
import type { Assembly } from '../../assembly.ts';
import type { ElementKind } from '../../schema.ts';
import { isTableRow } from '../chinese/markdown.ts';
import { isTriangle, withoutTriangle } from '../chinese/triangle.ts';
import { plain } from './emphasis.ts';
import { readScreenplayFront } from './front.ts';
import { gap, type Visible, visible } from './hidden.ts';
import { isSetIn, type PlainLayout, plainLayout } from './layout.ts';
import { fixedLine, isFurniture } from './line.ts';
import { withoutMargins } from './margins.ts';
import { withoutMarkdown } from './markdown.ts';
import { Openings } from './opening.ts';
import { sceneLine } from './scene-line.ts';
import { isForcedSlug, isSlug } from './slug.ts';
import { Speeches } from './speech.ts';
import { type EpisodeSurvey, SECTION, surveyEpisodes } from './survey.ts';

const SYNOPSIS = /^=(?!=)\s*(.*)$/;
const PAGE_BREAK = /^={3,}$/;
const REMARK =
  /^(?:(?:Would you like|Do you want|Want) me to|(?:Shall|Should) I (?:continue|write|go on)|Let me know (?:if|whether|what|how)|If you(?:['’]d| would) like)\b/;
const OF_SCRIPT = /\b(?:continue|scripts?|episodes?|scenes?|draft|rewrite|expand)\b/i;
/** |---|:---:| under the head of a table. */
const TABLE_RULE = /^\|[\s|:-]+\|$/;

export class Screenplay {
  readonly #assembly: Assembly;
  readonly #plain: boolean;
  readonly #visible: Visible;
  readonly #layout: PlainLayout | undefined;
  readonly #speeches: Speeches;
  readonly #count: number;
  readonly #episodes: EpisodeSurvey;
  readonly #openings: Openings;

  /** @param from the first line behind the title page. */
  constructor(assembly: Assembly, plainText: boolean, from: number) {
    this.#assembly = assembly;
    this.#plain = plainText;
    const shown = visible(assembly.source);
    this.#visible = plainText ? withoutMargins(withoutMarkdown(shown)) : shown;
    this.#layout = plainText ? plainLayout({ ...assembly.source, lines: this.#visible.lines }) : undefined;
    this.#episodes = surveyEpisodes(assembly.source, this.#visible, from, plainText);
    assembly.reserve(this.#episodes.headings.values());
    this.#openings = new Openings(assembly, this.#visible, this.#episodes, plainText);
    this.#speeches = new Speeches(assembly, this.#visible, this.#layout, (at) => this.#episodes.headings.has(at));
    this.#count = assembly.source.lines.length;
  }

  /** The first line of the script: what stands before it is front matter. */
  get start(): number {
    return this.#episodes.start;
  }

  /** Slug lines read. */
  get headings(): number {
    return this.#openings.headings;
  }

  /** Everybody who spoke. */
  get known(): Set<string> {
    return this.#speeches.known;
  }

  /** Reads all lines from index `from`. */
  read(from: number): void {
    for (let at = from; at < this.#count; ) at = this.#block(at);
  }

  #block(at: number): number {
    if (this.#visible.hidden(at)) return this.#hidden(at);
    const told = this.#episodes.fronts.get(at);
    if (told !== undefined) {
      const { synopsis } = this.#assembly;
      readScreenplayFront(this.#assembly, at, told, this.known);
      // what one of several episodes tells is not the story of all
      if (this.#episodes.headings.size > 1) this.#assembly.synopsis = synopsis;
      return told;
    }
    const line = this.#visible.lines[at]!;
    if (line === '' || PAGE_BREAK.test(line) || (this.#plain && isFurniture(line))) {
      this.#assembly.note(at, 'layout');
      return at + 1;
    }
    return (
      this.#row(at, line) ??
      this.#cast(at, line) ??
      this.#marked(at, line) ??
      this.#openings.read(at, line) ??
      this.#fixed(at, line) ??
      this.#speeches.read(at, line) ??
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
    while (
      to + 1 < this.#count &&
      this.#visible.hidden(to + 1) &&
      !/^(?:\[\[|\/\*)/.test(this.#assembly.source.lines[to + 1]!)
    )
      to++;
    const words = this.#assembly.source.lines.slice(at, to + 1).join('\n');
    return this.#outside('note', words.replace(/^(?:\[\[|\/\*)|(?:\]\]|\*\/)$/g, '').trim(), at, to);
  }

  /** A row of a table pasted from Markdown is an element of its own; the line under its head is layout. */
  #row(at: number, line: string): number | undefined {
    if (!this.#plain || !isTableRow(line)) return undefined;
    if (TABLE_RULE.test(line)) {
      this.#assembly.note(at, 'layout');
      return at + 1;
    }
    const cells = line.split('|').map((cell) => plain(cell.trim()));
    const text = cells.filter((cell) => cell !== '').join(' ');
    if (text === '') return undefined;
    const isHead = TABLE_RULE.test(this.#visible.lines[at + 1] ?? '');
    return isHead ? this.#outside('note', text, at) : this.#put('action', text, at);
  }

  /** Who is there, right under a slug line. */
  #cast(at: number, line: string): number | undefined {
    const names = this.#openings.cast(at, line, (name) => this.#layout?.names.has(name.toUpperCase()) === true);
    if (names === undefined) return undefined;
    for (const name of names) this.known.add(name);
    this.#assembly.join(names);
    this.#assembly.add('cast', line, at, at, { speakers: names });
    return at + 1;
  }

  /** Lines whose first character says what they are (Fountain). */
  #marked(at: number, line: string): number | undefined {
    if (this.#plain && isTriangle(line)) return this.#triangle(at, plain(withoutTriangle(line)));
    if (line.length > 1 && line.startsWith('>') && line.endsWith('<')) {
      const text = plain(line.slice(1, -1).trim());
      const end = fixedLine(text);
      return end?.kind === 'end' ? this.#outside('end', text, at) : this.#put('action', text, at);
    }
    if (line.startsWith('>')) return this.#quoted(at, plain(line.slice(1).trim()));
    if (line.startsWith('~')) return this.#put('lyric', plain(line.slice(1).trim()), at);
    if (line.startsWith('!')) return this.#paragraph(at);
    const section = line.startsWith('#') ? SECTION.exec(line) : null;
    if (section) return this.#openings.section(at, section[2]!) ?? this.#outside('note', section[2]!, at);
    const synopsis = line.startsWith('=') ? SYNOPSIS.exec(line) : null;
    if (synopsis) return this.#outside('note', synopsis[1]!, at);
    return isForcedSlug(line) ? this.#openings.scene(at, line.slice(1)) : undefined;
  }

  /** △ The doors swing open. in a script that was written after Chinese ones. */
  #triangle(at: number, words: string): number | undefined {
    if (words === '') return undefined;
    const kind = fixedLine(words)?.kind;
    return this.#put(kind === 'shot' || kind === 'sound' ? kind : 'action', words, at);
  }

  /** > CUT TO: is Fountain's transition; in plain text a sentence behind such a mark is a quotation of Markdown. */
  #quoted(at: number, words: string): number {
    const isSentence =
      this.#plain && /\p{Ll}{2}/u.test(words) && !words.endsWith(':') && fixedLine(words.toUpperCase()) === undefined;
    return isSentence ? this.#put('action', words, at) : this.#outside('transition', words, at);
  }

  #fixed(at: number, line: string): number | undefined {
    const words = plain(line);
    const fixed = fixedLine(words);
    if (fixed === undefined) return undefined;
    if (fixed.kind === 'transition' || fixed.kind === 'caption' || fixed.kind === 'note')
      return this.#outside(fixed.kind, fixed.text, at);
    if (fixed.kind !== 'end') return this.#put(fixed.kind, fixed.text, at);
    const last = at === this.#count - 1 || words === words.toUpperCase();
    return last ? this.#outside('end', words, at) : undefined;
  }

  #put(kind: ElementKind, text: string, at: number): number {
    this.#assembly.add(kind, text, at);
    return at + 1;
  }

  /** Notes, end marks and what leads in to the first slug line do not open a scene. */
  #outside(kind: 'note' | 'end' | 'transition' | 'caption', text: string, from: number, to: number = from): number {
    if (this.#assembly.scene === undefined) this.#assembly.addOutside(kind, text, from, to);
    else this.#assembly.add(kind, text, from, to);
    return to + 1;
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
    if (this.#isRemark(at, to, text)) {
      for (let line = at; line <= to; line++) this.#assembly.note(line, 'after_matter');
      return to + 1;
    }
    const unread = !/[\p{L}\p{N}]/u.test(text.slice(0, 200));
    this.#assembly.add('action', text, at, to, unread ? { unread: true } : undefined);
    return to + 1;
  }

  /** What a chat asks behind the end of a script that it wrote, or behind the rule below it; what it asks of the script anywhere. */
  #isRemark(at: number, to: number, text: string): boolean {
    if (!this.#plain || at === 0 || to < this.#count - 1 || !REMARK.test(text)) return false;
    const before = this.#visible.lines[at - 1]!;
    return OF_SCRIPT.test(text) || isFurniture(before) || fixedLine(plain(before))?.kind === 'end';
  }

  #isProse(at: number): boolean {
    const line = this.#visible.lines[at]!;
    if (line === '' || this.#visible.hidden(at) || /^[~#=>!]/.test(line) || isForcedSlug(line)) return false;
    if (this.#episodes.headings.has(at) || this.#episodes.fronts.has(at) || (this.#plain && isTableRow(line)))
      return false;
    if (this.#plain && (isFurniture(line) || isTriangle(line))) return false;
    if (this.#layout !== undefined && this.#startsSpeech(at)) return false;
    if (this.#plain && sceneLine(line)) return false;
    return !(isSlug(line) && !/\p{Ll}/u.test(line)) && fixedLine(line) === undefined;
  }

  /** Where indents, labels or their lack of empty lines show a speech in the middle of a block. */
  #startsSpeech(at: number): boolean {
    const { margin, dense, labels } = this.#layout!;
    const { source } = this.#assembly;
    if (margin !== undefined) return isSetIn(source, at, margin, 'cue') && this.#speeches.begins(at);
    return (dense || labels !== undefined) && this.#speeches.begins(at);
  }
}
