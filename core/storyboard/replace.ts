// A re-run meets a storyboard people have worked on: generated shots are replaced, those that are people's stay.
import { isDeepStrictEqual } from 'node:util';
import { isKept } from './kept.ts';
import { type Edit, type NewShot, ordered, ranked, type ShotRow } from './order.ts';
import { renumbered } from './parts.ts';
import { anchored, type Kept } from './replace/anchor.ts';
import { boardOf } from './replace/board.ts';
import { type Fresh, type Item, placed } from './replace/place.ts';
import { type Covered, remaining } from './replace/remaining.ts';
import type { ComposedShot, ShotContent } from './schema.ts';
import { cutTo, runsOf, type Unit } from './units.ts';

export type Replacement<R extends ShotRow> = Edit<R> & {
  /** Rows that stay exactly as they are. */
  readonly keep: R[];
};

/**
 * Puts a newly composed storyboard in the place of the rows there are.
 * Lines covered by kept shots (`isKept`) are taken out of the new ones, so that no line is covered twice. Kept rows that a person moved,
 * or that have no place in the new script, stand behind the shot they stood behind. The rank of a locked row stays, unless a newer script
 * has its words elsewhere among the locked ones.
 * @param existing rows of the storyboard
 * @param composed the new shots, in order
 * @param order ids of the episode's elements in the script's order: what of a shot comes before what, when a kept shot has a part of it
 * @param sceneId the one scene that was composed anew; rows of others stay, and in their order
 */
export function replaceGenerated<R extends ShotRow>(
  existing: readonly R[],
  composed: readonly ComposedShot[],
  order: readonly string[],
  sceneId?: string,
): Replacement<R> {
  const isHeld = (row: R): boolean => sceneId !== undefined && row.content.sceneId !== sceneId;
  const stays = (row: R): boolean => isHeld(row) || isKept(row);
  const rows = ordered(existing);
  const board = boardOf(composed, order);
  const { kept, said } = anchored(rows, board, stays);
  const generated = new Map(rows.filter((row) => !stays(row)).map((row) => [row.key, row]));
  // a shot that was cut counts with all its pieces
  const seen = new Set(
    [...generated.values()].flatMap(({ key, content }) =>
      content.elementIds.map((id) => `${key.replace(/~\d+$/, '')} ${id}`),
    ),
  );
  const covered: Covered = {
    shown: new Set(kept.flatMap((one) => one.content.elementIds)),
    keys: new Set(kept.map((one) => one.row.key).filter((key) => key !== '')),
    said,
    generated: (key, elementId) => seen.has(`${key} ${elementId}`),
  };
  const items = placed(rows, kept, freshItems(composed, kept, remaining(composed, covered, board)), board, isHeld);
  const contents = renumbered(
    items.map((item) => ('row' in item ? item.content : withoutKey(item.shot))),
    new Set(kept.flatMap((one) => one.content.lines.map((line) => line.elementId))),
    (elementId) => board.spoken.get(elementId)?.text,
  );
  return written(rows, items, contents, generated, (row) => row.locked || isHeld(row));
}

function withoutKey({ key: _key, ...content }: ComposedShot): ShotContent {
  return content;
}

/** New shots with what kept rows cover taken out; a shot interrupted by a kept row is cut there. */
function freshItems<R extends ShotRow>(
  composed: readonly ComposedShot[],
  kept: readonly Kept<R>[],
  units: readonly Unit[],
): Fresh[] {
  // a kept row is a unit of an owner of its own, so that runs break at it
  const breaks: Unit[] = kept.flatMap((one, i) =>
    one.place === undefined || one.row.moved ? [] : [{ scene: 0, at: one.place, owner: -1 - i }],
  );
  const seen = new Map<number, number>();
  return runsOf([...units, ...breaks]).flatMap((run): Fresh[] => {
    const { owner, at } = run[0]!;
    if (owner < 0) return [];
    const shot = composed[owner]!;
    const n = (seen.get(owner) ?? 0) + 1;
    seen.set(owner, n);
    const cut = cutTo(
      shot,
      run,
      run.some((unit) => unit.elementId !== undefined),
    );
    return [{ shot: n === 1 ? cut : { ...cut, key: `${shot.key}~${n}` }, order: [at, 1] }];
  });
}

function written<R extends ShotRow>(
  rows: readonly R[],
  items: readonly Item<R>[],
  contents: readonly ShotContent[],
  generated: ReadonlyMap<string, R>,
  isFixed: (row: R) => boolean,
): Replacement<R> {
  const owners = items.map((item) => ('row' in item ? item.row : generated.get(item.shot.key)));
  const ranks = ranked(
    owners.map((row) => row?.rank),
    (i) => owners[i] !== undefined && isFixed(owners[i]),
  );
  const out: Replacement<R> = { insert: [], update: [], keep: [], remove: [] };
  items.forEach((item, i) => {
    const row = owners[i];
    const content = contents[i]!;
    const rank = ranks[i]!;
    if (row === undefined) out.insert.push(fresh('shot' in item ? item.shot.key : '', rank, content));
    else if (row.rank === rank && isDeepStrictEqual(row.content, content)) out.keep.push(row);
    else out.update.push({ ...row, rank, content });
  });
  const used = new Set(owners);
  out.remove.push(...rows.filter((row) => !used.has(row)));
  return out;
}

const fresh = (key: string, rank: string, content: ShotContent): NewShot => ({
  key,
  rank,
  content,
  locked: false,
  edited: false,
});
