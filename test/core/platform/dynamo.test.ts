// The client of DynamoDB says and hears what the SDK does: the same values, the same signature, the same refusals; and tries again as it should.
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as Sdk from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { fromItem, toItem } from '../../../core/platform/dynamo/attribute.ts';
import { documents } from '../../../core/platform/dynamo/client.ts';
import {
  BatchGetCommand,
  DeleteCommand,
  type Documents,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '../../../core/platform/dynamo/command.ts';
import { DynamoRefusal } from '../../../core/platform/dynamo/refusal.ts';
import { signedHeaders } from '../../../core/platform/sign.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

/** Names that the SDK takes for what an object inherits, it does not send. */
const names = fc.string({ minLength: 1 }).filter((name) => !(name in Object.prototype));
const plain: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -9e15, max: 9e15 }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.uint8Array({ maxLength: 20 }),
    fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }).map((values) => new Set(values)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(names, tie('value'), { maxKeys: 4 }),
  ),
})).value;
const items = fc.dictionary(names, plain, { maxKeys: 6 });

describe('values', () => {
  test('travel as the SDK sends them, and come back as it reads them', () =>
    fc.assert(
      fc.property(items, (item) => {
        const ours = JSON.parse(JSON.stringify(toItem(item))) as ReturnType<typeof toItem>;
        const theirs = marshall(item, { removeUndefinedValues: true });
        // bytes are base64 in JSON; the SDK does that a step later
        const wire = JSON.stringify(theirs, (_, value: { B?: unknown } | null) =>
          value?.B instanceof Uint8Array ? { B: Buffer.from(value.B).toString('base64') } : value,
        );
        expect(ours).toEqual(JSON.parse(wire));
        expect(fromItem(ours)).toEqual(unmarshall(theirs));
      }),
    ));

  test('under names that objects inherit are kept as well', () => {
    const item = JSON.parse('{"__proto__": {"a": 1}, "constructor": {"constructor": " "}, "b": 2}') as Record<
      string,
      unknown
    >;
    const back = fromItem(JSON.parse(JSON.stringify(toItem(item))) as ReturnType<typeof toItem>);
    expect(Object.entries(back)).toEqual(Object.entries(item));
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    1n,
    Symbol('s'),
    new Date(0),
    new Map(),
    new Set(),
    new Set([1, 'a']),
  ])('that a table does not keep are refused: %s', (value) => expect(() => toItem({ value })).toThrow(TypeError));

  test('that a number does not hold are refused, not rounded', () => {
    expect(() => fromItem({ n: { N: '9007199254740993' } })).toThrow(TypeError);
  });
});

/** Hash and HMAC of the standard library, as the SDK's signer asks for them. */
class Sha256 {
  readonly #hash;
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as string);
  }
  update(data: unknown): void {
    this.#hash.update(data as string);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
  reset(): void {}
}

test.each([
  ['dynamodb', '/', { 'x-amz-target': 'DynamoDB_20120810.Query' }],
  ['ses', '/v2/email/outbound-emails', {}],
])('a call of %s is signed as the SDK signs it, with a session and without', (service, path, more) =>
  fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.stringMatching(/^[A-Za-z0-9/+]{1,40}$/),
      fc.option(fc.stringMatching(/^[A-Za-z0-9/+=]{1,80}$/), { nil: undefined }),
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      async (body, secretAccessKey, sessionToken, now) => {
        const [region, host] = ['cn-north-1', `${service}.cn-north-1.amazonaws.com.cn`];
        const headers = { host, 'content-type': 'application/json', ...more };
        const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, ...(sessionToken && { sessionToken }) };
        const ours = signedHeaders({ service, region, path, headers, body }, credentials, now.getTime());
        const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 as never, applyChecksum: false });
        const request = { method: 'POST', protocol: 'https:', hostname: host, path, headers, body };
        const theirs = await signer.sign(request, { signingDate: now });
        expect(ours.authorization).toBe(theirs.headers.authorization);
      },
    ),
  ),
);

/** What a client makes of a call: its answer, or what it throws, as far as both can say it. */
const outcome = (call: Promise<object>): Promise<unknown> =>
  call.then(
    (answer) => ({ ...answer, $metadata: undefined }),
    (error: Error & { item?: unknown; Item?: never; reasons?: object[]; CancellationReasons?: object[] }) => ({
      name: error.name,
      message: error.message,
      item: error.item ?? (error.Item && unmarshall(error.Item)),
      codes: (error.reasons ?? error.CancellationReasons)?.map((reason) => (reason as { Code: string }).Code),
    }),
  );

