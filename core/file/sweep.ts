// Uploads nobody came back for.
import type { Ctx } from '../platform/ctx.ts';
import { failed } from './complete.ts';
import { find } from './store.ts';

/**
 * Closes an upload that is still open. Its links have died before the reminder comes. Answers whether its object is to be purged once more:
 * a file that failed or was deleted before then was purged while its link lived, and whoever had that could put the object again.
 */
export async function closeForgotten(ctx: Ctx, id: string): Promise<boolean> {
  const row = await find(ctx, id);
  if (row?.status === 'announced') await failed(ctx, row, 'the upload was never completed');
  return row?.status === 'failed' || row?.status === 'deleted';
}
