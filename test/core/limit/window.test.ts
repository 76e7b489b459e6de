// Rates on a clock of the test's own: containers that know of each other by the table alone, loads below and above the limit, bursts.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitsOfCall } from '../../../core/limit/rate.ts';
import { cellOf, decide, firstCell, type Known, leased, nothing, windowMs } from '../../../core/limit/window.ts';

/** Containers before one table. A call goes to one of them; the answer is whether it comes in. */
function containers(count: number, limit: number) {
  const cells = new Map<number, number>();
  let refusedAt = 0;
  const known: Known[] = Array.from({ length: count }, () => nothing);
  let writes = 0;
  const add = (cell: number, n: number) => {
    writes++;
    cells.set(cell, (cells.get(cell) ?? 0) + n);
  };
  const call = (at: number, now: number): boolean => {
    const before = known[at] ?? nothing;
    const decision = decide(before, limit, now);
    if ('admitted' in decision) {
      if (decision.admitted) known[at] = decision.known;
      return decision.admitted;
    }
    add(cellOf(now), decision.lease);
    for (const cell of cells.keys()) if (cell < firstCell(now)) cells.delete(cell);
    const after = leased(before, limit, decision.lease, { cells, refusedAt }, now);
    if (after.back > 0) add(cellOf(now), -after.back);
    if (after.isNoted) refusedAt = now;
    known[at] = after.known;
    return after.admitted;
  };
  return { call, writes: () => writes };
}

/** Most of these times that lie in any one minute. */
function mostInAMinute(times: readonly number[]): number {
  let most = 0;
  let from = 0;
  for (const [at, time] of times.entries()) {
    while ((times[from] ?? 0) <= time - windowMs) from++;
    most = Math.max(most, at - from + 1);
  }
  return most;
}

const began = Date.UTC(2026, 10, 28);

/** A steady load of `load` × the limit for some minutes, dealt out to containers by chance. */
function run(count: number, limit: number, load: number, minutes: number, seed: number) {
  let state = seed;
  const chance = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  const all = containers(count, limit);
  const gap = windowMs / (limit * load);
  const asked = Math.floor((minutes * windowMs) / gap);
  const times: number[] = [];
  for (let at = 0; at < asked; at++) {
    const now = began + Math.floor((at + chance() * 0.5) * gap);
    if (all.call(Math.floor(chance() * count), now)) times.push(now);
  }
  return { asked, times, writes: all.writes() };
}

describe.each([60, 100, 300, 1000, 5000])('a limit of %i a minute', (limit) => {
  test.each([1, 2, 5, 9])('with %i containers: ten percent more for each at most, 95 %% at least', (count) => {
    for (const load of [0.5, 0.9, 1, 1.5, 2, 10]) {
      const minutes = load > 2 ? 2 : 4;
      const { asked, times } = run(count, limit, load, minutes, limit + count);
      expect(mostInAMinute(times)).toBeLessThanOrEqual(limit * (1 + 0.1 * count));
      expect(times.length).toBeGreaterThanOrEqual(0.95 * Math.min(asked, limit * minutes));
    }
  });
});

test('a busy container writes once for many calls', () => {
  const { times, writes } = run(1, 5000, 0.9, 2, 7);
  expect(writes).toBeLessThan(times.length / 20);
});

test('whatever comes in whatever bursts, no minute holds more than the limit and one lease of each container', () => {
  const burst = fc.record({ pause: fc.integer({ min: 0, max: 45_000 }), calls: fc.integer({ min: 1, max: 90 }) });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 120 }),
      fc.array(burst, { minLength: 1, maxLength: 12 }),
      (count, limit, bursts) => {
        const all = containers(count, limit);
        const times: number[] = [];
        let now = began;
        for (const { pause, calls } of bursts) {
          now += pause;
          for (let at = 0; at < calls; at++) if (all.call(at % count, now + at)) times.push(now + at);
          now += calls;
        }
        return mostInAMinute(times) <= limit + count * Math.max(1, limit / 20);
      },
    ),
    { numRuns: 400 },
  );
});

test('who is refused is told when to come again, and comes in then', () => {
  const { call } = containers(1, 10);
  let now = began;
  while (call(0, now)) now += 100;
  const { known, retryMs } = leased(nothing, 10, 1, { cells: new Map([[cellOf(now), 11]]), refusedAt: 0 }, now);
  expect(known.tokens).toBe(0);
  expect(retryMs).toBeGreaterThan(windowMs - 2000);
  expect(retryMs).toBeLessThanOrEqual(windowMs + 2000);
  expect(call(0, now + retryMs)).toBe(true);
});

test('who comes ten times too often is let in evenly once he was refused, and with a burst again when he stopped for a minute', () => {
  const [limit, gap] = [600, 10];
  const { call } = containers(1, limit);
  const within = (from: number, ms: number): number => {
    let admitted = 0;
    for (let now = from; now < from + ms; now += gap) if (call(0, now)) admitted++;
    return admitted;
  };
  // a burst, and then an even part in each of the four cells that follow
  expect(within(began, 10_000)).toBe(50 + (4 * limit) / 30);
  within(began + 10_000, 3 * windowMs);
  for (let second = 0; second < 60; second += 4)
    expect(within(began + 10_000 + 3 * windowMs + second * 1000, 4000)).toBeLessThanOrEqual((3 * limit) / 30);
  expect(within(began + 10_000 + 6 * windowMs, 1000)).toBe(50);
});

