import type * as z from 'zod';
import type { Ctx } from '../platform/ctx.ts';
import { isTenantId } from '../platform/id.ts';
import { noteAlone } from '../platform/note.ts';
import { cursorAt, placeOfCursor } from '../platform/page.ts';
import * as Tenant from '../tenant/index.ts';
import { platformVerb } from './platform.ts';
import { ListTenants, TenantPage } from './schema.ts';

/** Tenants looked at for one page of a search; a page that is short then has a cursor all the same. */
const mostLooked = 1000;
const atOnce = 100;

export const tenants = platformVerb({
  name: 'platform.tenants',
  summary: 'Tenants of the platform, newest first; by id or part of the name, status and plan.',
  input: ListTenants,
  output: TenantPage,
  run: async (ctx, asked) => {
    const page = await found(ctx, asked);
    const { q, status, plan } = asked;
    await noteAlone(ctx, { object: ctx.tenant, after: { q, status, plan, found: page.items.length } });
    return page;
  },
});

async function found(ctx: Ctx, { cursor, size, q, status, plan }: z.output<typeof ListTenants>) {
  const about = `platform.tenants|${JSON.stringify({ q, status, plan })}`;
  const items: ReturnType<typeof listed>[] = [];
  let behind = cursor === undefined ? undefined : placeOfCursor(ctx, about, cursor).place;
  if (q !== undefined && isTenantId(q)) {
    const entry = await Tenant.findEntry(ctx, q);
    return { items: entry ? [listed(entry)] : [], nextCursor: null };
  }
  const isWanted = (entry: Tenant.TenantEntry) =>
    (q === undefined || entry.name.toLowerCase().includes(q.toLowerCase())) &&
    (status === undefined || entry.status === status) &&
    (plan === undefined || entry.plan === plan);
  for (let looked = 0; looked < mostLooked; looked += atOnce) {
    const { entries, next } = await Tenant.tenantsBefore(ctx, behind, atOnce);
    const some = entries.filter(isWanted).slice(0, size - items.length);
    items.push(...some.map(listed));
    behind = items.length === size ? some.at(-1)?.tenant : next;
    if (items.length === size || behind === undefined) break;
  }
  return { items, nextCursor: behind === undefined ? null : cursorAt(ctx, about, behind, items.length) };
}

const listed = ({ tenant, name, plan, status }: Tenant.TenantEntry) => ({
  id: tenant,
  name,
  plan,
  status,
  beganAt: Tenant.beganAt(tenant),
});
