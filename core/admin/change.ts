// What the platform changes of a tenant: each with its reason, a line in the tenant's audit and one in the platform's, in one commit.
import * as Tenant from '../tenant/index.ts';
import { forTenant, platformLine, platformVerb } from './platform.ts';
import { Changed, ChangeTenant, SetPlan } from './schema.ts';

type Row = { tenant: string; status: Tenant.TenantStatus; plan: string; version: number };
const changed = ({ tenant: id, status, plan, version }: Row) => ({ id, status, plan, version });

const toStatus = (name: 'suspend' | 'resume', status: 'suspended' | 'active', summary: string) =>
  platformVerb({
    name: `platform.${name}`,
    summary,
    input: ChangeTenant,
    output: Changed,
    run: async (ctx, { id, reason, version }) => {
      const along = [platformLine(ctx, id, { status, reason })];
      return changed(await Tenant.changeStatus(await forTenant(ctx, id), status, reason, along, version));
    },
  });

export const suspend = toStatus('suspend', 'suspended', 'Makes a tenant read only until it is resumed.');
export const resume = toStatus('resume', 'active', 'Ends the suspension of a tenant.');
export const setPlan = platformVerb({
  name: 'platform.set_plan',
  summary: 'Gives a tenant another plan, and limits by contract that hold for it alone.',
  input: SetPlan,
  output: Changed,
  run: async (ctx, { id, plan, contract, reason, version }) => {
    const after = { plan, reason, ...(contract && { contract }) };
    return changed(
      await Tenant.changePlan(await forTenant(ctx, id), plan, contract, [platformLine(ctx, id, after)], version),
    );
  },
});
