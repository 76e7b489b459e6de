// The last step: what is left is told in both audits, and the directory keeps that the tenant was there, when and why it went, and how much that was.
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { platformTenant } from '../../platform/id.ts';
import { linePut } from '../../platform/note.ts';
import * as Tenant from '../../tenant/index.ts';
import { type Closure, closureBuried, closureTold, counted, findClosure } from '../closure.ts';
import { onboardingEnding } from '../onboarding.ts';
import { finished, type OffboardInput, outrun, overtaken, type Portion } from './step.ts';

/** Each of the two commits happens once, whenever the step is cut off; the second needs the platform's session, because its line lies there. */
export async function bury(ctx: Ctx, { closing }: OffboardInput): Promise<Portion> {
  const closure = await findClosure(ctx, ctx.tenant);
  if (closure?.id !== closing) return overtaken;
  await told(ctx, closure);
  await buried(ctx, closure);
  return finished;
}

async function told(ctx: Ctx, closure: Closure): Promise<void> {
  if (closure.closedAt !== undefined) return;
  const once = closureTold(ctx, closure.id, ctx.now(), outrun);
  try {
    await commit(ctx, { rows: [once], audit: { object: ctx.tenant, after: summaryOf(closure) } });
  } catch (error) {
    if (error !== outrun) throw error;
  }
}

async function buried(ctx: Ctx, closure: Closure): Promise<void> {
  const { tenant } = ctx;
  const platform: Ctx = { ...ctx, tenant: platformTenant, stores: await ctx.stores.of(platformTenant, 'pool') };
  const line = linePut(platform, { object: tenant, after: summaryOf(closure) });
  try {
    await commit(platform, {
      rows: [
        closureBuried(platform, tenant, closure.id, outrun),
        Tenant.tombstone(platform, tenant),
        onboardingEnding(platform, tenant),
        { item: { Put: line } },
      ],
    });
  } catch (error) {
    if (error !== outrun) throw error;
  }
}

const summaryOf = (closure: Closure): Record<string, unknown> => ({
  status: 'closed',
  by: closure.by,
  reason: closure.reason,
  ...Object.fromEntries(counted.map((name) => [name, closure[name]])),
});
