// One transaction: row, audit line, fact; or nothing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inCommits, type Write } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { QueryCommand } from '../../../core/platform/dynamo/command.ts';
import { DynamoRefusal } from '../../../core/platform/dynamo/refusal.ts';
import * as Project from '../../../core/project/index.ts';
import { beforeWrite } from '../../kit/lagging.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

type Row = Record<string, unknown>;

/** Rows of a tenant whose sort key begins so. */
async function rows({ tenant, stores }: Ctx, prefix: string, on: 'core' | 'audit' = 'core'): Promise<Row[]> {
  const { client, table } = stores[on];
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': `T#${tenant}`, ':prefix': prefix },
    }),
  );
  return Items;
}

describe('a write', () => {
  test('leaves one audit line with who, what, before and after, and one fact', async () => {
    const { id } = await Project.create(t.ctx, { title: '锦灯记' });
    await Project.update(t.ctx, { id, version: 1, stage: 'assets' });
    const lines = (await rows(t.ctx, 'AUDIT#', 'audit')).filter(({ object }) => object === id);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatchObject({
      verb: 'project.update',
      actor: t.ctx.actor.id,
      role: 'owner',
      requestId: 'req_test',
      ip: '203.0.113.7',
      agent: 'Test/1.0',
      before: { stage: 'script' },
      after: { stage: 'assets' },
    });
    const facts = await rows(t.ctx, `EVENT#${id}`);
    expect(facts.map(({ type }) => type)).toEqual(['project.created', 'project.updated']);
  });

  test('that is refused leaves nothing of the three', async () => {
    const { id, title } = await Project.create(t.ctx, { title: '第二部' });
    const count = async () => [(await rows(t.ctx, 'AUDIT#', 'audit')).length, (await rows(t.ctx, 'EVENT#')).length];
    const before = await count();
    await expect(Project.create(t.ctx, { title })).rejects.toMatchObject({ code: 'TITLE_TAKEN' });
    await expect(Project.update(t.ctx, { id, version: 9, stage: 'assets' })).rejects.toMatchObject({
      code: 'STALE_VERSION',
    });
    expect(await count()).toEqual(before);
  });

  test('that forty people try at once on one version succeeds once', async () => {
    const { id } = await Project.create(t.ctx, { title: '第三部' });
    const tries = Array.from({ length: 40 }, (_, at) =>
      Project.update(t.ctx, { id, version: 1, visualStyle: `风格 ${at}` }),
    );
    const ended = await Promise.allSettled(tries);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await Project.get(t.ctx, { id })).toMatchObject({ version: 2 });
  });
});

describe('a transaction that DynamoDB cancels', () => {
  const cancelled = (...codes: string[]) =>
    new DynamoRefusal(400, {
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      message: 'cancelled',
      CancellationReasons: codes.map((Code) => ({ Code })),
    });

  test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'for %s is tried again, and answers BUSY when it does not pass',
    async (code) => {
      const hindered = (times: number) => {
        let left = times;
        return beforeWrite(t.ctx, async () => {
          if (left-- > 0) throw cancelled('None', code);
        });
      };
      await expect(Project.create(hindered(2), { title: `两次 ${code}` })).resolves.toMatchObject({ version: 1 });
      await expect(Project.create(hindered(9), { title: `九次 ${code}` })).rejects.toMatchObject({ code: 'BUSY' });
    },
  );
});

test('rows are cut into commits by count and by bytes, each row in one', () => {
  const rows = (count: number, bytes: number): Write[] =>
    Array.from({ length: count }, (_, n) => ({
      item: { Put: { TableName: 'core', Item: { n, body: 'x'.repeat(bytes) } } },
    }));
  expect(inCommits([])).toEqual([[]]);
  expect(inCommits(rows(200, 10)).map((some) => some.length)).toEqual([90, 90, 20]);
  const large = rows(30, 390_000);
  const commits = inCommits(large);
  expect(commits.flat()).toEqual(large);
  for (const some of commits) expect(JSON.stringify(some).length).toBeLessThan(4 * 1024 * 1024);
});

test('every row of a tenant lies under its own key', async () => {
  await Project.create(t.other, { title: '别家的剧' });
  const mine = JSON.stringify(await rows(t.ctx, ''));
  expect(mine).not.toContain('别家的剧');
  expect(mine).not.toContain(t.other.tenant);
});
