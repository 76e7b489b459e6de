// A silo and a bridge on the running cloud: people notice nothing, what is theirs lies in their own place and nowhere else, and the doors
// keep apart what the places keep apart.
import { randomUUID } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FunctionName } from '../../functions/catalog.ts';
import { placeOf } from '../../functions/runtime/place.ts';
import { tenants } from '../../lib/tenants.ts';
import { type Plan, readPlan } from '../../local/template/plan.ts';
import { watch } from '../../scripts/demo/watch.ts';
import { aWalledCloud } from '../infra/kit/walled.ts';
import { drama } from '../kit/drama.ts';
import { actAsHost, aPlaced, aPooled, everythingIn } from '../kit/founded.ts';

type Placed = Awaited<ReturnType<typeof aPlaced>>;

let plan: Plan;
let walled: Awaited<ReturnType<typeof aWalledCloud>>;
let neighbour: Awaited<ReturnType<typeof aPooled>>;
let placed: readonly Placed[];
const seen = new Map<string, Awaited<ReturnType<typeof worked>>>();

const ofTier = (tier: 'bridge' | 'silo') => placed.find((one) => one.tier === tier) as Placed;

beforeAll(async () => {
  plan = readPlan('cdk.out');
  walled = await aWalledCloud('cdk.out', plan);
  actAsHost(plan, walled.cloud);
  neighbour = await aPooled(walled.cloud, 'neighbour');
  placed = await Promise.all(tenants.local.map((place) => aPlaced(walled.cloud, place)));
  const { client } = neighbour;
  await uploaded(client, (await client.projectCreate({ title: '青瓷' })).id);
  await Promise.all(placed.map(async (one) => seen.set(one.tenant, await worked(one))));
});
afterAll(() => walled.stop());

