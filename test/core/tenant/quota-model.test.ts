// The rules of quotas, played: whatever order callers, crashes, repetitions and sweeps come in, nothing is sold twice and nothing is lost.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limitsOf, planNames, planOf } from '../../../core/tenant/plans.ts';
import { limitOf, metrics, monthOf, periodEnd, periodOf } from '../../../core/tenant/quota/metric.ts';
import {
  type Counts,
  giving,
  holding,
  limiting,
  type Move,
  opened,
  settling,
  taking,
} from '../../../core/tenant/quota/move.ts';

/** What the table does with a conditional update. */
function played(row: Counts, { add, least = {} }: Move): Counts | undefined {
  if (least.remaining !== undefined && row.remaining < least.remaining) return undefined;
  if (least.reserved !== undefined && row.reserved < least.reserved) return undefined;
  return {
    limit: row.limit + (add.limit ?? 0),
    used: row.used + (add.used ?? 0),
    reserved: row.reserved + (add.reserved ?? 0),
    remaining: row.remaining + (add.remaining ?? 0),
  };
}

const caller = fc.nat(5);
const few = fc.integer({ min: 1, max: 4 });
const step = fc.oneof(
  fc.record({ does: fc.constant('hold' as const), id: caller, n: few, lives: fc.nat(6) }),
  fc.record({ does: fc.constant('settle' as const), id: caller, share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ does: fc.constant('release' as const), id: caller }),
  fc.record({ does: fc.constant('take' as const), n: few }),
  fc.record({ does: fc.constant('give' as const), n: few }),
  // a caller that died before its transaction has done nothing; one that died after it asks again
  fc.record({ does: fc.constant('again' as const) }),
  fc.record({ does: fc.constant('pass' as const), ticks: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ does: fc.constant('expire' as const) }),
  fc.record({ does: fc.constant('raise' as const), by: fc.nat(5) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** One tenant's quota with its holds, as the rows of the table are. */
class Played {
  row: Counts;
  readonly holds = new Map<number, { n: number; until: number }>();
  now = 0;
  spent = 0;
  counted = 0;
  private last: Step | undefined;

  constructor(limit: number) {
    this.row = opened(limit);
  }

  private end(id: number, spent: number): void {
    const held = this.holds.get(id);
    if (!held) return;
    const next = played(this.row, settling(held.n, spent));
    expect(next).toBeDefined();
    this.holds.delete(id);
    this.row = next ?? this.row;
    this.spent += spent;
  }

  does(step: Step): void {
    const now = step.does === 'again' ? this.last : step;
    this.last = now;
    switch (now?.does) {
      case 'hold': {
        const next = this.holds.has(now.id) ? undefined : played(this.row, holding(now.n));
        if (!next) return;
        this.row = next;
        this.holds.set(now.id, { n: now.n, until: this.now + now.lives });
        return;
      }
      case 'settle':
        this.end(now.id, Math.round((this.holds.get(now.id)?.n ?? 0) * now.share));
        return;
      case 'release':
        this.end(now.id, 0);
        return;
      case 'take': {
        const next = played(this.row, taking(now.n));
        if (next) this.counted += now.n;
        this.row = next ?? this.row;
        return;
      }
      case 'give':
        // a row that is not there is not given back
        if (this.counted < now.n) return;
        this.counted -= now.n;
        this.row = played(this.row, giving(now.n)) ?? this.row;
        return;
      case 'raise':
        this.row = played(this.row, limiting(this.row.limit, this.row.limit + now.by)) ?? this.row;
        return;
      case 'pass':
        this.now += now.ticks;
        return;
      case 'expire':
        for (const [id, { until }] of this.holds) if (until < this.now) this.end(id, 0);
        return;
      default:
    }
  }
}

describe('a quota', () => {
  test('is never oversold and loses nothing, in ten thousand orders of callers, crashes, repetitions and sweeps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.array(step, { maxLength: 40 }), (limit, steps) => {
        const tenant = new Played(limit);
        for (const one of steps) {
          tenant.does(one);
          const { row, holds, spent, counted } = tenant;
          const held = [...holds.values()].reduce((sum, { n }) => sum + n, 0);
          if (row.remaining < 0 || row.used + row.reserved + row.remaining !== row.limit) return false;
          if (row.reserved !== held || row.used !== spent + counted) return false;
        }
        // when all that is under way has died, what was not spent is there again
        tenant.now += 100;
        tenant.does({ does: 'expire' });
        return tenant.row.reserved === 0 && tenant.row.remaining === tenant.row.limit - tenant.spent - tenant.counted;
      }),
      { numRuns: 10_000 },
    );
  });

  test('with a lower limit than what is used gives nothing more until less is used', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (used, limit, back) => {
        const lowered = played(opened(100, used), limiting(100, limit))!;
        expect(lowered).toMatchObject({ limit, used, remaining: limit - used });
        const freed = played(lowered, giving(Math.min(back, used)))!;
        expect(played(freed, taking(1)) === undefined).toBe(limit - freed.used < 1);
      }),
    );
  });

  test('does not take more than was held', () => {
    expect(() => settling(2, 3)).toThrow(RangeError);
    expect(() => settling(2, -1)).toThrow(RangeError);
  });
});

describe('plans', () => {
  test('give what is sold', () => {
    const told = planNames.map((name) => {
      const { limits, price } = planOf(name);
      return [name, ...metrics.map((metric) => limitOf(metric, limits)), limits.requestsPerMinute, price];
    });
    const mb = 1024 ** 2;
    expect(told).toEqual([
      ['free', 1000, 100 * mb, 1, 3, 1, 100, 0],
      ['basic', 10_000, 1024 * mb, 5, 20, 5, 300, 9900],
      ['pro', 100_000, 10_240 * mb, 20, 200, 20, 1000, 49_900],
      ['enterprise', 10_000_000, 10_240_000 * mb, 1000, 10_000, 100, 5000, null],
    ]);
  });

  test('give way to a contract, each limit by itself; one that is no longer sold gives what free does', () => {
    const { limits } = planOf('pro');
    expect(limitsOf({ plan: 'pro', contract: { members: 50 } })).toEqual({ ...limits, members: 50 });
    expect(planOf('gold')).toEqual(planOf('free'));
  });

  test('count calls of models by the calendar month, and what is there always', () => {
    const now = Date.UTC(2026, 11, 31, 23, 59);
    expect([monthOf(now), periodOf('ai_calls', now), periodOf('storage', now)]).toEqual([
      '2026-12',
      '2026-12',
      'always',
    ]);
    expect(periodEnd('ai_calls', now)).toBe(Date.UTC(2027, 0, 1));
    expect(periodEnd('members', now)).toBeUndefined();
  });
});
