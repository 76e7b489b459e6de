import { commit, putting } from '../platform/commit.ts';
import { newId } from '../platform/id.ts';
import { throughout } from '../platform/reach.ts';
import { verb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { madeOf, standard } from './project.ts';
import { CreateProject, Project } from './schema.ts';
import { ProjectEntity, type ProjectRow, shown, titles } from './store.ts';

export const create = verb({
  name: 'project.create',
  summary: 'Creates a project; its title is unique in the tenant.',
  needs: 'project:write',
  input: CreateProject,
  output: Project,
  run: async (ctx, { title, stage = 'script', status = 'active', ...asked }) => {
    throughout(ctx);
    const now = ctx.now();
    const { making, own } = madeOf(asked);
    const row: ProjectRow = {
      ...standard,
      ...making,
      own,
      tenant: ctx.tenant,
      id: newId('prj', now),
      title,
      stage,
      status,
      shelf: 'kept',
      createdBy: ctx.actor.id,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await commit(ctx, {
      rows: [
        putting(ctx.stores.core, ProjectEntity.create(row)),
        titles.taking(ctx, title, row.id),
        await Tenant.reserving(ctx, 'projects', 1),
      ],
      audit: { object: row.id, project: row.id, after: { title } },
      facts: [{ type: 'project.created', subject: row.id, project: row.id }],
    });
    return shown(row);
  },
});
