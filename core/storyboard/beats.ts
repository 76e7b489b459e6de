// A scene cut into beats: the smallest pieces that can be a shot of their own, in the script's order.
import type { Element, Scene } from '../script/schema.ts';
import type { Found, Lookup, Person, Thing } from './cast.ts';
import { type Mood, moodOf } from './mood.ts';
import { acted, clauses, fitting, pace, sentences, spoken } from './timing.ts';

/** One dialogue element, or the part of one that fits a shot. */
export type Part = { readonly element: Element; readonly part: number; readonly parts: number; readonly text: string };

export type Beat = {
  readonly kind: 'line' | 'action' | 'caption';
  /** Elements shown that are not spoken, in order. */
  readonly shown: readonly Element[];
  readonly spoken: readonly Part[];
  /** What is seen, in the script's words; '' for a bare line. */
  readonly action: string;
  readonly people: readonly Found<Person>[];
  readonly props: readonly Found<Thing>[];
  readonly mood: Mood;
  /** A camera line of the script: its words ask for a framing. */
  readonly camera: string;
};

const beside = new Set<Element['kind']>(['caption', 'sound', 'transition', 'flashback_start', 'flashback_end']);
const said = new Set<Element['kind']>(['dialogue', 'lyric']);
const seen = new Set<Element['kind']>(['action', 'shot']);

/** Whether an element must be heard: in exactly one shot. */
export const isSpoken = (element: Element): boolean => said.has(element.kind);
/** Whether an element must be seen: in at least one shot. */
export const isSeen = (element: Element): boolean => seen.has(element.kind);
/** Whether an element goes with a picture: a caption, a sound, a transition, the edges of a flashback. */
export const isBeside = (element: Element): boolean => beside.has(element.kind);
/** Whether an element is filmed at all; headings, cast lines, notes and end marks are not. */
export const isFilmed = (element: Element): boolean => isSpoken(element) || isSeen(element) || isBeside(element);

/** The longest a joined exchange may last, seconds; beyond it each line has its own shot. */
const EXCHANGE = 4.2;
/** A line shorter than this may share a two-shot with its answer, seconds. */
const SHORT_LINE = 1.7;
/** An action of more characters than this is prose, not a stage direction. */
const LONG_PROSE = 1500;
/** An action longer than this is seen in several shots, seconds. */
const LONG_ACTION = 4.6;
/** A shot quotes this many characters of what it shows; the rest stands in the script it cites. A row holds 400 KB. */
const QUOTED = 2000;

/** Words as a shot quotes them. */
export const quotable = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

/** Marks behind the last picture of a scene: they lead into the next scene. */
export function trailingMarks(scene: Scene): Element[] {
  const last = scene.elements.findLastIndex((element) => isSpoken(element) || isSeen(element));
  return scene.elements.slice(last + 1).filter(isBeside);
}

/** Beats of a scene, in order; every filmed element is in at least one, every spoken one (or part) in exactly one. */
export function beatsOf(scene: Scene, library: Lookup): Beat[] {
  const beats: Beat[] = [];
  let waiting: Element[] = [];
  for (const element of scene.elements) {
    if (!isFilmed(element)) continue;
    if (isBeside(element)) {
      waiting.push(element);
      continue;
    }
    const fresh = isSpoken(element) ? lineBeats(element) : actionBeats(element, scene, library, beats.length === 0);
    for (const beat of fresh) {
      beats.push(waiting.length === 0 ? beat : { ...beat, shown: [...waiting, ...beat.shown] });
      waiting = [];
    }
  }
  return exchanges(trailing(beats, waiting));
}

/** Marks after the last picture go with it; a scene of marks alone is a caption. */
function trailing(beats: Beat[], waiting: readonly Element[]): Beat[] {
  if (waiting.length === 0) return beats;
  const last = beats.pop();
  if (last !== undefined) return [...beats, { ...last, shown: [...last.shown, ...waiting] }];
  return [{ ...still, kind: 'caption', shown: [...waiting] }];
}

const still = { spoken: [], action: '', people: [], props: [], camera: '', mood: { word: 'calm', level: 0 } } as const;

/** Lines are cut to shots of this many seconds: most video models make ten at a time, and a cut there keeps a long speech alive. */
const SPEECH = 10;

function lineBeats(element: Element): Beat[] {
  const parts = fitting(element.text, SPEECH);
  return parts.map((text, i) => ({
    ...still,
    kind: 'line',
    shown: [],
    spoken: [{ element, part: i + 1, parts: parts.length, text }],
    mood: moodOf(element.paren ?? '', text),
  }));
}

