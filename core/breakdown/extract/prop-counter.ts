// Counts nouns of the prop dictionary with every modifier they stand with, and judges which of those forms are props.

import { simplified } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import { thingMeasures } from '../vocabulary/measure-words.ts';
import { noModifier, notProps, propHeads, wholeProps } from '../vocabulary/prop-nouns.ts';
import { FormFinder } from './form-finder.ts';

interface Seen {
  count: number;
  /** Occurrences with a word boundary on the left, behind a measure word, in action lines. */
  bounded: number;
  measured: number;
  /** Occurrences behind 的: 头上的凤纹玉簪. */
  owned: number;
  acted: number;
  readonly rights: Set<string>;
  /** Ends in a word that is a prop by itself. */
  readonly whole: boolean;
}

const longestModifier = 4;
const han = /\p{Script=Han}/u;
const measures = new Set(thingMeasures.split(''));
const whole = new Set(wholeProps);
const counting = /[一两二三四五六七八九十百千万几半数这那某每整]/;
/** 一盏, 万盏, 第一盏: a number and a measure word, not 九曲灯. */
const numeral = new RegExp(
  `^(?:最后|第)?[一两二三四五六七八九十百千万几半数多]+[${thingMeasures}圈缕丝团堆滴点阵群排层行片截根股道盘席场次回]`,
);
const byHead = new FormFinder([...wholeProps, ...propHeads]);
const oneCharacterHeads = new Set(propHeads.filter((head) => head.length === 1));

export class PropCounter {
  readonly #blocked: FormFinder;
  readonly #seen = new Map<string, Seen>();

  /** `blocked`: names of people and places, in which no prop is seen. */
  constructor(blocked: FormFinder) {
    this.#blocked = blocked;
  }

  /** Counts a line's nouns. `acted`: the line shows rather than says. */
  read(line: string, acted: boolean): void {
    const text = simplified(line);
    const taken = this.#blocked.all(text);
    const isFree = (start: number, end: number): boolean => !taken.some((span) => span.start < end && start < span.end);
    for (let at = 0; at < text.length; at += 1) {
      const head = byHead.at(text, at) ?? (oneCharacterHeads.has(text[at]!) ? text[at] : undefined);
      if (!head || !isFree(at, at + head.length)) continue;
      const end = at + head.length;
      const next = wordAfter(text, at, end);
      // 蓝布包袱 is no 布包, what is 镜子般 is no mirror, 香槟色 a colour and 灯红酒绿 a night
      if (next < end || /^(?:[般色]|绿)/.test(text.slice(end))) continue;
      if (next === end && whole.has(head)) {
        // 珍珠耳环: what it is made of
        at = end - 1;
        continue;
      }
      for (let start = at; start >= Math.max(0, at - longestModifier) && isFree(start, end); start -= 1) {
        if (start < at && !canModify(text, start)) break;
        this.#note(text, start, end, acted, whole.has(head));
      }
      if (whole.has(head)) at = end - 1;
    }
  }

  /** Forms that are props. Longest first, so that a part is judged by where it stands alone: 玉簪 outside 凤纹玉簪, never 命锁 in 长命锁. */
  props(): string[] {
    const kept: string[] = [];
    const inside = new Map<string, number>();
    const longestFirst = [...this.#seen].sort(([a], [b]) => b.length - a.length || byText(a, b));
    for (const [form, facts] of longestFirst) {
      const alone = facts.count - (inside.get(form) ?? 0);
      if (alone <= 0 || !isProp(form, { ...facts, count: alone })) continue;
      kept.push(form);
      for (let start = 1; start < form.length - 1; start += 1)
        inside.set(form.slice(start), (inside.get(form.slice(start)) ?? 0) + alone);
    }
    return kept;
  }

  #note(text: string, start: number, end: number, acted: boolean, isWhole: boolean): void {
    const form = text.slice(start, end);
    const facts = this.#seen.get(form) ?? newSeen(isWhole);
    const before = text[start - 1] ?? '';
    facts.count += 1;
    if (!before || !canModify(text, start - 1)) facts.bounded += 1;
    if (measures.has(before) && counting.test(text[start - 2] ?? '')) facts.measured += 1;
    if (before === '的' && acted) facts.owned += 1;
    if (acted) facts.acted += 1;
    facts.rights.add(text[end] ?? '');
    this.#seen.set(form, facts);
  }
}

/** Where a word of the dictionary begins that goes on behind [at, end): inside it or right behind; Infinity where none does. */
function wordAfter(text: string, at: number, end: number): number {
  for (let start = at + 1; start <= end; start += 1) {
    const word = byHead.at(text, start);
    if (word && whole.has(word) && start + word.length > end) return start;
  }
  return Number.POSITIVE_INFINITY;
}

function newSeen(isWhole: boolean): Seen {
  return { count: 0, bounded: 0, measured: 0, owned: 0, acted: 0, rights: new Set(), whole: isWhole };
}

/** A measure word ends a modifier only where something is counted: 一面铜镜, but 鬼面铜钱. */
function canModify(text: string, at: number): boolean {
  const character = text[at] ?? '';
  if (!han.test(character) || noModifier.has(character)) return false;
  return !(measures.has(character) && counting.test(text[at - 1] ?? ''));
}

function isProp(form: string, facts: Seen): boolean {
  const { count, bounded, measured, acted, rights } = facts;
  if (form.length < 2 || notProps.has(form) || notProps.has(form.slice(-2)) || numeral.test(form)) return false;
  if (!whole.has(form) && bounded * 2 < count) return false;
  const runsOn = rights.size === 1 && count > 1 && han.test([...rights][0] ?? '');
  if (runsOn) return false;
  // A word for one thing only (离婚协议, 长命锁) is a prop wherever it stands; a short one where it is shown or comes again.
  if (whole.has(form)) return count > 1 || acted > 0 || form.length > 2;
  if (count > 1) return bounded > 1 || measured > 0;
  if (form.length === 2) return measured > 0 && acted > 0;
  return measured > 0 || (facts.whole && facts.owned > 0);
}
