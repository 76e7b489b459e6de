// A tenant in a place that stands ready in lib/tenants.ts, with a person as its owner.
import { joining } from '../../core/member/store.ts';
import { commit } from '../../core/platform/commit.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { amending } from '../../core/tenant/directory.ts';
import { founding } from '../../core/tenant/index.ts';
import { acrossStores } from '../../functions/runtime/stores.ts';
import type { OwnPlace } from '../../lib/tenants.ts';
import type { Host } from '../../local/cloud.ts';
import type { Plan } from '../../local/template/plan.ts';
import { aPerson, clientOf } from './client.ts';

/** The runtime of functions, in this process and as the cloud itself. */
export function actAsHost(plan: Plan, { credentials, endpoints }: Host): void {
  Object.assign(process.env, endpoints, ...plan.functions.map(({ environment }) => environment), {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
}

/** Somebody whose tenant has been given this place. */
export async function aPlaced({ tenant, tier }: OwnPlace) {
  const { user, email, token, client } = await aPerson(`owner-of-${tier}`);
  const { id = '', name = '' } = user;
  const ctx: Ctx = {
    stores: await acrossStores.of(tenant, tier),
    tenant,
    role: 'owner',
    actor: { kind: 'user', id, email },
    requestId: 'req_founded',
    locale: 'en',
    now: Date.now,
    verb: 'member.register',
  };
  await commit(ctx, {
    rows: [...founding(ctx, tier, { plan: 'enterprise' }), ...joining(ctx, { id, email, name, role: 'owner' })],
    audit: { object: id, after: { role: 'owner' } },
  });
  await commit(ctx, { rows: [amending(ctx, { tier })] });
  const { access } = (await client.memberSwitch({ tenant_id: tenant, refresh: token.refresh ?? '' })).token;
  return { tenant, tier, email, access, client: clientOf(access) };
}