function actionBeats(element: Element, scene: Scene, library: Lookup, opening: boolean): Beat[] {
  const read = (words: string): Beat => toldBy(quotable(words));
  const toldBy = (action: string): Beat => ({
    ...still,
    kind: 'action',
    shown: [element],
    action: action.trim(),
    people: library.peopleIn(action, scene.id),
    props: library.propsIn(action),
    mood: moodOf('', action),
    camera: element.kind === 'shot' ? element.text : '',
  });
  const parts = element.kind === 'shot' ? [element.text] : pictures(element.text, opening, read);
  return parts.map(read);
}

/** An action cut where a new picture begins: the view of the place, a detail, or simply enough for one shot. */
function pictures(text: string, opening: boolean, read: (action: string) => Beat): string[] {
  if (text.length > LONG_PROSE) return prose(text);
  const out: string[] = [];
  for (const [i, sentence] of sentences(text).entries()) {
    const last = out.at(-1);
    const view = opening && i === 1 && out.length === 1 && isView(read(last ?? ''));
    if (last !== undefined && !view && acted(last + sentence) <= LONG_ACTION) out[out.length - 1] = last + sentence;
    else if (acted(sentence) <= LONG_ACTION) out.push(sentence);
    else out.push(...halves(sentence, read));
  }
  return out.filter((part) => part.trim() !== '').length === 0 ? [text] : out;
}

/** Prose without end (a novel pasted as one action) becomes at most forty pictures, whole sentences each where it has any. */
function prose(text: string): string[] {
  const room = Math.ceil(text.length / 40);
  const out: string[] = [];
  for (const sentence of sentences(text)) {
    const last = out.at(-1);
    if (last !== undefined && last.length + sentence.length <= room) out[out.length - 1] = last + sentence;
    else out.push(sentence);
  }
  return out.length <= 80 ? out : [text];
}

const isView = (beat: Beat): boolean => beat.people.length === 0 && beat.action.length >= 3;

/** A long sentence cut at a clause: before a detail seen alone if there is one, else near the middle. */
function halves(sentence: string, read: (action: string) => Beat): string[] {
  const parts = clauses(sentence);
  const upTo = [0];
  for (const part of parts) upTo.push(upTo.at(-1)! + pace(part));
  const whole = upTo.at(-1)!;
  const long = (seconds: number) => seconds >= 0.6;
  const cuts = parts.map((_, i) => i).filter((i) => long(upTo[i]!) && long(whole - upTo[i]!));
  if (cuts.length === 0) return [sentence];
  const off = (i: number) => Math.abs(whole - 2 * upTo[i]!);
  const at = detailAt(parts, cuts, read) ?? cuts.reduce((a, b) => (off(b) < off(a) ? b : a));
  const cut = [parts.slice(0, at).join(''), parts.slice(at).join('')];
  return cut.flatMap((half) => (acted(half) > LONG_ACTION ? halves(half, read) : [half]));
}

/** The first cut behind which things are seen but nobody is named. */
function detailAt(
  parts: readonly string[],
  cuts: readonly number[],
  read: (action: string) => Beat,
): number | undefined {
  const beats = parts.map(read);
  const lastPerson = beats.findLastIndex((beat) => beat.people.length > 0);
  const lastProp = beats.findLastIndex((beat) => beat.props.length > 0);
  return cuts.find((i) => i > lastPerson && i <= lastProp);
}

/** Quick lines of different people joined into one two-shot, so that no shot is a blink. */
function exchanges(beats: readonly Beat[]): Beat[] {
  const out: Beat[] = [];
  for (const beat of beats) {
    const last = out.at(-1);
    if (last !== undefined && joins(last, beat))
      out[out.length - 1] = { ...last, spoken: [...last.spoken, ...beat.spoken] };
    else out.push(beat);
  }
  return out;
}

function joins(a: Beat, b: Beat): boolean {
  if (a.kind !== 'line' || b.kind !== 'line' || b.shown.length > 0 || a.spoken.length > 2) return false;
  const all = [...a.spoken, ...b.spoken];
  const quick = all.every((part) => part.parts === 1 && spoken([part]) < SHORT_LINE && onCamera(part.element));
  const who = (part: Part | undefined) => part?.element.speakers?.join() ?? '';
  return (
    quick &&
    a.mood.level < 3 &&
    b.mood.level < 3 &&
    who(a.spoken.at(-1)) !== who(b.spoken[0]) &&
    spoken(all) <= EXCHANGE
  );
}

/** Whether a line is said on camera. */
export const onCamera = (element: Element): boolean => (element.voice ?? 'ON') === 'ON' && element.kind === 'dialogue';
