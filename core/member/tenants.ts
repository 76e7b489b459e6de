// The tenants a person belongs to, and going from one to another.
import * as z from 'zod';
import { commit } from '../platform/commit.ts';
import { Failure } from '../platform/failure.ts';
import { together } from '../platform/together.ts';
import { verb } from '../platform/verb.ts';
import { entryKey, type TenantEntry } from '../tenant/directory.ts';
import { TenantStatus } from '../tenant/index.ts';
import { findMembership, membershipsOf, workingIn } from './directory.ts';
import { renewal } from './refresh.ts';
import { Role, Switch, Token } from './schema.ts';

const Mine = z.object({
  id: z.string(),
  name: z.string(),
  status: TenantStatus,
  role: Role,
  /** Whether it is the one the token is for. */
  isCurrent: z.boolean(),
});

export const tenants = verb({
  name: 'member.tenants',
  summary: 'The organisations of the person who asks, and the role in each.',
  needs: 'self',
  input: z.object({}),
  output: z.object({ items: z.array(Mine) }),
  run: async (ctx) => {
    const held = (await membershipsOf(ctx, ctx.actor.id)).filter(({ isActive }) => isActive).slice(0, 100);
    const keys = held.map(({ tenant }) => entryKey(ctx, tenant));
    const entries = await together(ctx.stores.directory, keys);
    const items = held.flatMap(({ tenant, role }, at) => {
      const entry = entries[at] as TenantEntry | undefined;
      return entry
        ? [{ id: tenant, name: entry.name, status: entry.status, role, isCurrent: tenant === ctx.tenant }]
        : [];
    });
    return { items };
  },
});

export const switchTenant = verb({
  name: 'member.switch',
  summary: 'Tokens for another organisation of the person, for a refresh token; the next sign-in is for that one too.',
  needs: 'self',
  input: Switch,
  output: z.object({ token: Token, tenantId: z.string() }),
  run: async (ctx, { tenantId, refresh }) => {
    const membership = await findMembership(ctx, ctx.actor.id, tenantId);
    if (!membership?.isActive) throw new Failure('NOT_FOUND');
    const token = await renewal(ctx, { refresh, tenantId });
    await commit(ctx, {
      rows: [workingIn(ctx, ctx.actor.id, tenantId)],
      audit: { object: ctx.actor.id, after: { tenant: tenantId } },
    });
    return { token, tenantId };
  },
});
