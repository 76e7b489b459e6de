import { DeleteItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTable, type Ground, ground, refusal } from './cloud.ts';
import { arnOf, key, reading } from './stream.ts';

let now = Date.parse('2026-06-01T00:00:00Z');
let g: Ground;
const told: string[] = [];
const { streamed, put, iterator, read, records } = reading(() => g);

beforeAll(async () => {
  g = await ground({ now: () => now, sweepEvery: 3_600_000, onWrite: (tables) => told.push(...tables) });
});
afterAll(() => g.stop());

describe('a stream', () => {
  test('has one record for each change, in their order, with both images', async () => {
    const table = await streamed();
    await put(table, '1', { n: { N: '1' } });
    const update = {
      TableName: table,
      Key: key('1'),
      UpdateExpression: 'SET n = :n',
      ExpressionAttributeValues: { ':n': { N: '2' } },
    };
    await g.client.send(new UpdateItemCommand(update));
    await g.client.send(new DeleteItemCommand({ TableName: table, Key: key('1') }));
    const found = await records(table);
    const [first, second] = [
      { ...key('1'), n: { N: '1' } },
      { ...key('1'), n: { N: '2' } },
    ];
    expect(
      found.map(({ eventName, dynamodb }) => [eventName, dynamodb?.Keys, dynamodb?.OldImage, dynamodb?.NewImage]),
    ).toEqual([
      ['INSERT', key('1'), undefined, first],
      ['MODIFY', key('1'), first, second],
      ['REMOVE', key('1'), second, undefined],
    ]);
    expect(found[0]).toMatchObject({ eventSource: 'aws:dynamodb', eventVersion: '1.1', awsRegion: 'us-east-1' });
    expect(found[0]?.dynamodb?.ApproximateCreationDateTime).toEqual(new Date(now));
    expect(new Set(found.map(({ eventID }) => eventID)).size).toBe(3);
    const sequences = found.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    expect([...sequences].sort()).toEqual(sequences);
  });

  test('has no record of what changed nothing', async () => {
    const table = await streamed();
    await put(table, '1', { tags: { SS: ['a', 'b'] } });
    await put(table, '1', { tags: { SS: ['b', 'a'] } });
    await g.client.send(new UpdateItemCommand({ TableName: table, Key: key('1'), UpdateExpression: 'REMOVE nope' }));
    await g.client.send(new DeleteItemCommand({ TableName: table, Key: key('none') }));
    expect(await records(table)).toHaveLength(1);
  });

  test('has all records of a transaction, or none', async () => {
    const table = await streamed();
    const Put = (sk: string, more: object = {}) => ({ Put: { TableName: table, Item: key(sk), ...more } });
    await g.client.send(new TransactWriteItemsCommand({ TransactItems: [Put('1'), Put('2')] }));
    const fails = Put('1', { ConditionExpression: 'attribute_not_exists(pk)' });
    await refusal(g.client.send(new TransactWriteItemsCommand({ TransactItems: [Put('3'), fails] })));
    expect((await records(table)).map(({ dynamodb }) => dynamodb?.Keys?.sk?.S)).toEqual(['1', '2']);
  });

  test.each([
    ['KEYS_ONLY', false, false],
    ['NEW_IMAGE', true, false],
    ['OLD_IMAGE', false, true],
    ['NEW_AND_OLD_IMAGES', true, true],
  ] as const)('of %s carries what its name says', async (view, hasNew, hasOld) => {
    const table = await streamed(view);
    await put(table, '1', { n: { N: '1' } });
    await put(table, '1', { n: { N: '2' } });
    const { dynamodb } = (await records(table))[1] ?? {};
    expect([dynamodb?.NewImage !== undefined, dynamodb?.OldImage !== undefined, dynamodb?.StreamViewType]).toEqual([
      hasNew,
      hasOld,
      view,
    ]);
  });

  test('is read page by page, and goes on with what comes later', async () => {
    const table = await streamed();
    for (const sk of ['1', '2', '3']) await put(table, sk);
    const first = await read(await iterator(table), 2);
    const second = await read(first.NextShardIterator, 2);
    const third = await read(second.NextShardIterator);
    await put(table, '4');
    const fourth = await read(third.NextShardIterator);
    const sks = [first, second, third, fourth].map(({ Records }) =>
      Records?.map(({ dynamodb }) => dynamodb?.Keys?.sk?.S),
    );
    expect(sks).toEqual([['1', '2'], ['3'], [], ['4']]);
  });

  test('a page holds at most 1 MB', async () => {
    const table = await streamed('NEW_IMAGE');
    for (const sk of ['1', '2', '3', '4']) await put(table, sk, { big: { S: 'x'.repeat(390_000) } });
    const first = await read(await iterator(table));
    const second = await read(first.NextShardIterator);
    expect([first.Records?.length, second.Records?.length]).toEqual([2, 2]);
  });

  test('is listed and described', async () => {
    const table = await streamed();
    const { Streams } = await g.streams.send(new ListStreamsCommand({ TableName: table }));
    expect(Streams).toEqual([{ StreamArn: arnOf(table), TableName: table, StreamLabel: '2020-01-01T00:00:00.000' }]);
    const { StreamDescription } = await g.streams.send(new DescribeStreamCommand({ StreamArn: arnOf(table) }));
    expect(StreamDescription).toMatchObject({
      StreamStatus: 'ENABLED',
      StreamViewType: 'NEW_AND_OLD_IMAGES',
      TableName: table,
    });
  });

  test('tells whoever listens which tables were written to, once it is done', async () => {
    const [table, quiet] = [await streamed(), await aTable(g.client)];
    await put(quiet, '1');
    await put(table, '1');
    await put(table, '2');
    expect(told.filter((name) => name === table || name === quiet)).toEqual([table, table]);
  });
});

