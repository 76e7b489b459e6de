// Usage as people see it: what was used in a time, by day, project or model.
import * as z from 'zod';
import { PageInput, pageOf, pageOfList } from '../../platform/page.ts';
import { verb } from '../../platform/verb.ts';
import { grouped, groupings, summed, UsageGroup, UsageSum } from './grouped.ts';
import { type Totals, totalsOf } from './total.ts';

const mostDays = 92;

const Wanted = PageInput.extend({
  /** UTC, both included. */
  from: z.iso.date(),
  to: z.iso.date(),
  by: z.enum(groupings).default('day'),
  projectId: z.string().max(60).optional(),
  provider: z.string().max(40).optional(),
  model: z.string().max(200).optional(),
  /** Whose key ran. */
  mode: z.enum(['platform', 'byok']).optional(),
}).refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < mostDays * 86_400_000, {
  message: `from … to: 1 to ${mostDays} days`,
});

export const usageOfDays = verb({
  name: 'usage.totals',
  summary: 'What models were used and what it cost, by day (UTC), project or model. Up to 92 days.',
  needs: 'tenant:read',
  input: Wanted,
  output: pageOf(UsageGroup).extend({ total: UsageSum }),
  run: async (ctx, { cursor, size, page, ...wanted }) => {
    const rows = (await totalsOf(ctx, wanted.from, wanted.to)).filter((row) => isWanted(row, wanted));
    const about = `usage.totals|${JSON.stringify(wanted)}`;
    return { ...pageOfList(ctx, grouped(rows, wanted.by), about, { cursor, size, page }), total: summed(rows) };
  },
});

const isWanted = (row: Totals, { projectId, provider, model, mode }: Omit<z.output<typeof Wanted>, 'size'>): boolean =>
  (projectId === undefined || row.project === projectId) &&
  (provider === undefined || row.provider === provider) &&
  (model === undefined || row.model === model) &&
  (mode === undefined || row.mode === mode);
