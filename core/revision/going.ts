// Where the shots of a script's episodes go when another document takes the place of theirs.
import type { EpisodeRow } from '../episode/store.ts';
import type { Ctx } from '../platform/ctx.ts';
import { boardId, loadShots, type ShotRow } from '../shot/store.ts';
import { type OldBoard, type Rehoused, rehoused } from '../storyboard/index.ts';
import type { Placing } from './placing.ts';
import type { Ways } from './standing.ts';

/** A shot, the episode whose storyboard it was on, and the number in the project of the one it goes to. */
export type Going = Rehoused<ShotRow> & { readonly from: EpisodeRow; readonly number: number };

/**
 * Where every shot of these episodes goes. Shots that `taken` names are left out.
 * @param rows episodes of one script
 */
export async function goingOf(
  ctx: Ctx,
  rows: readonly EpisodeRow[],
  { placed, left }: Placing,
  ways: Ways,
  taken: (shot: ShotRow, row: EpisodeRow) => boolean = () => false,
): Promise<Going[]> {
  const rowOf = new Map<OldBoard<ShotRow>, EpisodeRow>();
  for (const row of rows) {
    const to = ways(row);
    if (!to) continue;
    const shots = await loadShots(ctx, boardId(row.project, row.number));
    rowOf.set({ episode: row.sourceNumber, rows: shots.filter((shot) => !taken(shot, row)), to }, row);
  }
  const numberOf = new Map(placed.map(({ entry, number }) => [entry.number, number]));
  const leftAt = new Map(left.map(({ row, number }) => [row, number]));
  return rehoused([...rowOf.keys()]).map((shot) => {
    const from = rowOf.get(shot.board)!;
    const number = shot.episode === undefined ? leftAt.get(from) : numberOf.get(shot.episode);
    return { ...shot, from, number: number ?? from.number };
  });
}
