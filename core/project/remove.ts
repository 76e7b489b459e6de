import * as z from 'zod';
import { commit } from '../platform/commit.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { RemoveProject } from './schema.ts';
import { load, saving, titles } from './store.ts';

/** The fact leads to the purge of everything stored for the project (core/file purges it). */
export const remove = verb({
  name: 'project.remove',
  summary: 'Deletes a project: its title is free again and its files are purged.',
  needs: 'project:write',
  input: RemoveProject,
  output: z.object({ id: z.string() }),
  run: async (ctx, { id, version }) => {
    const before = await load(ctx, id);
    mustBeAt(before, version);
    await commit(ctx, {
      rows: [
        saving(ctx, before, { status: 'deleted', shelf: 'deleted' }),
        titles.freeing(ctx, before.title),
        Tenant.releasing(ctx, 'projects', 1),
      ],
      audit: { object: id, project: id, before: { status: before.status }, after: { status: 'deleted' } },
      facts: [{ type: 'project.deleted', subject: id, project: id }],
    });
    return { id };
  },
});
