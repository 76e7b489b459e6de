// Ending work: the final state and the release of the project's claim, together.
import { removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { advance } from './advance.ts';
import { givingRoom } from './room.ts';
import type { TaskStatus } from './schema.ts';
import { ClaimEntity, type Run, type TaskRow } from './store.ts';

/** Ends the task once; a second end changes nothing. `change` is computed on the newest state. */
export const end = (
  ctx: Ctx,
  run: Run,
  change: (row: TaskRow) => Partial<TaskRow> & { status: TaskStatus },
): Promise<TaskRow> => advance(ctx, run, change, (row) => releasing(ctx, row));

/** Gives the project free, and the tenant's place. Belongs into the transaction that ends the task. */
export const releasing = (ctx: Ctx, { project }: TaskRow): Write[] => [
  removing(ctx.stores.core, ClaimEntity.delete({ tenant: ctx.tenant, project })),
  givingRoom(ctx),
];
