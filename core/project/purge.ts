// The end of a project for good: its row goes with the fact that leads to the purge of everything that hangs on it.
import * as z from 'zod';
import { commit, removing } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { remind } from '../platform/reminder.ts';
import { verb } from '../platform/verb.ts';
import { RemoveProject } from './schema.ts';
import { find, loadRemoved, ProjectEntity, type ProjectRow } from './store.ts';

export const purge = verb({
  name: 'project.purge',
  summary:
    'Ends a deleted project for good: its files and rows are removed within minutes, and their room is free again.',
  needs: 'project:write',
  input: RemoveProject,
  output: z.object({ id: z.string() }),
  run: async (ctx, { id, version }) => {
    const before = await loadRemoved(ctx, id);
    mustBeAt(before, version);
    await ended(ctx, before);
    return { id };
  },
});

/** Ends a project whose time to be restored is over; one that was restored, or is gone, is left alone. */
export async function purgeDue(ctx: Ctx, id: string): Promise<void> {
  const row = await find(ctx, id);
  if (row?.purgeAt === undefined || row.purgeAt > ctx.now()) return;
  try {
    await ended(ctx, row);
  } catch (error) {
    // somebody ends or restores it at this moment
    if (!(error instanceof Failure && ['NOT_FOUND', 'STALE_VERSION'].includes(error.code))) throw error;
  }
}

/** Whether nothing of a project may be left: its row is gone. */
export const isPurged = async (ctx: Ctx, id: string): Promise<boolean> => (await find(ctx, id)) === undefined;

/** Ms. Links to upload live an hour; what came by one after the purge is looked for when none lives any more. */
const linksDeadMs = 2 * 3_600_000;

const ended = async (ctx: Ctx, { id, title, version: known }: ProjectRow): Promise<void> => {
  await remind(ctx, { kind: 'purged', tenant: ctx.tenant, id }, ctx.now() + linksDeadMs);
  const gone = ProjectEntity.remove({ tenant: ctx.tenant, id }).where(({ version }, { eq }) => eq(version, known));
  return commit(ctx, {
    rows: [removing(ctx.stores.core, gone)],
    audit: { object: id, project: id, before: { status: 'deleted', title }, after: { status: 'purged' } },
    facts: [{ type: 'project.purged', subject: id, project: id }],
  });
};
