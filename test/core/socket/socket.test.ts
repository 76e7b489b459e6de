import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Socket from '../../../core/socket/index.ts';
import { drama } from '../../kit/drama.ts';
import { aBreakdown } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

describe('a ticket', () => {
  test('opens one socket, once, for the person who asked', async () => {
    const { ticket, expiresAt } = await Socket.openTicket(t.as('viewer'), {});
    expect(expiresAt - t.ctx.now()).toBeLessThanOrEqual(30_000);
    const taken = await Socket.takeTicket(t.anyone, ticket);
    expect(taken).toEqual({
      tenant: t.ctx.tenant,
      user: t.as('viewer').actor.id,
      locale: 'en',
      role: 'viewer',
      reach: {},
    });
    await expect(Socket.takeTicket(t.anyone, ticket)).rejects.toMatchObject({ code: 'TICKET_INVALID' });
  });

  test('taken by two at the same moment opens for one', async () => {
    const { ticket } = await Socket.openTicket(t.ctx, {});
    const both = await Promise.allSettled([1, 2].map(() => Socket.takeTicket(t.anyone, ticket)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is dead after thirty seconds, and nonsense never lived', async () => {
    const own = await aTenant();
    const { ticket } = await Socket.openTicket(own.ctx, {});
    own.pass(30_001);
    for (const dead of [ticket, 'nonsense', ''])
      await expect(Socket.takeTicket(own.anyone, dead || '-')).rejects.toMatchObject({ code: 'TICKET_INVALID' });
    await own.stop();
  });

  test('is not given to somebody without a role', async () => {
    const nobody = { ...t.ctx, role: 'nobody' as 'viewer' };
    await expect(Socket.openTicket(nobody, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('sockets', () => {
  test('are known to their tenant alone until they close', async () => {
    const listener = {
      tenant: t.ctx.tenant,
      user: t.ctx.actor.id,
      locale: 'zh-CN' as const,
      role: 'guest' as const,
      reach: { prj_1: 'guest' as const },
    };
    await Socket.keepSocket(t.anyone, 'conn-1', listener);
    expect(await Socket.listener(t.anyone, 'conn-1')).toEqual(listener);
    expect(await Socket.socketsOf(t.ctx)).toEqual([{ ...listener, connection: 'conn-1' }]);
    expect(await Socket.socketsOf(t.other)).toEqual([]);
    await Socket.dropSocket(t.anyone, t.ctx.tenant, 'conn-1');
    expect(await Socket.listener(t.anyone, 'conn-1')).toBeUndefined();
    expect(await Socket.socketsOf(t.ctx)).toEqual([]);
  });

  test('are forgotten when API Gateway has closed them', async () => {
    const own = await aTenant();
    await Socket.keepSocket(own.anyone, 'conn-2', { tenant: own.ctx.tenant, user: 'u', locale: 'en', role: 'viewer' });
    own.pass(2 * 3_600_000 + 1000);
    expect(await Socket.socketsOf(own.ctx)).toEqual([]);
    await own.stop();
  });
});

test('what was missed is told by sequence, to the tenant alone', async () => {
  const { task } = await aBreakdown(t.ctx, '雨巷', drama);
  const missed = await Socket.eventsAfter(t.ctx, task.id, task.seq - 2);
  expect(missed.map((event) => (event.task as { seq: number }).seq)).toEqual([task.seq - 1, task.seq]);
  expect(missed.at(-1)).toMatchObject({ type: 'task.ended', task: { status: 'completed', progress: 100 } });
  expect(missed.at(-1)).toMatchObject({ task: { message: expect.stringMatching(/^Done: \d+ assets/) } });
  const chinese = await Socket.eventsAfter({ ...t.ctx, locale: 'zh-CN' }, task.id, task.seq - 1);
  expect(chinese).toMatchObject([{ task: { message: expect.stringMatching(/^完成：共 \d+ 项资产/) } }]);
  expect(await Socket.eventsAfter(t.other, task.id, 0)).toEqual([]);
  const guest = { ...t.as('guest'), needs: 'task:read' as const };
  expect(await Socket.eventsAfter(guest, task.id, 0)).toEqual([]);
  const shared = { ...guest, reach: { [task.projectId]: 'guest' as const } };
  expect(await Socket.eventsAfter(shared, task.id, task.seq - 2)).toHaveLength(2);
});
