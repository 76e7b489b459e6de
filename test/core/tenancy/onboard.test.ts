// A tenant that the platform founds for somebody: from the order to the owner who comes in, and back to nothing where a step fails.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Admin from '../../../core/admin/index.ts';
import { admitted, invitationOf } from '../../../core/invitation/accept.ts';
import { findMembership } from '../../../core/member/directory.ts';
import { commit } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import type { Documents } from '../../../core/platform/dynamo/command.ts';
import { documentsBy } from '../../../core/platform/dynamo/electro.ts';
import { newTenantId, platformTenant } from '../../../core/platform/id.ts';
import { noMailer } from '../../../core/platform/mail.ts';
import * as Project from '../../../core/project/index.ts';
import { beginClosing } from '../../../core/tenancy/index.ts';
import { type OnboardInput, onboard } from '../../../core/tenancy/onboard/index.ts';
import { findTier } from '../../../core/tenant/directory.ts';
import * as Tenant from '../../../core/tenant/index.ts';
import { played } from '../../kit/machine.ts';
import { type ATenant, aTenant, letters } from '../../kit/tenant.ts';

let t: ATenant;
let admin: Ctx;
beforeAll(async () => {
  t = await aTenant();
  admin = { ...t.ctx, platform: { mfa: true } };
});
afterAll(() => t.stop());

let orders = 0;
const order = (more: object = {}) =>
  Admin.onboard(admin, {
    name: '灯塔影业',
    plan: 'basic',
    email: `owner-${++orders}@example.com`,
    subdomain: `lamp-${t.ctx.tenant.slice(-6)}-${orders}`,
    ...more,
  });

const systemOf = (tenant: string): Ctx => ({
  ...t.anyone,
  stores: t.stores,
  tenant,
  role: 'owner',
  actor: { kind: 'platform', id: 'Scriptloom' },
});

type Before = (input: OnboardInput, ctx: Ctx) => Ctx | undefined;

/** Plays an attempt; `before` may give a step another context, or throw in its place. */
const play = (tenant: string, attempt = 1, before: Before = () => undefined, times = 1) =>
  played(
    'tenant-onboarding',
    { tenant, attempt },
    {
      task: async (input: OnboardInput) => {
        const ctx = systemOf(tenant);
        for (let time = 0; time < times; time++) await onboard(before(input, ctx) ?? ctx, input);
        return {};
      },
      now: t.ctx.now,
      pass: t.pass,
    },
  );

/** The code of the last mail to an address. */
const codeTo = (email: string) => /Code: (\S+)/.exec(letters.findLast(({ to }) => to === email)?.text ?? '')?.[1] ?? '';

const comeIn = async (email: string) =>
  admitted(await invitationOf(t.anyone, email, codeTo(email)), { user: `usr-${email}`, email, name: '店主' });

