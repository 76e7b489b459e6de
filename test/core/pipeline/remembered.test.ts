// Results of steps: the same work is done once, and a draft does not pass for it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Made, remembered } from '../../../core/pipeline/cache.ts';
import { getJson } from '../../../core/platform/blob.ts';
import { Failure } from '../../../core/platform/failure.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

let works = 0;
/** A piece of work that counts how often it is done. */
function aWork() {
  const input = `work ${++works}`;
  const work = {
    done: 0,
    ask: (made: Made<{ words: string }>) =>
      remembered(t.ctx, 'prj_1', 'extract', [input], async () => {
        work.done++;
        return made;
      }),
  };
  return work;
}

test('what was made is there the next time', async () => {
  const work = aWork();
  const first = await work.ask({ value: { words: '雨' } });
  expect(first).toMatchObject({ value: { words: '雨' }, cached: false });
  expect(await work.ask({ value: { words: '雪' } })).toEqual({ value: { words: '雨' }, key: first.key, cached: true });
  expect(work.done).toBe(1);
});

test('a draft is stored for who made it, says why, and is asked for again', async () => {
  const work = aWork();
  const draft = new Failure('PROVIDER_BUSY');
  const made = await work.ask({ value: { words: '雨' }, draft });
  expect(made).toMatchObject({ value: { words: '雨' }, cached: false, draft });
  expect(await getJson(t.ctx, made.key)).toEqual({ words: '雨' });
  const better = await work.ask({ value: { words: '雨，很大' } });
  expect(better).toMatchObject({ value: { words: '雨，很大' }, cached: false });
  expect(better.key).not.toBe(made.key);
  expect(await work.ask({ value: { words: '雪' } })).toMatchObject({ value: { words: '雨，很大' }, cached: true });
  expect(work.done).toBe(2);
});

test('what fails is not there', async () => {
  const work = aWork();
  const failing = remembered(t.ctx, 'prj_1', 'extract', [`work ${works}`], () => {
    throw new Failure('BUDGET_REACHED');
  });
  await expect(failing).rejects.toMatchObject({ code: 'BUDGET_REACHED' });
  expect(await work.ask({ value: { words: '雨' } })).toMatchObject({ cached: false });
});
