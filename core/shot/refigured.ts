// A change of one shot's own fields, and the figures of its storyboard with it.
import { again } from '../platform/again.ts';
import type { Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import type { ShotContent } from '../storyboard/schema.ts';
import { openBoard, staleShot } from './apply.ts';
import { renewing } from './board.ts';
import type { ShotRow } from './store.ts';

/** What of a shot the board's row counts; a change of anything else leaves that row alone. */
const counted: readonly (keyof ShotContent)[] = ['duration', 'blocking', 'propAssetIds', 'locationAssetId'];

/**
 * Has a changed shot written, with the board's row where a field is counted. Two people at two shots do not stand in each other's way:
 * the figures of the slower one are taken anew. Of two at one shot the slower one is refused, as ever.
 * @param shot as it will be
 * @param write commits the shot together with these rows
 */
export async function refigured(
  ctx: Ctx,
  shot: ShotRow,
  changed: readonly string[],
  write: (rows: Write[]) => Promise<void>,
): Promise<void> {
  if (!counted.some((field) => changed.includes(field))) return write([]);
  const refused = await again(async () => {
    const figures = await refiguring(ctx, shot);
    return write([figures]).then(() => undefined, staleShot);
  });
  if (refused) throw refused;
}

/** Refused as BUSY when somebody else changed the storyboard meanwhile. */
async function refiguring(ctx: Ctx, shot: ShotRow): Promise<Write> {
  const { board, shots } = await openBoard(ctx, shot.board);
  const next = shots.map((row) => (row.id === shot.id ? shot : row));
  return { ...(await renewing(ctx, board, next)), refused: () => new Failure('BUSY') };
}
