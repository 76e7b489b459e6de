// The description of the API says what the API takes, and no less.
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openApi } from '../../functions/http/openapi/document.ts';
import { jsonSchema } from '../../functions/http/openapi/schema.ts';
import { routes } from '../../functions/http/routes.ts';

type Field = { pattern: string; description?: string };
type Operation = {
  parameters?: { name: string; in: string; schema: Field }[];
  requestBody?: { content: { 'application/json': { schema: { properties: Record<string, Field> } } } };
};
const { paths, components, info } = openApi(routes, 'test');
const operation = (method: string, path: string) => paths[`/api/v1${path}`]?.[method] as Operation;
const headers = (method: string, path: string) =>
  (operation(method, path).parameters ?? []).filter((one) => one.in === 'header').map(({ name }) => name);
const field = (method: string, path: string, name: string) =>
  new RegExp(operation(method, path).requestBody?.content['application/json'].schema.properties[name]?.pattern ?? '^$');

describe('a pattern', () => {
  test.each([
    ['/projects', 'language', ['zh', 'ZH-cn', 'En-GB'], ['z', 'zh_CN', 'zh-']],
    ['/projects', 'target_duration', ['60s', '60 S', '3Min', '2h', '90'], ['long', '60 sec', 'min']],
    ['/ai/script/generate', 'language', ['zh', 'EN', 'Zh-TW'], ['de', 'enm']],
  ])('of %s %s takes what the API takes', (path, name, taken, refused) => {
    const pattern = field('post', path, name);
    expect(taken.filter((text) => !pattern.test(text))).toEqual([]);
    expect(refused.filter((text) => pattern.test(text))).toEqual([]);
  });

  test('that would lose a flag is not described', () => {
    const within = z.object({
      of: z.array(
        z.object({
          code: z
            .string()
            .trim()
            .regex(/^[a-z]+$/i)
            .optional(),
        }),
      ),
    });
    expect(() => jsonSchema(within, 'input')).toThrow('/^[a-z]+$/i loses its flags');
    expect(jsonSchema(z.string().regex(/^[a-z]+$/u), 'input')).toMatchObject({ pattern: '^[a-z]+$' });
  });
});

describe('If-Match', () => {
  test('is told of where a version is taken, and nowhere else', () => {
    expect(headers('put', '/projects/{id}')).toEqual(['If-Match']);
    expect(headers('delete', '/projects/{id}')).toEqual(['If-Match']);
    expect(headers('post', '/projects/{id}/restore')).toEqual(['Idempotency-Key', 'If-Match']);
    expect(headers('post', '/projects')).toEqual(['Idempotency-Key']);
    expect(headers('get', '/projects/{id}')).toEqual([]);
  });
});

test('what the gateway answers by itself is told of', () => {
  expect(info.description).toContain('GatewayRefusal');
  expect(components.schemas.GatewayRefusal.properties).toEqual({ message: { type: 'string' } });
});

describe('who writes a client', () => {
  test('is told of each code its status and its sentence in both languages', () => {
    const { code } = components.schemas.Failure.properties?.error?.properties ?? {};
    const told = code?.['x-sentences'] as Record<string, Record<string, unknown>>;
    expect(Object.keys(told)).toEqual(code?.enum);
    expect(told.NOT_FOUND).toMatchObject({ status: 404, en: expect.any(String), 'zh-CN': expect.any(String) });
  });

  test('is told what fields mean that come with many calls', () => {
    const silent = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, made]) => {
        const { parameters = [], requestBody } = made as Operation;
        const body = Object.entries(requestBody?.content['application/json'].schema.properties ?? {});
        return [...parameters.map(({ name, schema }) => [name, schema] as const), ...body]
          .filter(([name]) => ['cursor', 'page', 'size', 'version', 'Idempotency-Key', 'If-Match'].includes(name))
          .filter(([, { description }]) => !description)
          .map(([name]) => `${method} ${path} ${name}`);
      }),
    );
    expect(silent).toEqual([]);
  });

  test('is told in what times and money are, and what may be sent as a token', () => {
    expect(info.description).toMatch(/milliseconds since 1970, UTC.*millionths/);
    expect(components.securitySchemes.token.description).toContain('API key');
  });
});
