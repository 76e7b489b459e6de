// The bundles that are uploaded: their weight, what they load at import, and that each reads exactly what it was granted.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Capability } from '../../functions/capability.ts';
import { catalog, type FunctionName, type FunctionSpec } from '../../functions/catalog.ts';
import { type Bundle, build } from '../../scripts/build.ts';

const root = mkdtempSync(join(tmpdir(), 'scriptloom-bundles-'));
/** `npm test` has built them. */
const isBuilt = process.env.SCRIPTLOOM_BUILT === '1';
const dist = isBuilt ? resolve('dist') : join(root, 'dist');
let bundles: Bundle[];

beforeAll(async () => {
  if (!isBuilt) await build(dist);
  bundles = JSON.parse(readFileSync(join(dist, 'bundles.json'), 'utf8')) as Bundle[];
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const textOf = (name: string): string =>
  readdirSync(join(dist, name))
    .map((file) => readFileSync(join(dist, name, file), 'utf8'))
    .join('\n');

/** How code that survived tree-shaking reaches a store or a variable; property names are not shortened. */
const reads: readonly [RegExp, readonly Capability[]][] = [
  [/\bstores\.core\b/, ['core:read', 'core:write', 'sign-ins:note']],
  [/\bstores\.directory\b/, ['directory:read', 'directory:write']],
  [/\bstores\.ephemeral\b|\)\.ephemeral\b/, ['ephemeral:write']],
  [/`IDEM#\$/, ['open-requests:write']],
  [/`TICKET#\$/, ['tickets:write', 'sockets:write']],
  [/`DUE#\$/, ['reminders:write']],
  [/`SIGNIN#\$/, ['failed-sign-ins:write']],
  [/`BREAKER#\$/, ['breakers:write']],
  [/\bstores\.audit\b/, ['audit:write', 'audit:read']],
  [/\bstores\.bucket\b/, ['media:read', 'media:write', 'media:delete', 'media:purge']],
  [/\.pool\.(id|clientId)\b|"USER_POOL_ID"\)\}.*jwks/s, ['pool:sign-in', 'pool:admin', 'pool:verify']],
  [/\("BREAKDOWN_STATE_MACHINE_ARN"\)/, ['work:run']],
  [/\("WRITING_STATE_MACHINE_ARN"\)/, ['work:run']],
  [/\("ONBOARDING_STATE_MACHINE_ARN"\)/, ['tenancy:run']],
  [/\("OFFBOARDING_STATE_MACHINE_ARN"\)/, ['tenancy:run']],
  [/\bstores\.closing\b/, ['tenant:close']],
  [/\("SOCKET_ENDPOINT"\)/, ['socket:push']],
  [/\bstores\.socketUrl\b/, ['tickets:write']],
  [/\("PURGE_QUEUE_URL"\)/, ['purge:send']],
  [/\("QUEUES"\)/, ['queues:look']],
  [/\("MODEL_SECRET"\)/, ['models:plan', 'models:ask']],
  [/\.sealingKey\b/, ['models:ask', 'keys:write']],
  [/\.pool\.confirms\b|\("SIGN_UP_CONFIRMATION"\)==="none"/, ['pool:confirm']],
];

/** Bundled with every HTTP function, run by none of these: idempotency keys and refusals belong to people who are signed in. */
const kept: ReadonlySet<Capability> = new Set(['ephemeral:write', 'audit:write', 'reminders:write']);
const withoutIdempotency = new Set<FunctionName>(['http-meta']);

/** Rows of no tenant. Who works across tenants reaches the whole table. */
const shared: ReadonlySet<Capability> = new Set([
  'open-requests:write',
  'tickets:write',
  'sockets:write',
  'reminders:write',
  'failed-sign-ins:write',
  'breakers:write',
]);

/** Bundled and never run: whoever is signed in has keys of his own; a quote asks no model; switching is a route of http-auth. */
const isIdle = (name: FunctionName, capability: Capability): boolean =>
  (capability === 'open-requests:write' && catalog[name].trigger === 'http') ||
  (name === 'http-quote' && capability === 'breakers:write') ||
  (name === 'http-member' && capability === 'pool:sign-in');

/** The API description, formats of scripts, what forecasts work, and all that speaks to models: loaded when they are first needed. */
const lazy = (name: FunctionName): boolean =>
  name === 'http-meta' ||
  name === 'breakdown-read' ||
  name === 'http-script' ||
  name === 'http-quote' ||
  name === 'http-writing' ||
  name === 'writing-finish' ||
  (catalog[name].can as readonly Capability[]).includes('models:ask');

describe.each(Object.entries(catalog) as [FunctionName, FunctionSpec][])('%s', (name, spec) => {
  test.each(reads)('reads %s if and only if it was granted', (mark, capabilities) => {
    const { across, can } = spec;
    const whole = across !== undefined && can.includes('ephemeral:write');
    const granted = capabilities.some(
      (one) => can.includes(one) || (whole && shared.has(one) && mark.test(textOf(name))),
    );
    const idle = capabilities.some((one) => (withoutIdempotency.has(name) && kept.has(one)) || isIdle(name, one));
    expect(mark.test(textOf(name))).toBe(granted || idle);
  });

  test('is one file of at most 500 KB; what is loaded lazily lies beside it', () => {
    const bundle = bundles.find((one) => one.name === name);
    expect(bundle?.initial).toBeGreaterThan(0);
    expect(bundle?.initial).toBeLessThanOrEqual(500_000);
    if (!lazy(name)) expect(readdirSync(join(dist, name))).toEqual(['index.mjs']);
  });
});

test('every bundle exports a handler, and importing it loads neither the SDK nor asks for a variable', () => {
  const probe = `
    import { createRequire } from 'node:module';
    const { cache } = createRequire(import.meta.url);
    const said = {};
    for (const name of ${JSON.stringify(Object.keys(catalog))}) {
      const { handler } = await import('file://${dist}/' + name + '/index.mjs');
      said[name] = [typeof handler, Object.keys(cache).filter((file) => file.includes('@aws-sdk')).length];
    }
    console.log(JSON.stringify(said));`;
  const said = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', probe], { env: {}, encoding: 'utf8' }),
  );
  expect(said).toEqual(Object.fromEntries(Object.keys(catalog).map((name) => [name, ['function', 0]])));
});

test('an entity is made when it is first used, and says what it says unbundled', async () => {
  const entry = 'test/infra/kit/entities.ts';
  await build(join(root, 'entities'), { entities: { entry } });
  type Entities = typeof import('./kit/entities.ts');
  const bundled = (await import(join(root, 'entities', 'entities', 'index.mjs'))) as Entities;
  expect(() => bundled.unmakeable.schema).toThrow(/index/i);
  const { EventRow } = await import('../../core/platform/event.ts');
  expect(bundled.asked()).toEqual({
    query: EventRow.query.primary({ tenant: 't', subject: 's' }).params({ table: 'core' }),
    put: EventRow.create({
      tenant: 't',
      id: 'i',
      type: 'a.b',
      subject: 's',
      actor: 'x',
      detail: { n: 1 },
      at: 1,
    }).params({ table: 'core' }),
    read: EventRow.parse({ Item: { tenant: 't', id: 'i', __edb_e__: 'event', __edb_v__: '1' } as never }),
  });
  expect(bundled.asked()).toEqual(bundled.asked());
});

test('an entry that is missing stops the build by name, and the folder stays as it was', async () => {
  const before = readdirSync(dist);
  const table = { ...catalog, 'http-meta': { entry: 'functions/http/nowhere.ts' } };
  await expect(build(dist, table)).rejects.toThrow('names files that are missing: functions/http/nowhere.ts');
  expect(readdirSync(dist)).toEqual(before);
});
