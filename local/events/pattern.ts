// Event patterns (EventBridge User Guide, "Creating event patterns"): which events a rule or a filter takes.
import { Refusal } from '../refusal.ts';

type Json = Record<string, unknown>;
type Matcher = (value: unknown, wanted: never) => boolean;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );

const comparisons: Record<string, (one: number, other: number) => boolean> = {
  '=': (one, other) => one === other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
};

const numeric = (value: unknown, wanted: readonly (string | number)[]): boolean =>
  typeof value === 'number' &&
  wanted.every(
    (operator, index) => index % 2 === 1 || comparisons[operator]?.(value, Number(wanted[index + 1])) === true,
  );

const anythingBut = (value: unknown, wanted: unknown): boolean => {
  if (value === undefined) return false;
  return Array.isArray(wanted) ? !wanted.includes(value) : !takesOne(wanted, value);
};

const matchers: Record<string, Matcher> = {
  prefix: (value, wanted: string) => typeof value === 'string' && value.startsWith(wanted),
  suffix: (value, wanted: string) => typeof value === 'string' && value.endsWith(wanted),
  'equals-ignore-case': (value, wanted: string) =>
    typeof value === 'string' && value.toLowerCase() === wanted.toLowerCase(),
  wildcard: (value, wanted: string) => typeof value === 'string' && wildcard(wanted).test(value),
  exists: (value, wanted: boolean) => (value !== undefined) === wanted,
  numeric,
  'anything-but': anythingBut,
};

const takesOne = (wanted: unknown, value: unknown): boolean => {
  if (!isObject(wanted)) return value === wanted;
  return Object.entries(wanted).every(([name, argument]) => matchers[name]?.(value, argument as never) === true);
};

const takesValue = (wanted: readonly unknown[], value: unknown): boolean => {
  const values = Array.isArray(value) ? value : [value];
  return wanted.some((one) => values.some((each) => takesOne(one, each)));
};

/** Whether `event` matches `pattern`. */
export function takes(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) return false;
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') return (wanted as unknown[]).some((one) => takes(one, event));
    const value = isObject(event) ? event[name] : undefined;
    return Array.isArray(wanted) ? takesValue(wanted, value) : takes(wanted, value);
  });
}

/** The texts that a member of the event must be for one of the patterns to take it; undefined where a pattern takes others too. */
export function textsOf(patterns: readonly unknown[], name: string): string[] | undefined {
  if (patterns.length === 0) return undefined;
  const wanted = patterns.map((pattern) => (isObject(pattern) ? pattern[name] : undefined));
  const isText = (one: unknown): one is string => typeof one === 'string';
  return wanted.every((one) => Array.isArray(one) && one.every(isText))
    ? [...new Set(wanted.flat() as string[])]
    : undefined;
}

/** Stops at boot for a pattern with a matcher that is not known, so that no event is passed over in silence. */
export function checkPattern(pattern: unknown, where: string): void {
  if (Array.isArray(pattern)) {
    for (const one of pattern.filter(isObject))
      for (const name of Object.keys(one))
        if (!(name in matchers)) {
          const advice = 'Teach it in local/events/pattern.ts, or write the pattern without it.';
          throw new Refusal(
            'TEMPLATE_NOT_UNDERSTOOD',
            `${where}: event pattern matcher "${name}" is not understood. ${advice}`,
          );
        }
    return;
  }
  if (!isObject(pattern))
    throw new Refusal('TEMPLATE_NOT_UNDERSTOOD', `${where}: ${JSON.stringify(pattern)} is no event pattern.`);
  for (const [name, inner] of Object.entries(pattern)) {
    if (name === '$or') for (const one of inner as unknown[]) checkPattern(one, where);
    else checkPattern(inner, where);
  }
}
