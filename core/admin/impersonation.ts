// Looking at a tenant as its people see it: a session that reads and changes nothing, with a reason, for a quarter of an hour. It is told
// in the audit of the platform and of the tenant, where everything it reads that leaves a line says `platform`.
import { randomBytes } from 'node:crypto';
import { commit, putting } from '../platform/commit.ts';
import * as Tenant from '../tenant/index.ts';
import { hashOf, ImpersonationEntity, prefix } from './looking.ts';
import { forTenant, platformLine, platformVerb } from './platform.ts';
import { Impersonation, WithReason } from './schema.ts';

/** Ms. */
const longest = 15 * 60_000;

export const impersonate = platformVerb({
  name: 'platform.impersonate',
  summary: 'Opens a session that reads what a viewer of the tenant reads, for 15 minutes, and changes nothing.',
  input: WithReason,
  output: Impersonation,
  run: async (ctx, { id, reason }) => {
    const of = await forTenant(ctx, id);
    await Tenant.load(of);
    const token = `${prefix}${randomBytes(32).toString('base64url')}`;
    const until = ctx.now() + longest;
    const row = { hash: hashOf(token), tenant: id, admin: ctx.actor.id, until, expires_at: Math.ceil(until / 1000) };
    const after = { reason, until };
    await commit(of, {
      rows: [putting(ctx.stores.directory, ImpersonationEntity.create(row)), platformLine(ctx, id, after)],
      audit: { object: id, after },
    });
    return { token, tenantId: id, expiresAt: until };
  },
});
