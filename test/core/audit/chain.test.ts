// The chain of audit lines: linked once whatever the stream does, and whoever changes a line afterwards is found.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hashOfBlock, hashOfLine } from '../../../core/audit/block.ts';
import { exported, verify } from '../../../core/audit/index.ts';
import { type ProofRecord, prove } from '../../../core/audit/proof.ts';
import { start, walk } from '../../../core/audit/walk.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '../../../core/platform/dynamo/command.ts';
import { newTenantId } from '../../../core/platform/id.ts';
import { noteAlone } from '../../../core/platform/note.ts';
import { handler } from '../../../functions/streams/audit.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
let ctx: Ctx;
let later: Ctx;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());
beforeEach(() => {
  ctx = { ...t.ctx, tenant: newTenantId(Date.now()), verb: 'test.act' };
  later = { ...ctx, now: () => Date.now() + 120_000 };
});

type Row = Record<string, unknown> & { id: string; sk: string };

async function rows(prefix: string, of = ctx): Promise<Row[]> {
  const { client, table } = of.stores.audit;
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': `T#${of.tenant}`, ':prefix': prefix },
      ConsistentRead: true,
    }),
  );
  return Items as Row[];
}

let sequence = 0;
const recordOf = (line: Row): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: String(++sequence), NewImage: marshall(line) as never },
});
const brought = (lines: Row[]) => handler({ Records: lines.map(recordOf) });
const verified = (of = later) => verify(of, {});

/** So many lines, linked by threes. */
async function chained(count: number): Promise<Row[]> {
  for (let at = 0; at < count; at++) await noteAlone(ctx, { object: `thing-${at}`, after: { at, name: '锦灯记' } });
  const lines = await rows('AUDIT#');
  for (let at = 0; at < count; at += 3) await brought(lines.slice(at, at + 3));
  return lines;
}

const put = (row: Record<string, unknown>, table = ctx.stores.audit.table) =>
  ctx.stores.audit.client.send(new PutCommand({ TableName: table, Item: row }));
const drop = ({ sk }: Pick<Row, 'sk'>, table = ctx.stores.audit.table) =>
  ctx.stores.audit.client.send(new DeleteCommand({ TableName: table, Key: { pk: `T#${ctx.tenant}`, sk } }));

