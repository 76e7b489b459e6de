// The verbs and the routes: one door for each act, one description, one client, none of them apart.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { AnyVerb } from '../../core/platform/verb.ts';
import { clientSource } from '../../functions/http/openapi/client.ts';
import { openApi } from '../../functions/http/openapi/document.ts';
import { permissionsDocument } from '../../functions/http/openapi/permissions.ts';
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
      if (needs === 'public' || needs === 'self' || needs === 'platform' || reading.has(verbName)) continue;
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

  test('take no name that is not what it looks like', () => {
    const names = new Set(['name', 'title', 'label', 'tenantName']);
    const credulous: string[] = [];
    for (const { method, path, route } of routes) {
      if (method === 'GET') continue;
      for (const [name, field] of Object.entries((route.verb.input as z.ZodObject).shape ?? {}))
        if (names.has(name) && !path.includes(`{${name}}`))
          for (const sly of ['\u202e灯', '灯\r\nBcc: all@example.com'])
            if (z.safeParse(field, sly).success) credulous.push(`${method} ${path} ${name}`);
    }
    expect(credulous).toEqual([]);
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

  test('the permission table is the one of the verbs', () => {
    expect(readFileSync('docs/permissions.md', 'utf8')).toBe(permissionsDocument(routes));
  });
});
