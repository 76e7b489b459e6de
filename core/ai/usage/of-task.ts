// The usage rows of a task as people see them.
import * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { type PageInput, pageThrough } from '../../platform/page.ts';
import { UsageEntity, type UsageRow } from './row.ts';

/** One exchange with a model, or one answer that was there already. */
export const Usage = z.object({
  id: z.string(),
  episode: z.int().nullable(),
  /** `name@version` */
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  mode: z.string(),
  /** Tokens; `cached` are part of `input`. */
  input: z.int(),
  output: z.int(),
  cached: z.int(),
  /** The provider gave no count. */
  estimated: z.boolean(),
  /** Millionths of `currency`; null where the price is not known. */
  micros: z.int().nullable(),
  currency: z.string().nullable(),
  /** Millionths of CNY the task paid. */
  spent: z.int(),
  ms: z.int(),
  cacheHit: z.boolean(),
  /** Which exchange of the call, from 1; 0 when nothing was asked. */
  attempt: z.int(),
  /** `answered`, or how it failed. */
  outcome: z.string(),
  at: z.int(),
});

/** Rows of a task, newest first. */
export async function usageOfTask(ctx: Ctx, task: string, input: PageInput) {
  const query = UsageEntity.query.ofTask({ tenant: ctx.tenant, task });
  const on = { query, reader: UsageEntity, about: `task.usage|${task}`, order: 'desc' as const };
  const { items, ...rest } = await pageThrough<UsageRow>(ctx, on, input);
  return { ...rest, items: items.map(shown) };
}

const shown = (row: UsageRow): z.input<typeof Usage> => ({
  ...row,
  episode: row.episode ?? null,
  estimated: row.estimated ?? false,
  micros: row.micros ?? null,
  currency: row.currency ?? null,
});
