// How long a whole answer is waited for, and whether it is asked for again when it did not come.
import { expect, test } from 'vitest';
import { isAskedAgain, patience, silence } from '../../core/ai/patience.ts';

test.each([
  [256, 120_000],
  [4800, 120_000],
  [8000, 200_000],
  [16_000, 400_000],
  [24_000, 600_000],
  [384_000, 600_000],
])('an answer of %i tokens is waited for %i ms', (limit, ms) => {
  expect(patience(limit)).toBe(ms);
});

test('a machine of one’s own is given four times as long for an answer, and asked for it once', () => {
  expect([1000, 4096, 384_000].map((limit) => patience(limit, 'compatible'))).toEqual([120_000, 409_600, 600_000]);
  expect(patience(4096, 'deepseek')).toBe(120_000);
  expect(isAskedAgain(4096, 1, 'compatible')).toBe(false);
  expect(silence('compatible')).toBe(4 * silence('deepseek'));
});

test.each([
  [2000, 4],
  [8000, 2],
  [12_000, 1],
  [16_000, 0],
  [384_000, 0],
])(
  'an answer of %i tokens that did not come is asked for %i times more: a step has time for another model',
  (limit, more) => {
    expect([1, 2, 3, 4, 5].filter((failed) => isAskedAgain(limit, failed))).toHaveLength(more);
  },
);
