import { pageOfList, pageThrough } from '../platform/page.ts';
import { projectsWithin } from '../platform/reach.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { ListTasks, type Task, TaskPage } from './schema.ts';
import { shown, TaskEntity, type TaskRow } from './store.ts';

export const list = verb({
  name: 'task.list',
  summary: 'Tasks of the tenant, as far as their projects are within reach, or of one project; newest first.',
  needs: 'task:read',
  input: ListTasks,
  output: TaskPage,
  run: async (ctx, { projectId, status, ...page }) => {
    if (projectId !== undefined) await Project.load(ctx, projectId);
    const key = { tenant: ctx.tenant };
    const query = projectId ? TaskEntity.query.ofProject({ ...key, project: projectId }) : TaskEntity.query.all(key);
    const reached = projectId ? 'all' : projectsWithin(ctx);
    const removed = projectId ? [] : await Project.removedIds(ctx);
    const shared = reached === 'all' ? reached : reached.filter((id) => !removed.includes(id));
    if (shared.length === 0) return pageOfList<Task>(ctx, [], '', page);
    const ofStatus = status ? query.where((row, op) => op.eq(row.status, status as string)) : query;
    const [not, ids] = shared === 'all' ? (['NOT ', removed] as const) : (['', shared] as const);
    const filtered =
      ids.length === 0
        ? ofStatus
        : ofStatus.where(
            ({ project }, { name, value }) =>
              `${not}${name(project)} IN (${ids.map((id) => value(project, id)).join(', ')})`,
          );
    const about = `task.list|${projectId ?? ''}|${status ?? ''}`;
    const { items, ...rest } = await pageThrough<TaskRow>(
      ctx,
      { query: filtered, reader: TaskEntity, about, order: 'desc' },
      page,
    );
    return { ...rest, items: items.map((row) => shown(row, ctx.locale)) };
  },
});
