// AssumeRole as the SDK speaks it: who may take which role, with which tags, for how long; and sessions that have ended, at every door.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCallers } from '../../../local/iam/callers.ts';
import { makeSessions } from '../../../local/iam/session.ts';
import { openJsonDoor } from '../../../local/json-door.ts';
import { startStorage } from '../../../local/storage/index.ts';
import { openStsDoor } from '../../../local/sts/door.ts';
import type { RolePlan, Statement, Trust } from '../../../local/template/role.ts';
import { ground } from '../dynamodb/cloud.ts';

const arn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const may = (...actions: string[]): Statement => ({ effect: 'Allow', actions, resources: ['*'], conditions: {} });
const tagged: Trust = {
  effect: 'Allow',
  actions: ['sts:AssumeRole', 'sts:TagSession'],
  principals: [arn('worker')],
  conditions: {
    StringLike: { 'aws:RequestTag/tenantId': ['?*'] },
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['tenantId'] },
  },
};
const role = (name: string, statements: Statement[], trust: Trust[] = []): RolePlan => ({ name, arn: arn(name), statements, trust }); // biome-ignore format: one thought
const roles = [
  role('worker', [may('sts:AssumeRole', 'sts:TagSession')]),
  role('stranger', [may('sts:AssumeRole', 'sts:TagSession')]),
  role('unprivileged', []),
  role('data', [may('sts:AssumeRole', 'sts:TagSession')], [tagged]),
  role('open', [], [{ ...tagged, principals: [arn('unprivileged')] }]),
];
const functions = ['worker', 'stranger', 'unprivileged'].map((name) => ({ name, role: arn(name) })) as never;
const callers = makeCallers(functions, roles);

let door: Awaited<ReturnType<typeof openStsDoor>>;
const opened: { destroy(): void }[] = [];
beforeAll(async () => {
  door = await openStsDoor({ callers, roles, port: 0, fault: () => undefined });
});
afterAll(async () => {
  for (const client of opened) client.destroy();
  await door.stop();
});

type Keys = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
const keysOf = (name: string): Keys => ({ accessKeyId: name, secretAccessKey: callers.secretOf(name) ?? 'guess' });

const take = (credentials: Keys, more: Partial<AssumeRoleCommandInput> = {}) => {
  const client = new STSClient({ region: 'us-east-1', endpoint: door.url, credentials, maxAttempts: 1 });
  opened.push(client);
  const Tags = [{ Key: 'tenantId', Value: 't1' }];
  return client.send(new AssumeRoleCommand({ RoleArn: arn('data'), RoleSessionName: 't1', Tags, ...more }));
};
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'given',
    (error: Error) => `${error.name}: ${error.message}`,
  );

test('the role of the function that is trusted takes it, for an hour, with the tag', async () => {
  const before = Date.now();
  const { Credentials: given, AssumedRoleUser: user } = await take(keysOf('worker'));
  expect(user?.Arn).toBe('arn:aws:sts::000000000000:assumed-role/data/t1');
  const lives = (given?.Expiration?.getTime() ?? 0) - before;
  expect(lives).toBeGreaterThan(3_590_000);
  expect(lives).toBeLessThanOrEqual(3_601_000);
  const [id = '', token = ''] = [given?.AccessKeyId, given?.SessionToken];
  expect(callers.secretOf(id, token)).toBe(given?.SecretAccessKey);
  expect(callers.sessions.of(id)).toMatchObject({ role: arn('data'), name: 't1', tags: { tenantId: 't1' } });
});

