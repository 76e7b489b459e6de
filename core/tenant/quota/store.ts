// How quotas are kept: a row for each metric and period, and a row for each hold. Moves become updates with conditions.
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import { byTenant, number, text } from '../../platform/keys.ts';
import { everything } from '../../platform/page.ts';
import { adviceOf, type Metric, metrics, nameOf, periodEnd, periodOf } from './metric.ts';
import { type Counts, type Move, opened } from './move.ts';

export type QuotaRow = Counts & { readonly tenant: string; readonly metric: Metric; readonly period: string };

export const QuotaEntity = new Entity({
  model: { entity: 'quota', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    metric: text,
    period: text,
    limit: number,
    used: number,
    reserved: number,
    remaining: number,
  },
  indexes: {
    primary: {
      pk: byTenant,
      sk: { field: 'sk', composite: ['metric', 'period'], template: 'QUOTA#${metric}#${period}', casing: 'none' },
    },
  },
});

/** `n` set aside until `until` (epoch ms). The row goes when the hold ends, which therefore happens once. */
export type HoldRow = {
  readonly tenant: string;
  readonly id: string;
  readonly metric: Metric;
  readonly period: string;
  readonly n: number;
  readonly until: number;
};

const HoldEntity = new Entity({
  model: { entity: 'quota-hold', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, id: text, metric: text, period: text, n: number, until: number },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'HOLD#${id}', casing: 'none' } },
  },
});

/** The row of a metric now; undefined where its period has not begun to count. */
export async function find(ctx: Ctx, metric: Metric): Promise<QuotaRow | undefined> {
  const key = { tenant: ctx.tenant, metric, period: periodOf(metric, ctx.now()) };
  const { data } = await QuotaEntity.get(key).go({ ...ctx.stores.core, consistent: true });
  return (data ?? undefined) as QuotaRow | undefined;
}

/** The rows of every metric that is counted now. */
export async function quotasOf(ctx: Ctx): Promise<QuotaRow[]> {
  const rows = await Promise.all(metrics.map((metric) => find(ctx, metric)));
  return rows.filter((row) => row !== undefined);
}

/** The first row of a metric and its period. */
export const opening = (ctx: Ctx, metric: Metric, limit: number, used = 0, refused?: Failure): Write =>
  putting(
    ctx.stores.core,
    QuotaEntity.create({
      tenant: ctx.tenant,
      metric,
      period: periodOf(metric, ctx.now()),
      ...opened(limit, used),
    }),
    refused && (() => refused),
  );

type Of = Pick<QuotaRow, 'metric' | 'period'>;

/** A move of a row. Without the row, or without what must be left, the commit throws what `refused` says. */
export function moving(ctx: Ctx, of: Of, { add, least }: Move, refused?: Write['refused']): Write {
  const patch = QuotaEntity.patch({ tenant: ctx.tenant, metric: of.metric, period: of.period }).add({ ...add });
  if (!least) return patching(ctx.stores.core, patch, refused);
  const { remaining, reserved } = least;
  const bound = patch.where((row, { gte }) =>
    [
      ...(remaining === undefined ? [] : [gte(row.remaining, remaining)]),
      ...(reserved === undefined ? [] : [gte(row.reserved, reserved)]),
    ].join(' AND '),
  );
  return patching(ctx.stores.core, bound, refused);
}

/** The row of a new hold; the commit throws `known` where it is there. */
export const keepingHold = (ctx: Ctx, hold: Omit<HoldRow, 'tenant'>, known: Failure): Write =>
  putting(ctx.stores.core, HoldEntity.create({ ...hold, tenant: ctx.tenant }), () => known);

/** Ends a hold, once: the commit throws `ended` where that was done. */
export const endingHold = (ctx: Ctx, id: string, ended: Failure): Write =>
  removing(ctx.stores.core, HoldEntity.remove({ tenant: ctx.tenant, id }), () => ended);

export async function findHold(ctx: Ctx, id: string): Promise<HoldRow | undefined> {
  const { data } = await HoldEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  return (data ?? undefined) as HoldRow | undefined;
}

/** The tenant's holds. */
export const holdsOf = (ctx: Ctx): Promise<HoldRow[]> =>
  everything<HoldRow>(ctx, HoldEntity.query.primary({ tenant: ctx.tenant }).begins({ id: '' }), HoldEntity);

/** Nothing is left; says what would help. */
export function usedUp(ctx: Ctx, metric: Metric, { limit, used, reserved }: Omit<Counts, 'remaining'>): Failure {
  const resets = periodEnd(metric, ctx.now());
  return new Failure('QUOTA_EXCEEDED', {
    quota: metric,
    what: nameOf[metric],
    advice: adviceOf[metric],
    limit,
    used,
    reserved,
    ...(resets !== undefined && { resets_at: resets }),
    ...(metric === 'storage' && { used_bytes: used, limit_bytes: limit }),
  });
}
