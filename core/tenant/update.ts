import { commit } from '../platform/commit.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { amending, freeingSubdomain, takingSubdomain } from './directory.ts';
import { Tenant, UpdateTenant } from './schema.ts';
import { load, saving, shown, type TenantRow } from './store.ts';
import { isReserved } from './subdomain.ts';

export const update = verb({
  name: 'tenant.update',
  summary:
    'Changes the organisation: name, subdomain (null gives it back), language, whether a second factor is required.',
  needs: 'tenant:write',
  input: UpdateTenant,
  output: Tenant,
  run: async (ctx, { version, subdomain, ...asked }) => {
    if (version === undefined) throw new Failure('VERSION_REQUIRED');
    const before = await load(ctx);
    mustBeAt(before, version);
    if (subdomain && isReserved(subdomain)) throw new Failure('SUBDOMAIN_TAKEN', { subdomain });
    const moved = subdomain !== undefined && (subdomain ?? undefined) !== before.subdomain;
    const change: Partial<TenantRow> = {
      ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
      ...(moved && { subdomain: subdomain ?? undefined }),
    };
    const fields = Object.keys(change) as (keyof TenantRow)[];
    if (fields.length === 0) return shown(before);
    const { name = before.name, mfaRequired = before.mfaRequired } = change;
    await commit(ctx, {
      rows: [
        saving(ctx, before, change),
        amending(ctx, { name, mfaRequired }),
        ...(moved && subdomain ? [takingSubdomain(ctx, subdomain)] : []),
        ...(moved && before.subdomain ? [freeingSubdomain(ctx, before.subdomain)] : []),
      ],
      audit: { object: ctx.tenant, before: pick(before, fields), after: pick(change, fields) },
      facts: [{ type: 'tenant.changed', subject: ctx.tenant, detail: { fields } }],
    });
    return shown({ ...before, ...change, version: before.version + 1 });
  },
});

const pick = (row: Partial<TenantRow>, fields: (keyof TenantRow)[]) =>
  Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
