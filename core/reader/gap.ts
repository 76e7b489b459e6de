// Which lines of a scene changed since it was answered about: they alone are asked about, the others keep what was said of them. Pure.
import * as z from 'zod';
import { beginningOf, endingOf, type FittedScene, fit as fitted, type Part, type Room } from '../ai/index.ts';
import { contentHash } from '../pipeline/cache.ts';
import type { Scene } from '../script/schema.ts';
import type { Line } from './sheet.ts';

/** A scene as it is answered about: where the answer lies, what of it holds for every line, and a hash of the words of each line. */
export const Stood = z.object({ key: z.string(), ground: z.string(), lines: z.array(z.string()) });
export type Stood = z.infer<typeof Stood>;

export const stoodAs = (key: string, ground: unknown, lines: readonly unknown[]): Stood => ({
  key,
  ground: contentHash(ground),
  lines: lines.map((words) => contentHash(words).slice(0, 20)),
});

/**
 * Lines of a scene, counted from 0: those from `from` to before `to` stand in the place of those that went from `from` to before `was` when
 * the answer under `key` was given. All others are the same.
 */
export type Gap = { readonly key: string; readonly from: number; readonly to: number; readonly was: number };

/** The smallest gap between a scene and one of those that were answered about; none where no line is left, or the lines are the same. */
export function gapIn(now: Stood, past: readonly Stood[]): Gap | undefined {
  const like = past.filter(({ key, ground }) => ground === now.ground && key !== now.key);
  const gaps = like.flatMap((before) => between(now, before) ?? []);
  return gaps.toSorted((a, b) => a.to - a.from - (b.to - b.from))[0];
}

function between({ lines }: Stood, before: Stood): Gap | undefined {
  const most = Math.min(lines.length, before.lines.length);
  let from = 0;
  while (from < most && lines[from] === before.lines[from]) from += 1;
  let behind = 0;
  while (behind < most - from && lines.at(-1 - behind) === before.lines.at(-1 - behind)) behind += 1;
  const gap = { key: before.key, from, to: lines.length - behind, was: before.lines.length - behind };
  if (gap.from === gap.was && gap.from === gap.to) return undefined;
  if (gap.from < gap.to) return gap;
  // where a line went, the one behind it is seen anew, or the one before it
  if (behind > 0) return { ...gap, to: gap.to + 1, was: gap.was + 1 };
  return from > 0 ? { ...gap, from: from - 1 } : undefined;
}

/** The gap with all lines that were said together with one of it. @param together groups of lines, counted as they were then. */
export function widened(gap: Gap, together: readonly (readonly number[])[]): Gap {
  const torn = together.find((group) => placeOf(group, gap) === 'torn');
  if (!torn) return gap;
  const was = Math.max(gap.was, ...torn.map((line) => line + 1));
  return widened({ ...gap, from: Math.min(gap.from, ...torn), to: gap.to + was - gap.was, was }, together);
}

/** Where lines that were said together stand; torn: partly or wholly in the gap, though not all of it. */
export function placeOf(group: readonly number[], { from, was }: Gap): 'before' | 'in' | 'behind' | 'torn' {
  if (group.every((line) => line < from)) return 'before';
  if (group.every((line) => line >= was)) return 'behind';
  return group.every((line) => line >= from && line < was) ? 'in' : 'torn';
}

/** Where a line behind the gap stands now. */
export const behindOf = (line: number, { to, was }: Gap): number => line + to - was;

/**
 * The lines of the gap as a part, with lines of the scene around them; none where they are more than half of the scene, or more than fit:
 * then the scene is asked about as a whole.
 */
export function partOf(scene: Scene, lines: readonly Line[], { from, to }: Gap, room: Room): Part | undefined {
  if ((to - from) * 2 > lines.length) return undefined;
  const having = (some: readonly Line[]): FittedScene => {
    const ids = new Set(some.map(({ element }) => element.id));
    return { ...scene, elements: scene.elements.filter(({ id }) => ids.has(id)), part: 1, parts: 1 };
  };
  const parts = fitted([{ ...scene, elements: [...having(lines.slice(from, to)).elements] }], room);
  const [part] = parts;
  if (!part || parts.length > 1) return undefined;
  const before = endingOf(having(lines.slice(0, from)), room.around);
  const after = beginningOf(having(lines.slice(to)), room.around);
  return {
    ...part,
    ...(before.elements.length > 0 && { before }),
    ...(after.elements.length > 0 && { after }),
  };
}