test('every operation answers and refuses as through the SDK', async () => {
  const sdk = Sdk.DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const { client: ours, table: TableName } = t.stores.core;
  const pk = `T#${t.ctx.tenant}`;
  const Key = { pk, sk: 'DYNAMO#1' };
  const Item = { ...Key, name: '沈青', n: 3, list: [1, 'a', null, { deep: true }], gone: undefined };
  const taken = { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } as const;
  const query = { TableName, KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)', ExpressionAttributeValues: { ':pk': pk, ':sk': 'DYNAMO#' }, Limit: 1 }; // biome-ignore format: one thought
  const change = { TableName, Key, UpdateExpression: 'SET n = n + :one', ExpressionAttributeValues: { ':one': 1 }, ReturnValues: 'ALL_NEW' } as const; // biome-ignore format: one thought
  const batch = { RequestItems: { [TableName]: { Keys: [Key, { pk, sk: 'DYNAMO#none' }] } } };
  const refused = { TransactItems: [{ Put: { ...taken, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const } }, { Delete: { TableName, Key: { pk, sk: 'DYNAMO#2' } } }] }; // biome-ignore format: one thought
  const done = { TransactItems: [{ Put: { TableName, Item: { ...Item, sk: 'DYNAMO#2' } } }] };
  const pairs: [string, () => Promise<object>, () => Promise<object>][] = [
    ['put', () => ours.send(new PutCommand({ TableName, Item })), () => sdk.send(new Sdk.PutCommand({ TableName, Item: { ...Key, name: '沈青', n: 3, list: Item.list } }))], // biome-ignore format: a row of the table
    ['put of what is there', () => ours.send(new PutCommand({ ...taken, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })), () => sdk.send(new Sdk.PutCommand({ ...taken, Item: Key, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }))], // biome-ignore format: a row of the table
    [
      'get',
      () => ours.send(new GetCommand({ TableName, Key })),
      () => sdk.send(new Sdk.GetCommand({ TableName, Key })),
    ],
    ['get of nothing', () => ours.send(new GetCommand({ TableName, Key: { pk, sk: 'no' } })), () => sdk.send(new Sdk.GetCommand({ TableName, Key: { pk, sk: 'no' } }))], // biome-ignore format: a row of the table
    ['get without a key', () => ours.send(new GetCommand({ TableName, Key: { pk } })), () => sdk.send(new Sdk.GetCommand({ TableName, Key: { pk } }))], // biome-ignore format: a row of the table
    ['a table that is not there', () => ours.send(new GetCommand({ TableName: 'nowhere', Key })), () => sdk.send(new Sdk.GetCommand({ TableName: 'nowhere', Key }))], // biome-ignore format: a row of the table
    ['transaction', () => ours.send(new TransactWriteCommand(done)), () => sdk.send(new Sdk.TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: { ...Key, sk: 'DYNAMO#2' } } }] }))], // biome-ignore format: a row of the table
    ['transaction that is cancelled', () => ours.send(new TransactWriteCommand(refused)), () => sdk.send(new Sdk.TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: Key, ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } }, { Delete: { TableName, Key: { pk, sk: 'DYNAMO#2' } } }] }))], // biome-ignore format: a row of the table
    ['query', () => ours.send(new QueryCommand(query)), () => sdk.send(new Sdk.QueryCommand(query))],
    ['query from a place', () => ours.send(new QueryCommand({ ...query, ExclusiveStartKey: Key })), () => sdk.send(new Sdk.QueryCommand({ ...query, ExclusiveStartKey: Key }))], // biome-ignore format: a row of the table
    ['batch', () => ours.send(new BatchGetCommand(batch)), () => sdk.send(new Sdk.BatchGetCommand(batch))],
  ];
  for (const [name, mine, theirs] of pairs) expect(await outcome(mine()), name).toEqual(await outcome(theirs()));
  const first = await ours.send(new UpdateCommand(change));
  const second = await sdk.send(new Sdk.UpdateCommand(change));
  expect(second.Attributes).toEqual({ ...first.Attributes, n: Number(first.Attributes?.n) + 1 });
  await ours.send(new DeleteCommand({ TableName, Key }));
  expect((await ours.send(new GetCommand({ TableName, Key }))).Item).toBeUndefined();
});

/** A service that answers one request after the other so, and what it was sent. */
async function service(...answers: ((request: IncomingMessage, response: ServerResponse) => void)[]) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString('utf8'));
      (answers[bodies.length - 1] ?? said(200, {}))(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = () => ({ accessKeyId: 'a', secretAccessKey: 'b' });
  return { client: documents({ endpoint, region: 'us-east-1', credentials }), bodies };
}

const said = (status: number, body: object | string) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
};
const broken = (request: IncomingMessage) => request.socket.destroy();
const named = (name: string, status = 400) => said(status, { __type: `com.amazonaws.dynamodb.v20120810#${name}` });
const put = (client: Documents) => client.send(new PutCommand({ TableName: 'some', Item: { pk: 'a' } }));

describe('a call that fails', () => {
  test.each([
    ['the service has a fault', named('InternalServerError', 500)],
    ['something before it answers in its stead', said(503, '<html>busy</html>')],
    ['it is throttled', named('ThrottlingException')],
    ['the connection breaks', broken],
    ['its transaction is under way still', named('TransactionInProgressException')],
    ['another transaction is under way on its row', named('TransactionConflictException')],
  ])('because %s is sent again, thrice at most', async (_, answer) => {
    const passing = await service(answer, answer);
    await expect(put(passing.client)).resolves.toEqual({});
    expect(passing.bodies).toHaveLength(3);
    const lasting = await service(answer, answer, answer, answer);
    await expect(put(lasting.client)).rejects.toThrow();
    expect(lasting.bodies).toHaveLength(4);
  });

  test('because of what it asks is sent once', async () => {
    const { client, bodies } = await service(named('ConditionalCheckFailedException'));
    await expect(put(client)).rejects.toBeInstanceOf(DynamoRefusal);
    expect(bodies).toHaveLength(1);
  });

  test('is one and the same transaction when it is sent again, and another one the next time', async () => {
    const { client, bodies } = await service(broken);
    const transaction = () => client.send(new TransactWriteCommand({ TransactItems: [] }));
    await transaction();
    await transaction();
    const tokens = bodies.map((body) => (JSON.parse(body) as { ClientRequestToken: string }).ClientRequestToken);
    expect(tokens[0]).toBe(tokens[1]);
    expect(tokens[2]).not.toBe(tokens[1]);
  });

  test('is given up when its signal says so, and not sent again', async () => {
    const { client, bodies } = await service(() => undefined);
    const stop = new AbortController();
    const call = client.send(new GetCommand({ TableName: 'some', Key: { pk: 'a' } }), { abortSignal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(bodies).toHaveLength(1);
  });
});
