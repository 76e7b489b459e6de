// Deleting a script and taking that back. What was made from it stays, whatever becomes of it.
import * as z from 'zod';
import * as File from '../file/index.ts';
import { commit, commitAll, maxWrites } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { remind } from '../platform/reminder.ts';
import { purgeAtOf, restorableDays } from '../platform/removal.ts';
import { verb } from '../platform/verb.ts';
import { DisposeScript, Script } from './schema.ts';
import { loadRemoved, loadRevisions, loadScript, savingScript, shownScript } from './store.ts';

export const remove = verb({
  name: 'script.remove',
  summary: `Deletes a script from its project; what was made from it stays. It can be restored for ${restorableDays} days, as long as the files it was made of are there. A script that tells most of it again in that time goes on from its episodes, as a revision would.`,
  needs: 'script:write',
  input: DisposeScript,
  output: z.object({ id: z.string(), purgeAt: z.int() }),
  run: async (ctx, { id, version }) => {
    const before = await loadScript(ctx, id);
    mustBeAt(before, version);
    const { project } = before;
    const purgeAt = purgeAtOf(ctx.now());
    const files = (await filesOf(ctx, id)).map(([file, count]) => File.unusing(ctx, file, count));
    await remind(ctx, { kind: 'script', tenant: ctx.tenant, id }, purgeAt);
    await commit(ctx, {
      rows: [savingScript(ctx, before, { status: 'deleted', purgeAt }), ...files.slice(0, maxWrites - 1)],
      audit: { object: id, project, before: { status: before.status }, after: { status: 'deleted' } },
      facts: [{ type: 'script.deleted', subject: id, project }],
    });
    await commitAll(ctx, files.slice(maxWrites - 1));
    return { id, purgeAt };
  },
});

export const restore = verb({
  name: 'script.restore',
  summary: 'Takes the deletion of a script back, with all its revisions.',
  needs: 'script:write',
  input: DisposeScript,
  output: Script,
  run: async (ctx, { id, version }) => {
    const before = await loadRemoved(ctx, id);
    mustBeAt(before, version);
    const { project } = before;
    const change = { status: 'active', purgeAt: undefined, heir: undefined } as const;
    const now = ctx.now();
    const files = (await filesOf(ctx, id)).map(([file, count]) => ({
      ...File.using(ctx, file, count),
      refused: () => new Failure('SCRIPT_FILE_GONE', { file_id: file }),
    }));
    await commit(ctx, {
      rows: [savingScript(ctx, before, change, now), ...files.slice(0, maxWrites - 1)],
      audit: { object: id, project, before: { status: 'deleted' }, after: { status: 'active' } },
      facts: [{ type: 'script.restored', subject: id, project }],
    });
    await commitAll(ctx, files.slice(maxWrites - 1));
    return shownScript({ ...before, ...change, version: before.version + 1, updatedAt: now });
  },
});

/** The files that revisions of the script were made of, and how many of each. */
async function filesOf(ctx: Ctx, script: string): Promise<[string, number][]> {
  const uses = new Map<string, number>();
  for (const { fileId } of await loadRevisions(ctx, script))
    if (fileId !== undefined) uses.set(fileId, (uses.get(fileId) ?? 0) + 1);
  return [...uses];
}
