// Work is looked after from before it is announced: an announcement that gets lost is made up for by the sweep.
import type { Ctx } from '../platform/ctx.ts';
import { remind } from '../platform/reminder.ts';

/** Longer than a breakdown usually takes, milliseconds. */
const lookAfterMs = 30 * 60_000;

/** Has the sweep look after a task in half an hour. Called before the commit that starts it: a reminder of no task is forgotten. */
export const watch = (ctx: Ctx, id: string): Promise<void> =>
  remind(ctx, { kind: 'task', tenant: ctx.tenant, id }, ctx.now() + lookAfterMs);
