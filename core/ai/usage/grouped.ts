// Totals of days, added up by what people ask after. Pure.
import * as z from 'zod';
import type { Totals } from './total.ts';

export const groupings = ['day', 'project', 'model'] as const;
export type Grouping = (typeof groupings)[number];

const sums = {
  /** Exchanges with models, failed ones included. */
  calls: z.int(),
  /** Answers that were there already. */
  hits: z.int(),
  failed: z.int(),
  /** Tokens; `cached` are part of `input`. */
  input: z.int(),
  output: z.int(),
  cached: z.int(),
  /** Millionths of CNY that tasks paid, at the table's fixed rate; calls whose price is not known count nothing. */
  spent: z.int(),
  /** Millionths of each currency by the price lists. */
  prices: z.array(z.object({ currency: z.string(), micros: z.int() })),
  /** Of all calls together. */
  ms: z.int(),
};

export const UsageSum = z.object(sums);
export type UsageSum = z.infer<typeof UsageSum>;

/** Only what it was added up by is set. */
export const UsageGroup = z.object({
  /** UTC */
  day: z.string().nullable(),
  /** Null also for calls that belong to none, as tests of keys. */
  projectId: z.string().nullable(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  ...sums,
});
export type UsageGroup = z.infer<typeof UsageGroup>;

/** One sum for each day (in order), or for each project or model (those that cost most in front). */
export function grouped(rows: readonly Totals[], by: Grouping): UsageGroup[] {
  const groups = Map.groupBy(rows, ({ day, project, provider, model }) =>
    by === 'day' ? day : by === 'project' ? project : `${provider} ${model}`,
  );
  const all = [...groups.values()].map((group): UsageGroup => ({ ...named(group[0], by), ...summed(group) }));
  return by === 'day'
    ? all.toSorted((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1))
    : all.toSorted((a, b) => b.spent - a.spent || b.calls - a.calls);
}

function named(row: Totals | undefined, by: Grouping) {
  const project = row?.project === 'none' ? undefined : row?.project;
  return {
    day: (by === 'day' && row?.day) || null,
    projectId: (by === 'project' && project) || null,
    provider: (by === 'model' && row?.provider) || null,
    model: (by === 'model' && row?.model) || null,
  };
}

/** All of them in one. */
export function summed(rows: readonly Totals[]): UsageSum {
  const sum = (field: 'calls' | 'hits' | 'failed' | 'input' | 'output' | 'cached' | 'spent' | 'ms') =>
    rows.reduce((all, row) => all + row[field], 0);
  const currencies = Map.groupBy(
    rows.filter(({ currency }) => currency !== 'none'),
    ({ currency }) => currency,
  );
  return {
    calls: sum('calls'),
    hits: sum('hits'),
    failed: sum('failed'),
    input: sum('input'),
    output: sum('output'),
    cached: sum('cached'),
    spent: sum('spent'),
    prices: [...currencies].map(([currency, of]) => ({
      currency,
      micros: of.reduce((all, { micros }) => all + micros, 0),
    })),
    ms: sum('ms'),
  };
}