describe('lines', () => {
  test('are linked in the order of their ids, and the chain is whole', async () => {
    await chained(7);
    expect(await verified()).toMatchObject({ state: 'intact', break: null, blocks: 3, lines: 7, unlinked: 0, late: 0 });
    const blocks = await rows('BLOCK#');
    expect(blocks.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(blocks.flatMap(({ lines }) => (lines as Row[]).map(({ id }) => id))).toEqual(
      (await rows('AUDIT#')).map(({ id }) => id),
    );
  });

  test('that the stream brings again, out of turn, in other batches and at the same time are linked once', async () => {
    for (let at = 0; at < 12; at++) await noteAlone(ctx, { object: `thing-${at}` });
    const lines = await rows('AUDIT#');
    await brought(lines.slice(4, 8));
    const answers = await Promise.all([brought(lines.slice(0, 6)), brought([...lines].reverse()), brought(lines)]);
    expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
    await brought(lines);
    expect(await verified()).toMatchObject({ state: 'intact', lines: 12, unlinked: 0 });
    const linked = (await rows('BLOCK#')).flatMap((block) => (block.lines as Row[]).map(({ id }) => id));
    expect(linked).toHaveLength(12);
    expect(new Set(linked)).toEqual(new Set(lines.map(({ id }) => id)));
  });

  test('of another tenant are of another chain', async () => {
    await chained(2);
    const other = { ...ctx, tenant: newTenantId(Date.now()) };
    expect(await verify(other, {})).toMatchObject({ state: 'intact', blocks: 0, lines: 0, head: { block: 0 } });
  });

  test('that no block holds wait for a minute, and are then told', async () => {
    await chained(2);
    await noteAlone(ctx, { object: 'new' });
    expect(await verified(ctx)).toMatchObject({ state: 'intact', waiting: 1, unlinked: 0 });
    const [last] = (await rows('AUDIT#')).slice(-1);
    expect(await verified()).toMatchObject({ state: 'behind', waiting: 0, unlinked: 1, firstUnlinked: last?.id });
  });

  test('that ended with their time leave a whole chain; those that went before it do not', async () => {
    const [first] = await chained(3);
    await drop(first!);
    expect(await verified()).toMatchObject({
      state: 'broken',
      break: { block: 1, line: first!.id, reason: 'line_missing' },
    });
    const old: Ctx = { ...ctx, now: () => Date.now() + 401 * 86_400_000 };
    expect(await verify(old, {})).toMatchObject({ state: 'intact', pruned: 1, lines: 2 });
  });

  test('are walked in parts that come to the same', async () => {
    await chained(9);
    const whole = await walk(later, start, 1000);
    let lines = 0;
    let at: typeof whole.at = start;
    for (let part = 0; at && part < 20; part++) {
      const walked = await walk(later, at, 2);
      expect(walked).toMatchObject({ broken: null, unlinked: [] });
      lines += walked.lines;
      at = walked.at;
    }
    expect([at, lines]).toEqual([null, whole.lines]);
  });
});

describe('whoever tampers is found', () => {
  const changes: Record<string, (lines: Row[], at: number) => Promise<unknown>> = {
    'changes a line': (lines, at) => put({ ...lines[at]!, actor: 'somebody-else' }),
    'takes a line away': (lines, at) => drop(lines[at]!),
    'inserts a line with an older time': async (lines, at) => {
      const id = `${lines[at]!.id.slice(0, -4)}0000`;
      await put({ ...lines[at]!, id, sk: `AUDIT#${id}` });
    },
    'inserts a line with a link of its own': async (lines, at) => {
      const id = `${lines[at]!.id.slice(0, -4)}0000`;
      await put({ ...lines[at]!, id, sk: `AUDIT#${id}` });
      await put({ pk: `T#${ctx.tenant}`, sk: `LINK#${id}`, id, block: 1 });
    },
    'swaps what two lines say': async (lines, at) => {
      const [one, other] = [lines[at]!, lines[(at + 1) % lines.length]!];
      await put({ ...other, id: one.id, sk: one.sk });
      await put({ ...one, id: other.id, sk: other.sk });
    },
    'changes a block': async (_, at) => {
      const blocks = await rows('BLOCK#');
      await put({ ...blocks[at % blocks.length]!, at: 1 });
    },
    'takes a block away': async (_, at) => {
      const blocks = await rows('BLOCK#');
      await drop(blocks[at % blocks.length]!);
    },
    'swaps two blocks': async () => {
      const [one, other] = await rows('BLOCK#');
      await put({ ...other!, sk: one!.sk });
      await put({ ...one!, sk: other!.sk });
    },
    'cuts off the tail, lines, links, block and all': async () => {
      const last = (await rows('BLOCK#')).at(-1)!;
      await drop(last);
      for (const { id } of last.lines as Row[])
        for (const kind of ['AUDIT', 'LINK']) await drop({ sk: `${kind}#${id}` });
    },
    'writes a block behind the last one': async () => {
      const last = (await rows('BLOCK#')).at(-1)!;
      await put({ ...last, n: Number(last.n) + 1, sk: `BLOCK#${String(Number(last.n) + 1).padStart(12, '0')}` });
    },
    'takes the head back': async () => {
      const { client, table } = ctx.stores.core;
      const Key = { pk: `T#${ctx.tenant}`, sk: 'AUDIT#HEAD' };
      const { Item } = await client.send(new GetCommand({ TableName: table, Key }));
      await put({ ...Item, n: 1 }, table);
    },
  };

  test.each(Object.entries(changes))('%s', async (_, tamper) => {
    await chained(7);
    await tamper(await rows('AUDIT#'), 2);
    expect((await verified()).state).not.toBe('intact');
  });

  test('wherever it is, and whatever field of it is changed', async () => {
    const lines = await chained(6);
    const field = fc.constantFrom(
      'actor',
      'verb',
      'object',
      'role',
      'ip',
      'agent',
      'requestId',
      'at',
      'after',
      'expires_at',
      'gsi1pk',
    );
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 5 }), field, async (at, name) => {
        const line = lines[at]!;
        await put({ ...line, [name]: typeof line[name] === 'number' ? Number(line[name]) + 1 : 'x' });
        const { break: found } = await verified();
        expect(found).toEqual({ block: Math.floor(at / 3) + 1, line: line.id, reason: 'line_changed' });
        await put(line);
      }),
      { numRuns: 25 },
    );
    expect((await verified()).state).toBe('intact');
  });

  test('by a head that was noted before both tables were written anew', async () => {
    await chained(3);
    const { head } = await verified();
    expect(await verify(later, { ...head })).toMatchObject({ state: 'intact' });
    expect(await verify(later, { ...head, hash: 'another' })).toMatchObject({
      state: 'broken',
      break: { block: head.block },
    });
    expect(await verify(later, { ...head, block: 9 })).toMatchObject({ break: { block: 9, reason: 'block_missing' } });
    // a hash without its block is not said to be held
    await expect(verify(later, { hash: 'another' })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { reason: { en: expect.stringContaining('block') } },
    });
  });
});

test('after a restore of the core table the chain is followed to its end, and goes on', async () => {
  await chained(6);
  const { client, table } = ctx.stores.core;
  const Key = { pk: `T#${ctx.tenant}`, sk: 'AUDIT#HEAD' };
  const [first] = await rows('BLOCK#');
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key,
      UpdateExpression: 'SET n = :n, #hash = :hash',
      ExpressionAttributeNames: { '#hash': 'hash' },
      ExpressionAttributeValues: { ':n': 1, ':hash': first!.hash },
    }),
  );
  await noteAlone(ctx, { object: 'after the restore' });
  await brought((await rows('AUDIT#')).slice(-1));
  expect(await verified()).toMatchObject({ state: 'intact', blocks: 3, lines: 7 });
});

