// Reads one line of a scene: action by its first character, fields and dialogue by the label, marks by their brackets, names alone.
import type { Assembly } from '../../assembly.ts';
import type { ElementKind } from '../../schema.ts';
import { fixedLine } from '../screenplay/line.ts';
import { LinesBelow } from './below.ts';
import { bareMark, bracketed, markOf, markText } from './bracket.ts';
import { castLines } from './cast.ts';
import { charset } from './charset.ts';
import type { Elements } from './elements.ts';
import { castOf, fieldKind, isOfPanel, kindBefore, spacedCastOf } from './field.ts';
import { type Label, voiceOf } from './label.ts';
import { isTableRow } from './markdown.ts';
import { Rows } from './rows.ts';
import type { Speech } from './speech.ts';
import { translations } from './translated.ts';
import { isTriangle, withoutTriangle } from './triangle.ts';

const ACT_ALONE = /^第\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*幕$/;
/** 镜头01｜大远景｜5s */
const SHOT_HEAD = /^(?:分镜|镜头|镜号|镜)\s*[0-9]{1,3}\s*[|｜]/;
const SQUARE = charset('【［[');
/** Words that the script puts over a picture, whoever they name. */
const SHOWN = /(?:字幕|人物条|字卡|花字|标签)$/;
/** 剧情 and 对白 above the lines of a scene that are action or speech. */
const PART_ALONE = /^(?:剧情|对白|对话|台词|正文|剧本正文|剧本内容|剧情内容|场景内容|内容)[：:]?$/;
/** 沈青：	走。 behind a table is no row of it. */
const TAB_LABEL = /^[^\t：:]{1,12}[：:]\t/;
/** 【卡点】 and the like stand where an episode stops. */
const CLIFF = /^(?:付费)?(?:卡点|付费点|钩子|爽点|看点)$|^[集结]尾钩子$/;
/** 音效：无, 台词：— */
const NOTHING = /^(?:暂?无|没有|[-—–/／]+)[。.]?$/;

export class Content {
  readonly #assembly: Assembly;
  readonly #speech: Speech;
  readonly #elements: Elements;
  readonly #isHeading: (at: number) => boolean;
  readonly #below: LinesBelow;
  readonly #rows: Rows;
  readonly #isTranslation: (at: number) => boolean;
  #triangles = 0;
  #plain = 0;

  constructor(assembly: Assembly, speech: Speech, elements: Elements, isHeading: (at: number) => boolean) {
    this.#assembly = assembly;
    this.#speech = speech;
    this.#elements = elements;
    this.#isHeading = isHeading;
    this.#below = new LinesBelow(assembly.source, speech, isHeading);
    this.#rows = new Rows(assembly.source, speech, elements);
    this.#isTranslation = translations(assembly.source);
  }

