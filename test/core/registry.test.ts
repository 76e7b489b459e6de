// The verbs and the routes: one door for each act, one description, one client, none of them apart.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { may, type Role, roles } from '../../core/platform/permission.ts';
import type { AnyVerb } from '../../core/platform/verb.ts';
import { clientSource } from '../../functions/http/openapi/client.ts';
import { openApi } from '../../functions/http/openapi/document.ts';
import { routes } from '../../functions/http/routes.ts';

const isVerb = (value: unknown): value is AnyVerb => typeof value === 'function' && 'verbName' in value;

/** Every verb that a noun's index exports. */
async function verbs(): Promise<AnyVerb[]> {
  const indexes = globSync(['core/*/index.ts', 'core/*/settings/index.ts']);
  const nouns = await Promise.all(indexes.map((path) => import(`../../${path}`) as Promise<Record<string, unknown>>));
  return nouns.flatMap((noun) => Object.values(noun).filter(isVerb));
}

describe('verbs', () => {
  test('have names of their own', async () => {
    const names = (await verbs()).map(({ verbName }) => verbName);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('are exposed by exactly one route each', async () => {
    const exposed = routes.map(({ route }) => route.verb.verbName);
    expect(exposed.filter((name, at) => exposed.indexOf(name) !== at)).toEqual([]);
    const hidden = (await verbs()).map(({ verbName }) => verbName).filter((name) => !exposed.includes(name));
    expect(hidden).toEqual([]);
  });

  test('that change something ask for a write scope, those that read do not', () => {
    const reading = new Set(['socket.open_ticket', 'audit.export']);
    for (const { method, route } of routes) {
      const { needs, verbName } = route.verb;
      if (needs === 'public' || needs === 'self' || reading.has(verbName)) continue;
      expect([verbName, needs.endsWith(':write')]).toEqual([verbName, method !== 'GET']);
    }
  });
});

describe('routes', () => {
  test('have paths of their own and take every path parameter as an input', () => {
    const keys = routes.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
    expect(new Set(keys).size).toBe(keys.length);
    const { paths } = openApi(routes, 'test');
    for (const { method, path } of routes) {
      const { parameters = [] } = (paths[path]?.[method.toLowerCase()] ?? {}) as {
        parameters?: { name: string; in: string }[];
      };
      const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      expect(named).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  test('without a body take every number as the text that a query string holds', () => {
    const deaf: string[] = [];
    for (const { method, path, route } of routes) {
      if (method !== 'GET' && method !== 'DELETE') continue;
      for (const [name, field] of Object.entries((route.verb.input as z.ZodObject).shape))
        if (z.safeParse(field, 3600).success && !z.safeParse(field, '3600').success)
          deaf.push(`${method} ${path} ${name}`);
    }
    expect(deaf).toEqual([]);
  });

  test.each([
    'POST /auth/register',
    'POST /auth/login',
    'POST /auth/refresh',
    'POST /auth/logout',
    'GET /auth/me',
    'GET /projects',
    'POST /projects',
    'GET /projects/{}',
    'PUT /projects/{}',
    'DELETE /projects/{}',
    'POST /projects/{}/share',
    'POST /ai/script/parse',
    'POST /ai/shots/generate',
    'GET /ai/tasks/{}',
    'POST /episodes/{}/extract-assets',
    'POST /storage/upload',
    'POST /storage/upload/chunk',
    'POST /storage/upload/callback',
    'GET /storage/url/{}',
    'DELETE /storage/file/{}',
    'GET /storage/usage',
  ])('%s of the inherited contract is there', (wanted) => {
    const keys = routes.map(({ method, path }) => `${method} ${path.replace('/api/v1', '').replace(/\{\w+\}/g, '{}')}`);
    expect(keys).toContain(wanted);
  });
});

describe('generated files', () => {
  const description = openApi(routes, '1.0.0');

  test('the API description is the one of the routes', () => {
    expect(JSON.parse(readFileSync('functions/http/openapi/openapi.json', 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(description)),
    );
  });

  test('the client is the one of the description', () => {
    expect(readFileSync('web/src/data/api.ts', 'utf8')).toBe(clientSource(description));
  });
});

test('who may do what', () => {
  const scopes = [...new Set(routes.map(({ route }) => route.verb.needs))]
    .filter((needs) => needs !== 'public' && needs !== 'self')
    .sort();
  const matrix = Object.fromEntries(scopes.map((scope) => [scope, roles.filter((role: Role) => may(role, scope))]));
  const [members, editing, leading, guests] = [
    ['owner', 'admin', 'producer', 'editor', 'viewer'],
    ['owner', 'admin', 'producer', 'editor'],
    ['owner', 'admin', 'producer'],
    ['owner', 'admin', 'producer', 'editor', 'viewer', 'guest'],
  ];
  expect(matrix).toEqual({
    'asset:read': guests,
    'asset:write': editing,
    'audit:read': ['owner', 'admin'],
    'file:read': guests,
    'file:write': editing,
    'member:write': ['owner', 'admin'],
    'project:read': guests,
    'project:write': leading,
    'script:read': guests,
    'script:write': editing,
    'storyboard:read': guests,
    'storyboard:write': editing,
    'task:read': guests,
    'task:write': editing,
    'tenant:read': members,
    'tenant:write': ['owner', 'admin'],
  });
  expect(may('nobody', 'project:read')).toBe(false);
});
