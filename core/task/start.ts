// Starting work: the task row, the claim on what is worked on and the announcement in one commit. The table stream starts the machine.
import { openingBudget } from '../ai/planning.ts';
import { commit, putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { newId } from '../platform/id.ts';
import * as Project from '../project/index.ts';
import * as Tenant from '../tenant/index.ts';
import { modelPlan } from './model-plan.ts';
import { type Asked, estimated } from './order.ts';
import { takingRoom } from './room.ts';
import { tell } from './said.ts';
import type { TaskType } from './schema.ts';
import { ClaimEntity, type Commission, type Order, subjectOf, TaskEntity, type TaskRow } from './store.ts';
import { watch } from './watch.ts';

export type Work = {
  readonly type: TaskType;
  readonly project: string;
  readonly script: string;
  readonly revision: number;
  readonly asked: Asked;
} & (Breakdown | Writing);

/** `episodes`: how many, about; the caller is told how long that will take. */
type Breakdown = { readonly order: Order; readonly episodes: number };
/** `seconds` it will probably take. */
type Writing = { readonly commission: Commission; readonly seconds: number };

/**
 * Starts work in a project, with rows that change along (an episode turns ANALYZING, a pasted script is kept).
 * Throws NOT_FOUND for a deleted project, ALREADY_RUNNING with the running task's id, TOO_MANY_TASKS, and what `modelPlan` throws.
 */
export async function start(ctx: Ctx, work: Work, along: Write[] = []) {
  const plan = await modelPlan(ctx, work.type, work.asked);
  const now = ctx.now();
  const row: TaskRow = {
    tenant: ctx.tenant,
    id: newId('tsk', now),
    type: work.type,
    status: 'pending',
    project: work.project,
    script: work.script,
    revision: work.revision,
    ...('order' in work ? { order: work.order } : { commission: work.commission }),
    planned: [],
    steps: [],
    failed: [],
    message: { word: work.type },
    estimatedTime: 'order' in work ? estimated(work.episodes, plan.provider !== 'builtin') : work.seconds,
    ...plan,
    attempt: 1,
    seq: 0,
    cancelRequested: false,
    requestedBy: ctx.actor.id,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  const { core } = ctx.stores;
  const { models, cap } = plan;
  const budget = cap === undefined ? [] : [openingBudget(ctx, row.id, cap)];
  const task = TaskEntity.create({ ...row, ...(models && { models: [...models] }) });
  await watch(ctx, row.id);
  await commit(ctx, {
    rows: [putting(core, task), ...budget, ...(await claiming(ctx, row)), ...along],
    audit: {
      object: row.id,
      project: row.project,
      after: { type: row.type, script: row.script, revision: row.revision },
    },
    facts: [{ type: 'task.requested', subject: row.id, project: row.project, detail: { attempt: 1, type: row.type } }],
  });
  return started(ctx, row);
}

/** What a start answers. */
export const started = (ctx: Ctx, { id, message, estimatedTime }: TaskRow) => ({
  taskId: id,
  status: 'pending' as const,
  message: tell(message, ctx.locale),
  estimatedTime,
});

/** The claim of a task on what it works on, refused while another holds it, and a place among what the tenant may run at once. Throws NOT_FOUND for a deleted project. */
export async function claiming(ctx: Ctx, row: Pick<TaskRow, 'id' | 'project' | 'commission'>): Promise<Write[]> {
  const { plan } = await Tenant.load(ctx);
  const { id, project } = row;
  const claim = ClaimEntity.create({ tenant: ctx.tenant, subject: subjectOf(row), task: id, at: ctx.now() });
  return [
    Project.staying(ctx, project),
    putting(ctx.stores.core, claim, (current) => new Failure('ALREADY_RUNNING', { task_id: current?.task })),
    await takingRoom(ctx, Tenant.planOf(plan).tasksAtOnce),
  ];
}
