// Verbs of those who run the platform: members of its group at sign-in, with a second factor. They work under the platform's own tenant id,
// and for a tenant as `platform`, never as one of its people.
import type * as z from 'zod';
import type { Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { platformTenant } from '../platform/id.ts';
import { linePut } from '../platform/note.ts';
import { verb } from '../platform/verb.ts';

/** Declares a verb of the platform. Throws FORBIDDEN for everybody else, PLATFORM_MFA_REQUIRED without a second factor. */
export const platformVerb = <I extends z.ZodType, O extends z.ZodType>(spec: {
  name: `platform.${string}`;
  summary: string;
  input: I;
  output: O;
  run(ctx: Ctx, input: z.output<I>): Promise<z.input<O>>;
}) => verb({ ...spec, needs: 'platform', run: async (ctx, input) => spec.run(await platformCtx(ctx), input) });

/** Somebody acting for the platform itself: what it writes of itself lies in the pool, wherever the tenant of whoever acts lies. */
export const platformCtx = async (ctx: Ctx): Promise<Ctx> => ({
  ...ctx,
  tenant: platformTenant,
  stores: await ctx.stores.of(platformTenant, 'pool'),
});

/** The same for a tenant: what is written there says that the platform did it. */
export async function forTenant(ctx: Ctx, tenant: string): Promise<Ctx> {
  const { reach: _, readOnly: __, platform: ___, needs: ____, ...of } = ctx;
  const stores = await ctx.stores.of(tenant);
  return { ...of, stores, tenant, role: 'admin', actor: { kind: 'platform', id: ctx.actor.id } };
}

/** A line of the platform's own audit, for the commit of what it tells. */
export const platformLine = (ctx: Ctx, tenant: string, after: Record<string, unknown>): Write => ({
  item: { Put: linePut(ctx, { object: tenant, after }) },
});
