// The control plane: those who run the platform see and change tenants, each act with its reason in two audits; nobody else gets in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemsOf } from '../../../core/admin/health.ts';
import * as Admin from '../../../core/admin/index.ts';
import * as Audit from '../../../core/audit/index.ts';
import * as Member from '../../../core/member/index.ts';
import { joining } from '../../../core/member/store.ts';
import { commit } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { newTenantId, platformTenant } from '../../../core/platform/id.ts';
import { admit } from '../../../core/platform/reach.ts';
import { remind } from '../../../core/platform/reminder.ts';
import { noteSweep } from '../../../core/platform/swept.ts';
import * as Project from '../../../core/project/index.ts';
import * as Tenant from '../../../core/tenant/index.ts';
import { handler as authorizer } from '../../../functions/http/authorizer.ts';
import { sendPurge } from '../../../functions/runtime/purge-queue.ts';
import { depths } from '../../../functions/runtime/queues.ts';
import { type ATenant, aTenant, standing } from '../../kit/tenant.ts';

let t: ATenant;
/** Somebody who runs the platform; his own tenant is another. */
let admin: Ctx;
let id: string;
const reason = 'asked for by the studio';
beforeAll(async () => {
  t = await aTenant();
  admin = { ...t.other, platform: { mfa: true } };
  id = t.ctx.tenant;
});
afterAll(() => t.stop());

const linesOf = async (ctx: Ctx, verb: string) => (await Audit.list(ctx, { verb })).items;
/** The same of the platform's own audit, read past the verb that leaves a line itself. */
const platformLines = (verb: string) => linesOf({ ...t.ctx, tenant: platformTenant }, verb);

