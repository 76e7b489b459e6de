// Alerts: half, three quarters, nine tenths and all of a quota, each told once in a period.
import { Entity } from 'electrodb';
import { commit, putting } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import { byTenant, number, text } from '../../platform/keys.ts';
import { monthOf } from './metric.ts';
import type { QuotaRow } from './store.ts';

/** Hundredths. Source: contract.md, "Numbers given": alert at 90 %; the others beside it. */
const thresholds = [50, 75, 90, 100] as const;

const AlertEntity = new Entity({
  model: { entity: 'quota-alert', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, metric: text, period: text, threshold: number, at: number, expires_at: number },
  indexes: {
    primary: {
      pk: byTenant,
      sk: {
        field: 'sk',
        composite: ['metric', 'period', 'threshold'],
        template: 'ALERT#${metric}#${period}#${threshold}',
        casing: 'none',
      },
    },
  },
});

type Share = Pick<QuotaRow, 'limit' | 'used'>;

/** Thresholds that lie between two states of a quota. Pure. */
export function crossed(before: Share, after: Share): number[] {
  const isReached = ({ limit, used }: Share, threshold: number) => used * 100 >= limit * threshold && limit > 0;
  return thresholds.filter((threshold) => isReached(after, threshold) && !isReached(before, threshold));
}

/** Longer than the month an alert is for. */
const keptSeconds = 100 * 86_400;

/**
 * Announces what a change of a quota has crossed; what was announced in this month already is not announced again, however often the
 * change is told. For the stream.
 */
export async function alert(ctx: Ctx, before: QuotaRow, after: QuotaRow): Promise<void> {
  const { metric, limit, used } = after;
  const known = new Failure('CONFLICT', { reason: 'known' });
  for (const threshold of crossed(before, after)) {
    const at = ctx.now();
    const period = after.period === 'always' ? monthOf(at) : after.period;
    const row = { tenant: ctx.tenant, metric, period, threshold, at, expires_at: Math.ceil(at / 1000) + keptSeconds };
    await commit(ctx, {
      rows: [putting(ctx.stores.core, AlertEntity.create(row), () => known)],
      facts: [{ type: 'quota.reached', subject: metric, detail: { quota: metric, period, threshold, used, limit } }],
    }).catch((error: unknown) => {
      if (error !== known) throw error;
    });
  }
}
