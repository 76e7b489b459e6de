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
    const key = `${month} ${currency}`;
    const known = months.get(key) ?? { month, currency, calls: 0, micros: 0, spent: 0 };
    months.set(key, {
      ...known,
      calls: known.calls + calls,
      micros: known.micros + micros,
      spent: known.spent + spent,
    });
  }
  return [...months].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, used]) => used);
}
