// Reads one line of a scene: action by its first character, fields and dialogue by the label, marks by their brackets, names alone.
import type { Assembly, Extra } from '../../assembly.ts';
import type { ElementKind } from '../../schema.ts';
import { fixedLine } from '../screenplay/line.ts';
import { bareMark, bracketed, markOf, markText } from './bracket.ts';
import { castMembers, castOf, fieldKind, spacedCastOf } from './field.ts';
import { type Label, labelOf, voiceOf } from './label.ts';
import { isTableRow, unmarked } from './markdown.ts';
import { headsAt, isBelowRow, isTableRule, type ShotRow, shotRow } from './shot-row.ts';
import type { Speech } from './speech.ts';

const ACT_ALONE = /^第\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*幕$/;
const TRIANGLE_MARKS = '△▲▴▵Δ※■◆●▽▼◇□▶►';
const TRIANGLES = new RegExp(`^[${TRIANGLE_MARKS}]+\\s*[：:]?\\s*`);
const TRIANGLE_CODES = new Set(TRIANGLE_MARKS.split('').map((c) => c.charCodeAt(0)));

const CAST_ENTRY =
  /^[-·•*\s]*[一-龥A-Za-z·]{1,8}\s*[：:（(]\s*(?:男|女|[0-9]{1,3}岁|[一二三四五六七八九十]{1,3}[多来]?岁)/;

/** △甲推开门。 */
export const isTriangle = (line: string) => TRIANGLE_CODES.has(line.charCodeAt(0));

export class Content {
  readonly #assembly: Assembly;
  readonly #speech: Speech;
  readonly #isHeading: (at: number) => boolean;
  /** Line of the flashback under way, or 0. */
  #flashback = 0;
  /** Heads of the table under way. */
  #heads: string | undefined;
  #triangles = 0;
  #plain = 0;

  constructor(assembly: Assembly, speech: Speech, isHeading: (at: number) => boolean) {
    this.#assembly = assembly;
    this.#speech = speech;
    this.#isHeading = isHeading;
  }

  /** Reads the line at `at`, whose words without Markdown are `line`; returns the index after what was read. */
  read(at: number, line: string): number {
    if (isTriangle(line)) return this.#triangle(at, line);
    if (isTableRow(line)) return this.#row(at, line);
    if (ACT_ALONE.test(line)) return this.#put('note', line, at);
    // FADE OUT. CUT TO: are no labels
    const fixed = line.charCodeAt(0) < 128 ? fixedLine(line) : undefined;
    if (fixed !== undefined && fixed.kind !== 'end') return this.#putMark(at, fixed.kind, fixed.text || line);
    const cast = castOf(line) ?? (this.#underHeading() ? spacedCastOf(line) : undefined);
    if (cast !== undefined) return this.#cast(at, cast);
    const told = this.#speech.told(line);
    if (told) return this.#dialogue(at, at, told.label, told.said);
    const label = this.#speech.label(line);
    return (
      (label && this.#labelled(at, line, label)) ??
      this.#framed(at, line) ??
      this.#bracket(at, line) ??
      this.#named(at, line) ??
      this.#paragraph(at, line)
    );
  }

  /** Says so when the last flashback was never closed. */
  close(): void {
    if (this.#flashback > 0) this.#assembly.warnings.add('flashback_open', {}, this.#flashback);
  }

  /** Adds people to the cast of the open scene. */
  join(names: readonly string[]): void {
    for (const name of names) this.#speech.known.add(name);
    this.#assembly.join(names);
  }

  #put(kind: ElementKind, text: string, at: number, to: number = at, extra?: Extra): number {
    const { scene, episodes } = this.#assembly;
    // before the first slug line only words that are filmed open a scene
    if (
      scene === undefined &&
      episodes.length > 0 &&
      (kind === 'note' || kind === 'end' || kind === 'caption' || kind === 'transition')
    ) {
      this.#assembly.addOutside(kind, text, at, to);
    } else this.#assembly.add(kind, text, at, to, extra);
    return to + 1;
  }

  #triangle(at: number, line: string): number {
    this.#triangles++;
    const words = line.replace(TRIANGLES, '');
    const inside = bracketed(words);
    const mark = inside ? markOf(inside.inner) : bareMark(words);
    if (!inside || !mark || mark.kind === 'voice') return this.#put('action', words, at);
    return this.#putMark(at, mark.kind, markText(mark, inside));
  }

  #putMark(at: number, kind: ElementKind, text: string): number {
    if (kind === 'flashback_start') this.#flashback = this.#assembly.source.numbers[at]!;
    if (kind === 'flashback_end') this.#flashback = 0;
    return this.#put(kind, text, at);
  }

  /** A row of a shot list says what is spoken or seen; of any other table it is a note, and told as unread when somebody speaks in it. */
  #row(at: number, line: string): number {
    const shot = this.#shotRow(at, line);
    if (shot) {
      this.join(shot.people);
      const { said, seen } = shot;
      if (said === undefined) return this.#put('action', seen.join(' '), at);
      const paren = [said.label.paren, ...seen].filter((part) => part !== '').join('；');
      return this.#dialogue(at, at, { ...said.label, paren }, said.words);
    }
    const cells = line.length < 5000 ? line.split('|').map((cell) => cell.trim()) : [];
    const spoken = cells.some((cell) => {
      const label = labelOf(cell);
      return (
        label !== undefined && fieldKind(label.name) === undefined && this.#speech.speaker(label, cell.slice(label.end))
      );
    });
    return spoken ? this.#put('action', line, at, at, { unread: true }) : this.#put('note', line, at);
  }

  #shotRow(at: number, line: string): ShotRow | undefined {
    const { source } = this.#assembly;
    if (!isBelowRow(source, at)) this.#heads = headsAt(source, at);
    else if (this.#heads !== undefined && !isTableRule(line)) {
      return shotRow(this.#heads, line, (words) => {
        const label = this.#speech.labelWithin(words);
        return label && this.#speech.speaker(label, words.slice(label.end));
      });
    }
    return undefined;
  }

  #underHeading(): boolean {
    const elements = this.#assembly.scene?.elements;
    return elements !== undefined && elements.length === 1 && elements[0]!.kind === 'heading';
  }

  #cast(at: number, written: string): number {
    let to = at;
    let words = written;
    const { lines } = this.#assembly.source;
    // 人物： with the names on the next line
    if (words.trim() === '' && !this.#isHeading(at + 1)) {
      const next = unmarked(lines[at + 1] ?? '');
      if (next !== '' && next.length <= 80 && !/[：:。！？△▲※■【]/.test(next)) {
        words = next;
        to++;
      }
    }
    // or with a line for each: 甲：男，30岁
    const people: string[] = [];
    while (words.trim() === '' && !this.#isHeading(to + 1) && CAST_ENTRY.test(lines[to + 1] ?? ''))
      people.push(unmarked(lines[++to]!).replace(/^[-·•\s]+/, ''));
    if (people.length > 0)
      words = people.map((person) => person.replace(/^([^：:（(]+)[：:]\s*(.*)$/, '$1（$2）')).join('、');
    const { names, notes } = castMembers(words);
    this.join(names);
    const text = people.length > 0 ? people.join('\n') : words.trim();
    return this.#put('cast', text, at, to, notes === undefined ? { speakers: names } : { speakers: names, notes });
  }

  /** A line with a colon: a field, dialogue, or undefined when the label is no person's. */
  #labelled(at: number, line: string, label: Label): number | undefined {
    const rest = line.slice(label.end).trim();
    const field = this.#speech.known.has(label.name) ? undefined : fieldKind(label.name);
    if (field === 'transition' && label.name.includes('切')) return this.#putMark(at, field, line);
    if (field !== undefined) return this.#field(at, line, field, rest);
    if (/^(?:台词|对白|对话)$/.test(label.name)) {
      const inner = this.#speech.labelWithin(rest);
      if (inner && inner.name !== '') return this.#dialogue(at, at, inner, rest.slice(inner.end).trim());
      // words that nobody is named for are told, not given to somebody
      return rest === '' ? undefined : this.#put('action', line, at, at, { unread: true });
    }
    const speaker = this.#speech.speaker(label, rest);
    if (speaker === undefined) return undefined;
    return rest === '' ? this.#below(at, speaker) : this.#dialogue(at, at, speaker, rest);
  }

  #field(at: number, line: string, field: ElementKind, rest: string): number {
    if (field === 'action' && rest === '') return this.#put('note', line, at);
    const whole = rest === '' || field === 'note' || field === 'shot' || field === 'flashback_start';
    return this.#putMark(at, field, whole ? line : rest);
  }

  /** A name with nothing behind it: what is said stands on the next line, (冷笑) perhaps between. */
  #below(at: number, label: Label): number | undefined {
    let said = at + 1;
    let words = this.#speechAt(said);
    const lead = bracketed(words);
    let how = label;
    if (lead?.rest === '' && voiceOf(lead.inner) === undefined && this.#speechAt(said + 1) !== '') {
      how = { ...label, paren: [label.paren, lead.inner].filter((part) => part !== '').join('；') };
      words = this.#speechAt(++said);
    }
    if (words === '') return undefined;
    const spoken = [words];
    while (this.#runsOn(said + 1)) spoken.push(this.#speechAt(++said));
    return this.#dialogue(at, said, how, spoken.join('\n'));
  }

  /** The line at `at` when it can be speech; empty when it is a heading, a mark, a label. */
  #speechAt(at: number): string {
    const line = unmarked(this.#assembly.source.lines[at] ?? '');
    return this.#isHeading(at) || !this.#speech.isSpeech(line) ? '' : line;
  }

  /**
   * Where names stand alone, a speech goes on to the next empty line or name. （停顿） between words is of the speech;
   * （甲摔门，走了。） and what stands in brackets at its end is action.
   */
  #runsOn(at: number): boolean {
    const line = this.#more(at);
    if (line === '' || bracketed(line)?.rest !== '') return line !== '';
    const next = /[，。！？；：]/.test(line) ? '' : this.#more(at + 1);
    return next !== '' && bracketed(next)?.rest !== '';
  }

  /** The line at `at` when it is right below another, can be speech and is no name; else empty. */
  #more(at: number): string {
    const { numbers } = this.#assembly.source;
    if (!this.#speech.namesStandAlone || numbers[at] !== numbers[at - 1]! + 1) return '';
    const line = this.#speechAt(at);
    return this.#speech.alone(line, false, this.#speechAt(at + 1)) === undefined ? line : '';
  }

  #dialogue(from: number, to: number, label: Label, written: string): number {
    const { text, speakers, extra } = this.#speech.says(label, written, this.#assembly.scene);
    for (const name of speakers) {
      if (this.#speech.hear(name))
        this.#assembly.warnings.add('unknown_speaker', { name }, this.#assembly.source.numbers[from]);
    }
    return this.#put('dialogue', text, from, to, extra);
  }

  #bracket(at: number, line: string): number | undefined {
    const inside = bracketed(line);
    if (inside === undefined) {
      const sound = /^[♪♫]+\s*[：:]?\s*(.*?)\s*[♪♫]*$/s.exec(line);
      if (sound) return this.#put('sound', sound[1]!, at);
      const bare = bareMark(line);
      return bare && bare.kind !== 'voice' ? this.#putMark(at, bare.kind, bare.text) : undefined;
    }
    const mark = markOf(inside.inner);
    if (mark === undefined) return this.#inBrackets(at, line, inside);
    if (mark.kind === 'voice') return this.#voiced(at, voiceOf(mark.label!), [mark.text, inside.rest].join(''));
    return this.#putMark(at, mark.kind, markText(mark, inside));
  }

  /** 【OS】词, 【画面：…】, 【甲OS：词】, （甲OS：词）; any other bracket is stage business. */
  #inBrackets(at: number, line: string, { inner, rest }: { inner: string; rest: string }): number {
    const voice = voiceOf(inner);
    if ((voice === 'OS' || voice === 'VO') && rest !== '') return this.#voiced(at, voice, rest);
    const label = rest === '' ? this.#speech.labelWithin(inner) : undefined;
    const words = label ? inner.slice(label.end).trim() : '';
    if (label && words !== '' && /^[【［[]/.test(line)) {
      const field = fieldKind(label.name);
      if (field !== undefined) return this.#field(at, inner, field, words);
      if (this.#speech.knows(label.name) || label.voice !== undefined) return this.#dialogue(at, at, label, words);
    } else if (label && words !== '' && this.#speech.isUnseen(label)) return this.#dialogue(at, at, label, words);
    return this.#put('action', rest === '' ? inner : line, at);
  }

  #voiced(at: number, voice: Label['voice'], said: string): number {
    return this.#dialogue(at, at, { name: '', paren: '', voice, end: 0 }, said);
  }

  /** A name in brackets, what is said on the next line. */
  #framed(at: number, line: string): number | undefined {
    const label = this.#speech.framed(line);
    return label && this.#below(at, label);
  }

  /** A name alone, what is said on the next line. */
  #named(at: number, line: string): number | undefined {
    const marked = this.#assembly.source.lines[at]!.startsWith('**');
    const label = this.#speech.alone(line, marked, this.#speechAt(at + 1));
    return label && this.#below(at, label);
  }

  /** What no other rule reads is action; where actions are marked with △ throughout, an unmarked one is told as unread. */
  #paragraph(at: number, line: string): number {
    this.#plain++;
    const unread =
      !/[\p{L}\p{N}]/u.test(line.slice(0, 200)) ||
      this.#speech.isUntold(line) ||
      (this.#triangles > 20 && this.#plain * 10 < this.#triangles);
    return this.#put('action', line, at, at, unread ? { unread: true } : undefined);
  }
}
