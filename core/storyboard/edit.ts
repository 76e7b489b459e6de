// What a person may do to a storyboard. Each edit takes the rows in order and says what to write; nothing is written here.

import { Failure } from '../platform/failure.ts';
import { words } from '../platform/words.ts';
import { bounded } from './edit/bounded.ts';
import { type Edit, openShot, ordered, placeOf, rankAt, type ShotRow } from './order.ts';
import type { ShotContent } from './schema.ts';

/** Fields a person writes; identity and source have their own edits. */
export type ShotFields = Partial<Omit<ShotContent, 'sceneId' | 'sceneNumber' | 'elementIds' | 'lines' | 'unsourced'>>;

const refuse = (zh: string, en: string) => new Failure('SHOT_REFUSED', { reason: words(zh, en) });

/**
 * A new shot behind another, or in front of all. It takes scene, place and light from its neighbour and stands on no words of the script.
 * Throws NOT_FOUND, SHOT_REFUSED (the storyboard is empty, the texts are too long).
 */
export function insertShot<R extends ShotRow>(
  rows: readonly R[],
  afterId: string | undefined,
  fields: ShotFields,
): Edit<R> {
  const list = ordered(rows);
  const at = afterId === undefined ? 0 : placeOf(list, afterId) + 1;
  const neighbour = list[at - 1] ?? list[0];
  if (neighbour === undefined)
    throw refuse('分镜里还没有镜头，请先生成分镜', 'the storyboard has no shots yet; generate it first');
  const { rank, moved } = rankAt(list, at);
  const content = bounded({ ...bare(neighbour.content), ...fields });
  return { insert: [{ rank, key: '', locked: false, edited: true, content }], update: moved, remove: [] };
}

/** A shot of the same scene with nothing in it. */
function bare(like: ShotContent): ShotContent {
  return {
    ...like,
    title: '',
    size: 'MS',
    angle: 'eye_level',
    movement: 'static',
    duration: 3,
    elementIds: [],
    lines: [],
    action: '',
    result: '',
    caption: '',
    soundEffect: '',
    music: '',
    score: '',
    setup: 0,
    track: '',
    focus: '',
    purpose: 'action',
    blocking: [],
    propAssetIds: [],
    transition: 'cut',
    imagePrompt: { zh: '', en: '' },
    videoPrompt: { zh: '', en: '' },
    endFrame: { zh: '', en: '' },
    unsourced: 'inserted by hand',
  };
}

/** A shot with other words or camera. Throws NOT_FOUND, SHOT_LOCKED, SHOT_REFUSED (the texts are too long). */
export function updateShot<R extends ShotRow>(rows: readonly R[], id: string, fields: ShotFields): Edit<R> {
  const row = openShot(rows, id);
  const content = bounded({ ...row.content, ...fields });
  return { insert: [], update: [{ ...row, edited: true, content }], remove: [] };
}

/** A shot taken out; the coverage report then says which lines are missing. Throws NOT_FOUND, SHOT_LOCKED. */
export function deleteShot<R extends ShotRow>(rows: readonly R[], id: string): Edit<R> {
  return { insert: [], update: [], remove: [openShot(rows, id)] };
}

/** A shot moved behind another, or to the front (undefined); runs leave it there. Throws NOT_FOUND, SHOT_LOCKED, SHOT_REFUSED (behind itself). */
export function moveShot<R extends ShotRow>(rows: readonly R[], id: string, afterId: string | undefined): Edit<R> {
  if (id === afterId) throw refuse('镜头不能排在自己后面', 'a shot cannot stand behind itself');
  const row = openShot(rows, id);
  const list = ordered(rows);
  const rest = list.filter((one) => one.id !== id);
  const at = afterId === undefined ? 0 : placeOf(rest, afterId) + 1;
  if (list[at]?.id === id) return { insert: [], update: [], remove: [] };
  const { rank, moved } = rankAt(rest, at);
  return { insert: [], update: [...moved, { ...row, rank, edited: true, moved: true }], remove: [] };
}

/** A shot kept from re-runs and edits, or opened again. Throws NOT_FOUND. */
export function lockShot<R extends ShotRow>(rows: readonly R[], id: string, locked: boolean): Edit<R> {
  const row = rows[placeOf(rows, id)]!;
  return { insert: [], update: row.locked === locked ? [] : [{ ...row, locked }], remove: [] };
}
