import { pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { ListTasks, TaskPage } from './schema.ts';
import { shown, TaskEntity, type TaskRow } from './store.ts';

export const list = verb({
  name: 'task.list',
  summary: 'Tasks of the tenant or of one project, newest first.',
  needs: 'task:read',
  input: ListTasks,
  output: TaskPage,
  run: async (ctx, { projectId, status, ...page }) => {
    if (projectId !== undefined) await Project.load(ctx, projectId);
    const key = { tenant: ctx.tenant };
    const query = projectId ? TaskEntity.query.ofProject({ ...key, project: projectId }) : TaskEntity.query.all(key);
    const filtered = status ? query.where((row, op) => op.eq(row.status, status as string)) : query;
    const about = `task.list|${projectId ?? ''}|${status ?? ''}`;
    const { items, ...rest } = await pageThrough<TaskRow>(
      ctx,
      { query: filtered, reader: TaskEntity, about, order: 'desc' },
      page,
    );
    return { ...rest, items: items.map((row) => shown(row, ctx.locale)) };
  },
});
