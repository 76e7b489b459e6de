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

test('a refusal goes through the state machine as one line and keeps what its sentence is filled from', () => {
  expect(reasonIn(lineOf(failure))).toEqual({ code: failure.code, details: failure.details });
  expect(reasonIn(lineOf(new Failure('EMPTY_FILE')))).toEqual({ code: 'EMPTY_FILE' });
  for (const other of ['', 'out of memory', 'ENOSPC {"a":1}']) expect(reasonIn(other)).toBeUndefined();
});
