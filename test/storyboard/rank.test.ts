// Ranks: a list can be inserted into for ever, and one row is written each time.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRank, rankBetween, ranksBetween } from '../../core/storyboard/index.ts';

test('wherever a rank is inserted, the list stays in order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 120 }), (places) => {
      const ranks: string[] = [];
      for (const place of places) {
        const at = place % (ranks.length + 1);
        ranks.splice(at, 0, rankBetween(ranks[at - 1], ranks[at]));
      }
      expect([...ranks].sort()).toEqual(ranks);
      expect(new Set(ranks).size).toBe(ranks.length);
      expect(ranks.every(isRank)).toBe(true);
    }),
  );
});

test('always at the same place: in front, behind, or between the same two, ranks stay short enough for a key', () => {
  const inserted = (at: (length: number) => number) => {
    const ranks = ranksBetween(undefined, undefined, 2);
    for (let i = 0; i < 300; i++) {
      const place = at(ranks.length);
      ranks.splice(place, 0, rankBetween(ranks[place - 1], ranks[place]));
    }
    expect([...ranks].sort()).toEqual(ranks);
    return Math.max(...ranks.map((rank) => rank.length));
  };
  expect(inserted(() => 0)).toBe(6);
  expect(inserted((length) => length)).toBe(6);
  expect(inserted(() => 1)).toBeLessThan(80);
  expect(inserted((length) => length - 1)).toBeLessThan(80);
});

test('a whole storyboard is ranked at once with room between', () => {
  const ranks = ranksBetween(undefined, undefined, 2000);
  expect([...ranks].sort()).toEqual(ranks);
  expect(Math.max(...ranks.map((rank) => rank.length))).toBe(6);
  const between = ranksBetween(ranks[0], ranks[1], 500);
  const all = [ranks[0]!, ...between, ranks[1]!];
  expect(all).toEqual(all.toSorted());
  expect(Math.max(...between.map((rank) => rank.length))).toBeLessThanOrEqual(8);
});

test('before the first and behind the last there is room, even at the very edges', () => {
  expect(rankBetween(undefined, '000000' + '1') < '0000001').toBe(true);
  expect(rankBetween('zzzzzz', undefined) > 'zzzzzz').toBe(true);
  expect(rankBetween(undefined, '000001') < '000001').toBe(true);
});

test('ranks that are none, or stand the wrong way round, are refused in words', () => {
  expect(() => rankBetween('x', undefined)).toThrow(/Not a rank/);
  expect(() => rankBetween(undefined, '000000')).toThrow(/Not a rank/);
  expect(() => rankBetween('V00000', 'V00000')).toThrow(/not before/);
});
