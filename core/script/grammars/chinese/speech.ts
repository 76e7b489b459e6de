// Who speaks and what is said: labels with their brackets, voices without a name, names alone on a line.
import type { Extra } from '../../assembly.ts';
import type { Scene } from '../../schema.ts';
import type { Source } from '../../source.ts';
import { fixedLine } from '../screenplay/line.ts';
import { bracketed } from './bracket.ts';
import { endLine } from './episode.ts';
import { castOf, fieldKind } from './field.ts';
import { type Label, labelOf, quotedLabel, speakable, speakersOf, swapped, voiceOf } from './label.ts';
import { isRule, unmarked } from './markdown.ts';

const QUOTED = /^[“"「『]/;
const MARKED = /^[△▲▴▵Δ※■◆●▽▼◇□▶►【#]/;
const NARRATED = /(?:完|后|时|地|得|起来|过来|过去|下来|出来|进来|一声|一下)$/;
const ALONE_LENGTH = 30;

/** What a line of dialogue says and how. */
export type Said = { readonly text: string; readonly extra: Extra; readonly speakers: readonly string[] };

export class Speech {
  /** People of cast lines and biographies. */
  readonly known = new Set<string>();
  readonly #heard = new Set<string>();
  readonly #alone: ReadonlySet<string>;
  /** Who spoke last, narrators apart. */
  #last: { readonly scene: Scene; readonly speakers: string[] } | undefined;

  constructor(source: Source) {
    this.#alone = namesAlone(source);
  }

  knows(name: string): boolean {
    return this.known.has(name) || this.#heard.has(name);
  }

  /** Remembers a speaker; true when it is the first time and no cast line or biography names this person though some exist. */
  hear(speaker: string): boolean {
    if (this.#heard.has(speaker)) return false;
    this.#heard.add(speaker);
    return !this.known.has(speaker) && voiceOf(speaker) === undefined && this.known.size > 0;
  }

  /** The label with the name where it belongs, when it is a speaker's; undefined for 墙上写着： and the like. */
  speaker(label: Label, rest: string): Label | undefined {
    const turned = swapped(label, (name) => this.knows(name));
    if (this.#speaks(turned)) return turned;
    return QUOTED.test(rest) ? quotedLabel(label, (name) => this.knows(name)) : undefined;
  }

  #speaks(label: Label): boolean {
    const { name } = label;
    if (name === '') return label.voice !== undefined;
    if (this.knows(name) || voiceOf(name) !== undefined || label.voice !== undefined) return true;
    if (this.#isNarrated(name)) return false;
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
    if (line === '' || MARKED.test(line) || isRule(line) || endLine(line) || castOf(line) !== undefined) return false;
    const label = labelOf(line);
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

  /** Whether this script shows who speaks by names alone on their lines. */
  get namesStandAlone(): boolean {
    return this.#alone.size > 0;
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
    if (voice !== 'VO' && scene !== undefined) this.#last = { scene, speakers };
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

/** SARAH (O.S.): a cue as English screenplays write it. */
const CAPITALS = /^(?=.*[A-Z]{2})[A-Z][A-Z0-9 .'’#-]{1,29}(?:\s*\([^()]{1,30}\))*$/;
const SHORT = /^[一-龥·]{2,6}(?:\s*[（(][^()（）]{1,30}[）)])*$/;
const ENGLISH_SLUG = /^(?:INT|EXT|I\/E)[./ ]/;
const ALONE = /^[一-龥·A-Za-z0-9]{1,8}(?:\s*[（(【][^）)】]{1,20}[）)】])?$/;
const NO_NAME = /^(?:[0-9]+|[一二三四五六七八九十]+|沉默|停顿|良久|片刻|黑屏|静|.*[着了])$/;

/**
 * Names that stand alone on a line before words: those that are labels elsewhere (甲：词), and, where that is no rare thing beside
 * labels, those that stand so at least twice. Where the script has English slug lines, cues in capitals too.
 */
function namesAlone(source: Source): Set<string> {
  const { lines } = source;
  const counts = new Map<string, number>();
  const labels = new Set<string>();
  let labelled = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const colon = line.slice(0, ALONE_LENGTH).search(/[：:]/);
    if (colon > 0) {
      labelled++;
      if (colon <= 12) labels.add(nameOf(line.slice(0, colon)));
    } else if (line.length <= ALONE_LENGTH && standsAlone(line, lines[at + 1] ?? '')) {
      const name = nameOf(unmarked(line));
      if (!NO_NAME.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const often = [...counts].filter(([, times]) => times > 1).reduce((sum, [, times]) => sum + times, 0);
  const usual = often * 2 > labelled;
  const alone = [...counts].filter(([name, times]) => labels.has(name) || (usual && times > 1)).map(([name]) => name);
  return new Set([...alone, ...englishCues(source)]);
}

/** Names between an empty line and words, in a script that is laid out so: some of them are in capitals. */
function englishCues({ lines, numbers }: Source): string[] {
  if (!lines.some((line) => line.length < 200 && ENGLISH_SLUG.test(line))) return [];
  const cues = lines.filter((line, at) => {
    if (line.length > 60 || !(CAPITALS.test(line) || SHORT.test(line))) return false;
    if (ENGLISH_SLUG.test(line) || fixedLine(line) || NO_NAME.test(line)) return false;
    return numbers[at] !== (numbers[at - 1] ?? -1) + 1 && numbers[at + 1] === numbers[at]! + 1;
  });
  return cues.some((line) => CAPITALS.test(line)) ? cues.map(nameOf) : [];
}

const standsAlone = (line: string, next: string) =>
  ALONE.test(unmarked(line)) && !MARKED.test(next) && (/[。！？!?…～~”」]$/.test(next) || /^[（(]/.test(next));

const nameOf = (line: string) => line.replace(/\s*[（(【].*$/, '');
