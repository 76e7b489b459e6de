// Which things a script keeps coming back to: nouns of the prop dictionary with their modifiers, counted, quoted or recurring.
import type { Document, Element } from '../../script/schema.ts';
import { simplified } from '../forms/normal.ts';
import { byText } from '../forms/order.ts';
import { thingMeasures } from '../vocabulary/measure-words.ts';
import { noModifier, notProps, propHeads, wholeProps } from '../vocabulary/prop-nouns.ts';
import { elementsOf } from './elements.ts';
import { englishThings } from './english-things.ts';
import { FormFinder } from './form-finder.ts';

interface Seen {
  count: number;
  /** Occurrences with a word boundary on the left, and in action lines. */
  bounded: number;
  measured: number;
  acted: number;
  readonly rights: Set<string>;
}

const longestModifier = 4;
const han = /\p{Script=Han}/u;
const measures = new Set(thingMeasures.split(''));
const whole = new Set(wholeProps);
const counting = /[一两二三四五六七八九十百千万几半数这那某每整]/;
/** 一盏, 万盏, 第一盏: a number and a measure word, not 九曲灯. */
const numeral = new RegExp(`^(?:最后|第)?[一两二三四五六七八九十百千万几半数多]+[${thingMeasures}]`);

/** Forms of props over the whole document, sorted. `people` and the document's places are not things. */
export function recurringProps(document: Document, people: readonly string[]): string[] {
  if (document.language === 'en') return englishThings(document);
  const places = document.episodes.flatMap(({ scenes }) => scenes.map(({ location }) => location));
  const blocked = new FormFinder([...people, ...places]);
  const seen = new Map<string, Seen>();
  const quoted = new Map<string, number>();
  const texts = elementsOf(document).filter(({ kind }) => ['action', 'dialogue', 'caption', 'shot'].includes(kind));
  for (const element of texts) countProps(element, blocked, seen, quoted);
  const forms = keptForms(seen);
  for (const [form, times] of quoted)
    if (times > 1 && occursIn(texts, form) > times - 1 && !people.includes(form)) forms.add(form);
  return [...forms].sort(byText);
}

function countProps(element: Element, blocked: FormFinder, seen: Map<string, Seen>, quoted: Map<string, number>): void {
  const text = simplified(element.text);
  const taken = blocked.all(text);
  const isFree = (start: number, end: number): boolean => !taken.some((span) => span.start < end && start < span.end);
  for (let at = 0; at < text.length; at += 1) {
    const head = headAt(text, at);
    if (!head || !isFree(at, at + head.length)) continue;
    const end = at + head.length;
    for (let start = at; start >= Math.max(0, at - longestModifier) && isFree(start, end); start -= 1) {
      if (start < at && !canModify(text, start)) break;
      note(seen, text, start, end, element.kind === 'action' || element.kind === 'shot');
    }
    if (whole.has(head)) at = end - 1;
  }
  for (const [, name] of text.matchAll(/[“"「『](\p{Script=Han}{2,4})[”"」』]/gu))
    quoted.set(name!, (quoted.get(name!) ?? 0) + 1);
}

const byHead = new FormFinder([...wholeProps, ...propHeads]);
const oneCharacterHeads = new Set(propHeads.filter((head) => head.length === 1));

/** The longest dictionary noun at a place that does not run on into a longer word of the dictionary. */
function headAt(text: string, at: number): string | undefined {
  const long = byHead.at(text, at);
  if (long) return long;
  const one = text[at]!;
  return oneCharacterHeads.has(one) ? one : undefined;
}

/** A measure word ends a modifier only where something is counted: 一面铜镜, but 鬼面铜钱. */
function canModify(text: string, at: number): boolean {
  const character = text[at] ?? '';
  if (!han.test(character) || noModifier.has(character)) return false;
  return !(measures.has(character) && counting.test(text[at - 1] ?? ''));
}

function note(seen: Map<string, Seen>, text: string, start: number, end: number, acted: boolean): void {
  const form = text.slice(start, end);
  const facts = seen.get(form) ?? { count: 0, bounded: 0, measured: 0, acted: 0, rights: new Set<string>() };
  const before = text[start - 1] ?? '';
  facts.count += 1;
  if (!before || !canModify(text, start - 1)) facts.bounded += 1;
  if (measures.has(before) && counting.test(text[start - 2] ?? '')) facts.measured += 1;
  if (acted) facts.acted += 1;
  facts.rights.add(text[end] ?? '');
  seen.set(form, facts);
}

function isProp(form: string, { count, bounded, measured, acted, rights }: Seen): boolean {
  if (form.length < 2 || notProps.has(form) || notProps.has(form.slice(-2)) || numeral.test(form)) return false;
  if (bounded * 2 < count) return false;
  const runsOn = rights.size === 1 && count > 1 && han.test([...rights][0] ?? '');
  if (runsOn) return false;
  if (whole.has(form)) return count > 1 || acted > 0;
  return count > 1 ? bounded > 1 || measured > 0 : measured > 0 && form.length > 2;
}

/** Longest first, so that a part is judged by where it stands alone: 玉簪 outside 凤纹玉簪, never 命锁 inside 长命锁. */
function keptForms(seen: ReadonlyMap<string, Seen>): Set<string> {
  const kept = new Set<string>();
  const inside = new Map<string, number>();
  const longestFirst = [...seen].sort(([a], [b]) => b.length - a.length || byText(a, b));
  for (const [form, facts] of longestFirst) {
    const alone = facts.count - (inside.get(form) ?? 0);
    if (alone <= 0 || !isProp(form, { ...facts, count: alone })) continue;
    kept.add(form);
    for (let start = 1; start < form.length - 1; start += 1)
      inside.set(form.slice(start), (inside.get(form.slice(start)) ?? 0) + alone);
  }
  return kept;
}

function occursIn(texts: readonly Element[], form: string): number {
  return texts.filter(({ text }) => simplified(text).includes(form)).length;
}
