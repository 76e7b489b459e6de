// Tenants come and go over the API: founded by the platform and joined by their owner, closed by the owner, and gone.
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { aMember, aPerson, brokenDown, clientOf, type Person, password } from '../kit/client.ts';
import { drama } from '../kit/drama.ts';
import { anOperator, invitationTo, mailTo, until } from '../kit/operator.ts';

let platform: Awaited<ReturnType<typeof anOperator>>;

beforeAll(async () => {
  platform = await anOperator();
});

const reason = 'asked for by the studio';

describe('a tenant that the platform founds', () => {
  test('is joined by the owner who was invited, who signs in and works', async () => {
    const email = `owner-${Date.now()}@example.com`;
    const subdomain = `lamp-${Date.now().toString(36)}`;
    const { id } = await platform.platformOnboard({ name: '灯塔影业', plan: 'basic', email, subdomain });
    const done = await until(
      () => platform.platformOnboarding({ id }),
      ({ status }) => status !== 'running',
    );
    expect(done).toMatchObject({ status: 'done', failed: null });
    await expect(platform.platformOnboard({ name: '二', plan: 'free', email, subdomain })).rejects.toMatchObject({
      code: 'SUBDOMAIN_TAKEN',
    });
    const invitation = await invitationTo(email);
    const { token } = await clientOf().memberRegister({ email, password, name: '店主', invitation });
    const owner = clientOf(token?.access);
    expect(await owner.tenantGet()).toMatchObject({
      id,
      name: '灯塔影业',
      status: 'active',
      plan: 'basic',
      subdomain,
    });
    expect(await owner.memberMe()).toMatchObject({ role: 'owner', tenant_id: id });
    expect(await owner.projectCreate({ title: '第一部' })).toMatchObject({ title: '第一部' });
    await expect(platform.platformRetryOnboarding({ id })).rejects.toMatchObject({ code: 'ONBOARDING_DONE' });
    expect((await platform.platformOnboardings({ size: 100 })).items.map((item) => item.id)).toContain(id);
  });
});

describe('a tenant whose owner closes it', () => {
  let owner: Person;
  let member: Person;
  let id: string;
  let name: string;
  const confirmed = () => ({ confirm: name, password });

  beforeAll(async () => {
    owner = await aPerson('closing');
    id = owner.user.tenant_id ?? '';
    name = (await owner.client.tenantGet()).name;
    const { task } = await brokenDown(owner, '雨巷', drama);
    expect(task.status).toBe('completed');
    member = await aMember(owner, 'admin');
    await owner.client.invitationCreate({ email: 'waiting@example.com', role: 'viewer' });
  });

  test('asks for the name, the password, and an owner', async () => {
    const { client } = owner;
    await expect(member.client.tenantClose(confirmed())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(client.tenantClose({ ...confirmed(), confirm: '别的' })).rejects.toMatchObject({
      code: 'CONFIRMATION_WRONG',
    });
    await expect(client.tenantClose({ ...confirmed(), password: 'Not-The-One-2026!' })).rejects.toMatchObject({
      code: 'WRONG_CREDENTIALS',
    });
    await expect(client.tenantReopen()).rejects.toMatchObject({ code: 'STATUS_REFUSED' });
    expect(await client.tenantGet()).toMatchObject({ status: 'active', closes_at: null });
    // who runs the platform owns a studio as well, and has a second factor
    const own = await platform.tenantGet();
    await expect(platform.tenantClose({ confirm: own.name, password })).rejects.toMatchObject({
      code: 'CODE_REQUIRED',
    });
  });

  test('is read only, told to its members, and then nothing of it is left', async () => {
    const { client } = owner;
    const told = await client.tenantClose(confirmed());
    expect(told).toMatchObject({ id, status: 'closing' });
    expect(told.notice).toContain('cannot be restored');
    await until(
      () => mailTo(member.email),
      (text) => text.includes('cannot be restored'),
    );
    const closure = await until(
      () => platform.platformClosure({ id, name }),
      ({ phase, failed }) => phase === 'closed' || failed !== null,
    );
    expect(closure).toMatchObject({ phase: 'closed', failed: null, by: 'owner', from: 'active', name_matches: true });
    expect(closure).toMatchObject({ members: 2, invitations: 2 });
    expect(closure.files).toBeGreaterThan(3);
    expect(closure.rows).toBeGreaterThan(50);
    for (const { email } of [owner, member])
      await expect(clientOf().memberLogin({ email, password })).rejects.toMatchObject({ code: 'MEMBER_INACTIVE' });
    expect(objectsOf(id)).toEqual([]);
    const chain = await until(
      () => platform.platformVerifyAudit({ id }),
      ({ waiting }) => waiting === 0,
    );
    expect(chain).toMatchObject({ state: 'intact', unlinked: 0 });
    expect((await platform.platformTenantAudit({ id, verb: 'tenant.close' })).items).toMatchObject([
      { actor: owner.user.id },
    ]);
    expect((await platform.platformAudit({ object: id, verb: 'tenant.offboarding' })).items).toMatchObject([
      { after: { status: 'closed', by: 'owner' } },
    ]);
    expect((await platform.platformTenants({ q: id })).items).toMatchObject([{ id, name: '', status: 'closed' }]);
    for (const act of [platform.platformClose, platform.platformReopen])
      await expect(act({ id, reason })).rejects.toMatchObject({ status: expect.any(Number) });
  });

  test('leaves its people their accounts: with the same address and password they found another', async () => {
    const { user, token } = await clientOf().memberRegister({ email: owner.email, password, name: '闭幕' });
    expect(user.tenant_id).not.toBe(id);
    expect(await clientOf(token?.access).memberMe()).toMatchObject({ role: 'owner', email: owner.email });
  });
});

/** Keys that lie in the buckets for a tenant, old versions and markers of deleted ones too. */
function objectsOf(tenant: string): string[] {
  const state = dirname(inject('cloud').logs);
  const database = new DatabaseSync(join(state, 'storage', 's3.sqlite'), { readOnly: true });
  try {
    return database
      .prepare('SELECT key FROM object WHERE key LIKE $of UNION ALL SELECT key FROM version WHERE key LIKE $of')
      .all({ $of: `tenants/${tenant}/%` })
      .map(({ key }) => String(key));
  } finally {
    database.close();
  }
}
