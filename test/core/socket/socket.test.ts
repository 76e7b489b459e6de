import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Audit from '../../../core/audit/index.ts';
import { belonging, type Membership, personWriting, reassigning, sharing } from '../../../core/member/directory.ts';
import { commit } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import type { Role } from '../../../core/platform/permission.ts';
import * as Session from '../../../core/session/index.ts';
import * as Socket from '../../../core/socket/index.ts';
import { amending } from '../../../core/tenant/directory.ts';
import { drama } from '../../kit/drama.ts';
import { aBreakdown } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

let count = 0;
const aTicket = async (ctx: Ctx) => (await Socket.openTicket(ctx, {})).ticket;
/** Opens a socket with a ticket; answers its connection. */
const opened = async (ticket: string) => {
  const connection = `opened-${++count}`;
  await Socket.connect(t.anyone, connection, ticket);
  return connection;
};
const refused = (ticket: string, code = 'TICKET_INVALID') => expect(opened(ticket)).rejects.toMatchObject({ code });
const listening = async (ctx: Ctx) => (await Socket.socketsOf(t.ctx)).filter(({ user }) => user === ctx.actor.id);

/** A member who is signed in. */
async function aMember(role: Role, projects: Membership['projects'] = {}): Promise<Ctx> {
  const id = `usr-${++count}`;
  const ctx = { ...t.as(role), reach: projects, session: `ses-${id}`, actor: { kind: 'user' as const, id } };
  const { tenant } = t.ctx;
  await commit(t.ctx, {
    rows: [
      personWriting(t.ctx, { user: id, email: `${id}@example.com`, name: id, tenant }, undefined),
      belonging(t.ctx, { user: id, role, projects, isActive: true }),
      Session.beginning(t.ctx, id, `ses-${id}`),
    ],
  });
  return ctx;
}

