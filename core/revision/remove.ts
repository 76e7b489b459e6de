import * as z from 'zod';
import * as File from '../file/index.ts';
import { commit, maxWrites, putting } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { RemoveScript } from './schema.ts';
import { loadRevisions, loadScript, ScriptEntity } from './store.ts';

export const remove = verb({
  name: 'script.remove',
  summary: 'Deletes a script from its project; what was made from it stays.',
  needs: 'script:write',
  input: RemoveScript,
  output: z.object({ id: z.string() }),
  run: async (ctx, { id, version }) => {
    const before = await loadScript(ctx, id);
    mustBeAt(before, version);
    const put = ScriptEntity.put({ ...before, status: 'deleted', version: before.version + 1, updatedAt: ctx.now() });
    const deleted = put.where(({ version }, { eq }) => eq(version, before.version));
    const files = await filesLetGo(ctx, id);
    await commit(ctx, {
      rows: [putting(ctx.stores.core, deleted), ...files.slice(0, maxWrites - 1)],
      audit: { object: id, project: before.project, before: { status: before.status }, after: { status: 'deleted' } },
      facts: [{ type: 'script.deleted', subject: id, project: before.project }],
    });
    for (let at = maxWrites - 1; at < files.length; at += maxWrites)
      await commit(ctx, { rows: files.slice(at, at + maxWrites) });
    return { id };
  },
});

/** Lets go of the files that revisions of the script were made of, each once. */
async function filesLetGo(ctx: Ctx, script: string) {
  const uses = new Map<string, number>();
  for (const { fileId } of await loadRevisions(ctx, script))
    if (fileId !== undefined) uses.set(fileId, (uses.get(fileId) ?? 0) + 1);
  return [...uses].map(([file, count]) => File.unusing(ctx, file, count));
}
