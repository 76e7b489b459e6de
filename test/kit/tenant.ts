// A tenant on the real local services: DynamoDB with the four tables, S3 with the media bucket. Started once a test file, ended with the last `stop`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { commit } from '../../core/platform/commit.ts';
import type { Ctx, OpenCtx, Stores } from '../../core/platform/ctx.ts';
import { documents } from '../../core/platform/dynamo/client.ts';
import { newTenantId } from '../../core/platform/id.ts';
import { type Letter, letterOf } from '../../core/platform/mail.ts';
import type { Role } from '../../core/platform/permission.ts';
import { founding, type PlanName } from '../../core/tenant/index.ts';
import { auditIndexes, coreIndexes } from '../../lib/patterns/data-grants.ts';
import { host, makeCallers } from '../../local/iam/callers.ts';
import { Refusal } from '../../local/refusal.ts';
import { startStorage } from '../../local/storage/index.ts';
import { openStsDoor } from '../../local/sts/door.ts';
import { startDynamo } from './dynamo.ts';

export const bucket = 'media';
/** A role for the sessions of tenants; what it may do is judged in test/infra/walls.test.ts. */
const dataRole = { name: 'data', arn: 'arn:aws:iam::000000000000:role/data', statements: [], trust: [] };
// the same keys whenever the services start: the clients of the product are made once a process
const callers = makeCallers([], [dataRole], Buffer.from('of the tests'));
const key = { accessKeyId: host, secretAccessKey: callers.secretOf(host) ?? '' };

export type Ground = { stores: Stores; queueUrl: (name: string) => string; stop: () => Promise<void> };

export type ATenant = {
  /** The owner. */
  ctx: Ctx;
  /** Another person of the tenant. */
  as: (role: Role) => Ctx;
  /** The owner of another tenant on the same tables. */
  other: Ctx;
  /** Somebody not signed in. */
  anyone: OpenCtx;
  stores: Stores;
  /** Lets the clock of these contexts go on by so many milliseconds. */
  pass: (ms: number) => void;
  stop: () => Promise<void>;
};

/** `options.at`: epoch ms the clock of the contexts starts from; the machine's own by default. `plan`: of both tenants; enterprise by default. */
export async function aTenant(options: { at?: number; plan?: PlanName } = {}): Promise<ATenant> {
  const ground = await standing();
  let offset = options.at === undefined ? 0 : options.at - Date.now();
  const now = () => Date.now() + offset;
  const from = { ip: '203.0.113.7', agent: 'Test/1.0' };
  const { stores } = ground;
  const anyone: OpenCtx = { stores, requestId: 'req_test', from, locale: 'en', now };
  const person = (tenant: string, role: Role): Ctx => ({
    ...anyone,
    stores,
    tenant,
    role,
    actor: { kind: 'user', id: `usr-${role}-${tenant.slice(-6)}`, email: `${role}@example.com` },
  });
  const [mine, foreign] = [newTenantId(now()), newTenantId(now())];
  const [ctx, other] = [person(mine, 'owner'), person(foreign, 'owner')];
  for (const owner of [ctx, other])
    await commit(owner, { rows: founding(owner, 'studio', options.plan && { plan: options.plan }) });
  return {
    ctx,
    as: (role) => person(mine, role),
    other,
    anyone,
    stores: ground.stores,
    pass: (ms) => {
      offset += ms;
    },
    stop: ground.stop,
  };
}

let users = 0;
let running: Promise<Awaited<ReturnType<typeof begin>>> | undefined;

/** The services of this test file; those who ask share them. */
export async function standing(): Promise<Ground> {
  users++;
  running ??= begin();
  const { stores, queueUrl, end } = await running;
  return {
    stores,
    queueUrl,
    stop: async () => {
      if (--users > 0) return;
      running = undefined;
      await end();
    },
  };
}

/** What the product mailed to people in this test file. */
export const letters: Letter[] = [];

let ports = { storage: 0, sts: 0 };

/**
 * Starts what clients know by its port for longer than a test file: on the port it had, or on one below those that the system gives out by
 * itself (32,768 and above), so that nobody takes it between two files.
 */
