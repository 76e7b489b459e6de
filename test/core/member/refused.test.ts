// What the audit tells of a sign-in: which one it was, an address that followed, and who was refused, at a refresh too.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Audit from '../../../core/audit/index.ts';
import { tellRefusals } from '../../../core/audit/refusals.ts';
import * as Email from '../../../core/email/index.ts';
import { revoke } from '../../../core/identity/index.ts';
import * as Invitation from '../../../core/invitation/index.ts';
import { tellFailedSignIns } from '../../../core/member/failed-sign-ins.ts';
import * as Member from '../../../core/member/index.ts';
import { commit } from '../../../core/platform/commit.ts';
import { actingFor, type Ctx, type OpenCtx } from '../../../core/platform/ctx.ts';
import { documentsBy } from '../../../core/platform/dynamo/electro.ts';
import { due } from '../../../core/platform/reminder.ts';
import * as Session from '../../../core/session/index.ts';
import { anEmail, aPool, password } from '../../kit/sign-in.ts';

let pool: Awaited<ReturnType<typeof aPool>>;
beforeAll(async () => {
  pool = await aPool('none');
});
afterAll(() => pool.stop());

const login = (email: string) => Member.login(pool.anyone, { email, password });
const refresh = (token: string, tenantId?: string) => Member.refresh(pool.anyone, { refresh: token, tenantId });

/** Somebody signed in: with a tenant of his own, or by an invitation. */
async function someone(invitation?: { code: string; email: string }) {
  const email = invitation?.email ?? anEmail('told');
  const { user } = await Member.register(pool.anyone, { email, password, name: '李砚', invitation: invitation?.code });
  const { token } = await login(email);
  if (!token) throw new Error('a challenge came');
  return { email, id: user.id ?? '', token, ctx: await pool.as(token.access) };
}
type Someone = Awaited<ReturnType<typeof someone>>;

/** A member of the owner's tenant, who has no other. */
async function member(owner: Someone) {
  const email = anEmail('member');
  const { code } = await Invitation.create(owner.ctx, { email, role: 'editor' });
  return someone({ code, email });
}

const system = (tenant: string): Promise<Ctx> =>
  actingFor(pool.anyone, { tenant, role: 'owner', actor: { kind: 'system', id: 'sweep' } });
/** Lines about a person in a tenant, the oldest first. */
const lines = async (tenant: string, actor: string, verb?: string) =>
  (await Audit.list(await system(tenant), { actor, verb, size: 100 })).items.toReversed();
const refusals = (tenant: string, actor: string) => lines(tenant, actor, 'access.refused');
const line = (verb: string, refused: string, count = 1) => ({ after: { verb, refused, count } });

/** As the sweep does a few minutes later. */
async function sweep() {
  const ctx = { ...(await system('')), now: () => Date.now() + 180_000 };
  for await (const { kind, tenant, id, done } of due(ctx)) {
    const of = { ...(await system(tenant)), now: ctx.now };
    if (kind === 'refusals') await tellRefusals(of, id);
    else if (kind === 'sign_in') await tellFailedSignIns(of, id);
    else continue;
    await done();
  }
}

/** Somebody not signed in; once Cognito has let him in, and before the directory is asked, `act` is done. */
function meeting(act: () => Promise<unknown>): OpenCtx {
  const { directory } = pool.stores;
  let isDone = false;
  const client = documentsBy(async (command) => {
    if (!isDone) {
      isDone = true;
      await act();
    }
    return directory.client.send(command);
  });
  return { ...pool.anyone, stores: { ...pool.stores, directory: { ...directory, client } } };
}

const inactive = { code: 'MEMBER_INACTIVE' };
const invalid = { code: 'INVALID_REFRESH' };

describe('the line of a sign-in', () => {
  test('names the sign-in, as the lines of what is done by it do', async () => {
    const { id, ctx } = await someone();
    await Member.logout(ctx, {});
    expect(ctx.session).toMatch(/./);
    const told = (await lines(ctx.tenant, id)).filter(({ session }) => session === ctx.session);
    expect(told.map(({ verb }) => verb)).toEqual(['member.login', 'member.logout']);
  });

  test('says before and after where the address followed, and nothing of it where none did', async () => {
    const [studio, guest] = [await someone(), await someone()];
    const { code } = await Invitation.create(studio.ctx, { email: guest.email, role: 'editor' });
    const { tenantId } = await Invitation.accept(guest.ctx, { code });
    const wanted = anEmail('wanted');
    const { ctx, token } = await pool.forAccount(guest.token);
    await Email.change(ctx, { email: wanted, password });
    await Email.confirm(ctx, { code: pool.lastCode(wanted) });
    await Member.switchTenant(ctx, { tenantId, refresh: token.refresh });
    for (const _ of ['follows', 'is there']) expect((await login(wanted)).user).toMatchObject({ tenantId });
    expect(await lines(tenantId, guest.id, 'member.login')).toMatchObject([
      { object: guest.id, before: { email: guest.email }, after: { email: wanted } },
      { object: guest.id, before: null, after: null },
    ]);
    expect(await Member.load({ ...guest.ctx, tenant: tenantId }, guest.id)).toMatchObject({ email: wanted });
  });

  test('says so too where the row of the person was left behind', async () => {
    const { id, email, ctx } = await someone();
    // as if the commit had failed after Cognito took the new address
    const old = anEmail('old');
    await commit(ctx, { rows: [Member.personMoving(ctx, id, old)] });
    await login(email);
    expect((await lines(ctx.tenant, id, 'member.login')).at(-1)).toMatchObject({
      before: { email: old },
      after: { email },
    });
  });
});