  /** Reads the line at `at`, whose words without Markdown are `line`; returns the index after what was read. */
  read(at: number, line: string): number {
    if (this.#isTranslation(at) && !this.#speech.knows(this.#speech.label(line)?.name ?? ''))
      return this.#elements.put('note', line, at);
    if (isTriangle(line)) return this.#triangle(at, line);
    if (isTableRow(line)) return this.#rows.read(at, line);
    if (line.charCodeAt(0) === 0x266a || line.charCodeAt(0) === 0x266b) return this.#sound(at, line);
    if (line.length < 12 && (ACT_ALONE.test(line) || PART_ALONE.test(line)))
      return this.#elements.put('note', line, at);
    // FADE OUT. CUT TO: are no labels
    const fixed = line.charCodeAt(0) < 128 ? fixedLine(line) : undefined;
    if (fixed !== undefined && fixed.kind !== 'end') return this.#elements.mark(at, fixed.kind, fixed.text || line);
    const row = line.includes('\t') && !TAB_LABEL.test(line) ? this.#rows.tabbed(at) : undefined;
    if (row !== undefined) return row;
    const cast = castOf(line) ?? (this.#underHeading() ? spacedCastOf(line) : undefined);
    if (cast !== undefined) return this.#cast(at, cast);
    const told = this.#speech.told(line);
    if (told) return this.#elements.say(at, at, told.label, told.said);
    const label = this.#speech.label(line);
    return (
      (label && this.#labelled(at, line, label)) ??
      this.#framed(at, line) ??
      this.#bracket(at, line) ??
      this.#named(at, line) ??
      this.#paragraph(at, line)
    );
  }

  #triangle(at: number, line: string): number {
    this.#triangles++;
    const words = withoutTriangle(line);
    const inside = bracketed(words);
    const mark = inside ? markOf(inside.inner) : bareMark(words);
    if (!inside || !mark || mark.kind === 'voice') return this.#elements.put('action', words, at);
    return this.#elements.mark(at, mark.kind, markText(mark, inside));
  }

  #underHeading(): boolean {
    const elements = this.#assembly.scene?.elements;
    return elements !== undefined && elements.length === 1 && elements[0]!.kind === 'heading';
  }

  #cast(at: number, written: string): number {
    const { text, names: own, notes, to } = castLines(this.#assembly.source, at, written, this.#isHeading);
    const names = this.#elements.list(own, written);
    return this.#elements.put(
      'cast',
      text,
      at,
      to,
      notes === undefined ? { speakers: names } : { speakers: names, notes },
    );
  }

  /** A line with a colon: a field, dialogue, or undefined when the label is no person's. */
  #labelled(at: number, line: string, label: Label): number | undefined {
    const rest = line.slice(label.end).trim();
    const field = this.#speech.known.has(label.name) ? undefined : fieldKind(label.name);
    if (field === 'transition' && label.name.includes('切')) return this.#elements.mark(at, field, line);
    if (this.#isMarked(line, label.name)) return undefined;
    if (field !== undefined) return this.#field(at, line, field, isOfPanel(label.name) ? line : rest);
    if (/^(?:台词|对白|对话)$/.test(label.name)) {
      const inner = this.#speech.labelWithin(rest);
      const words = inner ? rest.slice(inner.end).trim() : '';
      const told = inner && !this.#speech.known.has(inner.name) ? fieldKind(inner.name) : undefined;
      // 台词：音效：雷声
      if (told !== undefined && words !== '') return this.#field(at, rest, told, words);
      if (inner && inner.name !== '') return this.#say(at, line, inner, words);
      if (NOTHING.test(rest)) return this.#elements.put('note', line, at);
      // words that nobody is named for are told, not given to somebody
      return rest === '' ? undefined : this.#elements.put('action', line, at, at, { unread: true });
    }
    const speaker = this.#speech.speaker(label, rest);
    if (speaker === undefined) return undefined;
    return rest === '' ? this.#under(at, speaker) : this.#say(at, line, speaker, rest);
  }

  /** 【字幕】下一集：相认, 【音效】苏晓：啪: the mark says what the line is, not the colon behind it. 【短信】苏晓：在吗 is hers. */
  #isMarked(line: string, name: string): boolean {
    const inside = SQUARE[line.charCodeAt(0)] === 1 ? bracketed(line) : undefined;
    const kind = inside && inside.rest !== '' ? markOf(inside.inner)?.kind : undefined;
    return kind === 'sound' || (kind === 'caption' && !(this.#speech.knows(name) && !SHOWN.test(inside!.inner)));
  }

  /** What somebody says on one line; the words of two people are told as unread, not given to the first. */
  #say(at: number, line: string, label: Label, said: string): number {
    return this.#speech.isOfTwo(label, said)
      ? this.#elements.put('action', line, at, at, { unread: true })
      : this.#elements.say(at, at, label, said);
  }