test('who does not lead the tenant may not look', async () => {
  for (const role of ['producer', 'editor', 'viewer', 'guest'] as const)
    await expect(verify(t.as(role), {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

describe('an exported file', () => {
  const exportOf = async (asked: Parameters<typeof exported>[1] = {}) => {
    const { presignedUrl } = await exported(later, { ...asked, format: 'jsonl' });
    return (await fetch(presignedUrl)).text();
  };
  const read = (body: string) =>
    body
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row) as ProofRecord);

  test('proves itself without the tables: every line, every block, and the head that verify tells', async () => {
    await chained(200);
    const { head } = await verified();
    expect(prove(read(await exportOf()))).toEqual({
      lines: 200,
      unlinked: 0,
      blocks: 67,
      absent: 0,
      whole: true,
      head: { n: head.block, hash: head.hash },
    });
  });

  test('of some lines proves those, and says how many its blocks hold beside them', async () => {
    await chained(9);
    const proof = prove(read(await exportOf({ object: 'thing-4' })));
    expect(proof).toMatchObject({ lines: 1, blocks: 1, absent: 2, whole: false });
  });

  test('tells of a line that is not linked yet', async () => {
    await chained(3);
    await noteAlone(ctx, { object: 'new' });
    expect(prove(read(await exportOf()))).toMatchObject({ lines: 4, unlinked: 1, absent: 0, whole: true });
  });

  test('proves nothing any more when one letter, one record or the order of blocks in it is another', async () => {
    await chained(12);
    const body = await exportOf();
    const records = read(body);
    fc.assert(
      fc.property(fc.nat({ max: records.length - 1 }), fc.constantFrom('change', 'forge', 'drop'), (at, how) => {
        const record = records[at] as ProofRecord;
        const others = records.filter((_, one) => one !== at);
        if (how === 'drop') {
          const missing = record.kind === 'line' ? 'absent' : 'whole';
          const told = () => prove(others);
          if (record.kind === 'block') expect(told).toThrow();
          else expect(told()[missing]).not.toEqual(prove(records)[missing]);
          return;
        }
        if (record.kind === 'head') return;
        const changed =
          record.kind === 'line'
            ? { ...record, line: { ...record.line, object: 'else' } }
            : { ...record, at: record.at + 1 };
        // whoever forges computes the hash anew
        const forged =
          how === 'change'
            ? changed
            : changed.kind === 'line'
              ? { ...changed, hash: hashOfLine(changed.line) }
              : { ...changed, hash: hashOfBlock(changed) };
        expect(() => prove([...others, forged])).toThrow();
      }),
    );
  });

  test('proves nothing of a line that was changed and is said not to be linked yet, nor of two blocks of one number', async () => {
    await chained(6);
    const records = read(await exportOf());
    const changed = records.map((record) =>
      record.kind === 'line' && record.line.object === 'thing-2'
        ? { ...record, block: null, line: { ...record.line, actor: 'else' } }
        : record,
    );
    const forged = changed.map((record) =>
      record.kind === 'line' ? { ...record, hash: hashOfLine(record.line) } : record,
    );
    expect(() => prove(forged)).toThrow(/is not as its block holds it/);
    const [block] = records.filter((record) => record.kind === 'block' && record.n === 2);
    if (block?.kind !== 'block') throw new Error('there is no second block');
    const other = { ...block, at: block.at + 1 };
    const files = [{ ...other, hash: hashOfBlock(other) }, ...records];
    expect(() => prove(files)).toThrow('there are two blocks 2');
  });

  test('of which another goes on proves itself with it, and a head that both could not have had is told', async () => {
    await chained(3);
    const first = read(await exportOf());
    await chained(3);
    await brought(await rows('AUDIT#'));
    const both = [...first, ...read(await exportOf())];
    expect(prove(both)).toMatchObject({ unlinked: 0, absent: 0, whole: true });
    const taken = both.map((record) => (record.kind === 'head' && record.n === 1 ? { ...record, hash: 'x' } : record));
    expect(() => prove(taken)).toThrow('the head is not block 1');
  });

  test('is verified by the command, which names what is not as it was', async () => {
    await chained(4);
    const body = await exportOf();
    const [good, bad] = ['good', 'bad'].map((name) => join(mkdtempSync(join(tmpdir(), 'audit-')), `${name}.jsonl`));
    writeFileSync(good ?? '', body);
    writeFileSync(bad ?? '', body.replace('thing-2', 'thing-9'));
    const run = (file = '') =>
      execFileSync(process.execPath, ['scripts/verify-audit.ts', file], { encoding: 'utf8', stdio: 'pipe' });
    expect(JSON.parse(run(good))).toMatchObject({ lines: 4, whole: true });
    expect(() => run(bad)).toThrow(/NOT PROVEN: line aud_\w+ is not what its hash says/);
  });
});
