// The platform's own audit, and how what runs for all tenants stands.
import * as z from 'zod';
import * as Audit from '../audit/index.ts';
import { notFound } from '../platform/failure.ts';
import { platformTenant } from '../platform/id.ts';
import { noteAlone } from '../platform/note.ts';
import { due } from '../platform/reminder.ts';
import * as Tenant from '../tenant/index.ts';
import { forTenant, platformVerb } from './platform.ts';
import { ByTenant } from './schema.ts';

export const audit = platformVerb({
  name: 'platform.audit',
  summary: 'What those did who run the platform, newest first; by actor, tenant (as object), verb and time.',
  input: Audit.list.input,
  output: Audit.list.output,
  run: async (ctx, sought) => Audit.list(await forTenant(ctx, platformTenant), sought),
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

/** A sweep looks after everything every quarter of an hour; what is older was not looked after. */
const mostCounted = 10_000;

export const health = platformVerb({
  name: 'platform.health',
  summary: 'Work that nobody has looked after in time, by kind. Alarms and depths of queues are in CloudWatch.',
  input: z.object({}),
  output: z.object({
    due: z.array(z.object({ kind: z.string(), count: z.int(), oldest: z.int() })),
    isComplete: z.boolean(),
  }),
  run: async (ctx) => {
    const kinds = new Map<string, { kind: string; count: number; oldest: number }>();
    let counted = 0;
    for await (const { kind, at } of due(ctx)) {
      const known = kinds.get(kind) ?? { kind, count: 0, oldest: at };
      kinds.set(kind, { kind, count: known.count + 1, oldest: Math.min(known.oldest, at) });
      if (++counted === mostCounted) break;
    }
    return { due: [...kinds.values()], isComplete: counted < mostCounted };
  },
});
