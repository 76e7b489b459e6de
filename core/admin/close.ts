// The end of a tenant, by the platform: it begins, is looked at, and is taken back within its grace.

import { notFound } from '../platform/failure.ts';
import { noteAlone } from '../platform/note.ts';
import * as Tenancy from '../tenancy/index.ts';
import * as Tenant from '../tenant/index.ts';
import { forTenant, platformLine, platformVerb } from './platform.ts';
import { ByClosure, Changed, ChangeTenant, Closed, Closure } from './schema.ts';
import { reasonOf } from './trouble.ts';

export const close = platformVerb({
  name: 'platform.close',
  summary:
    'Closes a tenant: read only until its grace ends, then all of it is removed for good. Again, for a closing that failed, or that nobody has carried out for an hour after its grace: goes on with it.',
  input: ChangeTenant,
  output: Closed,
  run: async (ctx, { id, reason, version }) => {
    const line = platformLine(ctx, id, { status: 'closing', reason });
    const asked = { by: 'platform', reason, version } as const;
    const { until } = await Tenancy.beginClosing(await forTenant(ctx, id), asked, [line]);
    return { id, status: 'closing' as const, closesAt: until };
  },
});

export const reopen = platformVerb({
  name: 'platform.reopen',
  summary: 'Takes the closing of a tenant back, within its grace, whoever began it: the tenant is what it was before.',
  input: ChangeTenant,
  output: Changed,
  run: async (ctx, { id, reason, version }) => {
    const line = platformLine(ctx, id, { status: 'reopened', reason });
    const {
      status,
      plan,
      version: now,
    } = await Tenancy.takeBack(await forTenant(ctx, id), 'platform', [line], version);
    return { id, status, plan, version: now };
  },
});

export const closure = platformVerb({
  name: 'platform.closure',
  summary: 'How far the closing of a tenant is, why it failed, and of one that is closed what was removed and used.',
  input: ByClosure,
  output: Closure,
  run: async (ctx, { id, name }) => {
    const found = await Tenancy.findClosure(ctx, id);
    if (!found) throw notFound();
    await noteAlone(ctx, { object: id });
    const { tenant: _, id: __, movedAt: ___, nameHash, failed, closedAt, step, usage = [], ...shown } = found;
    return {
      ...shown,
      id,
      step: step ?? null,
      failed: failed ? reasonOf(ctx, failed) : null,
      usage: [...usage],
      closedAt: closedAt ?? null,
      nameMatches: name === undefined ? null : Tenancy.nameHashOf(id, name) === nameHash,
      beganAt: Tenant.beganAt(id),
    };
  },
});
