// Reads the script itself, line by line. The survey has found the headings; each other line is decided by its first character,
// its brackets or its label.
import type { Assembly, Extra } from '../../assembly.ts';
import type { ElementKind } from '../../schema.ts';
import { bareMark, bracketed, markOf } from './bracket.ts';
import { endLine } from './episode.ts';
import { castMembers, castOf, fieldKind, spacedCastOf } from './field.ts';
import { readFront, sectionOf, titleOf } from './front.ts';
import { type Label, labelOf, speakable, speakersOf, voiceOf } from './label.ts';
import { isRule, isTableRow, unmarked } from './markdown.ts';
import type { Mark } from './survey.ts';

const TRIANGLES = /^[△▲▴▵Δ※■◆●]+\s*[：:]?\s*/;
const TRIANGLE_CODES = new Set([...'△▲▴▵Δ※■◆●'].map((c) => c.charCodeAt(0)));
const AFTER =
  /^(?:[#*\s【[（(]*)(?:附|附录|附件|附表|道具(?:清单|表|列表)|时长(?:统计|表|分配)|拍摄(?:说明|备注|要点|注意事项)|制作(?:说明|备注|要点)|场景(?:清单|表|统计)|人物(?:清单|统计)|服装(?:清单|表)|角色(?:清单|统计表)|统计)(?:$|[：:一二三四五六七八九十】）)\s])/;
const QUOTED = /^[“"「『].*$/s;

export class Body {
  readonly known = new Set<string>();
  readonly #assembly: Assembly;
  readonly #marks: readonly Mark[];
  readonly #byNumber: boolean;
  readonly #heard = new Set<string>();
  #next = 0;
  #ended = false;
  #flashback = 0;
  #lastNumber = '';
  #triangles = 0;
  #plain = 0;

  constructor(assembly: Assembly, marks: readonly Mark[]) {
    this.#assembly = assembly;
    this.#marks = marks;
    this.#byNumber = !marks.some((mark) => mark.kind === 'episode');
  }

  /** Reads all lines from index `from` to the end. */
  read(from: number): void {
    const count = this.#assembly.source.lines.length;
    for (let at = from; at < count; ) at = this.#mark(at) ?? this.#line(at);
    this.#closeScene();
    if (this.#flashback > 0) this.#assembly.warnings.add('flashback_open', {}, this.#flashback);
  }

  /** Reads a heading at `at`; returns the index after it. */
  #mark(at: number): number | undefined {
    const mark = this.#marks[this.#next];
    if (mark?.at !== at) return undefined;
    this.#next++;
    this.#ended = false;
    this.#closeScene();
    if (mark.kind === 'episode') {
      this.#openEpisode(at, mark.episode.number, mark.episode.title);
      this.#assembly.addOutside('episode', unmarked(this.#assembly.source.lines[at]!), at);
      return at + 1;
    }
    const prefix = this.#byNumber ? /^([0-9]+)[-.][0-9]/.exec(mark.slug.number)?.[1] : undefined;
    const number = prefix === undefined ? undefined : Number(prefix);
    if (number !== undefined && number !== this.#assembly.episodes.at(-1)?.number) this.#openEpisode(at, number, '');
    const scene = this.#assembly.openScene(mark.slug, mark.at, mark.to);
    this.#checkNumber(mark.slug.number, at);
    if (mark.slug.timeText !== '' && mark.slug.time === 'UNKNOWN') {
      this.#assembly.warnings.add('unknown_time', { time: mark.slug.timeText }, scene.line);
    }
    if (mark.cast !== '') this.#join(castMembers(mark.cast).names);
    return mark.to + 1;
  }

  #openEpisode(at: number, number: number, title: string): void {
    const before = this.#assembly.episodes.at(-1)?.number ?? 0;
    const { warnings, source } = this.#assembly;
    if (number === 1 && before > 1) warnings.add('second_script', {}, source.numbers[at]);
    this.#assembly.openEpisode(number, title, at);
    this.#lastNumber = '';
  }

  #closeScene(): void {
    const scene = this.#assembly.scene;
    if (scene?.elements.every((element) => element.kind === 'heading' || element.kind === 'cast')) {
      this.#assembly.warnings.add('empty_scene', { number: scene.number }, scene.line);
    }
    this.#assembly.scene = undefined;
  }

  /** Says duplicates and gaps of scene numbers; both are normal in practice, so only warnings. */
  #checkNumber(number: string, at: number): void {
    if (number === '') return;
    const line = this.#assembly.source.numbers[at];
    const scenes = this.#assembly.episodes.at(-1)!.scenes;
    if (
      this.#lastNumber === number ||
      (scenes.length < 500 && scenes.slice(0, -1).some((scene) => scene.number === number))
    ) {
      this.#assembly.warnings.add('duplicate_scene', { number }, line);
    }
    const [before, now] = [this.#lastNumber, number].map((n) =>
      Number(/([0-9]+)[A-Za-z]?$/.exec(n)?.[1] ?? Number.NaN),
    );
    if (now! > before! + 1) this.#assembly.warnings.add('scene_gap', { from: this.#lastNumber, to: number }, line);
    this.#lastNumber = number;
  }

  /** Reads the line at `at` (never a heading); returns the index after what was read. */
  #line(at: number): number {
    const line = unmarked(this.#assembly.source.lines[at]!);
    if (line === '' || isRule(line)) {
      this.#assembly.note(at, 'layout');
      return at + 1;
    }
    if (this.#ended) return this.#after(at);
    if (TRIANGLE_CODES.has(line.charCodeAt(0))) return this.#triangle(at, line);
    if (isTableRow(line)) return this.#put('note', line, at);
    const front = this.#secondFront(at, line);
    if (front !== undefined) return front;
    if (endLine(line)) return this.#end(at, line);
    const cast = castOf(line) ?? (this.#underHeading() ? spacedCastOf(line) : undefined);
    if (cast !== undefined) return this.#cast(at, cast);
    const label = labelOf(line);
    if (label !== undefined) {
      const next = this.#labelled(at, line, label);
      if (next !== undefined) return next;
    }
    return this.#bracket(at, line) ?? this.#named(at, line) ?? this.#paragraph(at, line);
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
    return this.#putMark(at, mark.kind, [mark.text, inside.rest].filter((part) => part !== '').join(' '));
  }

  #putMark(at: number, kind: ElementKind, text: string): number {
    if (kind === 'flashback_start') this.#flashback = this.#assembly.source.numbers[at]!;
    if (kind === 'flashback_end') this.#flashback = 0;
    return this.#put(kind, text, at);
  }

  #end(at: number, line: string): number {
    const words = line.replace(/^[【［[(（—–\-=\s]+|[】］\])）—–\-=\s]+$/g, '');
    this.#assembly.addOutside('end', words, at);
    this.#closeScene();
    this.#ended = true;
    return at + 1;
  }

  /** After an end mark: notes until the next heading; behind the last one, matter after the script. */
  #after(at: number): number {
    const next = this.#marks[this.#next];
    const front = this.#secondFront(at, unmarked(this.#assembly.source.lines[at]!));
    if (front !== undefined) return front;
    if (next === undefined) this.#assembly.note(at, 'after_matter');
    else this.#assembly.addOutside('note', unmarked(this.#assembly.source.lines[at]!), at);
    return at + 1;
  }

  /** Front matter of a second script glued on, or lists behind the script. Returns the index after it. */
  #secondFront(at: number, line: string): number | undefined {
    if (line.length > 80) return undefined;
    const next = this.#marks[this.#next];
    if (next === undefined) {
      if (!AFTER.test(line)) return undefined;
      this.#closeScene();
      this.#ended = true;
      this.#assembly.note(at, 'after_matter');
      return at + 1;
    }
    const title = /^[《〈][^》〉]+[》〉]\s*(?:剧本)?$/.test(line) && titleOf(line) !== undefined;
    if (!title && !(this.#ended && sectionOf(line) !== undefined)) return undefined;
    const restarts = next.kind === 'episode' && next.episode.number <= (this.#assembly.episodes.at(-1)?.number ?? 0);
    if (!restarts) return undefined;
    this.#closeScene();
    readFront(this.#assembly, at, next.at, this.known);
    return next.at;
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
    if (words.trim() === '' && this.#marks[this.#next]?.at !== at + 1) {
      const next = unmarked(lines[at + 1] ?? '');
      if (next !== '' && next.length <= 80 && !/[：:。！？△▲※■【]/.test(next)) {
        words = next;
        to++;
      }
    }
    const { names, notes } = castMembers(words);
    this.#join(names);
    const text = words.trim();
    return this.#put('cast', text, at, to, notes === undefined ? { speakers: names } : { speakers: names, notes });
  }

  #join(names: readonly string[]): void {
    const scene = this.#assembly.scene;
    for (const name of names) {
      this.known.add(name);
      if (scene && !scene.cast.includes(name)) scene.cast.push(name);
    }
  }

  /** A line with a colon: a field, dialogue, or undefined when the label is no person's. */
  #labelled(at: number, line: string, label: Label): number | undefined {
    const rest = line.slice(label.end).trim();
    const field = fieldKind(label.name);
    if (field !== undefined && !this.known.has(label.name)) {
      if (field === 'action' && rest === '') return this.#put('note', line, at);
      return this.#put(field, rest === '' ? line : field === 'note' || field === 'shot' ? line : rest, at);
    }
    if (/^(?:台词|对白|对话)$/.test(label.name)) {
      const inner = labelOf(rest);
      if (inner && inner.name !== '') return this.#dialogue(at, at, inner, rest.slice(inner.end).trim());
      return undefined;
    }
    if (!this.#speaks(label)) return undefined;
    if (rest !== '') return this.#dialogue(at, at, label, rest);
    const next = unmarked(this.#assembly.source.lines[at + 1] ?? '');
    if (this.#marks[this.#next]?.at === at + 1 || !this.#isSpeech(next)) return undefined;
    return this.#dialogue(at, at + 1, label, next);
  }

  #speaks(label: Label): boolean {
    const { name } = label;
    if (name === '') return label.voice !== undefined;
    if (this.known.has(name) || this.#heard.has(name) || voiceOf(name) !== undefined || label.voice !== undefined)
      return true;
    const speakers = speakersOf(name, this.known);
    return speakers.length > 1 ? speakers.every((one) => this.known.has(one) || speakable(one)) : speakable(name);
  }

  /** Words that can be somebody's speech: no mark, no field, no other label. */
  #isSpeech(line: string): boolean {
    if (line === '' || TRIANGLE_CODES.has(line.charCodeAt(0)) || line.startsWith('【') || isRule(line) || endLine(line))
      return false;
    if (castOf(line) !== undefined) return false;
    const label = labelOf(line);
    return label === undefined || (label.name === '' && label.voice === undefined) || !this.#speaks(label);
  }

  #dialogue(from: number, to: number, label: Label, said: string): number {
    let text = said;
    let { voice, paren } = label;
    // 甲：（冷笑）词, and 甲：（冷笑）：词
    for (let lead = bracketed(text); lead && /^[（(【[]/.test(text) && lead.rest !== ''; lead = bracketed(text)) {
      const inner = voiceOf(lead.inner);
      if (inner !== undefined && inner !== 'PHONE') voice ??= inner;
      else {
        if (inner === 'PHONE') voice ??= inner;
        paren = paren === '' ? lead.inner : `${paren}；${lead.inner}`;
      }
      text = lead.rest.replace(/^[：:]\s*/, '');
    }
    const speakers = this.#speakers(label);
    if (voice === undefined && speakers.length === 1)
      voice = voiceOf(speakers[0]!) === 'PHONE' ? 'ON' : voiceOf(speakers[0]!);
    for (const speaker of speakers) this.#hear(speaker, from);
    const extra: Extra = { speakers, voice: voice ?? 'ON' };
    return this.#put('dialogue', text, from, to, paren === '' ? extra : { ...extra, paren });
  }

  /** OS：… and 内心：… belong to whoever spoke last in the scene, or to the only one present. */
  #speakers(label: Label): string[] {
    if (label.name !== '') return speakersOf(label.name, this.known);
    const scene = this.#assembly.scene;
    if (label.voice === 'VO' || scene === undefined) return ['旁白'];
    const last = scene.elements.findLast((element) => element.kind === 'dialogue')?.speakers;
    return last ?? (scene.cast.length === 1 ? [scene.cast[0]!] : ['旁白']);
  }

  #hear(speaker: string, at: number): void {
    if (this.#heard.has(speaker)) return;
    this.#heard.add(speaker);
    if (this.known.has(speaker) || voiceOf(speaker) !== undefined || this.known.size === 0) return;
    this.#assembly.warnings.add('unknown_speaker', { name: speaker }, this.#assembly.source.numbers[at]);
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
    if (mark === undefined) return this.#put('action', inside.rest === '' ? inside.inner : line, at);
    if (mark.kind === 'voice') {
      const voice = voiceOf(mark.label!);
      return this.#dialogue(at, at, { name: '', paren: '', voice, end: 0 }, [mark.text, inside.rest].join(''));
    }
    return this.#putMark(at, mark.kind, [mark.text, inside.rest].filter((part) => part !== '').join(' '));
  }

  /** A name alone, what is said on the next line. */
  #named(at: number, line: string): number | undefined {
    if (line.length > 40) return undefined;
    const marked = this.#assembly.source.lines[at]!.startsWith('**');
    const label = labelOf(`${line}：`);
    if (label === undefined || label.name === '') return undefined;
    const next = unmarked(this.#assembly.source.lines[at + 1] ?? '');
    if (this.#marks[this.#next]?.at === at + 1 || next === '' || !this.#isSpeech(next)) return undefined;
    const sure = this.known.has(label.name) || this.#heard.has(label.name);
    const likely =
      (marked || label.voice !== undefined || QUOTED.test(next)) && speakable(label.name) && label.name.length <= 6;
    return sure || likely ? this.#dialogue(at, at + 1, label, next) : undefined;
  }

  /** What no other rule reads is action; where actions are marked with △ throughout, an unmarked one is told as unread. */
  #paragraph(at: number, line: string): number {
    this.#plain++;
    const unread =
      !/[\p{L}\p{N}]/u.test(line.slice(0, 200)) || (this.#triangles > 20 && this.#plain * 10 < this.#triangles);
    return this.#put('action', line, at, at, unread ? { unread: true } : undefined);
  }
}
