// Who speaks and what is said: labels with their brackets, voices without a name, names alone on a line.
import type { Extra } from '../../assembly.ts';
import type { Scene } from '../../schema.ts';
import type { Source } from '../../source.ts';
import { bracketed } from './bracket.ts';
import { bracketLabel, isDone, namesBeforeBrackets } from './bracket-cue.ts';
import { isWalkOn, labelsAbove, namesAlone, namesBeforeBlanks, spacedLabel } from './cue.ts';
import { endLine } from './episode.ts';
import { castOf, fieldKind } from './field.ts';
import { framedLabel, inlineLabel, namesAboveWords, namesFramed, voicedLabel } from './framed.ts';
import { type Label, labelOf, quotedLabel, speakable, speakersOf, swapped, voiceOf } from './label.ts';
import { mannered } from './manner.ts';
import { isRule } from './markdown.ts';
import { isGoneOn, mistypedLabel } from './mistyped.ts';
import { isAnothers, namesTold, type Told, toldLine } from './prose.ts';
import { isMarked } from './triangle.ts';

const QUOTED = /^[“"「『]/;
const NARRATED = /(?:完|后|时|地|得|起来|过来|过去|下来|出来|进来|一声|一下)$/;
const ALONE_LENGTH = 30;
/** Quoted words that are a sentence. */
const UNTOLD = /[“「][^“”「」]*[。！？!?…～，][”」]|"[^"]*[。！？!?…～，]"/;
/** In a script told like a novel a longer label is a sentence: 店小二殷勤地凑上来. */
const LONGEST_TOLD = 4;

/** The voice that speaks to who was born again or came from elsewhere; every script knows it. */
const SYSTEM = new Set('系统 系统音 系统声音 系统提示 系统提示音 系统语音 系统播报 系统广播'.split(' '));
/** 【系统】叮！恭喜宿主。 is heard; 【系统】面板弹出 is seen. */
const SYSTEM_SAYS = /^叮|^(?!.{0,4}(?:面板|界面|弹|浮现|显示)).*(?:宿主|[你您]|恭喜|检测|任务|奖励|绑定|[！!？?]$)/s;
/** Whom no cast line names one by one. */
const CROWD = /^(?:众人?|众人们|所有人|大家|全场|全体|群众)$/;
/** 甲的手机屏幕显示： is read, not heard. */
const SHOWN = /(?:显示|弹出|亮起|屏幕|界面|写着)$/;

/** What a line of dialogue says and how. */
export type Said = { readonly text: string; readonly extra: Extra; readonly speakers: readonly string[] };

export class Speech {
  /** People of cast lines and biographies. */
  readonly known = new Set<string>();
  readonly #heard = new Set<string>();
  readonly #alone: ReadonlySet<string>;
  readonly #beforeBlanks: ReadonlySet<string>;
  readonly #above: boolean;
  readonly #framed: ReadonlySet<string>;
  readonly #stacked: boolean;
  readonly #parens: ReadonlySet<string>;
  readonly #told: ReadonlySet<string>;
  /** Who spoke last, narrators and the system apart. */
  #last: { readonly scene: Scene; readonly speakers: string[] } | undefined;
  /** The same when the flashback under way began. */
  #before: { readonly scene: Scene; readonly speakers: string[] } | undefined;

  constructor(source: Source) {
    this.#alone = namesAlone(source);
    this.#beforeBlanks = namesBeforeBlanks(source);
    this.#above = labelsAbove(source);
    this.#framed = namesFramed(source);
    this.#stacked = namesAboveWords(source);
    this.#parens = namesBeforeBrackets(source);
    this.#told = namesTold(source);
  }

