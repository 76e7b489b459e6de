// A scene cut into beats: the smallest pieces that can be a shot of their own, in the script's order.
import type { Element, Scene } from '../script/schema.ts';
import type { Beat, Part } from './beats/beat.ts';
import { actionBeat, lineBeat, partsOf, picturesOf, still } from './beats/element.ts';
import type { Lookup } from './cast.ts';
import { intercut, pictureOf } from './cuts.ts';
import { spoken } from './timing.ts';

const beside = new Set<Element['kind']>(['caption', 'sound', 'transition', 'flashback_start', 'flashback_end']);
const said = new Set<Element['kind']>(['dialogue', 'lyric']);
const seen = new Set<Element['kind']>(['action', 'shot']);

/** Whether an element must be heard: in exactly one shot. */
export const isSpoken = (element: Element): boolean => said.has(element.kind);
/** Whether an element must be seen: in at least one shot. */
export const isSeen = (element: Element): boolean => seen.has(element.kind);
/** A camera line that only says how what follows is cut: INTERCUT - OFFICE / HALL. */
const cutting = /^(?:(?:END (?:OF )?|BEGIN )?(?:INTERCUT|MONTAGE|SERIES OF SHOTS)\b|BACK TO SCENE)/;
/** Whether an element goes with a picture: a caption, a sound, a transition, the edges of a flashback that tell none, how pictures are cut. */
export const isBeside = (element: Element): boolean =>
  (beside.has(element.kind) && pictureOf(element) === '') || (element.kind === 'shot' && cutting.test(element.text));
/** Whether an element is filmed at all; headings, cast lines, notes and end marks are not. */
export const isFilmed = (element: Element): boolean =>
  isSpoken(element) || isSeen(element) || isBeside(element) || pictureOf(element) !== '';

/** The longest a joined exchange may last, seconds; beyond it each line has its own shot. */
const EXCHANGE = 4.2;
/** A line shorter than this may share a two-shot with its answer, seconds. */
const SHORT_LINE = 1.7;

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
    const last = beats.at(-1);
    if (element.kind === 'caption' && waiting.length === 0 && last && isOfWriting(last)) {
      beats[beats.length - 1] = { ...last, shown: [...last.shown, element] };
      continue;
    }
    if (isBeside(element)) {
      waiting.push(element);
      continue;
    }
    for (const beat of pieces(element, scene, library, beats.length === 0)) {
      beats.push(waiting.length === 0 ? beat : { ...beat, shown: [...waiting, ...beat.shown] });
      waiting = [];
    }
  }
  const all = trailing(beats, waiting);
  return apartFrom(scene, all) < all.length ? all : exchanges(all);
}

/** An insert of what is written on; the caption behind it is read there: INSERT - PHONE SCREEN. */
const written =
  /^(?:INSERT|CLOSE|ANGLE|ON)\b.*\b(?:PHONE|SCREEN|LETTER|NOTE|MESSAGE|TEXT|LAPTOP|COMPUTER|TABLET|CARD|DOCUMENT|CONTRACT|REPORT|HEADLINE|NEWSPAPER)\b|特写.*(?:手机|屏幕|信|纸条|字条|短信|合同|报告|文件|名片|请柬)/i;
const isOfWriting = ({ camera }: Beat): boolean => written.test(camera);

/** From which beat on people are seen in two places in turn, as on a phone, so that they share no frame; beyond the last where never. */
export function apartFrom(scene: Scene, beats: readonly Beat[]): number {
  if (intercut.test(`${scene.heading}\n${scene.location}`)) return 0;
  const at = beats.findIndex(({ shown }) => shown.some((mark) => isBeside(mark) && intercut.test(mark.text)));
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** A spoken or seen element as beats of its own. `opening`: it begins its scene. */
export const pieces = (element: Element, scene: Scene, library: Lookup, opening: boolean): Beat[] =>
  isSpoken(element)
    ? partsOf(element).map(lineBeat)
    : picturesOf(element, scene, library, opening).map((words) => actionBeat(element, words, scene, library));

/** Marks after the last picture go with it; a scene of marks alone is a caption. */
function trailing(beats: Beat[], waiting: readonly Element[]): Beat[] {
  if (waiting.length === 0) return beats;
  const last = beats.pop();
  if (last !== undefined) return [...beats, { ...last, shown: [...last.shown, ...waiting] }];
  return [{ ...still, kind: 'caption', shown: [...waiting] }];
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
