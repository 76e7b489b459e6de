// Ending work: the final state and the release of the claim, together.
import { removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { type Along, advance } from './advance.ts';
import { givingRoom } from './room.ts';
import type { TaskStatus } from './schema.ts';
import { ClaimEntity, type Run, subjectOf, type TaskRow } from './store.ts';

/** Ends the task once; a second end changes nothing. `change` is computed on the newest state; `along`: what belongs to the end. */
export const end = (
  ctx: Ctx,
  run: Run,
  change: (row: TaskRow) => Partial<TaskRow> & { status: TaskStatus },
  along: Along = { rows: [] },
): Promise<TaskRow> =>
  advance(ctx, run, change, (row) => ({ ...along, rows: [...releasing(ctx, row), ...along.rows] }));

/** Gives free what was worked on, and the tenant's place. Belongs into the transaction that ends the task. */
export const releasing = (ctx: Ctx, row: TaskRow): Write[] => [
  removing(ctx.stores.core, ClaimEntity.delete({ tenant: ctx.tenant, subject: subjectOf(row) })),
  givingRoom(ctx),
];