/** The whole path, as anybody goes it. */
async function worked({ client }: Pick<Placed, 'client'>) {
  const key = await client.keyAdd({ provider: 'doubao', key: 'sk-of-a-tenant-0001', label: 'own' });
  const { id: project_id } = await client.projectCreate({ title: '雨巷' });
  const file = await uploaded(client, project_id);
  const script = await client.scriptCreate({ project_id, file_id: file });
  const { task_id } = await client.taskParseScript({ project_id, script_id: script.id });
  const pushed: string[] = [];
  const task = await watch(client, walled.cloud.socketUrl, task_id, ({ status }) => void pushed.push(status));
  const spare = await uploaded(client, project_id);
  await client.fileRemove({ file_id: spare });
  await expect(client.projectGet({ id: 'prj_none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  return { key, project_id, file, spare, task, pushed };
}

async function uploaded(client: Placed['client'], project_id: string): Promise<string> {
  const body = Buffer.from(drama);
  const about = { file_name: '雨巷.txt', file_type: 'script' as const, content_type: 'text/plain' };
  const { file_id, upload_url, upload_headers } = await client.fileUpload({ ...about, file_size: body.length, project_id }); // biome-ignore format: one thought
  const { 'content-length': _, ...headers } = upload_headers;
  expect((await fetch(upload_url, { method: 'PUT', headers, body })).status).toBe(200);
  await client.fileCallback({ file_id, upload_status: 'success' });
  return file_id;
}

describe.each(['silo', 'bridge'] as const)('a %s', (tier) => {
  const its = () => ({ ...ofTier(tier), ...(seen.get(ofTier(tier).tenant) as Awaited<ReturnType<typeof worked>>) });

  test('reads a script and boards it, with progress over the socket', async () => {
    const { client, project_id, task, pushed } = its();
    expect(task).toMatchObject({ status: 'completed', progress: 100 });
    expect(pushed).toContain('running');
    const { items } = await client.episodeList({ project_id });
    expect(items.map(({ storyboard_status: status }) => status)).toEqual(['COMPLETED', 'COMPLETED']);
    const board = await client.storyboardOfEpisode({ id: items[0]?.id ?? '' });
    expect((await client.storyboardCoverage({ id: board.id })).complete).toBe(true);
  });

  test('gets its files from its own bucket; what it removed is purged there', async () => {
    const { client, tenant, file, spare } = its();
    const { presigned_url } = await client.fileUrl({ file_id: file });
    expect(presigned_url).toContain(placeOf(tenant, tier).bucket);
    expect(await (await fetch(presigned_url ?? '')).text()).toBe(drama);
    const { s3 } = walled.clients();
    const left = async () => {
      const list = await s3.send(new ListObjectsV2Command({ Bucket: placeOf(tenant, tier).bucket }));
      return (list.Contents ?? []).filter(({ Key }) => Key?.includes(spare)).length;
    };
    await expect.poll(left, { timeout: 30_000 }).toBe(0);
  });

  test('has an audit whose chain is linked and whole, and quotas and totals of its own', async () => {
    const { client } = its();
    await expect.poll(async () => (await client.auditVerify({})).waiting, { timeout: 30_000 }).toBe(0);
    expect(await client.auditVerify({})).toMatchObject({ state: 'intact', unlinked: 0 });
    const { items } = await client.auditList({ verb: 'access.refused' });
    expect(items).toMatchObject([{ object: 'prj_none', after: { count: 1 } }]);
    expect((await client.fileUsage()).used).toBe(Buffer.byteLength(drama));
  });

  test('has its keys of models sealed under its own key', async () => {
    const { tenant, key } = its();
    const { core, key: alias } = placeOf(tenant, tier);
    const { rows, kms } = walled.clients();
    const found = await rows.send(
      new QueryCommand({
        TableName: core,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :key)',
        ExpressionAttributeValues: { ':pk': `T#${tenant}`, ':key': 'AIKEY#' },
      }),
    );
    const row = found.Items?.find(({ id }) => id === key.id);
    const CiphertextBlob = Buffer.from(row?.sealed.dataKey, 'base64');
    const EncryptionContext = { tenant, provider: 'doubao' };
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob, KeyId: alias, EncryptionContext }));
    expect(opened.Plaintext).toHaveLength(32);
  });

  test('is swept like any other, and a request that comes twice is done once', async () => {
    const swept = await walled.cloud.invoke(nameOf('schedule-sweep'), { id: 'by-hand' });
    expect(JSON.stringify(swept)).toMatch(/failed\W+:0/);
    const headers = { 'idempotency-key': randomUUID(), 'content-type': 'application/json', authorization: `Bearer ${its().access}` }; // biome-ignore format: one thought
    const body = JSON.stringify({ title: '两次' });
    const post = () => fetch(`${walled.cloud.apiUrl}/api/v1/projects`, { method: 'POST', headers, body });
    const [first, second] = [await post(), await post()];
    expect([first.status, second.headers.get('idempotent-replay')]).toEqual([201, 'true']);
    expect(((await second.json()) as { data: unknown }).data).toEqual(((await first.json()) as { data: unknown }).data);
  });
});

const nameOf = (name: FunctionName) => plan.functions.find(({ path }) => path.split('/').at(-3) === name)?.name ?? '';

describe('what belongs to a tenant', () => {
  let all: Record<string, string[]>;
  beforeAll(async () => {
    all = await everythingIn(walled.clients());
  });
  /** Names of the tables and buckets in which something tells of a tenant; the other tenant of its owner knows that he went there. */
  const telling = (tenant: string) =>
    Object.entries(all).flatMap(([name, rows]) =>
      rows.some((row) => row.includes(tenant) && !row.includes('"member.switch"')) ? [name] : [],
    );
  const pool = () => placeOf('', 'pool');
  const directory = () => process.env.DIRECTORY_TABLE ?? '';

  test('of a silo lies in its tables and its bucket; the directory knows it, and what is shared names it alone', () => {
    const { tenant } = ofTier('silo');
    const { core, audit, ephemeral, bucket } = placeOf(tenant, 'silo');
    const shared = pool().ephemeral;
    expect(telling(tenant).filter((name) => name !== shared).sort()).toEqual([core, audit, ephemeral, bucket, directory()].sort()); // biome-ignore format: one thought
    const keys = (all[shared] ?? [])
      .filter((row) => row.includes(tenant))
      .map((row) => JSON.parse(row).pk.split('#')[0]);
    expect(['DUE', 'TICKET', 'SOCKET']).toEqual(expect.arrayContaining([...new Set(keys)]));
  });

  test('of a bridge lies in the tables of the pool and in its bucket', () => {
    const { tenant } = ofTier('bridge');
    const { core, audit, ephemeral } = pool();
    const { bucket } = placeOf(tenant, 'bridge');
    expect(telling(tenant).sort()).toEqual([core, audit, ephemeral, bucket, directory()].sort());
    expect(all[pool().bucket]?.filter((object) => object.includes(tenant))).toEqual([]);
  });

  test('of others lies in no place but their own', () => {
    for (const { tenant, tier } of placed)
      for (const name of Object.values(placeOf(tenant, tier)))
        for (const row of name === pool().core || name === pool().audit || name === pool().ephemeral
          ? []
          : (all[name] ?? []))
          expect(row).toContain(tenant);
    expect(telling(neighbour.tenant)).toEqual(expect.arrayContaining([pool().core, pool().bucket]));
  });
});

