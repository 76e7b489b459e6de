import * as z from 'zod';
import * as File from '../file/index.ts';
import { commit, putting } from '../platform/commit.ts';
import { verb } from '../platform/verb.ts';
import { ScriptId } from './schema.ts';
import { loadRevisions, loadScript, ScriptEntity } from './store.ts';

export const remove = verb({
  name: 'script.remove',
  summary: 'Deletes a script from its project; what was made from it stays.',
  needs: 'script:write',
  input: ScriptId,
  output: z.object({ id: z.string() }),
  run: async (ctx, { id }) => {
    const before = await loadScript(ctx, id);
    const files = new Set((await loadRevisions(ctx, id)).flatMap(({ fileId }) => fileId ?? []));
    const put = ScriptEntity.put({ ...before, status: 'deleted', version: before.version + 1, updatedAt: ctx.now() });
    await commit(ctx, {
      rows: [
        putting(
          ctx.stores.core,
          put.where(({ version }, { eq }) => eq(version, before.version)),
        ),
        ...[...files].map((file) => File.unusing(ctx, file, id)),
      ],
      audit: { object: id, project: before.project, before: { status: before.status }, after: { status: 'deleted' } },
      facts: [{ type: 'script.deleted', subject: id, project: before.project }],
    });
    return { id };
  },
});
