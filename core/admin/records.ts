// The platform's own audit.
import * as Audit from '../audit/index.ts';
import { notFound } from '../platform/failure.ts';
import { platformTenant } from '../platform/id.ts';
import { noteAlone } from '../platform/note.ts';
import * as Tenant from '../tenant/index.ts';
import { forTenant, platformVerb } from './platform.ts';
import { ByTenant } from './schema.ts';

export const audit = platformVerb({
  name: 'platform.audit',
  summary: 'What those did who run the platform, newest first; by actor, tenant (as object), verb and time.',
  input: Audit.list.input,
  output: Audit.list.output,
  run: async (ctx, sought) => {
    const found = await Audit.list(await forTenant(ctx, platformTenant), sought);
    const { cursor: _, ...told } = sought;
    await noteAlone(ctx, { object: ctx.tenant, after: told });
    return found;
  },
});

export const tenantAudit = platformVerb({
  name: 'platform.tenant_audit',
  summary: 'What was done in a tenant, newest first; also of one that is closed, as long as its lines are kept.',
  input: Audit.list.input.extend(ByTenant.shape),
  output: Audit.list.output,
  run: async (ctx, { id, ...sought }) => {
    if (!(await Tenant.findEntry(ctx, id))) throw notFound();
    await noteAlone(ctx, { object: id });
    return Audit.list(await forTenant(ctx, id), sought);
  },
});

export const verifyAudit = platformVerb({
  name: 'platform.verify_audit',
  summary: 'Walks the chain of a tenant’s audit lines; also of one that is closed.',
  input: Audit.verify.input.extend(ByTenant.shape),
  output: Audit.verify.output,
  run: async (ctx, { id, ...from }) => {
    if (!(await Tenant.findEntry(ctx, id))) throw notFound();
    await noteAlone(ctx, { object: id });
    return Audit.verify(await forTenant(ctx, id), from);
  },
});
