import * as z from 'zod';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { partsOn, planOn } from '../writer/shelf.ts';
import { TaskId, TaskStatus } from './schema.ts';
import { load, type TaskRow } from './store.ts';

/** What is planned: for a script its outline; null before there is one, and where nothing needs a plan. */
const Plan = z.object({
  title: z.string(),
  logline: z.string(),
  cast: z.array(z.object({ name: z.string(), who: z.string() })),
  episodes: z.array(z.object({ title: z.string(), beat: z.string(), hook: z.string() })),
});

const Part = z.object({
  /** Number of the part: of the episode, for scripts. */
  number: z.int(),
  title: z.string(),
  text: z.string(),
  /** Whether it has come to its end. */
  whole: z.boolean(),
});

export const text = verb({
  name: 'task.text',
  summary:
    'What a task that writes has written so far: the outline, and every part that was begun; kept when the work stops.',
  needs: 'task:read',
  input: TaskId.extend({ part: z.coerce.number().int().min(1).optional() }),
  output: z.object({ taskId: z.string(), status: TaskStatus, outline: Plan.nullable(), parts: z.array(Part) }),
  run: async (ctx, { id, part }) => {
    const task = await load(ctx, id);
    await Project.load(ctx, task.project);
    const shelf = { project: task.project, task: id };
    const numbers = partNumbers(task).filter((number) => part === undefined || number === part);
    const [plan, parts] = await Promise.all([planOn(ctx, shelf), partsOn(ctx, shelf, numbers)]);
    const shown = [...parts].map(([number, { title, text, isWhole }]) => ({ number, title, text, whole: isWhole }));
    return { taskId: id, status: task.status, outline: Plan.safeParse(plan).data ?? null, parts: shown };
  },
});

/** Numbers of the parts that are planned; none where nothing is written. */
const partNumbers = ({ planned }: TaskRow): number[] =>
  planned.flatMap((name) => (name.startsWith('write:') ? [Number(name.slice('write:'.length))] : []));
