// Whether a tenant's own place is there: each of its parts is asked for something harmless, with the session that will work in it, so that
// policies are tried as well. What lies in the pool is always there.
import { ListObjectsV2Command, S3ServiceException } from '@aws-sdk/client-s3';
import { tenantKey } from '../../platform/blob.ts';
import type { Ctx, Table } from '../../platform/ctx.ts';
import { QueryCommand } from '../../platform/dynamo/command.ts';
import { refusedAs } from '../../platform/dynamo/refusal.ts';
import { Failure } from '../../platform/failure.ts';
import type { Tier } from '../../platform/place.ts';
import type { Onboarding } from '../onboarding.ts';

/** Throws PLACE_MISSING with what is missing: the machine asks again for some minutes, because a place may be on its way. */
export async function checkPlace(ctx: Ctx, { tier }: Onboarding): Promise<void> {
  if (tier === 'pool') return;
  const [tables, isThere] = await Promise.all([missingTables(ctx, tier), hasBucket(ctx)]);
  const missing = isThere ? tables : [...tables, ctx.stores.bucket];
  if (missing.length > 0) throw new Failure('PLACE_MISSING', { tenant: ctx.tenant, missing: missing.join(', ') });
}

/** Names of the tables that the tenant's place lacks: nothing was ever founded in one that lacks any. */
export async function missingTables(ctx: Ctx, tier: Tier): Promise<string[]> {
  const { core, ephemeral, audit } = ctx.stores;
  const tables = tier === 'silo' ? [core, ephemeral, audit] : [];
  const isThere = await Promise.all(tables.map((table) => hasTable(ctx, table)));
  return tables.filter((_, at) => !isThere[at]).map(({ table }) => table);
}

async function hasTable({ tenant }: Ctx, { client, table }: Table): Promise<boolean> {
  const command = new QueryCommand({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `T#${tenant}` },
    Limit: 1,
  });
  return answers(client.send(command), (error) => refusedAs(error, 'ResourceNotFoundException') !== undefined);
}

async function hasBucket(ctx: Ctx): Promise<boolean> {
  const command = new ListObjectsV2Command({
    Bucket: ctx.stores.bucket,
    Prefix: `${tenantKey(ctx)}/`,
    MaxKeys: 1,
  });
  return answers(
    ctx.stores.s3.send(command),
    (error) => error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404,
  );
}

async function answers(asked: Promise<unknown>, isMissing: (error: unknown) => boolean): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
