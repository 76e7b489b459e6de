// A tenant in a place that stands ready in lib/tenants.ts, with a person as its owner; and all that lies in a cloud, by where it lies.
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { joining } from '../../core/member/store.ts';
import { commit } from '../../core/platform/commit.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import { amending } from '../../core/tenant/directory.ts';
import { founding } from '../../core/tenant/index.ts';
import { acrossStores } from '../../functions/runtime/stores.ts';
import type { OwnPlace } from '../../lib/tenants.ts';
import type { Cloud } from '../../local/cloud.ts';
import type { Plan } from '../../local/template/plan.ts';
import { api } from '../../web/src/data/api.ts';
import { caller } from '../../web/src/data/call.ts';
import type { aWalledCloud } from '../infra/kit/walled.ts';
import { password } from './client.ts';

/** The runtime of functions, in this process and as the cloud itself. */
export function actAsHost(plan: Plan, { host: { credentials, endpoints } }: Cloud): void {
  Object.assign(process.env, endpoints, ...plan.functions.map(({ environment }) => environment), {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
}

const clientOf = ({ apiUrl: origin }: Cloud, token?: string) =>
  api(caller({ origin, language: 'en', ...(token !== undefined && { token: () => token }) }));

/** Somebody with a tenant of his own in the pool. */
export async function aPooled(cloud: Cloud, name: string) {
  const email = `${name}@example.com`;
  const { user, token } = await clientOf(cloud).memberRegister({ email, password, name, tenant_name: name });
  const { id = '', tenant_id: tenant = '' } = user;
  return { id, email, name, token, tenant, client: clientOf(cloud, token?.access) };
}

/** Somebody whose tenant has been given this place. */
export async function aPlaced(cloud: Cloud, { tenant, tier }: OwnPlace) {
  const { id, email, name, token, client } = await aPooled(cloud, `owner-of-${tier}`);
  const ctx: Ctx = {
    stores: await acrossStores.of(tenant, tier),
    tenant,
    role: 'owner',
    actor: { kind: 'user', id, email },
    requestId: 'req_founded',
    locale: 'en',
    now: Date.now,
    verb: 'member.register',
  };
  await commit(ctx, {
    rows: [...founding(ctx, tier, { plan: 'enterprise' }), ...joining(ctx, { id, email, name, role: 'owner' })],
    audit: { object: id, after: { role: 'owner' } },
  });
  await commit(ctx, { rows: [amending(ctx, { tier })] });
  const switched = await client.memberSwitch({ tenant_id: tenant, refresh: token?.refresh ?? '' });
  const { access } = switched.token;
  return { tenant, tier, access, client: clientOf(cloud, access) };
}

/** Rows by table, objects by bucket, as the cloud itself sees them: each as text. */
export async function everythingIn({ rows, s3 }: ReturnType<Awaited<ReturnType<typeof aWalledCloud>>['clients']>) {
  const { TableNames = [] } = await rows.send(new ListTablesCommand({}));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const tables = TableNames.map(async (TableName) => {
    const found: Record<string, unknown>[] = [];
    for (let ExclusiveStartKey: Record<string, never> | undefined, more = true; more; more = !!ExclusiveStartKey) {
      const page = await rows.send(new ScanCommand({ TableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }));
      found.push(...((page.Items ?? []) as Record<string, unknown>[]));
      ExclusiveStartKey = page.LastEvaluatedKey as Record<string, never> | undefined;
    }
    return [TableName, found.map((row) => JSON.stringify(row))] as const;
  });
  const buckets = Buckets.map(async ({ Name = '' }) => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: Name }));
    return [Name, Contents.map(({ Key = '' }) => Key)] as const;
  });
  return Object.fromEntries(await Promise.all([...tables, ...buckets]));
}
