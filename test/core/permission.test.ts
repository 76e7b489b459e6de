// Who may do what: the table, and every verb of the API against it at its door.
import { describe, expect, test } from 'vitest';
import type { Ctx } from '../../core/platform/ctx.ts';
import { may, type Role, roles, scopes } from '../../core/platform/permission.ts';
import { routes } from '../../functions/http/routes.ts';

const [members, editing, leading, governing, everybody] = [
  ['owner', 'admin', 'producer', 'editor', 'viewer'],
  ['owner', 'admin', 'producer', 'editor'],
  ['owner', 'admin', 'producer'],
  ['owner', 'admin'],
  ['owner', 'admin', 'producer', 'editor', 'viewer', 'guest'],
];

test('the table of roles and scopes', () => {
  const table = Object.fromEntries(scopes.map((scope) => [scope, roles.filter((role) => may(role, scope))]));
  expect(table).toEqual({
    'asset:read': everybody,
    'asset:write': editing,
    'audit:read': governing,
    'comment:read': everybody,
    'comment:write': everybody,
    'file:read': everybody,
    'file:write': editing,
    'member:read': members,
    'member:write': governing,
    'project:read': everybody,
    'project:write': leading,
    'script:read': everybody,
    'script:write': editing,
    'storyboard:read': everybody,
    'storyboard:write': editing,
    'task:read': everybody,
    'task:write': editing,
    'tenant:read': members,
    'tenant:write': governing,
  });
  expect(may('nobody', 'project:read')).toBe(false);
});

/** Calls a verb with what no schema takes: whoever passes the door is told that the request is not valid. */
const knock = (verb: unknown, who: Partial<Ctx>) =>
  (verb as (ctx: object, input: unknown) => Promise<unknown>)({ locale: 'en', ...who }, 'nothing').then(
    () => 'ran',
    (error: Error & { code?: string }) => error.code ?? error.message,
  );

const ofPlatform = routes.map(({ route }) => route.verb).filter(({ needs }) => needs === 'platform');
const guarded = routes.map(({ route }) => route.verb).filter(({ needs }) => needs !== 'public' && needs !== 'platform');

describe.each(ofPlatform.map((verb) => [verb.verbName, verb] as const))('%s', (_, verb) => {
  test('opens to those who run the platform with a second factor, and to no role', async () => {
    for (const role of roles) {
      expect(await knock(verb, { role })).toBe('FORBIDDEN');
      expect(await knock(verb, { role, platform: { mfa: false } })).toBe('PLATFORM_MFA_REQUIRED');
      expect(await knock(verb, { role, platform: { mfa: true } })).toBe('INVALID_REQUEST');
      expect(await knock(verb, { role, readOnly: 'looking' })).toBe('FORBIDDEN');
    }
  });
});

describe.each(guarded.map((verb) => [verb.verbName, verb] as const))('%s', (_, verb) => {
  const needs = verb.needs as 'self';
  const opens = (role: Role) => needs === 'self' || may(role, needs);

  test('opens to the roles of the table and to no other', async () => {
    for (const role of roles)
      expect([role, await knock(verb, { role })]).toEqual([role, opens(role) ? 'INVALID_REQUEST' : 'FORBIDDEN']);
    expect(await knock(verb, { role: 'nobody' as Role })).toBe(needs === 'self' ? 'INVALID_REQUEST' : 'FORBIDDEN');
  });

  test('changes nothing, and is nobody of the tenant, for the platform that looks at it', async () => {
    const told = await knock(verb, { role: 'owner', readOnly: 'looking' });
    const isRead = verb.needs !== 'self' && !verb.needs.endsWith(':write');
    expect(told).toBe(isRead ? 'INVALID_REQUEST' : 'READ_ONLY_SESSION');
  });

  test('writes nothing of an organisation that is suspended or being closed', async () => {
    const closed = needs.endsWith(':write') ? ['TENANT_SUSPENDED', 'TENANT_CLOSING'] : Array(2).fill('INVALID_REQUEST');
    if (verb.evenClosing) closed[1] = 'INVALID_REQUEST';
    for (const [at, readOnly] of (['suspended', 'closing'] as const).entries())
      expect(await knock(verb, { role: 'owner', readOnly })).toBe(closed[at]);
  });

  test('of an organisation that is being set up nothing is read or written', async () => {
    const told = await knock(verb, { role: 'owner', readOnly: 'onboarding' });
    expect(told).toBe(needs === 'self' ? 'INVALID_REQUEST' : 'TENANT_ONBOARDING');
  });
});