describe('an onboarding', () => {
  test('founds the tenant, invites its owner and opens it; who accepts owns it', async () => {
    const begun = await order();
    expect(begun).toMatchObject({ status: 'running', step: 'requested', attempt: 1, tier: 'pool', failed: null });
    expect((await play(begun.id)).states.at(-1)).toBe('Onboarding done');
    expect(await Admin.onboarding(admin, { id: begun.id })).toMatchObject({ status: 'done', step: 'open' });
    const ctx = systemOf(begun.id);
    expect(await Tenant.load(ctx)).toMatchObject({ name: '灯塔影业', status: 'active', plan: 'basic' });
    expect(await Tenant.findBySubdomain(ctx, begun.subdomain ?? '')).toMatchObject({ tenant: begun.id });
    expect(await comeIn(begun.email)).toMatchObject({ tenantId: begun.id, role: 'owner' });
    expect(await findMembership(ctx, `usr-${begun.email}`, begun.id)).toMatchObject({ role: 'owner', isActive: true });
    expect((await Tenant.quotasOf(ctx)).find(({ metric }) => metric === 'members')).toMatchObject({ used: 1 });
    await expect(Admin.retryOnboarding(admin, { id: begun.id })).rejects.toMatchObject({ code: 'ONBOARDING_DONE' });
  });

  test('is seen by the next step where it lies, even if a copy of the directory is behind', async () => {
    const { id } = await order({ tier: 'bridge', place: newTenantId(t.ctx.now()) });
    const { client: whole } = t.stores.directory;
    // as DynamoDB may answer for a moment who does not ask for the row as it stands
    const behind = (command: { input: { ConsistentRead?: boolean } }) =>
      command.input.ConsistentRead ? whole.send(command as never) : Promise.resolve({});
    const client = documentsBy(behind as unknown as Documents['send']);
    await onboard(systemOf(id), { tenant: id, attempt: 1, step: 'reserve' });
    expect(await findTier({ client, table: t.stores.directory.table }, id)).toEqual({ tier: 'bridge', stays: false });
  });

  test('may be on trial; each step may be done over, and the last code is the one that counts', async () => {
    const { id, email } = await order({ opens: 'trial', subdomain: undefined });
    expect((await play(id, 1, () => undefined, 2)).states.at(-1)).toBe('Onboarding done');
    expect(await Tenant.load(systemOf(id))).toMatchObject({ status: 'trial' });
    expect(letters.filter(({ to }) => to === email)).toHaveLength(2);
    await comeIn(email);
  });

  test('while it runs the tenant can be joined, and nothing else', async () => {
    const { id, email } = await order();
    let status: unknown;
    await play(id, 1, ({ step }) => {
      if (step === 'open') status = comeIn(email);
      return undefined;
    });
    expect(await status).toMatchObject({ role: 'owner' });
    const owner: Ctx = { ...systemOf(id), actor: { kind: 'user', id: 'usr' }, readOnly: 'onboarding' };
    await expect(Project.list(owner, {})).rejects.toMatchObject({ code: 'TENANT_ONBOARDING' });
  });

  test('is listed, the newest first, page after page', async () => {
    const made = [await order(), await order()].map(({ id }) => id).toReversed();
    const { items, nextCursor } = await Admin.onboardings(admin, { size: 1 });
    expect(items.map(({ id }) => id)).toEqual(made.slice(0, 1));
    const next = await Admin.onboardings(admin, { size: 1, cursor: nextCursor ?? '' });
    expect(next.items.map(({ id }) => id)).toEqual(made.slice(1));
  });

  test('is refused where the name or the place is taken, and where the tier and the place do not fit', async () => {
    const { id, subdomain } = await order();
    await play(id);
    await expect(order({ subdomain })).rejects.toMatchObject({ code: 'SUBDOMAIN_TAKEN' });
    await expect(order({ subdomain: 'admin' })).rejects.toMatchObject({ code: 'SUBDOMAIN_TAKEN' });
    await expect(order({ tier: 'silo', place: id })).rejects.toMatchObject({ code: 'PLACE_TAKEN' });
    await expect(order({ tier: 'silo' })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(order({ tier: 'bridge', place: platformTenant })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(order({ place: id })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(Admin.onboarding(admin, { id: newTenantId(0) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

/** Rows of a tenant in the core table, and what the directory has of it. */
const leftOf = async (id: string, subdomain: string | null) => ({
  tenant: await Tenant.find(systemOf(id)),
  entry: await Tenant.findEntry(t.anyone, id),
  subdomain: subdomain === null ? undefined : await Tenant.findBySubdomain(t.anyone, subdomain),
  quotas: await Tenant.quotasOf(systemOf(id)),
  listed: (await Admin.tenants(admin, { size: 100 })).items.find((item) => item.id === id),
});
const nothing = { tenant: undefined, entry: undefined, subdomain: undefined, quotas: [], listed: undefined };

/** A place that is not made. */
const elsewhere = (ctx: Ctx): Ctx => {
  const at = (table: string) => ({ ...t.stores.core, table });
  const own = {
    core: at('own-core'),
    ephemeral: at('own-ephemeral'),
    audit: at('own-audit'),
    bucket: 'own-bucket',
  };
  return { ...ctx, stores: { ...t.stores, ...own } };
};

describe('a step that fails', () => {
  test.each(['reserve', 'check-place', 'found', 'invite', 'open'])(
    '%s: everything is given back, the reason is kept, and it can be begun again',
    async (failing) => {
      const { id, subdomain, email } = await order();
      const { error } = await play(id, 1, ({ step }) => {
        if (step === failing) throw new Error('away');
        return undefined;
      });
      expect(error).toBe('OnboardingFailed');
      expect(await leftOf(id, subdomain)).toEqual(nothing);
      expect(await Admin.onboarding(admin, { id })).toMatchObject({
        status: 'failed',
        failed: { code: 'TENANCY_STEP_FAILED', message: expect.stringContaining('runbook') },
      });
      const code = codeTo(email);
      if (code) await expect(invitationOf(t.anyone, email, code)).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
      expect(await Admin.retryOnboarding(admin, { id })).toMatchObject({ status: 'running', attempt: 2, failed: null });
      await expect(Admin.retryOnboarding(admin, { id })).rejects.toMatchObject({ code: 'ONBOARDING_RUNNING' });
      // an attempt that is over changes nothing any more
      await onboard(systemOf(id), { tenant: id, attempt: 1, step: 'reserve' });
      expect(await leftOf(id, subdomain)).toEqual(nothing);
      expect((await play(id, 2)).states.at(-1)).toBe('Onboarding done');
      await comeIn(email);
    },
  );

  test('says what no mail means, and that a subdomain was taken meanwhile', async () => {
    const silent = await order();
    await play(silent.id, 1, (_, ctx) => ({ ...ctx, stores: { ...t.stores, mail: noMailer } }));
    expect((await Admin.onboarding(admin, { id: silent.id })).failed).toMatchObject({
      step: 'invite',
      code: 'MAIL_UNAVAILABLE',
    });
    expect(await leftOf(silent.id, silent.subdomain)).toEqual(nothing);
    const [one, other] = [await order({ subdomain: 'same-name' }), await order({ subdomain: 'same-name' })];
    await play(one.id);
    await play(other.id);
    expect((await Admin.onboarding(admin, { id: other.id })).failed).toMatchObject({
      step: 'reserve',
      code: 'SUBDOMAIN_TAKEN',
    });
    expect(await Tenant.findBySubdomain(t.anyone, 'same-name')).toMatchObject({ tenant: one.id });
  });

  test('of a place that is not there says what to deploy, after it was asked for some minutes', async () => {
    const place = newTenantId(t.ctx.now());
    const { id, subdomain } = await order({ tier: 'silo', place });
    expect(id).toBe(place);
    const began = t.ctx.now();
    await play(id, 1, (_, ctx) => elsewhere(ctx));
    expect(t.ctx.now() - began).toBeGreaterThan(5 * 60_000);
    const { status, failed } = await Admin.onboarding(admin, { id });
    expect([status, failed?.code]).toEqual(['failed', 'PLACE_MISSING']);
    expect(failed?.message).toContain('own-core, own-ephemeral, own-audit, own-bucket');
    expect(failed?.message).toContain('cdk deploy');
    expect(await leftOf(id, subdomain)).toEqual(nothing);
    // it was deployed meanwhile
    await Admin.retryOnboarding(admin, { id });
    await play(id, 2);
    expect(await Tenant.findEntry(t.anyone, id)).toMatchObject({ status: 'active', tier: 'silo' });
  });

  test('of a place that is not there, for whatever reason, gives the names back all the same', async () => {
    const { id, subdomain } = await order({ tier: 'silo', place: newTenantId(t.ctx.now()) });
    await play(id, 1, ({ step }, ctx) => {
      if (step === 'check-place') throw new Error('access denied');
      return elsewhere(ctx);
    });
    expect(await Admin.onboarding(admin, { id })).toMatchObject({ status: 'failed' });
    expect(await leftOf(id, subdomain)).toEqual(nothing);
  });
});

test('what is undone in two goes keeps its name until all is given back, and is not undone for the next attempt', async () => {
  const { id, subdomain } = await order();
  let undone = 0;
  await play(id, 1, ({ step }, ctx) => {
    if (step === 'open') throw new Error('away');
    if (step !== 'undo' || undone++ > 0) return undefined;
    const { client } = ctx.stores.core;
    const dying = new Proxy(client, {
      get: (on, name) =>
        name === 'send'
          ? async (command: { input: object }) => {
              // the commit that gives the names back
              if (JSON.stringify(command.input).includes('"TENANTS#')) {
                const other = { ...systemOf(newTenantId(0)) };
                await expect(
                  commit(other, { rows: [Tenant.takingSubdomain(other, subdomain ?? '')] }),
                ).rejects.toMatchObject({ code: 'SUBDOMAIN_TAKEN' });
                throw new Error('killed');
              }
              return on.send(command as never);
            }
          : Reflect.get(on, name),
    });
    return { ...ctx, stores: { ...ctx.stores, core: { ...ctx.stores.core, client: dying } } };
  });
  expect(undone).toBe(2);
  expect(await leftOf(id, subdomain)).toEqual(nothing);
  await Admin.retryOnboarding(admin, { id });
  for (const step of ['reserve', 'found']) await onboard(systemOf(id), { tenant: id, attempt: 2, step });
  const input = { tenant: id, attempt: 1, step: 'undo', error: { Error: 'late' } };
  await onboard(systemOf(id), input).catch(() => undefined);
  expect(await Tenant.load(systemOf(id))).toMatchObject({ status: 'onboarding', subdomain });
});

test('a tenant that is being closed is not founded again, though its owner never came in', async () => {
  const { id } = await order();
  await play(id);
  await beginClosing(systemOf(id), { by: 'platform', reason: 'nobody came' });
  await expect(Admin.retryOnboarding(admin, { id })).rejects.toMatchObject({ code: 'STATUS_REFUSED' });
});

test('an owner who did not come in is invited again, and the tenant stays open whatever becomes of the mail', async () => {
  const { id, email } = await order();
  await play(id);
  const first = codeTo(email);
  await Admin.retryOnboarding(admin, { id });
  await play(id, 2, (_, ctx) => ({ ...ctx, stores: { ...t.stores, mail: noMailer } }));
  expect((await Admin.onboarding(admin, { id })).failed).toMatchObject({ step: 'invite', code: 'MAIL_UNAVAILABLE' });
  expect(await Tenant.load(systemOf(id))).toMatchObject({ status: 'active' });
  await Admin.retryOnboarding(admin, { id });
  await play(id, 3);
  expect(codeTo(email)).not.toBe(first);
  await comeIn(email);
});