  /** Who speaks in a line and how: 甲（冷笑）：词, and 甲（冷笑） 词 or 【甲】词 in a script that is laid out so. */
  label(line: string): Label | undefined {
    return (
      this.#inline(line) ??
      this.labelWithin(line) ??
      (this.#beforeBlanks.size > 0 ? this.#spaced(line) : undefined) ??
      bracketLabel(line, this.#isKnown, this.#parens) ??
      mistypedLabel(line, this.#isKnown)
    );
  }

  /** The label of words that stand in brackets or behind 台词：, the manner taken off the name. */
  labelWithin(words: string): Label | undefined {
    const label = labelOf(words);
    return label && mannered(label, (name) => this.knows(name));
  }

  /** 【甲】：词 and 甲（VO）词 of people the script has named so far, 【系统】叮！; 【甲】词 without a colon only where no name stands above its words. */
  #inline(line: string): Label | undefined {
    const voiced = voicedLabel(line);
    if (voiced && this.knows(voiced.name)) return voiced;
    const inline = inlineLabel(line);
    if (inline && SYSTEM.has(inline.label.name) && SYSTEM_SAYS.test(line.slice(inline.label.end))) return inline.label;
    if (inline === undefined || !(inline.colon || (this.#framed.size > 0 && !this.#stacked))) return undefined;
    const { name, end } = inline.label;
    const isPerson = this.knows(name) || this.#framed.has(name) || (isWalkOn(name) && !isDone(line.slice(end)));
    return isPerson ? inline.label : undefined;
  }

  /** （甲OS：词）: the voice of somebody the script has named so far; any other label in round brackets is stage business. */
  isUnseen({ name, voice }: Label): boolean {
    return (voice === 'OS' || voice === 'VO') && this.knows(name);
  }

  #spaced(line: string): Label | undefined {
    const label = spacedLabel(line);
    return label && (this.knows(label.name) || this.#beforeBlanks.has(label.name)) ? label : undefined;
  }

  readonly #isKnown = (name: string) => this.knows(name);

  knows(name: string): boolean {
    return this.known.has(name) || this.#heard.has(name) || this.#told.has(name) || SYSTEM.has(name);
  }

  /** Who says the quoted words of a line told like a novel: 甲头也不抬，淡淡道：“词。” */
  told(line: string): Told | undefined {
    return toldLine(line, (name) => this.knows(name), this.#told.size > 0);
  }

  /** Whether the voice is that of the system. */
  isSystem(name: string): boolean {
    return SYSTEM.has(name);
  }

  /** A flashback begins. */
  goBack(): void {
    this.#before = this.#last;
  }

  /** It ends: a voice without a name is again that of who spoke before it began. */
  comeBack(): void {
    this.#last = this.#before;
  }

  /** Remembers a speaker; true when it is the first time and no cast line or biography names this person, who is no crowd, though some exist. */
  hear(speaker: string): boolean {
    if (this.#heard.has(speaker)) return false;
    this.#heard.add(speaker);
    if (CROWD.test(speaker) || (speaker.endsWith('们') && this.known.has(speaker.slice(0, -1)))) return false;
    return !this.known.has(speaker) && !this.isSystem(speaker) && voiceOf(speaker) === undefined && this.known.size > 0;
  }

  /** The label with the name where it belongs, when it is a speaker's; undefined for 墙上写着： and the like. */
  speaker(label: Label, rest: string): Label | undefined {
    const turned = swapped(label, (name) => this.knows(name));
    if (this.#speaks(turned)) return turned;
    const knows = (name: string) => this.knows(name);
    const quoted = QUOTED.test(rest) ? quotedLabel(label, knows) : undefined;
    return quoted && isAnothers(label.name.slice(quoted.name.length), knows) ? undefined : quoted;
  }

  #speaks(label: Label): boolean {
    const { name } = label;
    if (name === '') return label.voice !== undefined;
    if (this.knows(name) || label.voice !== undefined) return true;
    if (voiceOf(name) !== undefined) return !SHOWN.test(name);
    if (this.#isNarrated(name) || (this.#told.size > 0 && name.length > LONGEST_TOLD)) return false;
    const speakers = speakersOf(name, (one) => this.knows(one));
    return speakers.length > 1 ? speakers.every((one) => this.knows(one) || speakable(one)) : speakable(name);
  }

  /** 甲说完： tells of 甲. */
  #isNarrated(name: string): boolean {
    if (!NARRATED.test(name) || /[皇太王母]后$/.test(name)) return false;
    for (let length = name.length - 1; length > 0; length--) if (this.knows(name.slice(0, length))) return true;
    return false;
  }

  /** Words that can be somebody's speech: no mark, no field, no other label. */
  isSpeech(line: string): boolean {
    if (line === '' || isMarked(line) || isRule(line) || endLine(line) || castOf(line) !== undefined) return false;
    const label = this.label(line);
    if (label === undefined || (label.name === '' && label.voice === undefined)) return true;
    return fieldKind(label.name) === undefined && !this.#speaks(label);
  }

  /** The label of a name that stands alone on its line, when it is a speaker's and not two words of action. */
  alone(line: string, marked: boolean, next: string): Label | undefined {
    if (line.length > ALONE_LENGTH) return undefined;
    const label = labelOf(`${line}：`);
    if (label === undefined || label.name === '' || !this.isSpeech(next)) return undefined;
    if (this.knows(label.name) || this.#alone.has(label.name)) return label;
    const likely = marked || label.voice !== undefined || QUOTED.test(next);
    return likely && speakable(label.name) && label.name.length <= 6 ? label : undefined;
  }

  /** The label of a name in brackets above words, in a script that is laid out so. */
  framed(line: string): Label | undefined {
    const label = this.#framed.size > 0 ? framedLabel(line) : undefined;
    return label && (this.knows(label.name) || this.#framed.has(label.name)) ? label : undefined;
  }

  /** Whether this script shows who speaks by names alone on their lines, so that a speech below goes on to the next empty line. */
  get namesStandAlone(): boolean {
    return this.#alone.size > 0 || this.#above;
  }

  /** Words quoted in a script told like a novel, which nobody could be found for. */
  isUntold(line: string): boolean {
    return this.#told.size > 0 && UNTOLD.test(line.slice(0, 1000));
  }

  /** Whether the words of a line are of somebody else as well. */
  isOfTwo({ name }: Label, said: string): boolean {
    return name !== '' && isGoneOn(said, (one) => one !== name && this.knows(one));
  }

  /** Splits leading brackets off what is said: 甲：（冷笑）词, 甲：（冷笑）：词. */
  says(label: Label, written: string, scene: Scene | undefined): Said {
    let text = written;
    let { voice, paren } = label;
    for (let lead = bracketed(text); lead && /^[（(【[]/.test(text) && lead.rest !== ''; lead = bracketed(text)) {
      const inner = voiceOf(lead.inner);
      if (inner !== undefined) voice ??= inner;
      if (inner === undefined || inner === 'PHONE') paren = paren === '' ? lead.inner : `${paren}；${lead.inner}`;
      text = lead.rest.replace(/^[：:]\s*/, '');
    }
    const speakers = this.#speakers(label, scene);
    if (voice === undefined && speakers.length === 1) {
      const own = voiceOf(speakers[0]!);
      voice = own === 'PHONE' ? 'ON' : own;
    }
    const isSystem = speakers.every((one) => this.isSystem(one));
    if (voice !== 'VO' && !isSystem && scene !== undefined) this.#last = { scene, speakers };
    const extra: Extra = { speakers, voice: voice ?? 'ON' };
    return { text, speakers, extra: paren === '' ? extra : { ...extra, paren } };
  }

  /** OS：… and 内心：… belong to whoever spoke last in the scene, or to the only one present. */
  #speakers(label: Label, scene: Scene | undefined): string[] {
    if (label.name !== '') return speakersOf(label.name, (one) => this.knows(one));
    if (label.voice === 'VO' || scene === undefined) return ['旁白'];
    if (this.#last?.scene === scene) return this.#last.speakers;
    return scene.cast.length === 1 ? [scene.cast[0]!] : ['旁白'];
  }
}
