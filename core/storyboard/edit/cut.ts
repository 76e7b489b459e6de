// A shot cut in two, and two neighbours made one. The lines concerned are counted anew.

import { Failure } from '../../platform/failure.ts';
import { words } from '../../platform/words.ts';
import { type Edit, type NewShot, openShot, ordered, placeOf, rankAt, type ShotRow } from '../order.ts';
import { joinedLines, type Line, renumbered, withSource } from '../parts.ts';
import type { ShotContent } from '../schema.ts';
import { bounded } from './bounded.ts';

const refuse = (zh: string, en: string) => new Failure('SHOT_REFUSED', { reason: words(zh, en) });

/** Where a shot is cut: before a line or an element, or with `at` inside that line's text (UTF-16 offset). */
export type Cut = { readonly beforeElementId: string; readonly at?: number };

/**
 * A shot cut in two.
 * @param order ids of the episode's elements in the script's order; it says which of the shot's elements come before the cut
 * Throws NOT_FOUND, SHOT_LOCKED, SHOT_REFUSED (nothing would be left on one side).
 */
export function splitShot<R extends ShotRow>(
  rows: readonly R[],
  id: string,
  cut: Cut,
  order: readonly string[],
): Edit<R> {
  const row = openShot(rows, id);
  const list = ordered(rows);
  const [first, second] =
    cut.at === undefined
      ? cutBefore(row.content, cut.beforeElementId, order)
      : cutInside(row.content, cut, cut.at, order);
  const place = placeOf(list, id);
  const { rank, moved } = rankAt(list, place + 1);
  const fresh: NewShot = { rank, key: '', locked: false, edited: true, moved: row.moved, content: second };
  const all = [...list.slice(0, place), { ...row, edited: true, content: first }, fresh, ...list.slice(place + 1)];
  return counted(list, all, new Set([cut.beforeElementId]), moved, []);
}

function cutBefore(shot: ShotContent, elementId: string, order: readonly string[]): [ShotContent, ShotContent] {
  const place = new Map(order.map((id, i) => [id, i]));
  const cut = place.get(elementId);
  const isIn = shot.elementIds.includes(elementId) || shot.lines.some((line) => line.elementId === elementId);
  if (cut === undefined || !isIn) throw refuse('该元素不在这个镜头里', 'this element is not in the shot');
  const before = (id: string) => (place.get(id) ?? -1) < cut;
  return halves(
    shot,
    shot.lines.filter((line) => before(line.elementId)),
    shot.lines.filter((line) => !before(line.elementId)),
    shot.elementIds.filter(before),
    shot.elementIds.filter((one) => !before(one)),
  );
}

function cutInside(shot: ShotContent, cut: Cut, at: number, order: readonly string[]): [ShotContent, ShotContent] {
  const i = shot.lines.findIndex((line) => line.elementId === cut.beforeElementId);
  const line = shot.lines[i];
  if (line === undefined) throw refuse('这句台词不在这个镜头里', 'this line is not in the shot');
  if (at <= 0 || at >= line.text.length) throw refuse('切分处必须在台词之内', 'the cut must lie inside the line');
  // never between the two halves of one character
  const low = line.text.charCodeAt(at);
  if (low >= 0xdc00 && low <= 0xdfff) throw refuse('切分处会把一个字切开', 'the cut would split a character');
  const place = new Map(order.map((id, n) => [id, n]));
  const before = (id: string) => (place.get(id) ?? -1) < (place.get(line.elementId) ?? 0);
  return halves(
    shot,
    [...shot.lines.slice(0, i), { ...line, text: line.text.slice(0, at) }],
    [{ ...line, part: line.part + 1, text: line.text.slice(at) }, ...shot.lines.slice(i + 1)],
    shot.elementIds.filter(before),
    shot.elementIds.filter((id) => !before(id)),
  );
}

