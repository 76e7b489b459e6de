// A director's shots of a scene as beats: each word of the scene goes to one who asked for it, in the script's order; what nobody asked for is there by itself.
import type { Element, Scene } from '../../script/schema.ts';
import type { Beat } from '../beats/beat.ts';
import { actionBeat, lineBeat, partsOf, picturesOf, still } from '../beats/element.ts';
import { isBeside, isFilmed, isSpoken, pieces } from '../beats.ts';
import type { Lookup } from '../cast.ts';
import type { Direction } from '../direction.ts';
import { LONGEST } from '../timing.ts';
import { countedParts, joinedBeats } from './join.ts';

/** A beat and the direction that wants it; undefined: nobody does. */
export type Wanted = { readonly beat: Beat; readonly by: number | undefined };

/**
 * Beats of a scene as directed, in the script's order: every filmed element is in at least one, every spoken one (or part) in exactly one.
 * A spoken element that several directions name is divided between them where it is long, else it is the first one's. A direction
 * that others interrupt becomes several beats; only the first has its words. Pictures the script does not tell stand where they were put.
 */
export function directedBeats(
  scene: Scene,
  directions: readonly Direction[],
  library: Lookup,
  language: 'zh' | 'en',
): Beat[] {
  const wanted = withMarks(scene, directions, toldBeats(scene, directions, library));
  const runs: Wanted[] = [];
  for (const one of wanted) {
    const last = runs.at(-1);
    const joined = last && last.by === one.by && one.by !== undefined && joinedBeats(last.beat, one.beat, language);
    if (joined) runs[runs.length - 1] = { ...last, beat: joined };
    else runs.push(one);
  }
  return countedParts(placed(runs, directions));
}

const claimants = (directions: readonly Direction[], id: string): number[] =>
  directions.flatMap(({ elementIds }, i) => (elementIds.includes(id) ? [i] : []));

/** Everything heard or seen, in order. */
function toldBeats(scene: Scene, directions: readonly Direction[], library: Lookup): Wanted[] {
  const out: Wanted[] = [];
  for (const element of scene.elements) {
    if (!isFilmed(element) || isBeside(element)) continue;
    const by = claimants(directions, element.id);
    if (by.length === 0)
      out.push(...pieces(element, scene, library, out.length === 0).map((beat) => ({ beat, by: undefined })));
    else if (isSpoken(element)) out.push(...lines(element, by));
    else out.push(...actions(element, by, scene, library, out.length === 0));
  }
  return out;
}

function lines(element: Element, by: readonly number[]): Wanted[] {
  const parts = by.length > 1 ? partsOf(element) : partsOf(element, LONGEST);
  return parts.map((part, i) => ({ beat: lineBeat(part), by: by[Math.floor((i * by.length) / parts.length)]! }));
}

/** An action of one direction is one picture; of several, each has its share of the pictures, or all see the same. */
function actions(element: Element, by: readonly number[], scene: Scene, library: Lookup, opening: boolean): Wanted[] {
  const words = by.length > 1 ? picturesOf(element, scene, library, opening) : [element.text];
  return by.map((direction, i) => {
    const from = Math.floor((i * words.length) / by.length);
    const to = Math.max(from + 1, Math.floor(((i + 1) * words.length) / by.length));
    return { beat: actionBeat(element, words.slice(from, to).join(''), scene, library), by: direction };
  });
}

/**
 * Captions, sounds and the like go with the picture behind them, else with the last one; a direction may want one alone.
 * A scene of marks alone is a caption.
 */
function withMarks(scene: Scene, directions: readonly Direction[], told: readonly Wanted[]): Wanted[] {
  const at = new Map(scene.elements.map(({ id }, i) => [id, i]));
  const all = ({ shown, spoken }: Beat): number[] =>
    [...shown, ...spoken.map((part) => part.element)].map(({ id }) => at.get(id)!);
  const place = ({ beat }: Wanted): number => Math.min(...all(beat));
  const out = [...told];
  for (const mark of scene.elements.filter(isBeside).toReversed()) {
    const found = out.findIndex((one) => place(one) > at.get(mark.id)!);
    const behind = found < 0 ? out.length : found;
    const [by] = claimants(directions, mark.id);
    const before = out[behind - 1];
    // it stays with the picture before it when that is who asked for it, or has a mark from behind it already
    const isWithin = before?.beat.shown.some(({ id }) => at.get(id)! > at.get(mark.id)!) ?? false;
    const isBefore = isWithin || (by !== undefined && before?.by === by);
    const host = isBefore ? behind - 1 : Math.min(behind, out.length - 1);
    const isAlone = by !== undefined && !isWithin && !out.some((one) => one.by === by);
    const one = out[host];
    if (!one || isAlone) out.splice(behind, 0, { beat: { ...still, kind: 'caption', shown: [mark] }, by });
    else out[host] = { ...one, beat: { ...one.beat, shown: marked(one.beat, mark, at) } };
  }
  return out;
}

const marked = ({ shown }: Beat, mark: Element, at: ReadonlyMap<string, number>): Element[] =>
  [...shown, mark].sort((a, b) => at.get(a.id)! - at.get(b.id)!);

/** Each beat with its direction, and untold pictures behind the shot they follow, else in front. */
function placed(runs: readonly Wanted[], directions: readonly Direction[]): Beat[] {
  const untold = new Map<number | undefined, Beat[]>();
  let last: number | undefined;
  for (const [i, direction] of directions.entries()) {
    if (runs.some(({ by }) => by === i)) last = i;
    else if (direction.elementIds.length === 0)
      untold.set(last, [...(untold.get(last) ?? []), { ...still, kind: 'action', shown: [], direction }]);
  }
  const begun = new Set<number>();
  const beats = runs.map(({ beat, by }): Beat => {
    if (by === undefined) return beat;
    const direction = begun.has(by) ? goingOn(directions[by]!) : directions[by]!;
    begun.add(by);
    return { ...beat, direction };
  });
  return [
    ...(untold.get(undefined) ?? []),
    ...runs.flatMap(({ by }, i) => {
      const isLast = by !== undefined && runs.findLastIndex((run) => run.by === by) === i;
      return [beats[i]!, ...(isLast ? (untold.get(by) ?? []) : [])];
    }),
  ];
}

/** What still holds of a shot that was interrupted: its camera and its people, not its words. */
const goingOn = ({ size, angle, movement, purpose, people }: Direction): Direction => ({
  elementIds: [],
  ...(size && { size }),
  ...(angle && { angle }),
  ...(movement && { movement }),
  ...(purpose && { purpose }),
  ...(people && { people }),
});
