// A DynamoDB for tests until the local engine is in the tree: dynalite in memory, with transactions applied one after the other and taken back on refusal.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AttributeValue,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
// @ts-expect-error dynalite carries no types
import dynalite from 'dynalite';

export type Dynamo = { url: string; stop(): Promise<void> };

type Key = Record<string, AttributeValue>;
type Step = { table: string; key: Key; send(): Promise<unknown> };

/** Starts it on a free port of the loopback. */
export async function startDynamo(): Promise<Dynamo> {
  const engine = dynalite({ createTableMs: 0, deleteTableMs: 0 }) as ReturnType<typeof createServer>;
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve));
  const inner = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    endpoint: inner,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  let queue: Promise<unknown> = Promise.resolve();
  const door = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const run = () => pass(client, inner, request.headers, Buffer.concat(chunks));
      queue = queue.then(run, run).then(
        ({ status, body }) => response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body),
        (error) => response.writeHead(500).end(String(error)),
      );
    });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    stop: async () => {
      client.destroy();
      door.closeAllConnections();
      engine.closeAllConnections();
      await new Promise((resolve) => door.close(resolve));
      await new Promise((resolve) => engine.close(resolve));
    },
  };
}

async function pass(
  client: DynamoDBClient,
  inner: string,
  headers: import('node:http').IncomingHttpHeaders,
  body: Buffer,
): Promise<{ status: number; body: string }> {
  const target = String(headers['x-amz-target']);
  if (!target.endsWith('.TransactWriteItems')) {
    const answer = await fetch(inner, {
      method: 'POST',
      headers: {
        'x-amz-target': target,
        'content-type': 'application/x-amz-json-1.0',
        authorization: String(headers.authorization),
        'x-amz-date': String(headers['x-amz-date']),
      },
      body: new Uint8Array(body),
    });
    return { status: answer.status, body: await answer.text() };
  }
  return transact(client, (JSON.parse(body.toString()) as { TransactItems: TransactWriteItem[] }).TransactItems);
}

async function transact(client: DynamoDBClient, items: TransactWriteItem[]): Promise<{ status: number; body: string }> {
  const undo: (() => Promise<unknown>)[] = [];
  for (const [index, item] of items.entries()) {
    const { table, key, send } = stepOf(client, item);
    const { Item: old } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    try {
      await send();
    } catch (error) {
      for (const back of undo.reverse()) await back();
      if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
      const reasons = items.map((_, at) =>
        at === index
          ? { Code: 'ConditionalCheckFailed', Item: old, Message: 'The conditional request failed' }
          : { Code: 'None' },
      );
      const name = TransactionCanceledException.name;
      return {
        status: 400,
        body: JSON.stringify({
          __type: `com.amazonaws.dynamodb.v20120810#${name}`,
          message: 'Transaction cancelled',
          CancellationReasons: reasons,
        }),
      };
    }
    undo.push(() =>
      old
        ? client.send(new PutItemCommand({ TableName: table, Item: old }))
        : client.send(new DeleteItemCommand({ TableName: table, Key: key })),
    );
  }
  return { status: 200, body: '{}' };
}

function stepOf(client: DynamoDBClient, { Put, Update, Delete, ConditionCheck }: TransactWriteItem): Step {
  if (Put) {
    const { ReturnValuesOnConditionCheckFailure: _, ...put } = Put;
    const { pk, sk } = put.Item as Key;
    return { table: String(put.TableName), key: { pk, sk } as Key, send: () => client.send(new PutItemCommand(put)) };
  }
  const { ReturnValuesOnConditionCheckFailure: _, ...rest } = (Update ?? Delete ?? ConditionCheck) as NonNullable<
    typeof Update
  >;
  const at = { table: String(rest.TableName), key: rest.Key as Key };
  if (Delete) {
    const { UpdateExpression: _u, ...remove } = rest;
    return { ...at, send: () => client.send(new DeleteItemCommand(remove)) };
  }
  return { ...at, send: () => client.send(new UpdateItemCommand(rest)) };
}