/** Both halves of a shot. The words of the action stay where its elements stay. */
function halves(shot: ShotContent, l1: Line[], l2: Line[], e1: string[], e2: string[]): [ShotContent, ShotContent] {
  if (l1.length + e1.length === 0 || l2.length + e2.length === 0)
    throw refuse('切分后有一半是空的，请从更后面的一行切', 'one side would be empty; cut at a later line');
  const first = e1.length > 0 || e2.length === 0;
  const a = withSource(shot, l1, e1, first ? shot.action : '');
  const b = withSource(shot, l2, e2, first ? '' : shot.action);
  return [
    first ? a : { ...a, caption: '', soundEffect: '' },
    { ...b, transition: 'cut', ...(first ? { caption: '', soundEffect: '' } : {}) },
  ];
}

/**
 * Two neighbours made one: the first keeps its camera, both keep their words.
 * Throws NOT_FOUND, SHOT_LOCKED, SHOT_REFUSED (not neighbours, two scenes, over 15 s, too long to be kept).
 */
export function mergeShots<R extends ShotRow>(rows: readonly R[], id: string, withId: string): Edit<R> {
  const list = ordered(rows);
  openShot(rows, id);
  openShot(rows, withId);
  const at = Math.min(placeOf(list, id), placeOf(list, withId));
  const [a, b] = [list[at]!, list[at + 1]];
  if (b === undefined || id === withId || ![a.id, b.id].includes(id) || ![a.id, b.id].includes(withId))
    throw refuse('只有相邻的镜头才能合并', 'only neighbouring shots can be merged');
  if (a.content.sceneId !== b.content.sceneId) throw refuse('两个镜头不在同一场', 'the shots belong to two scenes');
  const content = bounded(merged(a.content, b.content));
  const moved = a.moved || b.moved;
  const all = [...list.slice(0, at), { ...a, edited: true, moved, content }, ...list.slice(at + 2)];
  return counted(list, all, new Set(content.lines.map((line) => line.elementId)), [], [b]);
}

function merged(a: ShotContent, b: ShotContent): ShotContent {
  const lines = joinedLines([...a.lines, ...b.lines]);
  const both = (x: string, y: string) => (x === '' || x === y ? y : y === '' ? x : `${x} / ${y}`);
  // parts of one sentence read on; two actions are two sentences
  const action = a.elementIds.at(-1) === b.elementIds[0] ? a.action + b.action : both(a.action, b.action);
  const duration = Math.round((a.duration + b.duration) * 10) / 10;
  if (duration > 15)
    throw refuse(
      `合并后时长 ${duration} 秒，超过一个镜头的上限 15 秒`,
      `together they last ${duration} s, over the 15 s a shot may have`,
    );
  const people = [
    ...a.blocking,
    ...b.blocking.filter(
      (one) => !a.blocking.some((other) => other.assetId === one.assetId && other.name === one.name),
    ),
  ];
  return {
    ...withSource(a, lines, [...new Set([...a.elementIds, ...b.elementIds])], action),
    duration,
    result: b.result || a.result,
    caption: both(a.caption, b.caption),
    soundEffect: both(a.soundEffect, b.soundEffect),
    music: both(a.music, b.music),
    blocking: people,
    propAssetIds: [...new Set([...a.propAssetIds, ...b.propAssetIds])],
    unsourced: a.unsourced !== '' && b.unsourced !== '' ? a.unsourced : '',
  };
}

/** The rows to write once the parts of the lines concerned are counted anew. */
function counted<R extends ShotRow>(
  before: readonly R[],
  after: readonly (R | NewShot)[],
  elements: ReadonlySet<string>,
  moved: readonly R[],
  remove: R[],
): Edit<R> {
  const contents = renumbered(
    after.map((row) => row.content),
    elements,
  );
  const insert: NewShot[] = [];
  const update: R[] = [];
  after.forEach((row, i) => {
    const content = contents[i]!;
    if (!('id' in row)) insert.push({ ...row, content });
    else {
      const rank = moved.find((one) => one.id === row.id)?.rank ?? row.rank;
      const old = before.find((one) => one.id === row.id);
      if (old?.content !== content || old.rank !== rank) update.push({ ...row, rank, content });
    }
  });
  return { insert, update, remove };
}
