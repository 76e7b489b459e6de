import {
  type AttributeValue,
  DeleteItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aTable, type Ground, ground } from './cloud.ts';

let g: Ground;
beforeAll(async () => {
  g = await ground();
});
afterAll(() => g.stop());

type Step =
  | { readonly kind: 'put'; readonly sk: string; readonly n: number; readonly grp: string | undefined }
  | { readonly kind: 'add'; readonly sk: string; readonly n: number }
  | { readonly kind: 'move'; readonly sk: string; readonly grp: string | undefined }
  | { readonly kind: 'delete'; readonly sk: string; readonly n: number };

const sk = fc.constantFrom('a', 'b', 'c', 'd');
const n = fc.integer({ min: -3, max: 3 });
const grp = fc.constantFrom('x', 'y', undefined);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), sk, n, grp }),
  fc.record({ kind: fc.constant('add' as const), sk, n }),
  fc.record({ kind: fc.constant('move' as const), sk, grp }),
  fc.record({ kind: fc.constant('delete' as const), sk, n }),
);

type Row = { n?: number; grp?: string };

/** What the step does to a plain map. A delete asks for `n` to be the one given. */
const onModel = (rows: Map<string, Row>, it: Step): void => {
  const row = rows.get(it.sk);
  if (it.kind === 'put') rows.set(it.sk, { n: it.n, ...(it.grp && { grp: it.grp }) });
  if (it.kind === 'add') rows.set(it.sk, { ...row, n: (row?.n ?? 0) + it.n });
  if (it.kind === 'move') {
    const { grp: _, ...rest } = row ?? {};
    rows.set(it.sk, { ...rest, ...(it.grp && { grp: it.grp }) });
  }
  if (it.kind === 'delete' && row?.n === it.n) rows.delete(it.sk);
};

const onEngine = async (TableName: string, it: Step): Promise<void> => {
  const Key = { pk: { S: 'm' }, sk: { S: it.sk } };
  const number = (value: number) => ({ ':n': { N: String(value) } });
  if (it.kind === 'put')
    await g.client.send(
      new PutItemCommand({
        TableName,
        Item: { ...Key, n: { N: String(it.n) }, ...(it.grp && { grp: { S: it.grp } }) },
      }),
    );
  if (it.kind === 'add')
    await g.client.send(
      new UpdateItemCommand({ TableName, Key, UpdateExpression: 'ADD n :n', ExpressionAttributeValues: number(it.n) }),
    );
  if (it.kind === 'move') {
    const set = { UpdateExpression: 'SET grp = :g', ExpressionAttributeValues: { ':g': { S: it.grp ?? '' } } };
    await g.client.send(
      new UpdateItemCommand({ TableName, Key, ...(it.grp ? set : { UpdateExpression: 'REMOVE grp' }) }),
    );
  }
  if (it.kind === 'delete') {
    const condition = { ConditionExpression: 'n = :n', ExpressionAttributeValues: number(it.n) };
    await g.client.send(new DeleteItemCommand({ TableName, Key, ...condition })).catch((error: Error) => {
      if (error.name !== 'ConditionalCheckFailedException') throw error;
    });
  }
};

const rowsOf = (items: Record<string, AttributeValue>[] = []): [string, Row][] =>
  items.map((item) => [
    item.sk?.S ?? '',
    { ...(item.n?.N !== undefined && { n: Number(item.n.N) }), ...(item.grp?.S !== undefined && { grp: item.grp.S }) },
  ]);

test('after any steps, the table, its index and a filter say what a plain map says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), n, async (steps, bar) => {
      const TableName = await aTable(g.client, { indexes: ['byGroup grp:S n:N'] });
      const rows = new Map<string, Row>();
      for (const one of steps) {
        onModel(rows, one);
        await onEngine(TableName, one);
      }
      const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
      const all = { TableName, KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': { S: 'm' } } };
      expect(rowsOf((await g.client.send(new QueryCommand(all))).Items)).toEqual(sorted);
      const filter = {
        FilterExpression: 'n > :n or attribute_not_exists(grp)',
        ExpressionAttributeValues: { ':p': { S: 'm' }, ':n': { N: String(bar) } },
      };
      const kept = sorted.filter(([, row]) => (row.n !== undefined && row.n > bar) || row.grp === undefined);
      expect(rowsOf((await g.client.send(new QueryCommand({ ...all, ...filter }))).Items)).toEqual(kept);
      for (const group of ['x', 'y']) {
        const query = {
          TableName,
          IndexName: 'byGroup',
          KeyConditionExpression: 'grp = :g',
          ExpressionAttributeValues: { ':g': { S: group } },
        };
        const found = rowsOf((await g.client.send(new QueryCommand(query))).Items);
        const wanted = sorted
          .filter(([, row]) => row.grp === group && row.n !== undefined)
          .sort(([, a], [, b]) => Number(a.n) - Number(b.n));
        expect(found).toEqual(wanted);
      }
    }),
    { numRuns: 40 },
  );
});
