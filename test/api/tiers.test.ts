// A silo and a bridge on the running cloud: people notice nothing, what is theirs lies in their own place and nowhere else, and the doors
// keep apart what the places keep apart.
import { randomUUID } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { GetCommand, PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ownPlace, type Place, type Tier } from '../../core/platform/place.ts';
import type { FunctionName } from '../../functions/catalog.ts';
import { tenants } from '../../lib/tenants.ts';
import { type Plan, readPlan } from '../../local/template/plan.ts';
import { watch } from '../../scripts/demo/watch.ts';
import { doorsOf } from '../infra/kit/walled.ts';
import { aPerson, clientOf, type Person, password } from '../kit/client.ts';
import { drama } from '../kit/drama.ts';
import { aPlaced } from '../kit/founded.ts';
import { anOperator, until } from '../kit/operator.ts';

type Placed = Awaited<ReturnType<typeof aPlaced>>;

let plan: Plan;
let platform: Awaited<ReturnType<typeof anOperator>>;
let doors: ReturnType<typeof doorsOf>;
let neighbour: Person & { tenant: string };
let placed: readonly Placed[];
const seen = new Map<string, Awaited<ReturnType<typeof worked>>>();

const ofTier = (tier: 'bridge' | 'silo') => placed.find((one) => one.tier === tier) as Placed;

beforeAll(async () => {
  plan = readPlan('cdk.out');
  const { host } = inject('cloud');
  doors = doorsOf(host, plan);
  platform = await anOperator();
  const person = await aPerson('neighbour');
  neighbour = { ...person, tenant: person.user.tenant_id ?? '' };
  await uploaded(person.client, (await person.client.projectCreate({ title: '青瓷' })).id);
  placed = await Promise.all(tenants.local.map((place) => aPlaced(platform, place)));
  await Promise.all(placed.map(async (one) => seen.set(one.tenant, await worked(one))));
});
afterAll(() => doors.leave());

/** Where a tenant of that tier lies, by the variables of functions. */
function placeOf(tenant: string, tier: Tier): Place {
  const variables = Object.assign({}, ...plan.functions.map(({ environment }) => environment));
  const pool: Place = {
    core: variables.CORE_TABLE,
    ephemeral: variables.EPHEMERAL_TABLE,
    audit: variables.AUDIT_TABLE,
    bucket: variables.MEDIA_BUCKET,
    key: variables.MODEL_KEY,
  };
  const { bucket, key, ...tables } = ownPlace(JSON.parse(variables.PLACES), tenant);
  return { ...pool, ...(tier === 'silo' && tables), ...(tier !== 'pool' && { bucket, key }) };
}

