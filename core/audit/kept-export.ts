// Where an export lies, and its end.
import { deleteBlob, tenantKey } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';

export const keyOfExport = (ctx: Ctx, name: string): string => tenantKey(ctx, 'audit', name);

/** Takes away an export whose time is over. */
export const dropExport = (ctx: Ctx, name: string): Promise<void> => deleteBlob(ctx, keyOfExport(ctx, name));
