// Looks after what reminders point at: uploads nobody completed, work whose execution is gone, calls of models it had held, what was
// deleted and is not restored any more, objects that came by a link after their file was gone, and refusals and failed sign-ins that are counted and not told.

import { tellRefusals } from '../../core/audit/refusals.ts';
import * as File from '../../core/file/index.ts';
import { tellFailedSignIns } from '../../core/member/failed-sign-ins.ts';
import { fail } from '../../core/pipeline/fail.ts';
import type { Ctx, OpenCtx } from '../../core/platform/ctx.ts';
import { due, type Reminder } from '../../core/platform/reminder.ts';
import { noteSweep } from '../../core/platform/swept.ts';
import * as Project from '../../core/project/index.ts';
import * as Script from '../../core/revision/index.ts';
import * as Task from '../../core/task/index.ts';
import * as Tenant from '../../core/tenant/index.ts';
import { acrossCtx } from '../runtime/across.ts';
import { cause, log } from '../runtime/log.ts';
import { startMachine, stateOf } from '../runtime/machine.ts';
import { sendPurge } from '../runtime/purge-queue.ts';
import { acrossStores } from '../runtime/stores.ts';

export async function handler(event: { id?: string }): Promise<{ looked: number; failed: number }> {
  const requestId = event.id ?? 'sweep';
  const seen = { looked: 0, failed: 0 };
  const open: OpenCtx = { stores: acrossStores, requestId, locale: 'zh-CN', now: Date.now };
  for await (const { done, ...reminder } of due(open)) {
    seen.looked++;
    try {
      await look(await acrossCtx(reminder.tenant, requestId), reminder);
      await done();
    } catch (error) {
      seen.failed++;
      log.error('sweep failed', { ...reminder, error: cause(error) });
    }
  }
  await noteSweep(open, seen);
  return seen;
}

const look = (ctx: Ctx, { kind, tenant, id }: Reminder): Promise<unknown> => looking[kind](ctx, id, tenant);

const looking: Readonly<Record<Reminder['kind'], (ctx: Ctx, id: string, tenant: string) => Promise<unknown>>> = {
  upload: async (ctx, subject, tenant) =>
    (await File.closeForgotten(ctx, subject)) && sendPurge({ tenant, type: 'file.deleted', subject, detail: {} }),
  task: (ctx, id, tenant) => lookAfter(ctx, tenant, id),
  refusals: tellRefusals,
  sign_in: tellFailedSignIns,
  project: Project.purgeDue,
  purged: async (ctx, subject, tenant) =>
    (await Project.isPurged(ctx, subject)) && sendPurge({ tenant, type: 'project.purged', subject, detail: {} }),
  script: Script.purgeDue,
  export: (_, subject, tenant) => sendPurge({ tenant, type: 'audit.exported', subject, detail: {} }),
};

/** Work that never started is started, work whose execution died is closed, work that goes on is looked at again. */
async function lookAfter(ctx: Ctx, tenant: string, id: string): Promise<void> {
  const task = await Task.find(ctx, id);
  const { left } = await Tenant.expire(ctx);
  // once more, for what a step that died at the last has held
  if (!task || Task.ended.has(task.status)) return left > 0 ? Task.watch(ctx, id) : undefined;
  const run = { task: id, attempt: task.attempt, type: task.type };
  const state = await stateOf(run);
  if (state === 'ended') return fail(ctx, { ...run, error: { Error: 'ExecutionLost' } });
  if (state === 'unknown') await startMachine({ ...run, tenant });
  await Task.watch(ctx, id);
}
