// Many at one row: whoever is outrun tries again, the later the longer a try takes.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { again } from '../../../core/platform/again.ts';
import { Failure } from '../../../core/platform/failure.ts';

afterEach(() => vi.restoreAllMocks());

test('waits by what a try takes, longer each time, until nobody is faster', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  const ends: number[] = [];
  const waits: number[] = [];
  const answer = await again(async () => {
    const last = ends.at(-1);
    if (last !== undefined) waits.push(performance.now() - last);
    if (waits.length === 2) return 'written';
    await sleep(40);
    ends.push(performance.now());
    throw new Failure('BUSY');
  });
  expect(answer).toBe('written');
  expect(waits[0]).toBeGreaterThan(75);
  expect(waits[1]).toBeGreaterThan(150);
});

test('gives up after so many tries, and at once where it was refused', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  let tries = 0;
  const failing = (code: 'BUSY' | 'NOT_FOUND') => () => {
    tries++;
    return Promise.reject(new Failure(code));
  };
  await expect(again(failing('BUSY'), 5)).rejects.toMatchObject({ code: 'BUSY' });
  expect(tries).toBe(5);
  await expect(again(failing('NOT_FOUND'), 5)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(tries).toBe(6);
});