/** The whole path, as anybody goes it. */
async function worked({ client }: Pick<Placed, 'client'>) {
  const key = await client.keyAdd({ provider: 'doubao', key: 'sk-of-a-tenant-0001', label: 'own' });
  const { id: project_id } = await client.projectCreate({ title: '雨巷' });
  const file = await uploaded(client, project_id);
  const script = await client.scriptCreate({ project_id, file_id: file });
  const { task_id } = await client.taskParseScript({ project_id, script_id: script.id });
  const pushed: string[] = [];
  const task = await watch(client, inject('cloud').socketUrl, task_id, ({ status }) => void pushed.push(status));
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

  test('is signed in to, and joined by whom it invites', async () => {
    const { client, tenant, email, project_id } = its();
    const { user } = await clientOf().memberLogin({ email, password });
    expect(user?.tenant_id).toBe(tenant);
    const guest = `editor-of-${tier}@example.com`;
    const { code } = await client.invitationCreate({ email: guest, role: 'editor' });
    const joined = await clientOf().memberRegister({
      email: guest,
      password,
      name: 'editor',
      invitation: code,
    });
    expect(joined.user.tenant_id).toBe(tenant);
    const theirs = clientOf(joined.token?.access);
    expect((await theirs.projectGet({ id: project_id })).title).toBe('雨巷');
  });

  test('gets its files from its own bucket; what it removed is purged there', async () => {
    const { client, tenant, file, spare } = its();
    const { presigned_url } = await client.fileUrl({ file_id: file });
    expect(presigned_url).toContain(placeOf(tenant, tier).bucket);
    expect(await (await fetch(presigned_url ?? '')).text()).toBe(drama);
    const { s3 } = doors.clients();
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
    const { rows, kms } = doors.clients();
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

  test('is asked twice and does it once', async () => {
    const headers = { 'idempotency-key': randomUUID(), 'content-type': 'application/json', authorization: `Bearer ${its().access}` }; // biome-ignore format: one thought
    const body = JSON.stringify({ title: '两次' });
    const post = () => fetch(`${inject('cloud').apiUrl}/api/v1/projects`, { method: 'POST', headers, body });
    const [first, second] = [await post(), await post()];
    expect([first.status, second.headers.get('idempotent-replay')]).toEqual([201, 'true']);
    expect(((await second.json()) as { data: unknown }).data).toEqual(((await first.json()) as { data: unknown }).data);
  });
});

describe('what belongs to a tenant', () => {
  /** How much of a tenant lies in tables and in a bucket: rows and objects under its keys. */
  async function countIn({ core, ephemeral, audit, bucket }: Place, tenant: string) {
    const { rows, s3 } = doors.clients();
    const tables = [core, ephemeral, audit].map(async (TableName) => {
      const own = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': `T#${tenant}` } };
      return (await rows.send(new QueryCommand({ TableName, ...own, Select: 'COUNT' }))).Count ?? 0;
    });
    const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: `tenants/${tenant}/` });
    return { rows: await Promise.all(tables), objects: (await s3.send(list)).KeyCount ?? 0 };
  }
  /** Everything there, whosever it is. */
  async function everythingIn({ core, ephemeral, audit, bucket }: Place) {
    const { rows, s3 } = doors.clients();
    const pages = await Promise.all(
      [core, ephemeral, audit].map((TableName) => rows.send(new ScanCommand({ TableName }))),
    );
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return [...pages.flatMap(({ Items = [] }) => Items.map(({ pk }) => String(pk))), ...Contents.map(({ Key = '' }) => Key)]; // biome-ignore format: one list
  }
  const pool = () => placeOf('', 'pool');
  const some = expect.toSatisfy((count: number) => count > 0);

  test('of a silo lies in its tables and its bucket, and nothing of it in the pool', async () => {
    const { tenant } = ofTier('silo');
    expect(await countIn(placeOf(tenant, 'silo'), tenant)).toEqual({ rows: [some, some, some], objects: some });
    expect(await countIn(pool(), tenant)).toEqual({ rows: [0, 0, 0], objects: 0 });
  });

  test('of a bridge lies in the tables of the pool and in its bucket', async () => {
    const { tenant } = ofTier('bridge');
    const { bucket } = placeOf(tenant, 'bridge');
    expect(await countIn({ ...pool(), bucket }, tenant)).toEqual({ rows: [some, some, some], objects: some });
    expect((await countIn(pool(), tenant)).objects).toBe(0);
  });

  test('of others lies in no place of a tenant, and that of a tenant of the pool lies there', async () => {
    const [silo, bridge] = [ofTier('silo').tenant, ofTier('bridge').tenant];
    const keys = await everythingIn(placeOf(silo, 'silo'));
    for (const key of keys) expect(key).toMatch(new RegExp(`^(T#${silo}$|tenants/${silo}/)`));
    const { s3 } = doors.clients();
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: placeOf(bridge, 'bridge').bucket }));
    for (const { Key } of Contents) expect(Key).toMatch(new RegExp(`^tenants/${bridge}/`));
    const counted = await countIn(pool(), neighbour.tenant);
    expect([counted.rows[0], counted.rows[2], counted.objects]).toEqual([some, some, some]);
  });
});

describe('the doors', () => {
  const as = async (tenant: string, name: FunctionName = 'writing-plan') =>
    doors.clients(await doors.session(name, tenant));
  const said = (work: Promise<unknown>) => work.then(() => 'allowed', (error: Error) => error.name); // biome-ignore format: one thought

  /** What a session hears that reaches for the things of `of` as they lie at `at`. */
  async function heard(me: string, of: string, at: Place) {
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

test('a silo that is closed leaves nothing in its place but its audit', async () => {
  const { client, tenant } = ofTier('silo');
  await client.tenantClose({ confirm: 'silo studio', password });
  const closure = await until(
    () => platform.platformClosure({ id: tenant }),
    ({ phase, failed }) => phase === 'closed' || failed !== null,
  );
  expect(closure).toMatchObject({ phase: 'closed', failed: null });
  const { core, ephemeral, audit, bucket } = placeOf(tenant, 'silo');
  const { rows } = doors.clients();
  const left = async (TableName: string) => (await rows.send(new ScanCommand({ TableName }))).Items ?? [];
  const kept = (await left(core)).map(({ sk }) => String(sk));
  expect(kept.filter((sk) => !sk.startsWith('AUDIT'))).toEqual([]);
  expect((await left(audit)).length).toBeGreaterThan(5);
  expect((await left(ephemeral)).filter(({ sk }) => !String(sk).startsWith('RATE'))).toEqual([]);
  expect(await versionsIn(doors.clients(), bucket)).toEqual([]);
  expect(await platform.platformVerifyAudit({ id: tenant })).toMatchObject({ state: 'intact' });
});

test('a bridge that is closed leaves nothing in its bucket, old versions included', async () => {
  const { tenant } = ofTier('bridge');
  const { bucket } = placeOf(tenant, 'bridge');
  expect((await versionsIn(doors.clients(), bucket)).length).toBeGreaterThan(0);
  await platform.platformClose({ id: tenant, reason: 'asked for by the studio' });
  const closure = await until(
    () => platform.platformClosure({ id: tenant }),
    ({ phase, failed }) => phase === 'closed' || failed !== null,
  );
  expect(closure).toMatchObject({ phase: 'closed', failed: null, by: 'platform' });
  expect(await versionsIn(doors.clients(), bucket)).toEqual([]);
});

/** Keys of all versions that lie in a bucket, and of the markers of deleted ones. */
async function versionsIn({ s3 }: Pick<ReturnType<typeof doors.clients>, 's3'>, Bucket: string) {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  return [...Versions, ...DeleteMarkers].map(({ Key = '' }) => Key);
}
