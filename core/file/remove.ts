import * as z from 'zod';
import { commit } from '../platform/commit.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { RemoveFile } from './schema.ts';
import { deleting, load } from './store.ts';

/** The fact leads to the purge of the object. A failed upload has given its bytes back already. */
export const remove = verb({
  name: 'file.remove',
  summary: 'Deletes a file and its object; one that a script is made of stays.',
  needs: 'file:write',
  input: RemoveFile,
  output: z.object({ id: z.string() }),
  run: async (ctx, { fileId, version }) => {
    const before = await load(ctx, fileId);
    mustBeAt(before, version);
    const { id, project, status } = before;
    await commit(ctx, {
      rows: [
        deleting(ctx, before),
        ...(status === 'failed' ? [] : [Tenant.releasing(ctx, 'storage', before.fileSize)]),
      ],
      audit: { object: id, project, before: { status }, after: { status: 'deleted' } },
      facts: [{ type: 'file.deleted', subject: id, project }],
    });
    return { id };
  },
});