test('what is given out evenly comes step by step: nobody who never stops has more than a few at once', () => {
  const [limit, step] = [600, 250];
  const { call, writes } = containers(3, limit);
  const admitted: number[] = [];
  for (let at = 0; at < 2000; at++) if (call(at % 3, began + at * 6)) admitted.push(began + at * 6);
  const evenly = admitted.filter((now) => now >= began + 4000);
  expect(evenly).toHaveLength(((12_000 - 4000) / 2000) * (limit / 30));
  const bySteps = Map.groupBy(evenly, (now) => Math.floor(now / step));
  expect(Math.max(...[...bySteps.values()].map(({ length }) => length))).toBe(3);
  // of 2,000 calls: one for each that came in, and two of each container in each step that refused it
  expect(writes()).toBeLessThan(admitted.length + (2 * 3 * 12_000) / step + 20);
});

/** Refused once, and let in evenly from then on; answers the time. */
function refusedOnce({ call }: ReturnType<typeof containers>): number {
  let now = began;
  while (call(0, now)) now += 1;
  return now + 6000 - (now % 2000);
}

test.each([
  [600, 20, 2000],
  [600, 10, 1000],
  [180, 6, 2000],
])('of %i a minute, %i calls at once every %i ms come in all the same', (limit, calls, every) => {
  for (const phase of [0, 300, 900, 1900]) {
    const all = containers(2, limit);
    const from = refusedOnce(all) + phase;
    let [came, asked] = [0, 0];
    for (let at = 0; at < 40_000; at += every)
      for (let one = 0; one < calls; one++, asked++) if (all.call(one % 2, from + at + one)) came++;
    expect(came).toBeGreaterThanOrEqual(0.8 * asked);
  }
});

test('a page that opens comes in whole while its caller is let in evenly', () => {
  for (const [limit, page] of [
    [180, 6],
    [600, 15],
  ] as const)
    for (let phase = 0; phase < 2000; phase += 130) {
      const all = containers(2, limit);
      const now = refusedOnce(all) + 4000 + phase;
      for (let at = 0; at < page; at++) expect(all.call(at % 2, now + at)).toBe(true);
    }
});

test('who had one burst too many and opens a page now and then is let in evenly for a minute, and no longer', () => {
  for (const limit of [60, 100, 180, 600]) {
    const all = containers(2, limit);
    const from = refusedOnce(all) + windowMs;
    for (let page = 0; page < 60; page++)
      for (let at = 0; at < 8; at++) expect(all.call(at % 2, from + page * 30_000 + at)).toBe(true);
  }
});

test('who waits as he is told is let in when he comes again', () => {
  for (const limit of [30, 60, 180, 600]) {
    const cells = new Map<number, number>();
    for (let now = began, at = 0; at < 400; at++) {
      const lease = 1;
      cells.set(cellOf(now), (cells.get(cellOf(now)) ?? 0) + lease);
      const after = leased(nothing, limit, lease, { cells, refusedAt: began }, now);
      if (after.back > 0) cells.set(cellOf(now), (cells.get(cellOf(now)) ?? 0) - after.back);
      if (!after.admitted) {
        expect(after.retryMs).toBeGreaterThan(0);
        now += after.retryMs;
        cells.set(cellOf(now), (cells.get(cellOf(now)) ?? 0) + 1);
        expect(leased(nothing, limit, 1, { cells, refusedAt: began }, now).admitted).toBe(true);
      }
    }
  }
});

test('fifty come in at once where the limit has them, of a large limit a twelfth; who comes more slowly has it all', () => {
  for (const [limit, burst] of [
    [30, 30],
    [60, 50],
    [600, 50],
    [3000, 250],
  ] as const) {
    const { call } = containers(1, limit);
    let admitted = 0;
    for (let at = 0; at < 1000; at++) if (call(0, began + at)) admitted++;
    expect(admitted).toBe(burst);
    const slow = containers(1, limit);
    let all = 0;
    for (let at = 0; at < limit; at++) if (slow.call(0, began + at * (55_000 / limit))) all++;
    expect(all).toBe(limit);
  }
});

test('of a tenant’s rate a member or a key has six tenths, and a key less where it says so', () => {
  const who = (kind: string) => ({ tenant: 't', actor: { kind, id: 'a' } });
  expect(limitsOfCall(who('user'), 100)).toEqual([
    { of: 'tenant', id: 't', limit: 100, burst: 84 },
    { of: 'member', id: 'a', limit: 60 },
  ]);
  expect(limitsOfCall(who('key'), 5000, 20)[1]).toEqual({ of: 'key', id: 'a', limit: 20 });
  expect(limitsOfCall(who('key'), 100, 90)[1]).toMatchObject({ limit: 60 });
});
