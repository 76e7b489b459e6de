// How API keys are kept: the row, and its name, which only one has. When a key was used last lies in the ephemeral table.
import { Entity } from 'electrodb';
import { putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { UpdateCommand } from '../platform/dynamo/command.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, json, number, text } from '../platform/keys.ts';
import { type PageInput, pageThrough } from '../platform/page.ts';
import { together } from '../platform/together.ts';
import { uniqueNames } from '../platform/unique.ts';
import { ending, type KeyEntry } from './directory.ts';
import type { KeyInfo } from './schema.ts';

export type KeyRow = Omit<KeyEntry, 'until'> & {
  readonly name: string;
  readonly start: string;
  readonly days: number;
  readonly expiresAt: number;
  /** The text before the last rotation. */
  readonly previous?: { readonly hash: string; readonly until: number } | undefined;
  readonly createdBy: string;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};

const KeyEntity = new Entity({
  model: { entity: 'api-key', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    hash: text,
    name: text,
    start: text,
    scopes: json,
    projects: { type: 'any' },
    addresses: json,
    requestsPerMinute: { type: 'number' },
    days: number,
    expiresAt: number,
    previous: { type: 'any' },
    createdBy: text,
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'APIKEY#${id}', casing: 'none' } },
  },
});

const names = uniqueNames('APIKEY', (name) => new Failure('KEY_NAME_TAKEN', { name }));

/** The key's row. Throws NOT_FOUND. */
export async function load(ctx: Ctx, id: string): Promise<KeyRow> {
  const { data } = await KeyEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  if (!data) throw notFound();
  return data as unknown as KeyRow;
}

export const page = (ctx: Ctx, input: PageInput) =>
  pageThrough<KeyRow>(
    ctx,
    { query: KeyEntity.query.primary({ tenant: ctx.tenant }).begins({ id: '' }), reader: KeyEntity, about: 'api-keys' },
    input,
  );

/** The rows of a new key; the commit throws KEY_NAME_TAKEN when another has its name. */
export const creating = (ctx: Ctx, row: KeyRow): Write[] => [
  names.taking(ctx, row.name, row.id),
  putting(ctx.stores.core, KeyEntity.create({ ...row, scopes: [...row.scopes] })),
];

/** The next state of a key, on condition that nobody changed it meanwhile. @param now its time, which is answered too */
export const saving = (ctx: Ctx, before: KeyRow, next: Partial<KeyRow>, now: number): Write => {
  const row = { ...before, ...next, version: before.version + 1, updatedAt: now };
  return putting(
    ctx.stores.core,
    KeyEntity.put({ ...row, scopes: [...row.scopes] }).where(({ version }, { eq }) => eq(version, before.version)),
  );
};

/** Takes a key away, on condition that nobody changed it meanwhile, and frees its name. */
const dropping = (ctx: Ctx, { id, name, version: read }: KeyRow): Write[] => [
  removing(
    ctx.stores.core,
    KeyEntity.remove({ tenant: ctx.tenant, id }).where(({ version }, { eq }) => eq(version, read)),
  ),
  names.freeing(ctx, name),
];

/** At most so many keys of the tenant. */
export async function some(ctx: Ctx, limit: number): Promise<KeyRow[]> {
  const query = KeyEntity.query.primary({ tenant: ctx.tenant }).begins({ id: '' });
  const { data } = await query.go({ ...ctx.stores.core, consistent: true, limit });
  return data as unknown as KeyRow[];
}

/** Takes a key away with its name and with what its texts lead by: they open nothing from then on. The commit throws STALE_VERSION where it was given another text meanwhile. */
export const forgetting = (ctx: Ctx, row: KeyRow): Write[] => [
  ...dropping(ctx, row),
  ...[row.hash, ...(row.previous ? [row.previous.hash] : [])].map((hash) => ending(ctx, hash)),
];

/** Milliseconds; a key lives whole days. */
export const dayMs = 86_400_000;

const usedKey = (ctx: Ctx, id: string) => ({ pk: `T#${ctx.tenant}`, sk: `KEYUSED#${id}` });

/** Longer than a key can live. */
const keptSeconds = 400 * 86_400;

/** Notes that a key is used now. */
export async function noteUse(ctx: Ctx, id: string): Promise<void> {
  const { client, table } = ctx.stores.ephemeral;
  const now = ctx.now();
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: usedKey(ctx, id),
      UpdateExpression: 'SET #at = :now, expires_at = :expiry',
      ExpressionAttributeNames: { '#at': 'at' },
      ExpressionAttributeValues: { ':now': now, ':expiry': Math.ceil(now / 1000) + keptSeconds },
    }),
  );
}

/** When these keys were used last; epoch ms. */
export async function usesOf(ctx: Ctx, ids: readonly string[]): Promise<(number | undefined)[]> {
  const rows = await together(
    ctx.stores.ephemeral,
    ids.map((id) => usedKey(ctx, id)),
  );
  return rows.map((row) => row && Number(row.at));
}

/** A key as the API shows it. */
export const shown = (ctx: Ctx, row: KeyRow, lastUsed?: number): KeyInfo => ({
  ...row,
  scopes: [...row.scopes],
  projects: row.projects ? [...row.projects] : null,
  addresses: [...row.addresses],
  requestsPerMinute: row.requestsPerMinute ?? null,
  status: row.expiresAt > ctx.now() ? 'active' : 'expired',
  previousUntil: row.previous && row.previous.until > ctx.now() ? row.previous.until : null,
  lastUsedAt: lastUsed ?? null,
});
