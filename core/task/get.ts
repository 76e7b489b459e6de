import { verb } from '../platform/verb.ts';
import { Task, TaskId } from './schema.ts';
import { load, shown } from './store.ts';

export const get = verb({
  name: 'task.get',
  summary: 'One task with its progress, result and failed parts.',
  needs: 'task:read',
  input: TaskId,
  output: Task,
  run: async (ctx, { id }) => shown(await load(ctx, id), ctx.locale),
});
