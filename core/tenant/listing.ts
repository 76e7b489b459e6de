// All tenants there are, by the month they began in: a row in the directory for each, so that they can be listed without looking at
// everything. It says nothing of the tenant but its id; what holds is in the entry.
import { Entity } from 'electrodb';
import { decodeTime } from 'ulid';
import { putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { QueryCommand } from '../platform/dynamo/command.ts';
import { text } from '../platform/keys.ts';
import { together } from '../platform/together.ts';
import { entryKey, type TenantEntry } from './directory.ts';
import { monthOf } from './quota/metric.ts';

const ListingEntity = new Entity({
  model: { entity: 'directory-listing', version: '1', service: 'scriptloom' },
  attributes: { month: text, tenant: text },
  indexes: {
    primary: {
      pk: { field: 'pk', composite: ['month'], template: 'TENANTS#${month}', casing: 'none' },
      sk: { field: 'sk', composite: ['tenant'], template: '${tenant}', casing: 'none' },
    },
  },
});

/** The month (UTC) in which the first tenant can have begun. */
const firstMonth = '2026-11';

/** When a tenant began: its id is a ULID. */
export const beganAt = (tenant: string): number => decodeTime(tenant.toUpperCase());

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return monthOf(Date.UTC(year, number - 2));
}

/** The row of a new tenant. */
export const listing = (ctx: Ctx): Write =>
  putting(ctx.stores.directory, ListingEntity.create({ month: monthOf(beganAt(ctx.tenant)), tenant: ctx.tenant }));

/** Takes the row of one that never opened away. */
export const unlisting = (ctx: Ctx): Write =>
  removing(ctx.stores.directory, ListingEntity.delete({ month: monthOf(beganAt(ctx.tenant)), tenant: ctx.tenant }));

/** At most `size` (≤ 100) tenants that began before `behind`, the newest first; with `next` where there may be more. */
export async function tenantsBefore(
  ctx: Ctx,
  behind: string | undefined,
  size: number,
): Promise<{ entries: TenantEntry[]; next: string | undefined }> {
  const ids: string[] = [];
  const last = monthOf(behind === undefined ? ctx.now() : beganAt(behind));
  for (let month = last; month >= firstMonth && ids.length < size; month = monthBefore(month))
    ids.push(...(await idsOf(ctx, month, month === last ? behind : undefined, size - ids.length)));
  const rows = await together(
    ctx.stores.directory,
    ids.map((id) => entryKey(ctx, id)),
  );
  const entries = rows.filter((row) => row !== undefined).map((row) => row as TenantEntry);
  return { entries, next: ids.length < size ? undefined : ids.at(-1) };
}

async function idsOf({ stores }: Ctx, month: string, behind: string | undefined, size: number): Promise<string[]> {
  const { client, table } = stores.directory;
  const command = new QueryCommand({
    TableName: table,
    KeyConditionExpression: `pk = :pk${behind === undefined ? '' : ' AND sk < :behind'}`,
    ExpressionAttributeValues: { ':pk': `TENANTS#${month}`, ...(behind !== undefined && { ':behind': behind }) },
    ScanIndexForward: false,
    Limit: size,
  });
  const { Items = [] } = await client.send(command);
  return Items.map(({ tenant }) => String(tenant));
}