async function known<T>(port: number, start: (port: number) => Promise<T>): Promise<T> {
  if (port > 0) return start(port);
  for (;;) {
    try {
      return await start(20_000 + Math.floor(Math.random() * 12_000));
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'PORT_TAKEN')) throw error;
    }
  }
}

async function begin() {
  const directory = mkdtempSync(join(tmpdir(), 'scriptloom-test-'));
  const { secretOf } = callers;
  const fault = (error: unknown): never => {
    throw error;
  };
  const [dynamo, storage, sts] = await Promise.all([
    startDynamo(),
    known(ports.storage, (port) => startStorage({ directory: join(directory, 'storage'), port, secretOf })),
    known(ports.sts, (port) => openStsDoor({ callers, roles: [dataRole], port, fault })),
  ]);
  ports = { storage: storage.port, sts: sts.port };
  // as in a Lambda function: the SDK finds region, keys and endpoints in the environment
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    AWS_ENDPOINT_URL_S3: storage.url,
    AWS_ENDPOINT_URL_SQS: storage.url,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.url,
    AWS_ENDPOINT_URL_STS: sts.url,
    DATA_ROLE_ARN: dataRole.arn,
    CORE_TABLE: 'core',
    DIRECTORY_TABLE: 'directory',
    EPHEMERAL_TABLE: 'ephemeral',
    AUDIT_TABLE: 'audit',
  });
  await storage.createBucket(bucket, { days: 30 });
  await storage.createQueue('purge', {});
  const client = new DynamoDBClient({});
  await createTables(client);
  const s3 = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });
  const kms = new KMSClient({});
  const rows = documents({ endpoint: dynamo.url, region: 'us-east-1', credentials: () => key });
  const on = (table: string) => ({ client: rows, table });
  const stores: Stores = {
    core: on('core'),
    directory: on('directory'),
    ephemeral: on('ephemeral'),
    audit: on('audit'),
    shared: on('ephemeral'),
    bucket,
    mail: {
      send: async (mail) => {
        letters.push(letterOf(mail));
      },
    },
    firstPlan: { plan: 'enterprise' },
    socketUrl: 'wss://socket.example.com/ws',
    closing: { graceSeconds: 30 * 86_400, settleSeconds: 900 },
    s3,
    kms,
    // keys that do not expire sign for as long as S3 takes an address
    signedSeconds: () => Promise.resolve(604_800),
    pool: {
      id: 'us-east-1_test',
      clientId: 'test-client',
      get confirms() {
        return process.env.SIGN_UP_CONFIRMATION === 'code';
      },
    },
    sealingKey: 'model-key',
    of: () => Promise.resolve(stores),
  };
  const end = async () => {
    for (const one of [client, s3, kms]) one.destroy();
    await Promise.all([dynamo.stop(), storage.stop(), sts.stop()]);
    rmSync(directory, { recursive: true, force: true });
  };
  return { stores, queueUrl: storage.queueUrl, end };
}

async function createTables(client: DynamoDBClient): Promise<void> {
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  const index = (IndexName: string) => ({
    IndexName,
    KeySchema: keys(`${IndexName}pk`, `${IndexName}sk`),
    Projection: { ProjectionType: 'ALL' as const },
  });
  const table = { BillingMode: 'PAY_PER_REQUEST' as const, KeySchema: keys('pk', 'sk') };
  const own = [attribute('pk'), attribute('sk')];
  const indexed = (names: readonly string[]) => ({
    AttributeDefinitions: [...own, ...names.flatMap((name) => [`${name}pk`, `${name}sk`]).map(attribute)],
    GlobalSecondaryIndexes: names.map(index),
  });
  for (const [TableName, names] of Object.entries({ core: coreIndexes, audit: auditIndexes }))
    await client.send(new CreateTableCommand({ ...table, TableName, ...indexed(names) }));
  for (const TableName of ['directory', 'ephemeral'])
    await client.send(new CreateTableCommand({ ...table, TableName, AttributeDefinitions: own }));
}
