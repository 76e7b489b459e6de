// Uploads nobody came back for.
import type { Ctx } from '../platform/ctx.ts';
import { failed } from './complete.ts';
import { find } from './store.ts';

/** Closes an upload that is still open. Its links have died before the reminder comes. */
export async function closeForgotten(ctx: Ctx, id: string): Promise<void> {
  const row = await find(ctx, id);
  if (row?.status === 'announced') await failed(ctx, row, 'the upload was never completed');
}
