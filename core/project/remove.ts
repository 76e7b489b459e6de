import * as z from 'zod';
import { commit } from '../platform/commit.ts';
import { mustBeAt } from '../platform/failure.ts';
import { remind } from '../platform/reminder.ts';
import { purgeAtOf, restorableDays } from '../platform/removal.ts';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { RemoveProject } from './schema.ts';
import { load, saving, titles } from './store.ts';

/** The fact stops what runs in it. Its files take room until it is purged; the sweep is reminded to do that. */
export const remove = verb({
  name: 'project.remove',
  summary: `Deletes a project: its title and its place are free at once, what runs in it is stopped. It can be restored for ${restorableDays} days; its files take room until it is purged.`,
  needs: 'project:write',
  input: RemoveProject,
  output: z.object({ id: z.string(), purgeAt: z.int() }),
  run: async (ctx, { id, version }) => {
    const before = await load(ctx, id);
    mustBeAt(before, version);
    const purgeAt = purgeAtOf(ctx.now());
    await remind(ctx, { kind: 'project', tenant: ctx.tenant, id }, purgeAt);
    await commit(ctx, {
      rows: [
        saving(ctx, before, {
          status: 'deleted',
          shelf: 'deleted',
          removedFrom: before.status === 'archived' ? 'archived' : 'active',
          purgeAt,
        }),
        titles.freeing(ctx, before.title),
        Tenant.releasing(ctx, 'projects', 1),
      ],
      audit: { object: id, project: id, before: { status: before.status }, after: { status: 'deleted' } },
      facts: [{ type: 'project.deleted', subject: id, project: id }],
    });
    return { id, purgeAt };
  },
});
