// One tenant: what it is, what it uses, who is in it. Looking leaves a line in the audit of the platform.
import * as Member from '../member/index.ts';
import { noteAlone } from '../platform/note.ts';
import { PageInput } from '../platform/page.ts';
import * as Tenant from '../tenant/index.ts';
import { forTenant, platformVerb } from './platform.ts';
import { ByTenant, ShownTenant } from './schema.ts';

export const tenant = platformVerb({
  name: 'platform.tenant',
  summary: 'A tenant: its plan, status and what it uses of its quotas.',
  input: ByTenant,
  output: ShownTenant,
  run: async (ctx, { id }) => {
    const of = await forTenant(ctx, id);
    const row = await Tenant.load(of);
    const quotas = await Tenant.quotasOf(of);
    await noteAlone(ctx, { object: id });
    return { ...Tenant.shown(row), beganAt: Tenant.beganAt(id), quotas };
  },
});

export const members = platformVerb({
  name: 'platform.members',
  summary: 'The members of a tenant.',
  input: PageInput.extend(ByTenant.shape),
  output: Member.list.output,
  run: async (ctx, { id, ...page }) => {
    const of = await forTenant(ctx, id);
    await Tenant.load(of);
    await noteAlone(ctx, { object: id });
    return Member.list(of, page);
  },
});
