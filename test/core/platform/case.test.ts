import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { camel, snake, toCamel, toSnake } from '../../../core/platform/case.ts';
import { Failure } from '../../../core/platform/failure.ts';
import { sentences } from '../../../core/platform/sentences.ts';

describe('names', () => {
  test('are camelCase in code and snake_case in JSON, all the way down', () => {
    expect(toSnake({ projectId: 1, items: [{ errorCode: null }] })).toEqual({
      project_id: 1,
      items: [{ error_code: null }],
    });
    expect(toCamel({ project_id: 1, items: [{ error_code: null }] })).toEqual({
      projectId: 1,
      items: [{ errorCode: null }],
    });
  });

  test('that are data stay as they are', () => {
    expect(toSnake({ attributes: { 服装Style: 'x', bodyType: 'y' } })).toEqual({
      attributes: { 服装Style: 'x', bodyType: 'y' },
    });
    expect(toSnake({ token: { expiresIn: 3600 } })).toEqual({ token: { expiresIn: 3600 } });
  });

  test('cannot reach the prototype', () => {
    const made = toCamel(JSON.parse('{"__proto__":{"admin":true},"a":1}')) as Record<string, unknown>;
    expect(made).toEqual({ a: 1 });
    expect(made.admin).toBeUndefined();
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test('come back from JSON as they went', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}([A-Z][a-z]{1,6}){0,3}$/);
    fc.assert(fc.property(name, (written) => camel(snake(written)) === written));
  });
});

describe('sentences', () => {
  test.each(Object.keys(sentences) as (keyof typeof sentences)[])(
    '%s is told in both languages, with a status',
    (code) => {
      const { status, en, 'zh-CN': zh } = sentences[code];
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
      expect(en).toMatch(/^[A-Z].*\.$/);
      const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
      expect(holes(zh)).toEqual(holes(en));
    },
  );

  test('are filled from details', () => {
    const failure = new Failure('STALE_VERSION', { current_version: 7 });
    expect(failure.say('en')).toContain('current version 7');
    expect(failure.say('zh-CN')).toContain('当前版本 7');
  });
});
