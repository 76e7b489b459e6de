import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { Task, TaskId } from './schema.ts';
import { load, shown } from './store.ts';

export const get = verb({
  name: 'task.get',
  summary: 'One task with its progress, result and failed parts.',
  needs: 'task:read',
  input: TaskId,
  output: Task,
  run: async (ctx, { id }) => {
    const task = await load(ctx, id);
    await Project.load(ctx, task.project);
    return shown(task, ctx.locale);
  },
});
