// Which lines of a scene changed: they are found, nothing of the others is lost, and what was said of those stands where they stand now.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../core/reader/extract/answer.ts';
import * as Extract from '../../core/reader/extract/begun.ts';
import { behindOf, type Gap, gapIn, placeOf, stoodAs, widened } from '../../core/reader/gap.ts';
import type { Shot } from '../../core/reader/storyboard/answer.ts';
import * as Storyboard from '../../core/reader/storyboard/begun.ts';

const as = (lines: readonly string[], key = lines.join('/'), ground = '客厅') => stoodAs(key, ground, lines);
const gapOf = (before: readonly string[], now: readonly string[]) => gapIn(as(now, 'now'), [as(before, 'before')]);

// few words, so that lines are alike
const lines = fc.array(fc.constantFrom<string>('甲', '乙', '丙', '丁', '戊'), { minLength: 1, maxLength: 9 });
/** Lines, and the same with some of them taken out and others put in at one place. */
const edited = fc
  .tuple(lines, fc.nat(9), fc.nat(3), fc.array(fc.constantFrom('甲', '己'), { maxLength: 3 }))
  .map(([before, at, out, put]) => ({ before, now: before.toSpliced(at, out, ...put) }));
const changed = edited.filter(({ before, now }) => now.length > 0 && before.join() !== now.join());

describe('the gap', () => {
  test('holds what changed and leaves lines that are the same', () => {
    fc.assert(
      fc.property(changed, ({ before, now }) => {
        const gap = gapOf(before, now)!;
        expect(gap.from).toBeLessThan(gap.to);
        expect(now.slice(0, gap.from)).toEqual(before.slice(0, gap.from));
        expect(now.slice(gap.to)).toEqual(before.slice(gap.was));
      }),
    );
  });

  test('is of the scene that is most like it, and at the same place', () => {
    const now = as(['甲', '乙', '丙', '己'], 'now');
    const past = [as(['甲', '丁', '戊', '己'], 'far'), as(['甲', '乙', '丁', '己'], 'near')];
    expect(gapIn(now, past)).toEqual({ key: 'near', from: 2, to: 3, was: 3 });
    expect(gapIn(now, [as(['甲', '乙', '丁', '己'], 'near', '船舱')])).toBeUndefined();
    expect(gapIn(now, [])).toBeUndefined();
  });

  test('is none where no line changed, or none is left', () => {
    expect(gapOf(['甲', '乙'], ['甲', '乙'])).toBeUndefined();
    expect(gapOf(['甲'], [])).toBeUndefined();
  });

  test('where a line went is the line behind it, and at the end the one before', () => {
    expect(gapOf(['甲', '乙', '丙'], ['甲', '丙'])).toMatchObject({ from: 1, to: 2, was: 3 });
    expect(gapOf(['甲', '乙', '丙'], ['甲', '乙'])).toMatchObject({ from: 1, to: 2, was: 3 });
  });
});

/** Shots over lines, one to three in each, in order. */
const shotsOver = (sizes: readonly number[], count: number): Shot[] => {
  const shots: Shot[] = [];
  for (let at = 0, n = 0; at < count; n += 1) {
    const size = sizes[n % sizes.length]!;
    shots.push({ e: Array.from({ length: Math.min(size, count - at) }, (_, i) => at + i + 1), title: `镜头${n}` });
    at += size;
  }
  return shots;
};
const sizes = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 });
const together = (shots: readonly Shot[]) => shots.map(({ e }) => e.map((line) => line - 1));
const wordsOf = (shot: Shot, of: readonly string[]) => shot.e.map((line) => of[line - 1]);

describe('what was said together', () => {
  test('is asked about together', () => {
    fc.assert(
      fc.property(changed, sizes, ({ before, now }, by) => {
        const groups = together(shotsOver(by, before.length));
        const gap = widened(gapOf(before, now)!, groups);
        for (const group of groups) expect(placeOf(group, gap)).not.toBe('torn');
        expect(now.length - gap.to).toBe(before.length - gap.was);
      }),
    );
  });

  test('shots of other lines keep their words, in order; every line has a shot again', () => {
    fc.assert(
      fc.property(changed, sizes, ({ before, now }, by) => {
        const shots = shotsOver(by, before.length);
        const gap = widened(gapOf(before, now)!, together(shots));
        const rest = Storyboard.divided({ shots, leftOut: 0 }, gap);
        for (const shot of [...rest.head, ...rest.tail]) {
          const was = shots.find(({ title }) => title === shot.title)!;
          expect(wordsOf(shot, now)).toEqual(wordsOf(was, before));
        }
        const asked = Array.from({ length: gap.to - gap.from }, (_, i) => ({ e: [gap.from + i + 1] }));
        const whole = Storyboard.completed(rest, { shots: asked, leftOut: 1 });
        expect(whole.shots.flatMap(({ e }) => e)).toEqual(now.map((_, i) => i + 1));
        expect(whole.leftOut).toBe(1);
      }),
    );
  });

  test('a picture that shows no line stays with the shot before it', () => {
    const gap: Gap = { key: '', from: 1, to: 2, was: 2 };
    const shots = [
      { e: [], why: '开场' },
      { e: [1] },
      { e: [2] },
      { e: [], why: '回想' },
      { e: [3] },
      { e: [], why: '收尾' },
    ];
    const { head, tail } = Storyboard.divided({ shots, leftOut: 0 }, gap);
    expect([head.map(({ why }) => why), tail.map(({ why }) => why)]).toEqual([
      ['开场', undefined],
      [undefined, '收尾'],
    ]);
  });

  test('facts of other lines stand where these stand now; what is said of lines nobody asked about is not taken', () => {
    const fact = (e: number, n: string) => ({ k: 'look' as const, n, v: '红衣', e, q: '红衣' });
    fc.assert(
      fc.property(changed, ({ before, now }) => {
        const gap = gapOf(before, now)!;
        const rest = Extract.restOf({ facts: before.map((word, e) => fact(e, word)), prompts: [] }, gap);
        for (const { e, n } of rest.facts) expect(now[e]).toBe(n);
        const said = { facts: now.map((word, e) => fact(e, `新${word}`)), prompts: [] };
        const { facts } = Extract.completed({ gap, rest }, said);
        expect(facts.map(({ e }) => e)).toEqual(now.map((_, i) => i));
        expect(facts.filter(({ n }) => n.startsWith('新'))).toHaveLength(gap.to - gap.from);
        expect(facts.at(-1)?.e).toBe(behindOf(before.length - 1, gap));
      }),
    );
  });

  test('a picture stays with what is told of elsewhere, and is drawn anew with the line that alone told of it', () => {
    const gap: Gap = { key: '', from: 1, to: 2, was: 2 };
    const prompt = (n: string, zh: string) => ({ n, zh, en: '' });
    const row = (n: string, e: number) => ({ k: 'prop' as const, n, e, q: n });
    const before: Answer = {
      facts: [row('灯', 0), row('灯', 1), row('匣', 1)],
      prompts: [prompt('灯', '旧灯'), prompt('匣', '旧匣')],
    };
    const rest = Extract.restOf(before, gap);
    expect(rest.prompts).toEqual([prompt('灯', '旧灯')]);
    const fresh = { facts: [row('匣', 1)], prompts: [prompt('灯', '新灯'), prompt('匣', '新匣')] };
    expect(Extract.completed({ gap, rest }, fresh).prompts).toEqual([prompt('灯', '旧灯'), prompt('匣', '新匣')]);
  });
});