describe('somebody who was removed', () => {
  test('while he signs in is let in no more, and told like a sign-in that failed', async () => {
    const owner = await someone();
    const { id, email } = await member(owner);
    const open = meeting(() => Member.remove(owner.ctx, { id }));
    await expect(Member.login(open, { email, password })).rejects.toMatchObject(inactive);
    await sweep();
    expect(await lines(owner.ctx.tenant, id, 'member.login_failed')).toMatchObject([
      { object: id, after: { refused: 'MEMBER_INACTIVE', count: 1 } },
    ]);
  });

  test('and refreshes is told there, also where he works elsewhere and asks for that tenant', async () => {
    const [owner, both] = [await someone(), await someone()];
    const alone = await member(owner);
    const { code } = await Invitation.create(owner.ctx, { email: both.email, role: 'editor' });
    await Invitation.accept(both.ctx, { code });
    const { tenant } = owner.ctx;
    for (const { id } of [alone, both]) await Member.remove(owner.ctx, { id });
    await expect(refresh(alone.token.refresh)).rejects.toMatchObject(inactive);
    await expect(refresh(both.token.refresh, tenant)).rejects.toMatchObject(inactive);
    for (const { id } of [alone, both])
      expect(await refusals(tenant, id)).toMatchObject([
        { ...line('member.refresh', 'MEMBER_INACTIVE'), object: id, role: 'editor' },
      ]);
    expect(await refusals(both.ctx.tenant, both.id)).toEqual([]);
  });

  test('is told to nobody once the tenant has forgotten him', async () => {
    const owner = await someone();
    const { id, token } = await member(owner);
    await commit(owner.ctx, { rows: Member.forgetting(owner.ctx, { id }) });
    await expect(refresh(token.refresh)).rejects.toMatchObject(inactive);
    expect(await refusals(owner.ctx.tenant, id)).toEqual([]);
  });
});

test('who asks for tokens of a tenant he was never in is told to his own alone', async () => {
  const [owner, stranger] = [await someone(), await someone()];
  for (const tenant of [owner.ctx.tenant, 'nowhere'])
    await expect(refresh(stranger.token.refresh, tenant)).rejects.toMatchObject(inactive);
  expect([await refusals(owner.ctx.tenant, stranger.id), await refusals('nowhere', stranger.id)]).toEqual([[], []]);
  expect(await refusals(stranger.ctx.tenant, stranger.id)).toMatchObject([line('member.refresh', 'MEMBER_INACTIVE')]);
});

describe('a sign-in that was ended', () => {
  test('and refreshes is told with its id, and as often as it comes again', async () => {
    const { ctx, email, id } = await someone();
    const { token } = await login(email);
    const { session = '' } = await pool.as(token?.access);
    await Session.end(ctx, { id: session });
    for (let at = 0; at < 4; at++) await expect(refresh(token?.refresh ?? '')).rejects.toMatchObject(invalid);
    expect(await refusals(ctx.tenant, id)).toMatchObject([
      { ...line('member.refresh', 'INVALID_REFRESH'), object: session, session },
    ]);
    await sweep();
    expect((await refusals(ctx.tenant, id)).at(-1)).toMatchObject(line('member.refresh', 'INVALID_REFRESH', 3));
  });

  test('by a token that came again is told as ended once; those that follow are counted', async () => {
    const { ctx, id, token } = await someone();
    await refresh(token.refresh);
    pool.pass(10_001);
    for (let at = 0; at < 3; at++)
      await expect(refresh(token.refresh)).rejects.toMatchObject({ code: 'REFRESH_REUSED' });
    expect(await lines(ctx.tenant, id, 'member.refresh')).toMatchObject([
      { object: ctx.session, session: ctx.session, after: { refused: 'REFRESH_REUSED' } },
    ]);
    expect(await refusals(ctx.tenant, id)).toMatchObject([line('member.refresh', 'REFRESH_REUSED')]);
    await sweep();
    expect((await refusals(ctx.tenant, id)).map(({ after }) => after?.count)).toEqual([1, 1]);
  });

  test('at Cognito alone is told as refused, not as ended by a token that came again', async () => {
    const { ctx, id, token } = await someone();
    const next = await refresh(token.refresh);
    await revoke(pool.anyone, next.token.refresh);
    await expect(refresh(token.refresh)).rejects.toMatchObject(invalid);
    expect(await lines(ctx.tenant, id, 'member.refresh')).toEqual([]);
    expect(await refusals(ctx.tenant, id)).toMatchObject([
      { ...line('member.refresh', 'INVALID_REFRESH'), session: ctx.session },
    ]);
  });

  test('and is asked by many at once is told once, and all are refused alike', async () => {
    const { ctx, id, token } = await someone();
    await refresh(token.refresh);
    await Member.logout(ctx, {});
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => refresh(token.refresh)));
    expect(new Set(all.map((one) => one.status === 'rejected' && one.reason.code))).toEqual(new Set([invalid.code]));
    await sweep();
    const counts = (await refusals(ctx.tenant, id)).map(({ after }) => Number(after?.count));
    expect([counts.length, counts.reduce((sum, one) => sum + one, 0)]).toEqual([2, 8]);
  });
});

test('a refresh token that nobody has seen is told to nobody', async () => {
  const { ctx, id } = await someone();
  await expect(refresh('nonsense')).rejects.toMatchObject(invalid);
  expect(await refusals(ctx.tenant, id)).toEqual([]);
});
