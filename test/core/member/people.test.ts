// Members, invitations and shares, as the directory and the authorizer know them: what one may holds from the next call on.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Audit from '../../../core/audit/index.ts';
import * as Invitation from '../../../core/invitation/index.ts';
import * as Member from '../../../core/member/index.ts';
import { commit } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import type { Role } from '../../../core/platform/permission.ts';
import * as Project from '../../../core/project/index.ts';
import { amending } from '../../../core/tenant/directory.ts';
import * as Tenant from '../../../core/tenant/index.ts';
import { allRefused } from '../../kit/refused.ts';
import { anEmail, aPool, password, principal } from '../../kit/sign-in.ts';
import { aTenant, letters } from '../../kit/tenant.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool('none');
});
afterAll(() => pool.stop());

type Token = { access: string; refresh: string };
type Someone = { ctx: Ctx; id: string; email: string; token: Token };

/** The context a call with this token gets at this moment; undefined: nobody. */
const now = ({ access }: Token): Promise<Ctx | undefined> => principal(pool.anyone, access);
const again = ({ token }: Someone): Promise<Ctx> => pool.as(token.access);

/** Registers somebody: with a tenant of his own, or by an invitation. */
async function someone(email = anEmail(), invitation?: string): Promise<Someone> {
  const made = await Member.register(pool.anyone, { email, password, name: '李砚', ...(invitation && { invitation }) });
  if (!made.token) throw new Error('a token comes at once');
  return { ctx: await pool.as(made.token.access), id: made.user.id ?? '', email, token: made.token };
}

/** Somebody who joins the owner's tenant. */
async function member(owner: Someone, role: Role, projects: { projectId: string; role: 'guest' }[] = []) {
  const email = anEmail(role);
  const { code } = await Invitation.create(owner.ctx, { email, role, projects });
  return someone(email, code);
}

const byText = (one: unknown[], other: unknown[]): number => (one.join() < other.join() ? -1 : 1);