// biome-ignore format: a table
test.each<[string, () => Promise<unknown>, RegExp]>([
  ['another function', () => take(keysOf('stranger')), /^AccessDenied: User: .*assumed-role\/stranger\/stranger is not authorized to perform: sts:AssumeRole on resource: .*role\/data/],
  ['no tag', () => take(keysOf('worker'), { Tags: [] }), /^AccessDenied: .*sts:AssumeRole/],
  ['an empty tag', () => take(keysOf('worker'), { Tags: [{ Key: 'tenantId', Value: '' }] }), /^AccessDenied/],
  ['another tag', () => take(keysOf('worker'), { Tags: [{ Key: 'tenant', Value: 't1' }] }), /^AccessDenied/],
  ['a tag too many', () => take(keysOf('worker'), { Tags: [{ Key: 'tenantId', Value: 't1' }, { Key: 'role', Value: 'admin' }] }), /^AccessDenied/],
  ['a tag twice', () => take(keysOf('worker'), { Tags: [{ Key: 'tenantId', Value: 't1' }, { Key: 'tenantId', Value: 't2' }] }), /^InvalidParameterValue/],
  ['a tag that holds a null character', () => take(keysOf('worker'), { Tags: [{ Key: 'tenantId', Value: 't1\u0000' }] }), /^ValidationError/],
  ['a wildcard for a tag', () => take(keysOf('worker'), { Tags: [{ Key: 'tenantId', Value: '*' }] }), /^ValidationError/],
  ['no grant of its own', () => take(keysOf('unprivileged'), { RoleArn: arn('open') }), /^AccessDenied: .*identity-based policy/],
  ['a role that is not there', () => take(keysOf('worker'), { RoleArn: arn('nobody') }), /^AccessDenied/],
  ['longer than an hour', () => take(keysOf('worker'), { DurationSeconds: 3601 }), /^ValidationError: .*1 hour session limit/],
  ['shorter than a quarter of an hour', () => take(keysOf('worker'), { DurationSeconds: 899 }), /^ValidationError/],
  ['a session name with a slash', () => take(keysOf('worker'), { RoleSessionName: 't/1' }), /^ValidationError/],
  ['what is not known here', () => take(keysOf('worker'), { Policy: '{}' }), /^ValidationError: .*Policy/],
  ['a wrong secret', () => take({ accessKeyId: 'worker', secretAccessKey: 'guess' }), /^SignatureDoesNotMatch/],
  ['a key nobody has', () => take(keysOf('invented')), /^InvalidClientTokenId/],
])('%s is refused', async (_, work, sentence) => {
  expect(await refused(work())).toMatch(sentence);
});

test('a session does not take its role again', async () => {
  const { Credentials: given } = await take(keysOf('worker'));
  const { AccessKeyId: accessKeyId = '', SecretAccessKey: secretAccessKey = '', SessionToken: sessionToken = '' } = given ?? {}; // biome-ignore format: one thought
  const tags = [{ Key: 'tenantId', Value: 't2' }];
  expect(await refused(take({ accessKeyId, secretAccessKey, sessionToken }, { Tags: tags }))).toMatch(/^AccessDenied: User: .*assumed-role\/data\/t1/); // biome-ignore format: one thought
});

describe('a session that has ended', () => {
  const seed = Buffer.from('of this test');
  const of = { role: arn('data'), name: 't1', tags: { tenantId: 't1' } };
  const issued = makeSessions(seed).issue({ ...of, ends: Date.now() + 1000 });
  // the clock of the doors is a minute ahead
  const { secretOf: proven } = makeSessions(seed, () => Date.now() + 60_000);
  const secretOf = (id: string, token?: string) => (token === undefined ? undefined : proven(id, token));
  const { accessKeyId, secretAccessKey, sessionToken } = issued;
  const credentials = { accessKeyId, secretAccessKey, sessionToken };

  test('is refused by DynamoDB, S3, SQS and KMS in the words of each', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'sessions-'));
    const tables = await ground({ secretOf, authorize: () => undefined });
    const storage = await startStorage({ directory, secretOf });
    const gate = { ...callers, secretOf };
    const kms = { name: 'kms', target: 'TrentService', calls: { ListKeys: () => ({ Keys: [] }) } };
    const vault = await openJsonDoor([kms], { gate, port: 0, what: 'KMS', fault: () => undefined });
    const common = { region: 'us-east-1', credentials, maxAttempts: 1 };
    const rows = new DynamoDBClient({ ...common, endpoint: tables.engine.url });
    const s3 = new S3Client({ ...common, endpoint: storage.url, forcePathStyle: true });
    const sqs = new SQSClient({ ...common, endpoint: storage.url });
    const keys = new KMSClient({ ...common, endpoint: vault.url });
    opened.push(rows, s3, sqs, keys);
    const expired = 'The security token included in the request is expired';
    expect(await refused(rows.send(new GetItemCommand({ TableName: 'core', Key: { pk: { S: 'x' } } })))).toBe(`ExpiredTokenException: ${expired}`); // biome-ignore format: one thought
    expect(await refused(s3.send(new GetObjectCommand({ Bucket: 'media', Key: 'x' })))).toBe(
      `ExpiredToken: ${expired}`,
    );
    expect(await refused(sqs.send(new ListQueuesCommand({})))).toBe(`ExpiredTokenException: ${expired}`);
    expect(await refused(keys.send(new ListKeysCommand({})))).toBe(`ExpiredTokenException: ${expired}`);
    await Promise.all([tables.stop(), storage.stop(), vault.stop()]);
    rmSync(directory, { recursive: true, force: true });
  });
});
