// The system acting for a tenant in a function that works for all of them: what the table stream, a queue, the event bus or a schedule
// brings is of any tenant, so these functions keep a role of their own. functions/catalog.ts says which they are, and why.
import type { Ctx } from '../../core/platform/ctx.ts';
import { acrossStores } from './stores.ts';
import { systemCtx } from './task.ts';

export const acrossCtx = async (tenant: string, requestId: string): Promise<Ctx> =>
  systemCtx(tenant, requestId, await acrossStores.of(tenant));
