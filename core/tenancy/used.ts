// What a tenant used of models, month by month: it is kept when the rows are gone, because bills are asked about later. Pure.
import type { Totals } from '../ai/usage/total.ts';

/** `micros`: millionths of `currency` by the price list; `spent`: millionths of CNY that the platform's budgets paid. */
export type UsedMonth = {
  readonly month: string;
  readonly currency: string;
  readonly calls: number;
  readonly micros: number;
  readonly spent: number;
};

/** Adds daily totals up by month and currency, the earliest month first. */
export async function monthsOf(days: AsyncIterable<Totals> | Iterable<Totals>): Promise<UsedMonth[]> {
  const months = new Map<string, UsedMonth>();
  for await (const { day, currency, calls, micros, spent } of days) {
    const month = day.slice(0, 7);
    const key = keyOf({ month, currency });
    const known = months.get(key) ?? { month, currency, calls: 0, micros: 0, spent: 0 };
    months.set(key, {
      ...known,
      calls: known.calls + calls,
      micros: known.micros + micros,
      spent: known.spent + spent,
    });
  }
  return inOrder(months);
}

const keyOf = ({ month, currency }: Pick<UsedMonth, 'month' | 'currency'>): string => `${month} ${currency}`;

const inOrder = (months: ReadonlyMap<string, UsedMonth>): UsedMonth[] =>
  [...months].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, used]) => used);

/** Of what was added up twice the more: totals grow until work has settled, and go afterwards. */
export function mostOf(one: readonly UsedMonth[], other: readonly UsedMonth[]): UsedMonth[] {
  const months = new Map(one.map((used) => [keyOf(used), used]));
  for (const used of other) {
    const known = months.get(keyOf(used)) ?? used;
    months.set(keyOf(used), {
      ...used,
      calls: Math.max(known.calls, used.calls),
      micros: Math.max(known.micros, used.micros),
      spent: Math.max(known.spent, used.spent),
    });
  }
  return inOrder(months);
}