describe('who runs the platform', () => {
  const acts: Record<string, (ctx: Ctx) => Promise<unknown>> = {
    tenants: (ctx) => Admin.tenants(ctx, {}),
    tenant: (ctx) => Admin.tenant(ctx, { id }),
    members: (ctx) => Admin.members(ctx, { id }),
    suspend: (ctx) => Admin.suspend(ctx, { id, reason }),
    resume: (ctx) => Admin.resume(ctx, { id, reason }),
    close: (ctx) => Admin.close(ctx, { id, reason }),
    reopen: (ctx) => Admin.reopen(ctx, { id, reason }),
    closure: (ctx) => Admin.closure(ctx, { id }),
    tenantAudit: (ctx) => Admin.tenantAudit(ctx, { id }),
    verifyAudit: (ctx) => Admin.verifyAudit(ctx, { id }),
    onboard: (ctx) => Admin.onboard(ctx, { name: '新组织', plan: 'free', email: 'new@example.com' }),
    onboarding: (ctx) => Admin.onboarding(ctx, { id }),
    onboardings: (ctx) => Admin.onboardings(ctx, {}),
    retryOnboarding: (ctx) => Admin.retryOnboarding(ctx, { id }),
    setPlan: (ctx) => Admin.setPlan(ctx, { id, reason, plan: 'pro' }),
    impersonate: (ctx) => Admin.impersonate(ctx, { id, reason }),
    audit: (ctx) => Admin.audit(ctx, {}),
    health: (ctx) => Admin.health(ctx, {}),
  };

  test.each(Object.entries(acts))(
    '%s: is of its group and has a second factor; an owner is refused',
    async (_, act) => {
      await expect(act(t.ctx)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(act({ ...t.ctx, platform: { mfa: false } })).rejects.toMatchObject({
        code: 'PLATFORM_MFA_REQUIRED',
      });
      expect((await Tenant.load(t.ctx)).status).toBe('active');
    },
  );

  test('says why, and names a tenant that there is', async () => {
    await expect(Admin.suspend(admin, { id, reason: ' ' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    for (const none of [newTenantId(Date.now()), platformTenant])
      for (const act of [Admin.suspend, Admin.impersonate, Admin.close, Admin.reopen, Admin.verifyAudit])
        await expect(act(admin, { id: none, reason })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('tenants', () => {
  test('are listed once each, newest first, page after page, and found by id, name, status and plan', async () => {
    const made: string[] = [];
    for (const name of ['灯塔影业', '灯塔动画', 'Harbour']) {
      const ctx: Ctx = { ...t.ctx, tenant: newTenantId(Date.now()) };
      await commit(ctx, { rows: Tenant.founding(ctx, name) });
      made.unshift(ctx.tenant);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await Admin.tenants(admin, { size: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.slice(0, 3)).toEqual(made);
    expect(seen.toSorted().reverse()).toEqual(seen);
    expect(new Set(seen).size).toBe(5);
    const found = async (sought: object) => (await Admin.tenants(admin, sought)).items.map((item) => item.id);
    expect(await found({ q: '灯塔' })).toEqual([made[1], made[2]]);
    expect(await found({ q: id })).toEqual([id]);
    expect(await found({ q: 'harbour', status: 'active' })).toEqual([made[0]]);
    expect(await found({ status: 'suspended' })).toEqual([]);
    expect(await found({ plan: 'nothing' })).toEqual([]);
  });

  test('are shown with what they use, and looking leaves a line with the platform alone', async () => {
    const shown = await Admin.tenant(admin, { id });
    expect(shown).toMatchObject({ id, status: 'active', name: 'studio' });
    expect(shown.quotas).toContainEqual(expect.objectContaining({ metric: 'members', used: 1 }));
    expect((await Admin.audit(admin, { object: id, verb: 'platform.tenant' })).items).toHaveLength(1);
    expect(await linesOf(t.ctx, 'platform.tenant')).toEqual([]);
  });

  test('are not searched without a line with the platform that says for what', async () => {
    const { items } = await Admin.tenants(admin, { q: '灯塔', status: 'active' });
    const lines = await platformLines('platform.tenants');
    expect(lines[0]).toMatchObject({
      object: platformTenant,
      actor: admin.actor.id,
      ip: '203.0.113.7',
      after: { q: '灯塔', status: 'active', found: items.length },
    });
    await Admin.tenants(admin, { q: id });
    expect((await platformLines('platform.tenants'))[0]).toMatchObject({ after: { q: id, found: 1 } });
    await Admin.audit(admin, { object: id });
    expect((await platformLines('platform.audit'))[0]).toMatchObject({ after: { object: id } });
    for (const verb of ['platform.tenants', 'platform.audit']) expect(await linesOf(t.ctx, verb)).toEqual([]);
  });

  test('that are founded for somebody are not looked at without a line, which holds no address', async () => {
    const order = await Admin.onboard(admin, { name: '新灯塔', plan: 'free', email: 'owner-canary@example.com' });
    expect((await Admin.onboardings(admin, {})).items[0]).toMatchObject({ email: 'owner-canary@example.com' });
    expect(await Admin.onboarding(admin, { id: order.id })).toMatchObject({ email: 'owner-canary@example.com' });
    const [listed, shown] = [await platformLines('platform.onboardings'), await platformLines('platform.onboarding')];
    expect(listed).toMatchObject([{ object: platformTenant, after: { found: [order.id] } }]);
    expect(shown).toMatchObject([{ object: order.id, actor: admin.actor.id }]);
    expect(JSON.stringify([listed, shown])).not.toContain('owner-canary');
    await expect(Admin.onboarding(admin, { id: newTenantId(Date.now()) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await platformLines('platform.onboarding')).toHaveLength(1);
  });

  test('say who is in them, to the platform alone', async () => {
    const [user, email] = ['usr-lin', 'lin@example.com'];
    await commit(t.ctx, { rows: joining(t.ctx, { id: user, email, name: '林晚', role: 'editor' }) });
    expect((await Admin.members(admin, { id })).items).toMatchObject([{ id: user, email, role: 'editor' }]);
    expect((await Admin.audit(admin, { verb: 'platform.members' })).items).toMatchObject([{ object: id }]);
  });

  test('are suspended, resumed and closed: in the row, in the directory and in both audits', async () => {
    const status = async () => [(await Tenant.load(t.ctx)).status, (await Tenant.findEntry(t.ctx, id))?.status];
    await Admin.suspend(admin, { id, reason });
    expect(await status()).toEqual(['suspended', 'suspended']);
    await expect(Admin.suspend(admin, { id, reason })).rejects.toMatchObject({ code: 'STATUS_REFUSED' });
    await Admin.resume(admin, { id, reason });
    expect(await status()).toEqual(['active', 'active']);
    const { closesAt } = await Admin.close(admin, { id, reason });
    expect(await status()).toEqual(['closing', 'closing']);
    await expect(Admin.close(admin, { id, reason })).rejects.toMatchObject({ code: 'CLOSING_ALREADY' });
    await expect(Admin.resume(admin, { id, reason })).rejects.toMatchObject({ code: 'STATUS_REFUSED' });
    expect(await Admin.closure(admin, { id, name: 'STUDIO ' })).toMatchObject({
      phase: 'grace',
      by: 'platform',
      reason,
      until: closesAt,
      nameMatches: true,
    });
    await Admin.reopen(admin, { id, reason });
    expect(await status()).toEqual(['active', 'active']);
    await expect(Admin.closure(admin, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [line] = await linesOf(t.ctx, 'platform.suspend');
    expect(line).toMatchObject({
      actorKind: 'platform',
      before: { status: 'active' },
      after: { status: 'suspended', reason },
    });
    expect((await Admin.audit(admin, { verb: 'platform.suspend' })).items).toMatchObject([
      { object: id, actor: admin.actor.id, actorKind: 'user', after: { status: 'suspended', reason } },
    ]);
    expect(await linesOf(t.other, 'platform.suspend')).toEqual([]);
  });

  test('get another plan, and limits by contract', async () => {
    await Admin.setPlan(admin, { id, reason, plan: 'enterprise', contract: { members: 3000 } });
    expect(await Tenant.findEntry(t.ctx, id)).toMatchObject({ plan: 'enterprise', contract: { members: 3000 } });
    expect((await Admin.tenant(admin, { id })).quotas).toContainEqual(
      expect.objectContaining({ metric: 'members', limit: 3000 }),
    );
    expect((await linesOf(t.ctx, 'platform.set_plan'))[0]).toMatchObject({ actorKind: 'platform' });
    expect((await Admin.audit(admin, { verb: 'platform.set_plan' })).items).toHaveLength(1);
  });
});

describe('a look at a tenant', () => {
  const contextOf = async (token: string) =>
    ((await authorizer({ headers: { authorization: `Bearer ${token}` } })).context ?? {}) as Record<string, string>;

  test('is for that tenant, as a viewer, and told to it', async () => {
    const { token, expiresAt } = await Admin.impersonate(admin, { id, reason });
    expect(await contextOf(token)).toEqual({
      rate: expect.any(String),
      tenant_id: id,
      user_id: admin.actor.id,
      role: 'viewer',
      read_only: 'looking',
      looking_until: String(expiresAt),
    });
    expect(expiresAt - t.ctx.now()).toBeLessThanOrEqual(15 * 60_000);
    expect(await contextOf(`${token}x`)).toEqual({});
    const [line] = await linesOf(t.ctx, 'platform.impersonate');
    expect(line).toMatchObject({ actorKind: 'platform', after: { reason } });
    expect(JSON.stringify([line, await Admin.audit(admin, {})])).not.toContain(token);
  });

  test('ends after a quarter of an hour', async () => {
    const past: Ctx = { ...admin, now: () => Date.now() - 15 * 60_000 };
    const { token } = await Admin.impersonate(past, { id, reason });
    expect(await contextOf(token)).toEqual({});
  });

  test('reads and changes nothing, and has nothing of its own', async () => {
    const looking: Ctx = { ...t.ctx, role: 'viewer', readOnly: 'looking', actor: { kind: 'platform', id: 'adm' } };
    await expect(Project.list(looking, {})).resolves.toMatchObject({ items: [] });
    await expect(Member.me(looking, {})).rejects.toMatchObject({ code: 'READ_ONLY_SESSION' });
    await expect(Project.create(looking, { title: '不行' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(() => admit(looking, 'comment:write')).toThrow('READ_ONLY_SESSION');
    await expect(Admin.tenants(looking, {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

test('health tells what nobody has looked after in time', async () => {
  const ground = await standing();
  process.env.QUEUES = JSON.stringify({ 'queue-purge': ground.queueUrl('purge') });
  const looking = { ...admin, queues: depths };
  expect(await Admin.health(looking, {})).toMatchObject({ lastSweep: null, problems: ['sweep_late'] });
  await noteSweep(admin, { looked: 3, failed: 0 });
  const { lastSweep, queues, problems } = await Admin.health(looking, {});
  expect([lastSweep, queues, problems]).toEqual([
    { at: expect.any(Number), looked: 3, failed: 0 },
    [{ name: 'queue-purge', waiting: 0, inFlight: 0, delayed: 0 }],
    [],
  ]);
  process.env.PURGE_QUEUE_URL = ground.queueUrl('purge');
  const order = { tenant: id, type: 'file.deleted', subject: 'fil_x', detail: {} };
  for (const seconds of [0, 0, 600]) await sendPurge(order, seconds);
  expect((await Admin.health(looking, {})).queues).toMatchObject([{ waiting: 2, delayed: 1 }]);
  await ground.stop();

  await remind(t.ctx, { kind: 'task', tenant: id, id: 'tsk_x' }, t.ctx.now() - 60_000);
  await remind(t.ctx, { kind: 'task', tenant: id, id: 'tsk_y' }, t.ctx.now() + 3_600_000);
  const { due, isComplete } = await Admin.health(looking, {});
  expect(due).toEqual([{ kind: 'task', count: 1, oldest: expect.any(Number) }]);
  expect(isComplete).toBe(true);
});

test('health says what of it is a problem', () => {
  const now = 1_900_000_000_000;
  const minutes = (count: number) => now - count * 60_000;
  const well = {
    due: [{ kind: 'task', count: 4, oldest: minutes(20) }],
    isComplete: true,
    queues: [
      { name: 'queue-purge', waiting: 900, inFlight: 2, delayed: 1 },
      { name: 'queue-purge/dead-letters', waiting: 0, inFlight: 0, delayed: 0 },
    ],
    lastSweep: { at: minutes(20), looked: 5, failed: 0 },
  };
  const letter = { name: 'stream-audit/dead-letters', waiting: 0, inFlight: 1, delayed: 0 };
  expect(problemsOf(well, now)).toEqual([]);
  expect(problemsOf({ ...well, queues: [...well.queues, letter] }, now)).toEqual(['dead_letters']);
  expect(problemsOf({ ...well, lastSweep: { at: minutes(46), looked: 0, failed: 1 } }, now)).toEqual([
    'sweep_late',
    'sweep_failing',
  ]);
  expect(
    problemsOf({ ...well, lastSweep: null, due: [{ kind: 'upload', count: 1, oldest: minutes(46) }] }, now),
  ).toEqual(['sweep_late', 'due_late']);
});