  #field(at: number, line: string, field: ElementKind, rest: string): number {
    if ((field === 'action' && rest === '') || NOTHING.test(rest)) return this.#elements.put('note', line, at);
    const whole = rest === '' || field === 'note' || field === 'shot' || field === 'flashback_start';
    return this.#elements.mark(at, field, whole ? line : rest);
  }

  /** ♪：雷声, ♪片尾曲起：《长夜》 */
  #sound(at: number, line: string): number {
    return this.#elements.put('sound', line.replace(/^[♪♫]+\s*[：:]?\s*|\s*[♪♫]+$/g, ''), at);
  }

  #bracket(at: number, line: string): number | undefined {
    const inside = bracketed(line);
    if (inside === undefined) {
      if (line.charAt(0) === '镜' || line.charAt(0) === '分') {
        if (SHOT_HEAD.test(line)) return this.#elements.put('shot', line, at);
      }
      const bare = bareMark(line);
      return bare && bare.kind !== 'voice' ? this.#elements.mark(at, bare.kind, bare.text) : undefined;
    }
    const mark = markOf(inside.inner);
    if (mark === undefined) return this.#inBrackets(at, line, inside);
    if (mark.kind === 'voice') return this.#elements.voice(at, voiceOf(mark.label!), [mark.text, inside.rest].join(''));
    return this.#elements.mark(at, mark.kind, markText(mark, inside));
  }

  /** 【OS】词, 【画面：…】, （钩子：…）, 【钩子】…, 【甲OS：词】, （甲OS：词）; any other bracket is stage business. */
  #inBrackets(at: number, line: string, { inner, rest }: { inner: string; rest: string }): number {
    if (rest === '' && CLIFF.test(inner)) return this.#elements.put('note', inner, at);
    const voice = voiceOf(inner);
    if ((voice === 'OS' || voice === 'VO') && rest !== '') return this.#elements.voice(at, voice, rest);
    const told = rest === '' ? fieldKind(inner) : kindBefore(inner);
    if (told === 'action' || (told !== undefined && (rest !== '' || told === 'sound')))
      return this.#field(at, told === 'sound' ? inner : line, told, rest.replace(/^[：:]\s*/, ''));
    if (rest !== '') {
      // 【OS 甲】词, （甲内心OS）词
      const unseen = this.#speech.labelWithin(`${inner}：`);
      if (unseen && this.#speech.isUnseen(unseen)) return this.#elements.say(at, at, unseen, rest);
    }
    const label = rest === '' ? this.#speech.labelWithin(inner) : undefined;
    const words = label ? inner.slice(label.end).trim() : '';
    const field = label && words !== '' && label.voice === undefined ? fieldKind(label.name) : undefined;
    if (field !== undefined) return this.#field(at, inner, field, words);
    // （内心OS：词）
    if (label?.name === '' && label.voice !== undefined && words !== '')
      return this.#elements.voice(at, label.voice, words);
    if (label && words !== '' && /^[【［[]/.test(line)) {
      if (this.#speech.knows(label.name) || label.voice !== undefined) return this.#elements.say(at, at, label, words);
    } else if (label && words !== '' && this.#speech.isUnseen(label)) return this.#elements.say(at, at, label, words);
    return this.#elements.put('action', rest === '' ? inner : line, at);
  }

  /** A name with nothing behind it: what is said stands below. */
  #under(at: number, label: Label): number | undefined {
    const below = this.#below.read(at, label);
    return below && this.#elements.say(at, below.to, below.label, below.words);
  }

  /** A name in brackets, what is said on the next line. */
  #framed(at: number, line: string): number | undefined {
    const label = this.#speech.framed(line);
    return label && this.#under(at, label);
  }

  /** A name alone, what is said on the next line. */
  #named(at: number, line: string): number | undefined {
    const marked = this.#assembly.source.lines[at]!.startsWith('**');
    const label = this.#speech.alone(line, marked, this.#below.speechBelow(at));
    return label && this.#under(at, label);
  }

  /** What no other rule reads is action; where actions are marked with △ throughout, an unmarked one is told as unread. */
  #paragraph(at: number, line: string): number {
    this.#plain++;
    const unread =
      !/[\p{L}\p{N}]/u.test(line.slice(0, 200)) ||
      this.#speech.isUntold(line) ||
      (this.#triangles > 20 && this.#plain * 10 < this.#triangles);
    return this.#elements.put('action', line, at, at, unread ? { unread: true } : undefined);
  }
}