describe('an iterator', () => {
  test('starts at the oldest, at the newest, at a record or after it', async () => {
    const table = await streamed();
    await put(table, '1');
    await put(table, '2');
    const latest = await iterator(table, 'LATEST');
    await put(table, '3');
    const second = (await records(table))[1]?.dynamodb?.SequenceNumber;
    const sks = async (place: string | undefined) =>
      (await read(place)).Records?.map(({ dynamodb }) => dynamodb?.Keys?.sk?.S);
    expect(await sks(await iterator(table, 'TRIM_HORIZON'))).toEqual(['1', '2', '3']);
    expect(await sks(latest)).toEqual(['3']);
    expect(await sks(await iterator(table, 'AT_SEQUENCE_NUMBER', second))).toEqual(['2', '3']);
    expect(await sks(await iterator(table, 'AFTER_SEQUENCE_NUMBER', second))).toEqual(['3']);
  });

  test('serves for fifteen minutes', async () => {
    const table = await streamed();
    const place = await iterator(table);
    now += 15 * 60_000 + 1;
    expect((await refusal(read(place))).name).toBe('ExpiredIteratorException');
  });

  test('that nobody made is refused', async () => {
    expect((await refusal(read('nonsense'))).name).toBe('ValidationException');
    const StreamArn = arnOf('nowhere');
    expect((await refusal(g.streams.send(new DescribeStreamCommand({ StreamArn })))).name).toBe(
      'ResourceNotFoundException',
    );
  });
});

describe('whoever follows a stream from inside the cloud for some changes alone', () => {
  type Body = { Records: { dynamodb: { Keys: { sk: { S: string } } } }[]; NextShardIterator: string };

  /** Reads on until nothing more comes; answers what each read had. */
  const followed = async (place: string | undefined, limit: number, names: readonly string[]) => {
    const reads: string[][] = [];
    for (let next = place ?? ''; ; ) {
      const body = JSON.parse(g.engine.records(next, limit, names)) as Body;
      next = body.NextShardIterator;
      if (body.Records.length === 0) return { reads, next };
      reads.push(body.Records.map(({ dynamodb }) => dynamodb.Keys.sk.S));
    }
  };

  test('is given those, page by page, and passes the others over', async () => {
    const table = await streamed();
    const place = await iterator(table);
    for (const sk of ['1', '2', '3', '4', '5']) {
      await put(table, sk);
      await put(table, sk, { n: { N: '1' } });
    }
    const { reads, next } = await followed(place, 2, ['INSERT']);
    expect(reads).toEqual([['1', '2'], ['3', '4'], ['5']]);
    await put(table, '5', { n: { N: '2' } });
    await put(table, '6');
    expect((await followed(next, 1000, ['INSERT'])).reads).toEqual([['6']]);
    expect((await followed(next, 1000, ['INSERT', 'MODIFY'])).reads).toEqual([['5', '6']]);
    expect((await followed(place, 1000, ['MODIFY'])).reads).toEqual([['1', '2', '3', '4', '5', '5']]);
    expect((await followed(place, 1000, ['REMOVE'])).reads).toEqual([]);
  });

  test('misses none where a page is full of bytes', async () => {
    const table = await streamed();
    const place = await iterator(table);
    const large = { text: { S: 'x'.repeat(300_000) } };
    for (const sk of ['1', '2', '3', '4']) {
      await put(table, sk, large);
      await put(table, sk, { ...large, n: { N: '1' } });
    }
    const { reads } = await followed(place, 1000, ['INSERT']);
    expect(reads.flat()).toEqual(['1', '2', '3', '4']);
    expect(reads.length).toBeGreaterThan(1);
  });
});
