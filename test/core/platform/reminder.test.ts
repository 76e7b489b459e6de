import { afterAll, beforeAll, expect, test } from 'vitest';
import { noteRefusal } from '../../../core/audit/refusals.ts';
import { counting } from '../../../core/member/failed-sign-ins.ts';
import { QueryCommand } from '../../../core/platform/dynamo/command.ts';
import { Failure } from '../../../core/platform/failure.ts';
import { due, type Reminder, remind } from '../../../core/platform/reminder.ts';
import { noteSweep } from '../../../core/platform/swept.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

const hour = 3_600_000;
let t: ATenant;
beforeAll(async () => {
  t = await aTenant({ at: Date.UTC(2026, 0, 5, 10, 50) });
});
afterAll(() => t.stop());

const seen = async (done = false): Promise<string[]> => {
  const ids: string[] = [];
  for await (const reminder of due(t.anyone)) {
    ids.push(reminder.id);
    if (done) await reminder.done();
  }
  return ids.sort();
};

test('what is due is told until it is done, what is not due yet is not told', async () => {
  const about = (id: string): Reminder => ({ kind: 'task', tenant: t.ctx.tenant, id });
  const now = t.ctx.now();
  await remind(t.anyone, about('past'), now - 1000);
  await remind(t.anyone, about('soon'), now + hour / 4);
  await remind(t.anyone, about('soon'), now + hour / 4);
  await remind(t.anyone, about('later'), now + 5 * hour);
  expect(await seen()).toEqual(['past']);
  expect(await seen(true)).toEqual(['past']);
  expect(await seen()).toEqual([]);
  t.pass(hour / 2);
  expect(await seen(true)).toEqual(['soon']);
  // a sweep that did not run for a day
  t.pass(24 * hour);
  expect(await seen(true)).toEqual(['later']);
});

test('what fell due while no sweep ran is told by the next one, however long that was', async () => {
  const { tenant } = t.ctx;
  await noteSweep(t.anyone, { looked: 0, failed: 0 });
  await remind(t.anyone, { kind: 'project', tenant, id: 'old' }, t.ctx.now() + 3 * 24 * hour);
  t.pass(9 * 24 * hour);
  expect(await seen()).toEqual(['old']);
  // what cannot be looked after is told again, until it is
  await noteSweep(t.anyone, { looked: 1, failed: 1 });
  t.pass(5 * 24 * hour);
  expect(await seen(true)).toEqual(['old']);
});

test('what has waited for weeks comes behind what fell due just now: however much it is, it keeps nothing else from being looked after', async () => {
  const { tenant } = t.ctx;
  await noteSweep(t.anyone, { looked: 0, failed: 0 });
  await remind(t.anyone, { kind: 'project', tenant, id: 'weeks' }, t.ctx.now());
  t.pass(21 * 24 * hour);
  await remind(t.anyone, { kind: 'task', tenant, id: 'now' }, t.ctx.now() - 1000);
  const ids: string[] = [];
  for await (const { id, done } of due(t.anyone)) {
    ids.push(id);
    await done();
  }
  expect(ids).toEqual(['now', 'weeks']);
});

test('what was counted waits as long as the reminder by which it is told', async () => {
  const { client, table } = t.stores.ephemeral;
  const endOf = async (pk: string, start = '') => {
    const ExpressionAttributeValues = { ':pk': pk, ...(start && { ':sk': start }) };
    const KeyConditionExpression = `pk = :pk${start && ' AND begins_with(sk, :sk)'}`;
    const { Items } = await client.send(
      new QueryCommand({ TableName: table, KeyConditionExpression, ExpressionAttributeValues }),
    );
    expect(Items).toHaveLength(1);
    return Number(Items?.[0]?.expires_at);
  };
  const refusal = { verb: 'project.update', object: 'prj_1', code: 'FORBIDDEN' };
  for (const _ of ['told', 'counted']) await noteRefusal(t.ctx, refusal);
  const failing = () => Promise.reject(new Failure('WRONG_CREDENTIALS'));
  await expect(counting(t.anyone, 'a@example.com', failing)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
  t.pass(2 * 60_000);
  const reminded = new Map<string, { id: string; at: number }>();
  for await (const { kind, id, at } of due(t.anyone)) reminded.set(kind, { id, at });
  const partition = (at = 0) => `DUE#${new Date(at).toISOString().slice(0, 13)}`;
  const [refused, signIn] = [reminded.get('refusals'), reminded.get('sign_in')];
  expect(await endOf(`T#${t.ctx.tenant}`, 'REFUSED#')).toBeGreaterThan(
    await endOf(partition(refused?.at), 'refusals#'),
  );
  expect(await endOf(`SIGNIN#${signIn?.id}`)).toBeGreaterThan(await endOf(partition(signIn?.at), 'sign_in#'));
});
