// `rate(…)` and `cron(…)` (EventBridge Scheduler User Guide, "Schedule types"), in UTC.
import { Refusal } from '../refusal.ts';

export type Schedule =
  | { readonly kind: 'rate' /** Milliseconds. */; readonly every: number }
  | {
      readonly kind: 'cron' /** Whether the minute that holds an instant is one of the schedule. */;
      readonly at: (instant: Date) => boolean;
    };

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

type Field = { readonly from: number; readonly to: number; readonly names?: readonly string[] };

// minutes, hours, day of month, month, day of week, year
const fields: readonly Field[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: months },
  { from: 1, to: 7, names: days },
  { from: 1970, to: 2199 },
];

const numberOf = (text: string, { from, to, names }: Field): number => {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  const value = named >= 0 ? named + from : Number(text);
  if (!Number.isInteger(value) || value < from || value > to)
    throw new Error(`"${text}" is not between ${from} and ${to}`);
  return value;
};

/** Values of one field; undefined stands for any. */
const valuesOf = (text: string, field: Field): ReadonlySet<number> | undefined => {
  if (text === '*' || text === '?') return undefined;
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '', step] = part.split('/');
    const [low = '', high] = range.split('-');
    const first = range === '*' ? field.from : numberOf(low, field);
    const last = high !== undefined ? numberOf(high, field) : step !== undefined || range === '*' ? field.to : first;
    for (let value = first; value <= last; value += step === undefined ? 1 : Math.max(1, Number(step)))
      values.add(value);
  }
  return values;
};

const cron = (text: string): Schedule => {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 6) throw new Error('a cron expression has six fields');
  const sets = parts.map((part, index) => valuesOf(part, fields[index] as Field));
  const at = (instant: Date): boolean =>
    [
      instant.getUTCMinutes(),
      instant.getUTCHours(),
      instant.getUTCDate(),
      instant.getUTCMonth() + 1,
      instant.getUTCDay() + 1,
      instant.getUTCFullYear(),
    ].every((value, index) => sets[index]?.has(value) ?? true);
  return { kind: 'cron', at };
};

/** Throws TEMPLATE_NOT_UNDERSTOOD naming `where` for anything else, `at(…)` and the letters L, W and # included. */
export function parseSchedule(expression: string, where: string): Schedule {
  try {
    const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
    if (count) return { kind: 'rate', every: Number(count) * (units[unit] ?? 0) };
    const inner = /^cron\((.+)\)$/.exec(expression)?.[1];
    if (inner) return cron(inner);
    throw new Error('only rate(…) and cron(…) run here');
  } catch (cause) {
    const message = `${where}: schedule ${expression}: ${(cause as Error).message}. Write it with what local/events/schedule.ts knows.`;
    throw new Refusal('TEMPLATE_NOT_UNDERSTOOD', message, { cause });
  }
}
