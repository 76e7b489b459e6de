// The line before a function: callers take turns.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Line } from '../../../local/lambda/line.ts';

const lineOf = (callers: readonly string[]) => {
  const line = new Line<{ caller: string; since: number }>();
  for (const [since, caller] of callers.entries()) line.join({ caller, since });
  return line;
};

const served = (line: ReturnType<typeof lineOf>) => {
  const all: { caller: string; since: number }[] = [];
  for (let next = line.next(); next; next = line.next()) all.push(next);
  return all;
};

const callers = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });

test('all who wait are served, those of one caller in the order in which they came', () => {
  fc.assert(
    fc.property(callers, (came) => {
      const all = served(lineOf(came));
      expect(all.map(({ since }) => since).sort((a, b) => a - b)).toEqual([...came.keys()]);
      for (const caller of new Set(came)) {
        const own = all.filter((one) => one.caller === caller).map(({ since }) => since);
        expect(own).toEqual([...own].sort((a, b) => a - b));
      }
    }),
  );
});

test('between two turns of one caller every other who waits has one', () => {
  fc.assert(
    fc.property(callers, (came) => {
      const left = new Map<string, number>();
      for (const caller of came) left.set(caller, (left.get(caller) ?? 0) + 1);
      const order = served(lineOf(came)).map(({ caller }) => caller);
      for (let round = 1; left.size > 0; round++) {
        const turn = order.splice(0, left.size);
        expect(new Set(turn)).toEqual(new Set(left.keys()));
        for (const [caller, count] of left) if (count === round) left.delete(caller);
      }
    }),
  );
});

test('it knows who has waited longest, and empties', () => {
  const line = lineOf(['a', 'a', 'b']);
  expect([line.isEmpty, line.longestSince]).toEqual([false, 0]);
  line.next();
  expect(line.longestSince).toBe(1);
  line.next();
  expect(line.longestSince).toBe(1);
  expect(line.clear()).toEqual([{ caller: 'a', since: 1 }]);
  expect([line.isEmpty, line.longestSince, line.next()]).toEqual([true, Number.POSITIVE_INFINITY, undefined]);
});