describe('a ticket', () => {
  test('opens one socket, once, for the person who asked, with what the directory says of him', async () => {
    const guest = await aMember('guest', { prj_1: 'editor' });
    const { ticket, url, expiresAt } = await Socket.openTicket(guest, {});
    expect(url).toBe(`wss://socket.example.com/ws?ticket=${ticket}`);
    expect(expiresAt - t.ctx.now()).toBeLessThanOrEqual(30_000);
    expect(await Socket.listener(t.anyone, await opened(ticket))).toEqual({
      tenant: t.ctx.tenant,
      user: guest.actor.id,
      locale: 'en',
      role: 'guest',
      reach: { prj_1: 'editor' },
    });
    await refused(ticket);
    expect(await listening(guest)).toHaveLength(1);
  });

  test('taken by two at the same moment opens for one', async () => {
    const ticket = await aTicket(await aMember('viewer'));
    const both = await Promise.allSettled([1, 2].map(() => opened(ticket)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is dead after thirty seconds, and nonsense never lived', async () => {
    const own = await aTenant();
    const { ticket } = await Socket.openTicket(own.ctx, {});
    own.pass(30_001);
    for (const dead of [ticket, 'nonsense', '-'])
      await expect(Socket.connect(own.anyone, 'conn', dead)).rejects.toMatchObject({ code: 'TICKET_INVALID' });
    await own.stop();
  });

  test('is not given to somebody without a role', async () => {
    const nobody = { ...t.ctx, role: 'nobody' as 'viewer' };
    await expect(Socket.openTicket(nobody, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('between ticket and socket', () => {
  test('a member who was removed gets none', async () => {
    const member = await aMember('editor');
    const ticket = await aTicket(member);
    await commit(t.ctx, { rows: [reassigning(t.ctx, member.actor.id, { isActive: false })] });
    await refused(ticket);
    expect(await listening(member)).toEqual([]);
    const { items } = await Audit.list(t.ctx, { actor: member.actor.id, verb: 'access.refused' });
    const after = { verb: 'socket.connect', refused: 'TICKET_INVALID', count: 1 };
    expect(items).toMatchObject([{ session: member.session, ip: '203.0.113.7', after }]);
  });

  test('a removal while the socket is being opened leaves none', async () => {
    const member = await aMember('editor');
    const ticket = await aTicket(member);
    const { of } = t.stores;
    // the tenant's stores are opened between what was asked of the directory and the row of the socket
    let gone = false;
    const meanwhile = async (tenant: string) => {
      if (!gone) await commit(t.ctx, { rows: [reassigning(t.ctx, member.actor.id, { isActive: false })] });
      gone = true;
      return of(tenant);
    };
    const ctx = { ...t.anyone, stores: { ...t.stores, of: meanwhile } };
    await expect(Socket.connect(ctx, 'between', ticket)).rejects.toMatchObject({ code: 'TICKET_INVALID' });
    expect([await listening(member), await Socket.listener(t.anyone, 'between')]).toEqual([[], undefined]);
  });

  test('a lowered role and a share taken back count', async () => {
    const member = await aMember('editor', { prj_1: 'producer', prj_2: 'editor' });
    const ticket = await aTicket(member);
    const { id } = member.actor;
    await commit(t.ctx, { rows: [reassigning(t.ctx, id, { role: 'guest' })] });
    await commit(t.ctx, { rows: [sharing(t.ctx, id, 'prj_1', undefined)] });
    await opened(ticket);
    expect(await listening(member)).toMatchObject([{ role: 'guest', reach: { prj_2: 'editor' } }]);
  });

  test('a sign-in that was ended gets none, by itself or with all others', async () => {
    const [one, other] = [await aMember('editor'), await aMember('editor')];
    const tickets = [await aTicket(one), await aTicket(other)];
    await Session.end(one, { id: one.session ?? '' });
    t.pass(1);
    await commit(other, { rows: await Session.endingAll(other, other.actor.id) });
    for (const ticket of tickets) await refused(ticket);
  });

  test('who leads gets none without the second factor his tenant demands by then', async () => {
    const admin = await aMember('admin');
    const ticket = await aTicket(admin);
    await commit(t.ctx, { rows: [amending(t.ctx, { mfaRequired: true })] });
    await refused(ticket, 'MFA_REQUIRED');
    await commit(t.ctx, { rows: [amending(t.ctx, { mfaRequired: false })] });
  });
});

describe('whoever looks for the platform', () => {
  const looks = (own: ATenant, lookingUntil: number): Ctx => ({
    ...own.as('viewer'),
    readOnly: 'looking',
    lookingUntil,
    actor: { kind: 'platform', id: 'adm-1' },
  });

  test('listens as a viewer until his session ends, and no longer', async () => {
    const own = await aTenant();
    const ticket = await aTicket(looks(own, own.ctx.now() + 15 * 60_000));
    await Socket.connect(own.anyone, 'looks', ticket);
    own.pass(14 * 60_000);
    expect(await Socket.socketsOf(own.ctx)).toMatchObject([{ user: 'adm-1', role: 'viewer', reach: {} }]);
    expect(await Socket.listener(own.anyone, 'looks')).toMatchObject({ user: 'adm-1' });
    own.pass(60_000);
    expect(await Socket.socketsOf(own.ctx)).toEqual([]);
    expect(await Socket.listener(own.anyone, 'looks')).toBeUndefined();
    await own.stop();
  });

  test('opens none when his session ended after the ticket', async () => {
    const own = await aTenant();
    const ticket = await aTicket(looks(own, own.ctx.now() + 5000));
    own.pass(5000);
    await expect(Socket.connect(own.anyone, 'late', ticket)).rejects.toMatchObject({ code: 'TICKET_INVALID' });
    await own.stop();
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
    expect(await listening(t.ctx)).toEqual([{ ...listener, connection: 'conn-1' }]);
    expect(await Socket.socketsOf(t.other)).toEqual([]);
    await Socket.dropSocket(t.anyone, t.ctx.tenant, 'conn-1');
    expect(await Socket.listener(t.anyone, 'conn-1')).toBeUndefined();
    expect(await listening(t.ctx)).toEqual([]);
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

test('what was missed of one task tells nothing of those that began later, of another project least of all', async () => {
  const { task } = await aBreakdown(t.ctx, '先', drama);
  const { task: later } = await aBreakdown(t.ctx, '后', drama);
  const shared = { ...t.as('guest'), needs: 'task:read' as const, reach: { [task.projectId]: 'guest' as const } };
  for (const ctx of [t.ctx, shared]) {
    const missed = (await Socket.eventsAfter(ctx, task.id, 1)) as { task: { id: string; seq: number } }[];
    expect(new Set(missed.map((event) => event.task.id))).toEqual(new Set([task.id]));
    expect(missed.map((event) => event.task.seq)).toEqual(Array.from({ length: task.seq - 1 }, (_, at) => at + 2));
    for (const after of [task.seq, 999_999_999, Number.MAX_SAFE_INTEGER])
      expect(await Socket.eventsAfter(ctx, task.id, after)).toEqual([]);
  }
  expect(await Socket.eventsAfter(shared, later.id, 0)).toEqual([]);
});
