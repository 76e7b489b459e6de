// Totals by day: what the table stream adds a usage row to, once.
import { Entity } from 'electrodb';
import { commit, patching } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import { byTenant, number, text } from '../../platform/keys.ts';
import { eachRow, everything } from '../../platform/page.ts';
import { UsageEntity, type UsageRow } from './row.ts';

/** What a tenant used on one day, for one project, of one model, with one kind of key, priced in one currency. */
export type Totals = {
  readonly day: string;
  readonly project: string;
  readonly provider: string;
  readonly model: string;
  readonly mode: string;
  readonly currency: string;
  readonly calls: number;
  readonly hits: number;
  readonly failed: number;
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  readonly micros: number;
  readonly spent: number;
  readonly ms: number;
};

const TotalEntity = new Entity({
  model: { entity: 'usage-total', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    day: text,
    project: text,
    provider: text,
    model: text,
    mode: text,
    /** `none` where no price is known. */
    currency: text,
    calls: number,
    hits: number,
    failed: number,
    input: number,
    output: number,
    cached: number,
    micros: number,
    spent: number,
    ms: number,
  },
  indexes: {
    primary: {
      pk: byTenant,
      sk: {
        field: 'sk',
        composite: ['day', 'project', 'provider', 'mode', 'currency', 'model'],
        template: 'USAGEDAY#${day}#${project}#${provider}#${mode}#${currency}#${model}',
        casing: 'none',
      },
    },
  },
});

/** Totals of the days from `from` to `to` (UTC, YYYY-MM-DD), both included. */
export async function totalsOf(ctx: Ctx, from: string, to: string): Promise<Totals[]> {
  const next = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
  const query = TotalEntity.query.primary({ tenant: ctx.tenant }).between({ day: from }, { day: next });
  return (await everything<Totals>(ctx, query, TotalEntity)).filter(({ day }) => day <= to);
}

/** All daily totals there are, one after the other. */
export const everyTotal = (ctx: Ctx): AsyncGenerator<Totals> =>
  eachRow<Totals>(TotalEntity.query.primary({ tenant: ctx.tenant }).begins({ day: '' }), TotalEntity, ctx.stores.core);

/**
 * Adds one usage row to its day's totals; a repeated announcement changes nothing, for the row itself says that it was counted.
 * For the stream: `usage.recorded`, whose subject is the row's id.
 */
export async function total(ctx: Ctx, id: string): Promise<void> {
  const { data } = await UsageEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  const row = data as UsageRow | null;
  if (!row || row.totalled) return;
  const counted = new Failure('CONFLICT', { reason: 'counted' });
  const marked = UsageEntity.patch({ tenant: ctx.tenant, id })
    .set({ totalled: true })
    .where(({ totalled }, { notExists }) => notExists(totalled));
  try {
    await commit(ctx, {
      rows: [patching(ctx.stores.core, marked, () => counted), patching(ctx.stores.core, added(row))],
    });
  } catch (error) {
    if (error !== counted) throw error;
  }
}

const added = (row: UsageRow) =>
  TotalEntity.upsert({
    tenant: row.tenant,
    day: row.day,
    project: row.project,
    provider: row.provider,
    model: row.model,
    mode: row.mode,
    currency: row.currency ?? 'none',
  }).add({
    calls: row.cacheHit ? 0 : 1,
    hits: row.cacheHit ? 1 : 0,
    failed: row.outcome === 'answered' ? 0 : 1,
    input: row.input,
    output: row.output,
    cached: row.cached,
    micros: row.micros ?? 0,
    spent: row.spent,
    ms: row.ms,
  });