describe('an invitation', () => {
  test('brings a new person in with its role, and no tenant of his own', async () => {
    const owner = await someone();
    const editor = await member(owner, 'editor');
    expect(editor.ctx).toMatchObject({ tenant: owner.ctx.tenant, role: 'editor' });
    expect((await Member.tenants(editor.ctx, {})).items).toMatchObject([{ id: owner.ctx.tenant, isCurrent: true }]);
    const { items } = await Member.list(owner.ctx, {});
    expect(items.map(({ email, role, status }) => [email, role, status]).toSorted(byText)).toEqual(
      [
        [owner.email, 'owner', 'active'],
        [editor.email, 'editor', 'active'],
      ].toSorted(byText),
    );
  });

  test('is accepted by somebody signed in, who then switches, and back', async () => {
    const [owner, other] = [await someone(), await someone()];
    const { code, mailed } = await Invitation.create(owner.ctx, { email: other.email, role: 'producer' });
    const letter = letters.find(({ to }) => to === other.email);
    expect([mailed, letter?.text.includes(code), letter?.subject.includes('李砚')]).toEqual([true, true, true]);
    expect(await Invitation.accept(other.ctx, { code })).toEqual({ tenantId: owner.ctx.tenant, role: 'producer' });
    expect(await again(other)).toMatchObject({ tenant: other.ctx.tenant, role: 'owner' });
    const { token } = await Member.switchTenant(other.ctx, {
      tenantId: owner.ctx.tenant,
      refresh: other.token.refresh,
    });
    expect(await now(token)).toMatchObject({ tenant: owner.ctx.tenant, role: 'producer' });
    // two windows: each asks for its own
    const { token: mine } = await Member.refresh(pool.anyone, { refresh: token.refresh, tenantId: other.ctx.tenant });
    expect(await now(mine)).toMatchObject({ tenant: other.ctx.tenant, role: 'owner' });
    // the next sign-in is for the one worked in last
    const next = await Member.login(pool.anyone, { email: other.email, password });
    expect(next.user?.tenantId).toBe(owner.ctx.tenant);
    const { items } = await Member.tenants(other.ctx, {});
    expect(items.map(({ id, role }) => [id, role]).toSorted(byText)).toEqual(
      [
        [other.ctx.tenant, 'owner'],
        [owner.ctx.tenant, 'producer'],
      ].toSorted(byText),
    );
  });

  test('is for its address alone, works once, and not after it was revoked, sent again or is too old', async () => {
    const [owner, stranger, invited] = [await someone(), await someone(), await someone()];
    const { id, code } = await Invitation.create(owner.ctx, { email: invited.email, role: 'viewer' });
    await expect(Invitation.accept(stranger.ctx, { code })).rejects.toMatchObject({ code: 'INVITATION_FOR_ANOTHER' });
    await expect(someone(anEmail(), code)).rejects.toMatchObject({ code: 'INVITATION_FOR_ANOTHER' });
    await expect(Invitation.create(owner.ctx, { email: invited.email })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await expect(Invitation.create(owner.ctx, { email: invited.email, role: 'admin' })).rejects.toMatchObject({
      code: 'ALREADY_INVITED',
    });
    const renewed = await Invitation.resend(owner.ctx, { id });
    const invalid = { code: 'INVITATION_INVALID' };
    await expect(Invitation.accept(invited.ctx, { code })).rejects.toMatchObject(invalid);
    const late = { ...invited.ctx, now: () => renewed.expiresAt + 1 };
    await expect(Invitation.accept(late, { code: renewed.code })).rejects.toMatchObject(invalid);
    const twice = await Promise.allSettled([1, 2].map(() => Invitation.accept(invited.ctx, { code: renewed.code })));
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await allRefused(
      [Invitation.accept(invited.ctx, { code: renewed.code }), Invitation.accept(invited.ctx, { code: 'x' })],
      invalid,
    );
    await expect(Invitation.create(owner.ctx, { email: invited.email, role: 'admin' })).rejects.toMatchObject({
      code: 'ALREADY_MEMBER',
    });
    const second = await Invitation.create(owner.ctx, { email: stranger.email, role: 'viewer' });
    await Invitation.revoke(owner.ctx, { id: second.id });
    await expect(Invitation.accept(stranger.ctx, { code: second.code })).rejects.toMatchObject(invalid);
    expect((await Invitation.list(owner.ctx, {})).items.map(({ status }) => status)).toEqual(['revoked', 'accepted']);
    expect(JSON.stringify(await Invitation.list(owner.ctx, {}))).not.toContain(second.code);
  });

  test('gives no more than who invites has', async () => {
    const owner = await someone();
    const admin = await member(owner, 'admin');
    const editor = await member(owner, 'editor');
    await allRefused(
      [
        Invitation.create(admin.ctx, { email: anEmail(), role: 'owner' }),
        Invitation.create(editor.ctx, { email: anEmail(), role: 'viewer' }),
        Member.changeRole(admin.ctx, { id: owner.id, version: 1, role: 'viewer' }),
        Member.changeRole(admin.ctx, { id: admin.id, version: 1, role: 'owner' }),
        Member.remove(admin.ctx, { id: owner.id }),
        Member.transfer(admin.ctx, { memberId: admin.id }),
      ],
      { code: 'FORBIDDEN' },
    );
  });
});

test.each([
  ['suspended', 'TENANT_SUSPENDED'],
  ['closing', 'TENANT_CLOSING'],
] as const)('nobody joins an organisation that is %s, whether he has a sign-in or registers', async (status, code) => {
  const [owner, invited] = [await someone(), await someone()];
  const email = anEmail();
  const invite = (of: string) => Invitation.create(owner.ctx, { email: of, role: 'viewer' });
  const [one, other] = [await invite(invited.email), await invite(email)];
  const seats = async () => (await Member.list(owner.ctx, {})).items.length;
  await commit(owner.ctx, { rows: [amending(owner.ctx, { status })] });
  await expect(Invitation.accept(invited.ctx, { code: one.code })).rejects.toMatchObject({ code });
  await expect(someone(email, other.code)).rejects.toMatchObject({ code });
  expect(await seats()).toBe(1);
  // as it was, when it works again
  await commit(owner.ctx, { rows: [amending(owner.ctx, { status: 'active' })] });
  await Invitation.accept(invited.ctx, { code: one.code });
  await someone(email, other.code);
  expect(await seats()).toBe(3);
});

test('an invitation past its time that gives way to another leaves a line', async () => {
  const owner = await someone();
  const email = anEmail();
  const { id, expiresAt } = await Invitation.create(owner.ctx, { email, role: 'viewer', days: 1 });
  await Invitation.create({ ...owner.ctx, now: () => expiresAt + 1 }, { email, role: 'editor' });
  const { items } = await Audit.list(owner.ctx, { object: id });
  expect(items).toMatchObject([
    { actor: owner.id, before: { status: 'expired' }, after: { status: 'revoked' } },
    { after: { role: 'viewer' } },
  ]);
});

test('an invitation takes a seat, which is free again when it is revoked', async () => {
  const t = await aTenant({ plan: 'basic' });
  const invite = () => Invitation.create(t.ctx, { email: anEmail(), role: 'viewer' });
  const [first] = [await invite(), await invite(), await invite(), await invite()];
  await expect(invite()).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
  await Invitation.revoke(t.ctx, { id: first.id });
  await invite();
  await t.stop();
});

describe('a member', () => {
  test('who was removed is refused with the token he has, and comes back as he was', async () => {
    const owner = await someone();
    const project = await Project.create(owner.ctx, { title: '雨巷' });
    const guest = await member(owner, 'guest', [{ projectId: project.id, role: 'guest' }]);
    await Member.remove(owner.ctx, { id: guest.id });
    expect(await now(guest.token)).toBeUndefined();
    await expect(Member.login(pool.anyone, { email: guest.email, password })).rejects.toMatchObject({
      code: 'MEMBER_INACTIVE',
    });
    await expect(Member.remove(owner.ctx, { id: guest.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await Member.list(owner.ctx, { removed: true })).items).toHaveLength(2);
    expect((await Member.list(owner.ctx, {})).items).toHaveLength(1);
    await Member.restore(owner.ctx, { id: guest.id });
    expect(await again(guest)).toMatchObject({ role: 'guest', reach: { [project.id]: 'guest' } });
  });

  test('who left is not restored; invited again he has what the invitation gives', async () => {
    const owner = await someone();
    const [first, second] = [
      await Project.create(owner.ctx, { title: '第一部' }),
      await Project.create(owner.ctx, { title: '第二部' }),
    ];
    const guest = await member(owner, 'guest', [{ projectId: first.id, role: 'guest' }]);
    await Member.leave(guest.ctx, {});
    expect(await now(guest.token)).toBeUndefined();
    await expect(Member.restore(owner.ctx, { id: guest.id })).rejects.toMatchObject({ code: 'MEMBER_LEFT' });
    const { code } = await Invitation.create(owner.ctx, {
      email: guest.email,
      projects: [{ projectId: second.id, role: 'viewer' }],
    });
    // he belongs nowhere, and his password proves who he is
    const back = await someone(guest.email, code);
    expect(back).toMatchObject({ id: guest.id, ctx: { role: 'guest', reach: { [second.id]: 'viewer' } } });
    expect((await Project.get(owner.ctx, { id: first.id })).sharedWith).toEqual([]);
    const { items } = await Audit.list(owner.ctx, { object: guest.id, verb: 'invitation.accept' });
    expect(items.map(({ before, after }) => [before?.projects, after?.projects])).toContainEqual([
      { [first.id]: 'guest' },
      {},
    ]);
    expect((await Project.get(owner.ctx, { id: second.id })).sharedWith).toMatchObject([{ memberId: guest.id }]);
  });

  test('whose role is lowered loses what it gave with the next call', async () => {
    const owner = await someone();
    const producer = await member(owner, 'producer');
    const project = await Project.create(producer.ctx, { title: '雨巷' });
    const [row] = (await Member.list(owner.ctx, {})).items.filter(({ id }) => id === producer.id);
    await expect(Member.changeRole(owner.ctx, { id: producer.id, version: 7, role: 'viewer' })).rejects.toMatchObject({
      code: 'STALE_VERSION',
      details: { current_version: row?.version },
    });
    await Member.changeRole(owner.ctx, { id: producer.id, version: row?.version, role: 'viewer' });
    const lowered = await again(producer);
    await expect(Project.create(lowered, { title: '第二部' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await Project.get(lowered, { id: project.id })).title).toBe('雨巷');
  });

  test('the last owner stays, also when two go at the same moment; ownership is handed over', async () => {
    const owner = await someone();
    const second = await member(owner, 'owner');
    const both = await Promise.allSettled([Member.leave(owner.ctx, {}), Member.leave(second.ctx, {})]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [left, stays] = both[0]?.status === 'fulfilled' ? [owner, second] : [second, owner];
    expect(await now(left.token)).toBeUndefined();
    const own = (await Member.list(stays.ctx, {})).items[0];
    await allRefused(
      [
        Member.leave(stays.ctx, {}),
        Member.changeRole(stays.ctx, { id: stays.id, version: own?.version, role: 'admin' }),
        Member.remove(stays.ctx, { id: stays.id }),
      ],
      { code: 'LAST_OWNER' },
    );
    const heir = await member(stays, 'viewer');
    await Member.transfer(stays.ctx, { memberId: heir.id });
    expect([(await again(stays)).role, (await again(heir)).role]).toEqual(['admin', 'owner']);
    await Member.leave(await again(stays), {});
  });

  test('who was an owner a moment ago hands nothing over: it is his row that says so, and owners are counted as before', async () => {
    const owner = await someone();
    const [second, heir] = [await member(owner, 'admin'), await member(owner, 'viewer')];
    await Member.transfer(owner.ctx, { memberId: second.id });
    // his calls are judged by what was answered before, for some seconds
    await expect(Member.transfer(owner.ctx, { memberId: heir.id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect([(await again(owner)).role, (await again(heir)).role]).toEqual(['admin', 'viewer']);
    await expect(Member.leave(await again(second), {})).rejects.toMatchObject({ code: 'LAST_OWNER' });
  });

  test('of another tenant is nobody', async () => {
    const [owner, other] = [await someone(), await someone()];
    const viewer = await member(owner, 'viewer');
    const { id } = await Invitation.create(owner.ctx, { email: anEmail(), role: 'viewer' });
    await allRefused(
      [
        Member.changeRole(other.ctx, { id: viewer.id, version: 1, role: 'admin' }),
        Member.remove(other.ctx, { id: viewer.id }),
        Member.restore(other.ctx, { id: viewer.id }),
        Member.transfer(other.ctx, { memberId: viewer.id }),
        Member.switchTenant(other.ctx, { tenantId: owner.ctx.tenant, refresh: other.token.refresh }),
        Invitation.revoke(other.ctx, { id }),
        Invitation.resend(other.ctx, { id }),
      ],
      { code: 'NOT_FOUND' },
    );
    await expect(
      Member.refresh(pool.anyone, { refresh: other.token.refresh, tenantId: owner.ctx.tenant }),
    ).rejects.toMatchObject({ code: 'MEMBER_INACTIVE' });
  });
});

describe('a shared project', () => {
  test('is all a guest has: others are not there, lists hold it alone, and nothing of the organisation', async () => {
    const owner = await someone();
    const [shared, hidden] = [
      await Project.create(owner.ctx, { title: '雨巷' }),
      await Project.create(owner.ctx, { title: '雨巷续' }),
    ];
    const guest = await member(owner, 'guest', [{ projectId: shared.id, role: 'guest' }]);
    const ids = async (asked: object) => (await Project.list(guest.ctx, asked)).items.map(({ id }) => id);
    expect([await ids({}), await ids({ search: '雨' }), await ids({ status: 'active' })]).toEqual(
      Array(3).fill([shared.id]),
    );
    await expect(Project.get(guest.ctx, { id: hidden.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await allRefused(
      [
        Project.update(guest.ctx, { id: shared.id, version: 1, title: '改' }),
        Project.create(guest.ctx, { title: '新' }),
        Member.list(guest.ctx, {}),
        Tenant.get(guest.ctx, {}),
      ],
      { code: 'FORBIDDEN' },
    );
    await Project.share(owner.ctx, { id: shared.id, memberId: guest.id, role: 'none' });
    expect((await Project.list(await again(guest), {})).items).toEqual([]);
  });

  test('gives more there than the role does, and never less', async () => {
    const owner = await someone();
    const [mine, other] = [
      await Project.create(owner.ctx, { title: '雨巷' }),
      await Project.create(owner.ctx, { title: '别的' }),
    ];
    const viewer = await member(owner, 'viewer');
    await Project.share(owner.ctx, { id: mine.id, memberId: viewer.id, role: 'producer' });
    await Project.share(owner.ctx, { id: other.id, memberId: viewer.id, role: 'guest' });
    const ctx = await again(viewer);
    expect(await Project.update(ctx, { id: mine.id, version: 1, title: '雨巷二' })).toMatchObject({ version: 2 });
    await allRefused(
      [Project.update(ctx, { id: other.id, version: 1, title: '改' }), Project.create(ctx, { title: '新' })],
      { code: 'FORBIDDEN' },
    );
    expect((await Project.list(ctx, {})).items).toHaveLength(2);
  });
});

describe('the organisation', () => {
  test('has a name, a language and a subdomain that no other has, told to anybody who asks by it', async () => {
    const [owner, other] = [await someone(), await someone()];
    const subdomain = `studio-${owner.ctx.tenant.slice(-10)}`;
    const changed = await Tenant.update(owner.ctx, {
      version: 1,
      name: '锦灯工作室',
      locale: 'en',
      subdomain: ` ${subdomain.toUpperCase()} `,
    });
    expect(changed).toMatchObject({ name: '锦灯工作室', locale: 'en', subdomain, mfaRequired: false, version: 2 });
    expect(await Tenant.get(owner.ctx, {})).toEqual(changed);
    expect(await Tenant.branding(pool.anyone, { subdomain })).toEqual({ name: '锦灯工作室', subdomain });
    await expect(Tenant.update(owner.ctx, { version: 1, name: '旧' })).rejects.toMatchObject({
      code: 'STALE_VERSION',
      details: { current_version: 2 },
    });
    const taken = { code: 'SUBDOMAIN_TAKEN' };
    await allRefused(
      [subdomain, 'www', 'api'].map((name) => Tenant.update(other.ctx, { version: 1, subdomain: name })),
      taken,
    );
    await Tenant.update(owner.ctx, { version: 2, subdomain: null });
    await expect(Tenant.branding(pool.anyone, { subdomain })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await Tenant.update(other.ctx, { version: 1, subdomain })).toMatchObject({ subdomain });
  });

  test.each(['ab', '-abc', 'abc-', 'a_b', 'xn--abc', 'a.b', 'x'.repeat(41), 'тест', 'a\r\nb'])(
    'has no subdomain %j',
    async (subdomain) => {
      const owner = await someone();
      await expect(Tenant.update(owner.ctx, { version: 1, subdomain })).rejects.toMatchObject({
        code: 'INVALID_REQUEST',
      });
    },
  );
});
