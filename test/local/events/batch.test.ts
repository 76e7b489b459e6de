// A batch of stream records until it is done with: whatever fails, each record is worked off or given up, in order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BatchRules, type StreamOutcome, settle } from '../../../local/events/batch.ts';

/** Works `count` records off with a function that fails while `poison` says so. */
async function work(
  count: number,
  rules: BatchRules,
  poison: (record: number, call: number) => boolean,
  reports = false,
) {
  const calls: number[][] = [];
  const done: number[] = [];
  const givenUp: number[] = [];
  const backOffs: number[] = [];
  await settle(
    Array.from({ length: count }, (_, index) => index),
    rules,
    {
      invoke: async (records): Promise<StreamOutcome> => {
        calls.push([...records]);
        const at = records.findIndex((record) => poison(record, calls.length));
        if (at < 0) return { done: true };
        return { done: false, failedAt: reports ? at : 0 };
      },
      advance: (record) => void done.push(record),
      giveUp: async (records) => void givenUp.push(...records),
      backOff: async (attempt) => void backOffs.push(attempt),
    },
  );
  return { calls, done, givenUp, backOffs };
}

test('a batch that works is done with at once', async () => {
  expect(await work(5, { bisect: true, retries: 3 }, () => false)).toMatchObject({
    calls: [[0, 1, 2, 3, 4]],
    done: [4],
  });
});

test('a batch that fails is tried again with growing pauses, then given up', async () => {
  const { calls, givenUp, backOffs, done } = await work(2, { bisect: false, retries: 2 }, () => true);
  expect([calls.length, givenUp, backOffs, done]).toEqual([3, [0, 1], [1, 2], [1]]);
});

test('halved, a bad record is found and given up alone', async () => {
  const { givenUp, calls, done } = await work(8, { bisect: true, retries: 0 }, (record) => record === 5);
  expect(givenUp).toEqual([5]);
  expect(calls).toContainEqual([6, 7]);
  expect(done.at(-1)).toBe(7);
});

test('where the function reports the record that failed, those before it are not handed over again', async () => {
  const { calls, givenUp } = await work(6, { bisect: false, retries: 1 }, (record) => record === 3, true);
  expect(calls.flat().filter((record) => record === 2)).toHaveLength(1);
  expect(givenUp).toEqual([3, 4, 5]);
});

test('without an end of attempts a batch is tried until it works', async () => {
  const { calls, givenUp } = await work(1, { bisect: false, retries: -1 }, (_, call) => call < 40);
  expect([calls.length, givenUp]).toEqual([40, []]);
});

test('every record is handed over and advanced past in order, and only bad ones are given up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.uniqueArray(fc.nat(29), { maxLength: 5 }),
      fc.nat(3),
      fc.boolean(),
      async (count, bad, retries, reports) => {
        const { done, givenUp, calls } = await work(count, { bisect: true, retries }, (r) => bad.includes(r), reports);
        expect(done.at(-1)).toBe(count - 1);
        expect([...done].sort((one, other) => one - other)).toEqual(done);
        expect(givenUp).toEqual(bad.filter((record) => record < count).sort((one, other) => one - other));
        expect(new Set(calls.flat()).size).toBe(count);
      },
    ),
  );
});
