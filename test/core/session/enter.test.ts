// The first call of a sign-in in an organisation: noted and told there, once, whoever comes first.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Audit from '../../../core/audit/index.ts';
import { commit } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import * as Session from '../../../core/session/index.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

/** A person of both tenants. */
const within = (of: Ctx, id: string): Ctx => ({ ...of, actor: { kind: 'user', id } });
const noted = async (user: string, id: string) =>
  (await Session.standing(t.ctx, user, id, Math.floor(t.ctx.now() / 1000) + 1)).session;
const told = async (of: Ctx, user: string) =>
  (await Audit.list(of, { actor: user })).items.map(({ verb, session, ip }) => ({ verb, session, ip }));
const line = (verb: string, session: string) => ({ verb, session, ip: '203.0.113.7' });

describe('a sign-in that nobody has noted', () => {
  test('is a sign-in where it is seen first, and comes into the next organisation', async () => {
    const [here, there] = [within(t.ctx, 'usr-a'), within(t.other, 'usr-a')];
    expect(await Session.enter(here, 'ses-a', undefined)).toBe(true);
    expect(await Session.enter(there, 'ses-a', await noted('usr-a', 'ses-a'))).toBe(true);
    expect(await told(here, 'usr-a')).toEqual([line('member.login', 'ses-a')]);
    expect(await told(there, 'usr-a')).toEqual([line('member.switch', 'ses-a')]);
    const row = await noted('usr-a', 'ses-a');
    expect([here, there].map(({ tenant }) => Session.entered(row, tenant))).toEqual([true, true]);
  });

  test('is told in both where its first calls come at once, in each one time', async () => {
    const both = [within(t.ctx, 'usr-b'), within(t.other, 'usr-b')];
    const calls = [...both, ...both, ...both].map((ctx) => Session.enter(ctx, 'ses-b', undefined));
    expect(new Set(await Promise.all(calls))).toEqual(new Set([true]));
    const lines = (await Promise.all(both.map((ctx) => told(ctx, 'usr-b')))).flat();
    expect(lines.map(({ verb }) => verb).sort()).toEqual(['member.login', 'member.switch']);
  });

  test('that was ended meanwhile comes in nowhere, and nothing is told of it', async () => {
    const ctx = within(t.ctx, 'usr-c');
    await commit(ctx, { rows: [Session.ending(ctx, 'usr-c', 'ses-c')] });
    expect(await Session.enter(ctx, 'ses-c', undefined)).toBe(false);
    expect(await told(ctx, 'usr-c')).toEqual([]);
  });

  test('that was ended after it was read comes into no other organisation', async () => {
    const [here, there] = [within(t.ctx, 'usr-d'), within(t.other, 'usr-d')];
    await Session.enter(here, 'ses-d', undefined);
    const read = await noted('usr-d', 'ses-d');
    await commit(here, { rows: [Session.ending(here, 'usr-d', 'ses-d')] });
    expect(await Session.enter(there, 'ses-d', read)).toBe(false);
    expect(await told(there, 'usr-d')).toEqual([]);
  });
});
