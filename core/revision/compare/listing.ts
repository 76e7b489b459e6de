// What was paired, told in the order of the new document.
import type { Pair } from './align.ts';
import type { Block, Sheet } from './digest.ts';
import { interleaved } from './interleave.ts';
import type { Pairing } from './pairing.ts';
import {
  type Counts,
  type ElementChange,
  type ElementPlace,
  type EpisodeChange,
  noCounts,
  type SceneChange,
  type ScenePlace,
  type Status,
} from './schema.ts';

/** Scenes and what stands outside them (`id` empty), each with its lines; removed ones stand behind what they followed. */
export function listed(a: Sheet, b: Sheet, found: Pairing): { scenes: SceneChange[]; elements: ElementChange[] } {
  const lineTo = new Map(found.lines);
  const fate = fates(a, b, found);
  const scenes: SceneChange[] = [];
  const elements: ElementChange[] = [];
  const partners = [...found.scenes, ...found.episodes];
  for (const [i, j] of interleaved(indexes(a.blocks.length), indexes(b.blocks.length), partners)) {
    const [one, other] = [i === undefined ? undefined : a.blocks[i], j === undefined ? undefined : b.blocks[j]];
    const { changes, left } = linesTold(one, other, lineTo, fate);
    for (const change of changes) elements.push(change);
    scenes.push({
      status: statusOf(one, other, i !== undefined && found.movedScenes.has(i)),
      before: one ? scenePlace(one) : null,
      after: other ? scenePlace(other) : null,
      elements: counted(changes),
      left,
    });
  }
  return { scenes, elements };
}

type Fates = { readonly ofA: readonly ElementChange[]; readonly ofB: readonly ElementChange[] };

/** Lines of a block, or of a pair of them; one that went elsewhere is told there. */
function linesTold(
  one: Block | undefined,
  other: Block | undefined,
  lineTo: ReadonlyMap<number, number>,
  { ofA, ofB }: Fates,
): { changes: ElementChange[]; left: number } {
  const [mine, theirs] = [linesOf(one), linesOf(other)];
  if (one?.key === other?.key) return { changes: theirs.map((j) => ofB[j]!), left: 0 };
  const inside = new Set(theirs);
  const staying = mine.filter((line) => !lineTo.has(line) || inside.has(lineTo.get(line)!));
  const pairs = staying.flatMap((line): Pair[] => (lineTo.has(line) ? [[line, lineTo.get(line)!]] : []));
  const changes = interleaved(staying, theirs, pairs).map(([x, y]) => (y === undefined ? ofA[x!]! : ofB[y]!));
  return { changes, left: mine.length - staying.length };
}

/** What became of each line, by its number on either side. */
function fates(a: Sheet, b: Sheet, { lines, movedLines }: Pairing): Fates {
  const ofA: ElementChange[] = a.lines.map((_, i) => ({ status: 'removed', before: placeOf(a, i), after: null }));
  const ofB: ElementChange[] = b.lines.map((_, j) => ({ status: 'added', before: null, after: placeOf(b, j) }));
  for (const [i, j] of lines) {
    const status = movedLines.has(i) ? 'moved' : a.lines[i]!.key === b.lines[j]!.key ? 'same' : 'changed';
    ofA[i] = ofB[j] = { status, before: ofA[i]!.before, after: ofB[j]!.after };
  }
  return { ofA, ofB };
}

function placeOf({ blocks, lines }: Sheet, at: number): ElementPlace {
  const { block, element } = lines[at]!;
  const { episode, scene } = blocks[block]!;
  return { episode: episode.number, sceneId: scene?.id ?? '', id: element.id };
}

const scenePlace = ({ episode, scene }: Block): ScenePlace => ({
  episode: episode.number,
  id: scene?.id ?? '',
  number: scene?.number ?? '',
  heading: scene?.heading ?? '',
});

function statusOf(one: Block | undefined, other: Block | undefined, moved: boolean): Status {
  if (one === undefined) return 'added';
  if (other === undefined) return 'removed';
  if (moved) return 'moved';
  return one.key === other.key ? 'same' : 'changed';
}

const indexes = (count: number, from = 0): number[] => Array.from({ length: count }, (_, i) => from + i);
const linesOf = (block: Block | undefined): number[] => (block ? indexes(block.lines.length, block.from) : []);

export function counted(changes: readonly { readonly status: Status }[]): Counts {
  const counts = noCounts();
  for (const { status } of changes) counts[status]++;
  return counts;
}

/** A scene proper, not what stands outside scenes. */
export const isScene = ({ before, after }: SceneChange): boolean => (before ?? after)?.id !== '';

/** Episodes with what became of their scenes; one whose scenes all stayed, word for word, is the same. */
export function episodesOf(a: Sheet, b: Sheet, { episodes }: Pairing, scenes: readonly SceneChange[]): EpisodeChange[] {
  const arrived = Map.groupBy(scenes, ({ after }) => after?.episode);
  const began = Map.groupBy(scenes, ({ before }) => before?.episode);
  return interleaved(fronts(a), fronts(b), episodes).map(([i, j]): EpisodeChange => {
    const before = i === undefined ? null : a.blocks[i]!.episode.number;
    const after = j === undefined ? null : b.blocks[j]!.episode.number;
    const then = before === null ? [] : (began.get(before) ?? []);
    const here = [...(after === null ? [] : (arrived.get(after) ?? [])), ...then.filter((scene) => !scene.after)];
    const isSame =
      here.every((scene) => scene.status === 'same' && scene.left === 0) &&
      then.every((scene) => scene.after?.episode === after);
    const status = before === null ? 'added' : after === null ? 'removed' : isSame ? 'same' : 'changed';
    return { status, before, after, scenes: counted(here.filter(isScene)) };
  });
}

const fronts = ({ blocks }: Sheet): number[] => blocks.flatMap(({ scene }, i) => (scene ? [] : [i]));
