// Usage as people see it: the rows of a task, the totals of days.
import * as z from 'zod';
import { everything, PageInput, pageOf, pageThrough } from '../../platform/page.ts';
import { verb } from '../../platform/verb.ts';
import { UsageEntity, type UsageRow } from './row.ts';
import { TotalEntity } from './total.ts';

const Usage = z.object({
  id: z.string(),
  projectId: z.string(),
  taskId: z.string(),
  episode: z.int().nullable(),
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  mode: z.string(),
  input: z.int(),
  output: z.int(),
  cached: z.int(),
  estimated: z.boolean(),
  /** Millionths of `currency`; null where the price is not known. */
  micros: z.int().nullable(),
  currency: z.string().nullable(),
  /** Millionths of CNY the task paid. */
  spent: z.int(),
  ms: z.int(),
  cacheHit: z.boolean(),
  attempt: z.int(),
  outcome: z.string(),
  at: z.int(),
});

const shown = (row: UsageRow): z.infer<typeof Usage> => ({
  ...row,
  projectId: row.project,
  taskId: row.task,
  episode: row.episode ?? null,
  estimated: row.estimated ?? false,
  micros: row.micros ?? null,
  currency: row.currency ?? null,
});

export const usageOfTask = verb({
  name: 'usage.task',
  summary: 'Every exchange with a model that a task made, newest first: tokens, price, outcome.',
  needs: 'task:read',
  input: PageInput.omit({ page: true }).extend({ taskId: z.string().max(60) }),
  output: pageOf(Usage),
  run: async (ctx, { taskId, ...input }) => {
    const query = UsageEntity.query.ofTask({ tenant: ctx.tenant, task: taskId });
    const on = { query, reader: UsageEntity, about: `usage ${taskId}`, order: 'desc' as const };
    const { items, nextCursor } = await pageThrough<UsageRow>(ctx, on, input);
    return { items: items.map(shown), nextCursor };
  },
});

const Total = z.object({
  day: z.string(),
  project: z.string(),
  provider: z.string(),
  model: z.string(),
  mode: z.string(),
  currency: z.string(),
  calls: z.int(),
  hits: z.int(),
  failed: z.int(),
  input: z.int(),
  output: z.int(),
  cached: z.int(),
  micros: z.int(),
  spent: z.int(),
  ms: z.int(),
});

export const usageOfDays = verb({
  name: 'usage.days',
  summary: 'Totals by day (UTC), project, model and whose key ran. Up to 92 days.',
  needs: 'tenant:read',
  input: z
    .object({ from: z.iso.date(), to: z.iso.date(), projectId: z.string().max(60).optional() })
    .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < 92 * 86_400_000, {
      message: 'from … to: 1 to 92 days',
    }),
  output: z.object({ items: z.array(Total) }),
  run: async (ctx, { from, to, projectId }) => {
    const next = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
    const query = TotalEntity.query.primary({ tenant: ctx.tenant }).between({ day: from }, { day: next });
    const rows = await everything<z.infer<typeof Total>>(ctx, query, TotalEntity);
    return {
      items: rows.filter(({ day, project }) => day <= to && (projectId === undefined || project === projectId)),
    };
  },
});
