// The walls as they are written in the templates: what the session of a tenant may do under the data role of each function.
import { GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import * as Row from '../../core/platform/dynamo/command.ts';
import { newTenantId } from '../../core/platform/id.ts';
import { verb } from '../../core/platform/verb.ts';
import type { HttpEvent } from '../../functions/runtime/exchange.ts';
import { httpHandler } from '../../functions/runtime/http.ts';
import { evaluate } from '../../local/iam/evaluate.ts';
import { type Plan, readPlan } from '../../local/template/plan.ts';
import type { RolePlan } from '../../local/template/role.ts';
import { synthesised } from './kit/stage.ts';
import { aWalledCloud } from './kit/walled.ts';

let folder: string;
let plan: Plan;
/** One with everything a step may hold: rows of three tables, objects, seals. */
let role: RolePlan;
let all: RolePlan[];

beforeAll(async () => {
  ({ folder } = await synthesised('prod'));
  plan = readPlan(folder);
  const arns = plan.functions.flatMap(({ environment }) => environment.DATA_ROLE_ARN ?? []);
  all = plan.roles.filter(({ arn }) => arns.includes(arn));
  role = all.find(({ name }) => name.includes('writingplan')) as RolePlan;
});

const table = (part: string) => plan.tables.find(({ name }) => name.includes(part))?.arn ?? '';
const bucket = () => plan.buckets.find(({ name }) => name.includes('mediabucket'))?.arn ?? '';
const modelKey = () => plan.secrets[0]?.key ?? '';

type Context = Record<string, string[]>;
const may = (tenant: string, action: string, resource: string, context: Context = {}, of = role): boolean =>
  evaluate(of.statements, { action, resource, context: { 'aws:PrincipalTag/tenantId': [tenant], ...context } }) ===
  'allowed';
const keys = (...leading: string[]): Context => ({ 'dynamodb:LeadingKeys': leading });

const [mine, other] = ['01h00000000000000000000001', '01h00000000000000000000002'];
const rows = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'];

describe('rows', () => {
  test.each(rows)('%s reaches the partition of the tenant and no other', (name) => {
    const at = (context: Context) => may(mine, `dynamodb:${name}`, table('Core'), context);
    expect(at(keys(`T#${mine}`))).toBe(true);
    expect(at(keys(`T#${other}`)), 'of another tenant').toBe(false);
    expect(at(keys(`T#${mine}`, `T#${other}`)), 'a batch of both').toBe(false);
    expect(at({}), 'no key at all').toBe(false);
    for (const key of [
      mine,
      `T#${mine}#`,
      `T#${mine}x`,
      `t#${mine}`,
      `T#${mine.toUpperCase()}`,
      'T#',
      '',
      `DUE#${mine}`,
    ])
      expect(at(keys(key)), key).toBe(false);
  });

  test('nobody may scan, speak PartiQL or write in batches that no policy names', () => {
    for (const one of all)
      for (const name of ['Scan', 'PartiQLSelect', 'PartiQLUpdate', 'DescribeTable', 'BatchWriteItem'])
        for (const context of [{}, keys(`T#${mine}`)])
          expect(may(mine, `dynamodb:${name}`, table('Core'), context, one), `${one.name} ${name}`).toBe(false);
  });

  test('an index is asked for partitions that begin with the tenant', () => {
    for (const index of ['gsi1', 'gsi2']) {
      const at = (key: string) => may(mine, 'dynamodb:Query', `${table('Core')}/index/${index}`, keys(key));
      expect(at(`T#${mine}#TASK`)).toBe(true);
      for (const key of [`T#${other}#TASK`, `T#${mine}x#TASK`, `T#${mine}`, `PROJECT#T#${mine}#`, `T#*#TASK`])
        expect(at(key), key).toBe(false);
      expect(may(mine, 'dynamodb:Query', `${table('Core')}/index/${index}`), 'without a key').toBe(false);
    }
  });

  test('a session without the tag reaches nothing', () => {
    for (const one of all) {
      // the whole of it, for those who work across tenants; not the one entry of a tenant
      const knowsDirectory = one.statements.some(
        ({ actions, resources }) => resources.includes(table('Directory')) && actions.length > 1,
      );
      for (const { actions, resources } of one.statements)
        for (const action of actions.filter((name) => /^(dynamodb|s3):/.test(name)))
          for (const resource of resources) {
            const context = { ...keys('T#', 'T#*'), 's3:prefix': ['tenants//'] };
            const isDirectory = resource === table('Directory') && knowsDirectory;
            expect(evaluate(one.statements, { action, resource, context }) === 'allowed', `${one.name} ${action}`).toBe(isDirectory); // biome-ignore format: one thought
          }
    }
  });
});

describe('objects', () => {
  test('lie behind the prefix of the tenant', () => {
    for (const action of ['s3:GetObject', 's3:PutObject']) {
      const at = (key: string) => may(mine, action, `${bucket()}/${key}`);
      expect(at(`tenants/${mine}/users/u/x.txt`)).toBe(true);
      for (const key of [
        `tenants/${other}/x`,
        `tenants/${mine}x/x`,
        `tenants/${mine}`,
        `tenants//${mine}/x`,
        `${mine}/x`,
      ])
        expect(at(key), `${action} ${key}`).toBe(false);
    }
  });

  test('are listed only below that prefix', () => {
    const at = (context: Context) => may(mine, 's3:ListBucket', bucket(), context);
    expect(at({ 's3:prefix': [`tenants/${mine}/`] })).toBe(true);
    expect(at({ 's3:prefix': [`tenants/${mine}/projects/`] })).toBe(true);
    expect(at({}), 'without a prefix').toBe(false);
    for (const prefix of ['', 'tenants/', `tenants/${mine}`, `tenants/${other}/`])
      expect(at({ 's3:prefix': [prefix] }), prefix).toBe(false);
  });
});

test('seals open for the tenant and a provider', () => {
  const at = (context: Record<string, string>) =>
    may(mine, 'kms:Decrypt', modelKey(), {
      'kms:EncryptionContextKeys': Object.keys(context),
      ...Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]])),
    });
  expect(at({ tenant: mine, provider: 'openai' })).toBe(true);
  for (const context of [{}, { tenant: mine }, { provider: 'openai' }, { tenant: other, provider: 'openai' }, { tenant: mine, provider: 'x', more: 'y' }] as Record<string, string>[]) // biome-ignore format: one list
    expect(at(context), JSON.stringify(context)).toBe(false);
});