describe('the doors', () => {
  const as = async (tenant: string, name: FunctionName = 'writing-plan') =>
    walled.clients(await walled.session(name, tenant));
  const said = (work: Promise<unknown>) => work.then(() => 'allowed', (error: Error) => error.name); // biome-ignore format: one thought

  /** What a session hears that reaches for the things of `of` as they lie at `at`. */
  async function heard(me: string, of: string, at: ReturnType<typeof placeOf>) {
    const { rows, s3 } = await as(me);
    const key = { pk: `T#${of}`, sk: 'TENANT' };
    const tables = [at.core, at.ephemeral, at.audit].flatMap((TableName) => [
      rows.send(new PutCommand({ TableName, Item: { ...key, sk: 'TRIED' } })),
      ...(TableName === at.audit ? [] : [rows.send(new GetCommand({ TableName, Key: key }))]),
    ]);
    const object = { Bucket: at.bucket, Key: `tenants/${of}/tried` };
    const objects = [s3.send(new PutObjectCommand({ ...object, Body: 'tried' })), s3.send(new ListObjectsV2Command({ Bucket: at.bucket, Prefix: `tenants/${of}/` }))]; // biome-ignore format: one thought
    return new Set(await Promise.all([...tables, ...objects].map(said)));
  }
  const refused = new Set(['AccessDeniedException', 'AccessDenied']);

  test('let a silo into its own place', async () => {
    const { tenant } = ofTier('silo');
    expect(await heard(tenant, tenant, placeOf(tenant, 'silo'))).toEqual(new Set(['allowed']));
  });

  test('refuse a tenant of the pool in the place of a silo and in the bucket of a bridge, whosever keys it names', async () => {
    for (const { tenant, tier } of placed) {
      const place = placeOf(tenant, tier);
      for (const of of [neighbour.tenant, tenant]) {
        const { s3 } = await as(neighbour.tenant);
        expect(await said(s3.send(new GetObjectCommand({ Bucket: place.bucket, Key: `tenants/${of}/x` })))).toBe('AccessDenied'); // biome-ignore format: one thought
        if (tier === 'silo') expect(await heard(neighbour.tenant, of, place)).toEqual(refused);
      }
    }
  });

  test('refuse silo and bridge at what belongs to others in the pool, and at each other', async () => {
    for (const { tenant } of placed)
      expect(await heard(tenant, neighbour.tenant, placeOf('', 'pool'))).toEqual(refused);
    const { tenant } = ofTier('silo');
    expect(await heard(ofTier('bridge').tenant, tenant, placeOf(tenant, 'silo'))).toEqual(refused);
  });

  test('open the key of a place to its tenant alone', async () => {
    const make = async (me: string, of: Placed) => {
      const { kms } = await as(me, 'http-settings');
      const EncryptionContext = { tenant: me, provider: 'openai' };
      const KeyId = placeOf(of.tenant, of.tier).key;
      return said(kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext })));
    };
    for (const one of placed) {
      expect(await make(one.tenant, one)).toBe('allowed');
      for (const { tenant } of [neighbour, ...placed.filter((other) => other !== one)])
        expect(await make(tenant, one)).toBe('AccessDeniedException');
    }
  });
});
