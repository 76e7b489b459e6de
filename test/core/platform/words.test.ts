// Every part of a refusal is in the reader's language: the sentence, the reason in it, what a field must be.
import { expect, test } from 'vitest';
import * as z from 'zod';
import { lineOf, reasonIn } from '../../../core/pipeline/refusal-line.ts';
import { Failure } from '../../../core/platform/failure.ts';
import { parsed } from '../../../core/platform/verb.ts';
import { rule, words } from '../../../core/platform/words.ts';

const failure = new Failure('SHOT_REFUSED', { reason: words('镜头太长', 'the shot is too long'), seconds: 20 });

test('a reason stands in the sentence and in the details in the language asked for', () => {
  expect(failure.say('zh-CN')).toBe('不能这样修改镜头：镜头太长。');
  expect(failure.say('en')).toBe('The shot cannot be changed like this: the shot is too long.');
  expect(failure.shown('zh-CN')).toEqual({ reason: '镜头太长', seconds: 20 });
  expect(failure.shown('en')).toEqual({ reason: 'the shot is too long', seconds: 20 });
});

test("a schema's own rule is told like those of zod", () => {
  const schema = z.object({ size: z.string().regex(/^\d+x\d+$/, rule('宽x高', 'width x height')) });
  const reason = (locale: 'zh-CN' | 'en') => {
    try {
      return parsed({ locale }, schema, { size: 'large' });
    } catch (error) {
      return (error as Failure).details.reason;
    }
  };
  expect(reason('zh-CN')).toBe('size: 宽x高');
  expect(reason('en')).toBe('size: width x height');
});

test('of a field that is left out it is said that it is required, at whatever depth', () => {
  const schema = z.object({ from: z.string(), of: z.array(z.object({ at: z.int() })), size: z.int().optional() });
  const issues = (locale: 'zh-CN' | 'en', given: unknown) => {
    try {
      return parsed({ locale }, schema, given);
    } catch (error) {
      return (error as Failure).details.issues;
    }
  };
  expect(issues('zh-CN', { of: [{}] })).toEqual([
    { field: 'from', message: '必填' },
    { field: 'of.0.at', message: '必填' },
  ]);
  expect(issues('en', { of: [], size: 'x' })).toEqual([
    { field: 'from', message: 'it is required' },
    { field: 'size', message: 'Invalid input: expected number, received string' },
  ]);
  expect(issues('zh-CN', { from: 1, of: [] })).toEqual([
    { field: 'from', message: expect.stringMatching(/^无效输入：期望 string/) },
  ]);
});

test('a refusal goes through the state machine as one line and keeps what its sentence is filled from', () => {
  expect(reasonIn(lineOf(failure))).toEqual({ code: failure.code, details: failure.details });
  expect(reasonIn(lineOf(new Failure('EMPTY_FILE')))).toEqual({ code: 'EMPTY_FILE' });
  for (const other of ['', 'out of memory', 'ENOSPC {"a":1}']) expect(reasonIn(other)).toBeUndefined();
});
