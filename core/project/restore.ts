import { commit } from '../platform/commit.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { Project, RestoreProject } from './schema.ts';
import { loadRemoved, saving, shown, titles } from './store.ts';

export const restore = verb({
  name: 'project.restore',
  summary:
    'Takes the deletion of a project back, with all that is in it; under another title, where its own was taken meanwhile. Work that was stopped is begun again by hand.',
  needs: 'project:write',
  input: RestoreProject,
  output: Project,
  run: async (ctx, { id, version, title: asked }) => {
    const before = await loadRemoved(ctx, id);
    mustBeAt(before, version);
    const { title = before.title, status } = { title: asked, status: before.removedFrom ?? 'active' };
    const change = { title, status, shelf: 'kept', removedFrom: undefined, purgeAt: undefined } as const;
    const now = ctx.now();
    await commit(ctx, {
      rows: [
        saving(ctx, before, change, now),
        titles.taking(ctx, title, id),
        await Tenant.reserving(ctx, 'projects', 1),
      ],
      audit: { object: id, project: id, before: { status: 'deleted', title: before.title }, after: { status, title } },
      facts: [{ type: 'project.restored', subject: id, project: id }],
    });
    return shown({ ...before, ...change, version: before.version + 1, updatedAt: now });
  },
});
