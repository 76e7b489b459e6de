// What starts functions by itself: a table's stream, a queue, a schedule; over failures, a stop and a kill.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type Cloud, startCloud } from '../../../local/cloud.ts';
import { type Assembly, lambda, type Resources, role, table, writeAssembly } from './kit/assembly.ts';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const database = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  import { DynamoDBDocumentClient, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const count = (what) => documents.send(new UpdateCommand({
    TableName: process.env.SEEN, Key: { pk: what }, UpdateExpression: 'ADD times :one', ExpressionAttributeValues: { ':one': 1 },
  }));`;

const bundles = {
  write: `${database}
    export const handler = async (items) => {
      for (const pk of items) await documents.send(new PutCommand({ TableName: process.env.CORE, Item: { pk, n: 1 } }));
    };`,
  seen: `${database}
    export const handler = async () => {
      const { Items } = await documents.send(new ScanCommand({ TableName: process.env.SEEN, ConsistentRead: true }));
      return Object.fromEntries(Items.map(({ pk, times }) => [pk, times]));
    };`,
  follow: `${database}
    export const handler = async ({ Records }) => {
      for (const { dynamodb, eventName, eventSource } of Records) {
        const pk = dynamodb.Keys.pk.S;
        if (pk === 'poison') throw new Error('poison');
        await count(eventName + ' ' + pk);
      }
    };`,
  gather: `${database}
    export const handler = async ({ Records }) => {
      const names = Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
      if (!names.includes('poison')) await count('together ' + names.join(' '));
    };`,
  send: `
    import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
    const client = new SQSClient({});
    export const handler = async (bodies) => {
      for (const MessageBody of bodies) await client.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody }));
    };`,
  take: `${database}
    export const handler = async ({ Records }) => {
      const batchItemFailures = [];
      for (const { messageId, body } of Records) {
        await count('took ' + body);
        if (body === 'bad') batchItemFailures.push({ itemIdentifier: messageId });
      }
      return { batchItemFailures };
    };`,
  bury: `${database}
    export const handler = async ({ Records }) => {
      for (const { body } of Records) {
        const notice = body.startsWith('{') ? JSON.parse(body) : undefined;
        await count(notice ? 'gave up ' + notice.DDBStreamBatchInfo.batchSize : 'buried ' + body);
      }
    };`,
  tick: `${database}
    export const handler = async ({ time, id }) => { await count('tick ' + id); };`,
};

const feed = (source: unknown, target: string, more: Record<string, unknown>) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: source, FunctionName: { Ref: target }, ...more },
});
const att = (id: string, name = 'Arn') => ({ 'Fn::GetAtt': [id, name] });
const Environment = {
  Variables: { CORE: { Ref: 'Core' }, SEEN: { Ref: 'Seen' }, QUEUE: { Ref: 'Queue' } },
};

const resources: Resources = {
  Role: role({ Action: ['dynamodb:*', 'sqs:*'], Resource: '*' }),
  Core: table({ stream: true }),
  Seen: table(),
  Dead: { Type: 'AWS::SQS::Queue' },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: { VisibilityTimeout: 1, RedrivePolicy: { deadLetterTargetArn: att('Dead'), maxReceiveCount: 2 } },
  },
  ...Object.fromEntries(Object.keys(bundles).map((key) => [key, lambda(key, { Environment, Timeout: 20 })])),
  Stream: feed(att('Core', 'StreamArn'), 'follow', {
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 5,
    MaximumRetryAttempts: 1,
    BisectBatchOnFunctionError: true,
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    DestinationConfig: { OnFailure: { Destination: att('Dead') } },
  }),
  Gathering: feed(att('Core', 'StreamArn'), 'gather', {
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 3,
    MaximumBatchingWindowInSeconds: 1,
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
  }),
  Taking: feed(att('Queue'), 'take', { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
  Burying: feed(att('Dead'), 'bury', {}),
};

const begin = async (assembly: Assembly): Promise<Cloud> => {
  const cloud = await startCloud({ assembly: assembly.folder, state: assembly.state });
  endings.push(cloud.stop);
  return cloud;
};

const call = async (cloud: Cloud, name: string, event: unknown): Promise<unknown> => {
  const answer = await cloud.invoke(name, event);
  if (!answer.ok) throw new Error(answer.error.errorMessage);
  return JSON.parse(answer.payload);
};

/** What was seen, once `wanted` is all there. */
const seen = async (cloud: Cloud, wanted: readonly string[]): Promise<Record<string, number>> => {
  for (;;) {
    const found = (await call(cloud, 'seen', {})) as Record<string, number>;
    if (wanted.every((name) => name in found)) return found;
    await sleep(30);
  }
};

test('every insert reaches the function once; a poisoned one is given up alone and told to the queue', async () => {
  const cloud = await begin(writeAssembly({ resources, bundles }));
  await call(cloud, 'write', ['a', 'b', 'poison', 'c', 'd', 'a']);
  const found = await seen(cloud, ['INSERT a', 'INSERT b', 'INSERT c', 'INSERT d', 'gave up 1']);
  expect(Object.keys(found)).not.toContain('MODIFY a');
  expect(found['gave up 1']).toBe(1);
});

test('where a mapping has a window, records that come within it are one batch, and no batch is larger than it may be', async () => {
  const cloud = await begin(writeAssembly({ resources, bundles }));
  await call(cloud, 'write', ['a']);
  await sleep(200);
  await call(cloud, 'write', ['a', 'b']);
  await seen(cloud, ['together a b']);
  await call(cloud, 'write', ['c', 'd', 'e', 'f']);
  expect(Object.keys(await seen(cloud, ['together c d e', 'together f']))).not.toContain('together a');
});

test('a message that fails comes back until it is moved to the dead letters; the others of its batch do not', async () => {
  const cloud = await begin(writeAssembly({ resources, bundles }));
  await call(cloud, 'send', ['good', 'bad', 'fine']);
  expect(await seen(cloud, ['buried bad'])).toMatchObject({
    'took good': 1,
    'took fine': 1,
    'took bad': 2,
    'buried bad': 1,
  });
});

test('after a stop the stream goes on behind what was done, and messages in the queue are there', async () => {
  const assembly = writeAssembly({ resources, bundles });
  const first = await startCloud({ assembly: assembly.folder, state: assembly.state });
  await call(first, 'write', ['a']);
  await seen(first, ['INSERT a']);
  await call(first, 'write', ['b', 'c']);
  await call(first, 'send', ['good']);
  await first.stop();
  const found = await seen(await begin(assembly), ['INSERT b', 'INSERT c', 'took good']);
  expect(found['INSERT a']).toBe(1);
});

test('where the tables’ file is lost, the streams begin anew, and the log says so once', async () => {
  const assembly = writeAssembly({ resources, bundles });
  const first = await startCloud({ assembly: assembly.folder, state: assembly.state });
  await call(first, 'write', ['a', 'b', 'c']);
  await seen(first, ['INSERT a', 'INSERT b', 'INSERT c']);
  await first.stop();
  for (const tail of ['', '-wal', '-shm']) rmSync(join(assembly.state, `dynamodb.sqlite${tail}`), { force: true });
  const said: string[] = [];
  const log = (line: string) => void said.push(line);
  const second = await startCloud({ assembly: assembly.folder, state: assembly.state, log });
  endings.push(second.stop);
  await call(second, 'write', ['d']);
  expect(Object.keys(await seen(second, ['INSERT d']))).not.toContain('INSERT a');
  expect(said).toEqual([expect.stringMatching(/Core 的数据不在了.*The data of table App-Core is not there/)]);
});

/** A cloud in a process of its own that writes items one after the other; each line it prints is one that was confirmed. */
const writer = ({ folder, state }: Assembly): ChildProcess => {
  const program = `
    import { startCloud } from '${new URL('../../../local/cloud.ts', import.meta.url).href}';
    const cloud = await startCloud({ assembly: '${folder}', state: '${state}' });
    for (let n = 0; ; n++) {
      await Promise.all([cloud.invoke('write', ['k' + n]), cloud.invoke('send', ['m' + n])]);
      console.log(n);
    }`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
};

test('killed in the middle, no record and no message is lost, and at most the batch in hand is done again', async () => {
  const assembly = writeAssembly({ resources, bundles });
  const child = writer(assembly);
  let confirmed = -1;
  child.stdout?.on('data', (chunk: Buffer) => {
    confirmed = Number(chunk.toString().trim().split('\n').at(-1));
    if (confirmed >= 25) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  const numbers = Array.from({ length: confirmed + 1 }, (_, index) => index);
  const wanted = numbers.flatMap((n) => [`INSERT k${n}`, `took m${n}`]);
  const found = await seen(await begin(assembly), wanted);
  const again = (kind: string) => Object.entries(found).filter(([name, times]) => name.startsWith(kind) && times > 1);
  expect(again('INSERT').length).toBeLessThanOrEqual(5);
  expect(again('took').length).toBeLessThanOrEqual(10);
});

test('a tick that was due while the cloud was off fires at the start, once', async () => {
  const Sweep = {
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: att('tick'), Id: 'tick' }] },
  };
  const assembly = writeAssembly({ resources: { ...resources, Sweep }, bundles });
  await (await startCloud({ assembly: assembly.folder, state: assembly.state })).stop();
  const ledger = new DatabaseSync(`${assembly.state}/sources.sqlite`);
  ledger.prepare('UPDATE ticks SET at = at - 200000').run();
  ledger.close();
  const ticks = async (cloud: Cloud) => Object.keys(await seen(cloud, [])).filter((name) => name.startsWith('tick'));
  const second = await startCloud({ assembly: assembly.folder, state: assembly.state });
  while ((await ticks(second)).length === 0) await sleep(30);
  await second.stop();
  const third = await begin(assembly);
  await sleep(300);
  expect(await ticks(third)).toHaveLength(1);
});