describe('whatever the names are', () => {
  const id = fc.constant(0).map(() => newTenantId(Date.now()));
  // what somebody could make of an id: pieces of it, other cases, delimiters, wildcards, letters of every script
  const hostile = (own: string) =>
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('*', '?', '#', '/', '..', '%2F', '\u0000', '${aws:PrincipalTag/tenantId}', '租户', 'İ', 'ﬀ').map((sign) => own + sign), // biome-ignore format: one list
      fc.nat(own.length - 1).map((length) => own.slice(0, length)),
      fc.constantFrom(own.toUpperCase(), ` ${own}`, `${own} `, `${own.normalize('NFKD')}\u0301`, `*`, '?'.repeat(26)),
    );

  test('a tenant never reaches the keys and prefixes of another', () => {
    fc.assert(
      fc.property(
        id.chain((own) => fc.tuple(fc.constant(own), hostile(own))),
        ([own, foreign]) => {
          fc.pre(own !== foreign);
          for (const [me, them] of [
            [own, foreign],
            [foreign, own],
          ] as const) {
            expect(may(me, 'dynamodb:GetItem', table('Core'), keys(`T#${them}`))).toBe(false);
            expect(may(me, 'dynamodb:Query', `${table('Core')}/index/gsi1`, keys(`T#${them}#TASK`))).toBe(
              // only where the delimiter itself is in the name, which no id can hold (core/platform/id.ts)
              `T#${them}#TASK`.startsWith(`T#${me}#`),
            );
            expect(may(me, 's3:GetObject', `${bucket()}/tenants/${them}/x`)).toBe(
              `tenants/${them}/x`.startsWith(`tenants/${me}/`),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('at the doors of the local cloud, with the clients of the product', () => {
  let cloud: Awaited<ReturnType<typeof aWalledCloud>>;
  let me: ReturnType<(typeof cloud)['clients']>;
  const canary = 'canary-of-the-other';
  const name = (part: string) => plan.tables.find((one) => one.name.includes(part))?.name ?? '';
  const media = () => bucket().replace('arn:aws:s3:::', '');
  const refused = (work: Promise<unknown>) =>
    work.then(
      () => 'allowed',
      (error: Error) => error.name,
    );

  beforeAll(async () => {
    cloud = await aWalledCloud(folder, plan);
    const host = cloud.clients();
    for (const tenant of [mine, other]) {
      const said = tenant === other ? canary : 'mine';
      const Item = { pk: `T#${tenant}`, sk: 'ROW', gsi1pk: `T#${tenant}#TASK`, gsi1sk: 'ROW', said };
      await host.rows.send(new PutCommand({ TableName: name('Core'), Item }));
      await host.s3.send(new PutObjectCommand({ Bucket: media(), Key: `tenants/${tenant}/x`, Body: said }));
    }
    me = cloud.clients(await cloud.session('writing-plan', mine));
  });
  afterAll(() => cloud.stop());

  const key = (tenant: string) => ({ pk: `T#${tenant}`, sk: 'ROW' });

  test('rows: own ones are there, those of others are refused in every form', async () => {
    const TableName = name('Core');
    const { Item } = await me.rows.send(new GetCommand({ TableName, Key: key(mine) }));
    expect(Item?.said).toBe('mine');
    const of = (IndexName: string, value: string) =>
      new QueryCommand({
        TableName,
        IndexName,
        KeyConditionExpression: `${IndexName}pk = :pk`,
        ExpressionAttributeValues: { ':pk': value },
      });
    expect((await me.rows.send(of('gsi1', `T#${mine}#TASK`))).Items).toHaveLength(1);
    const batch = { RequestItems: { [TableName]: { Keys: [key(mine), key(other)] } } };
    const both = [mine, other].map((tenant) => ({ Put: { TableName, Item: { pk: `T#${tenant}`, sk: 'NEW' } } }));
    const refusals = await Promise.all(
      [
        me.rows.send(new GetCommand({ TableName, Key: key(other) })),
        me.rows.send(new ScanCommand({ TableName })),
        me.rows.send(new BatchGetCommand(batch)),
        me.rows.send(of('gsi1', `T#${other}#TASK`)),
        me.rows.send(new DeleteCommand({ TableName, Key: key(other) })),
        me.rows.send(new TransactWriteCommand({ TransactItems: both })),
      ].map(refused),
    );
    expect(refusals).toEqual(refusals.map(() => 'AccessDeniedException'));
    const left = await me.rows.send(new GetCommand({ TableName, Key: { pk: `T#${mine}`, sk: 'NEW' } }));
    expect(left.Item, 'nothing of the transaction was done').toBeUndefined();
  });

  test('objects: own ones are there and signed for, those of others are refused, also by an address', async () => {
    const get = (tenant: string) => new GetObjectCommand({ Bucket: media(), Key: `tenants/${tenant}/x` });
    expect(await (await me.s3.send(get(mine))).Body?.transformToString()).toBe('mine');
    expect(await refused(me.s3.send(get(other)))).toBe('AccessDenied');
    expect(await refused(me.s3.send(get(`${mine}-evil`)))).toBe('AccessDenied');
    const list = (Prefix?: string) => me.s3.send(new ListObjectsV2Command({ Bucket: media(), Prefix }));
    expect((await list(`tenants/${mine}/`)).KeyCount).toBe(1);
    expect(await Promise.all([list(), list('tenants/'), list(`tenants/${other}/`)].map(refused))).toEqual(
      Array(3).fill('AccessDenied'),
    );
    const [own, foreign] = await Promise.all([mine, other].map((tenant) => getSignedUrl(me.s3, get(tenant))));
    expect((await fetch(own ?? '')).status).toBe(200);
    const answer = await fetch(foreign ?? '');
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain(canary);
  });

  test('seals: a key is made for the tenant alone', async () => {
    const { kms } = cloud.clients(await cloud.session('http-settings', mine));
    const make = (tenant: string) =>
      kms.send(
        new GenerateDataKeyCommand({
          KeyId: modelKey(),
          KeySpec: 'AES_256',
          EncryptionContext: { tenant, provider: 'openai' },
        }),
      );
    expect(await refused(make(mine))).toBe('allowed');
    expect(await refused(make(other))).toBe('AccessDeniedException');
  });

  test('a token that is missing, made up or of another key opens nothing', async () => {
    const [own, foreign] = [await cloud.session('writing-plan', mine), await cloud.session('writing-plan', other)];
    const { sessionToken, ...bare } = own;
    const [content = '', seal] = sessionToken.split('.');
    const claims = JSON.parse(Buffer.from(content, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, tags: { tenantId: other } })).toString('base64url');
    for (const keys of [
      bare,
      { ...own, sessionToken: `${forged}.${seal}` },
      { ...own, sessionToken: 'x' },
      { ...own, sessionToken: foreign.sessionToken },
      { ...foreign, accessKeyId: own.accessKeyId },
    ]) {
      const { rows: as, s3 } = cloud.clients(keys);
      expect(await refused(as.send(new GetCommand({ TableName: name('Core'), Key: key(other) })))).toBe('UnrecognizedClientException'); // biome-ignore format: one thought
      expect(await refused(s3.send(new GetObjectCommand({ Bucket: media(), Key: `tenants/${other}/x` })))).toMatch(/^Invalid(Token|AccessKeyId)$/); // biome-ignore format: one thought
    }
  });

  test('a verb that asks for the row of another tenant is answered with a clean error, is logged, and shows nothing of it', async () => {
    const { credentials, endpoints } = cloud.host;
    Object.assign(process.env, endpoints, {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      CORE_TABLE: name('Core'),
      EPHEMERAL_TABLE: name('Ephemeral'),
      DATA_ROLE_ARN: cloud.dataRole('http-project'),
    });
    const reading = (tenant: string) =>
      verb({
        name: 'test.read',
        summary: 'Reads a row, of whomever it is told.',
        needs: 'self',
        input: z.object({}),
        output: z.object({ said: z.unknown() }),
        run: async (ctx) => {
          const { client, table: TableName } = ctx.stores.core;
          return { said: (await client.send(new Row.GetCommand({ TableName, Key: key(tenant) }))).Item?.said };
        },
      });
    const handler = httpHandler({ 'GET /own': { verb: reading(mine) }, 'GET /leak': { verb: reading(other) } });
    const written: string[] = [];
    const keep = (text: unknown) => written.push(String(text)) > 0;
    const logged = [process.stdout, process.stderr].map((out) => vi.spyOn(out, 'write').mockImplementation(keep));
    const call = async (path: string) => {
      const event = {
        routeKey: `GET /api/v1${path}`,
        rawPath: `/api/v1${path}`,
        headers: { 'accept-language': 'en' },
        requestContext: {
          requestId: 'req_1',
          http: { method: 'GET', sourceIp: '192.0.2.7' },
          authorizer: { lambda: { tenant_id: mine, user_id: 'usr_1', role: 'owner' } },
        },
      } as unknown as HttpEvent;
      return handler(event, {} as never);
    };
    expect(await call('/own')).toMatchObject({ statusCode: 200, body: expect.stringContaining('mine') });
    const { statusCode, body = '' } = await call('/leak');
    expect([statusCode, JSON.parse(body).error.code]).toEqual([500, 'INTERNAL']);
    for (const spy of logged) spy.mockRestore();
    const log = written.join('');
    expect(log).toContain('AccessDeniedException');
    expect(log).toContain('dynamodb:GetItem');
    for (const text of [body, log]) expect(text).not.toContain(canary);
    expect(body).not.toMatch(/AccessDenied|arn:|dynamodb/);
  });
});
