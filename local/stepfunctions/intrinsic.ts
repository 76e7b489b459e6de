// Intrinsic functions of the States Language: `States.Format('{}-{}', $.a, $.b)` and its kin.
import { createHash, randomUUID } from 'node:crypto';
import { StateFailure } from './failure.ts';
import { checkPath, readPath } from './path.ts';

type Json = Record<string, unknown>;

const failed = (cause: string): never => {
  throw new StateFailure('States.IntrinsicFailure', cause);
};

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : failed('an array was expected'));
const numeric = (value: unknown): number => (typeof value === 'number' ? value : failed('a number was expected'));
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const format = (template: unknown, ...values: unknown[]): string =>
  String(template).replace(
    /\\([{}\\'])|\{\}/g,
    (_, escaped: string | undefined) =>
      escaped ?? (values.length ? shown(values.shift()) : failed('Format has more {} than arguments')),
  );

const range = (from: unknown, to: unknown, step: unknown): number[] => {
  const [start, end, by] = [numeric(from), numeric(to), numeric(step)];
  const length = by === 0 ? failed('ArrayRange cannot step by 0') : Math.floor((end - start) / by) + 1;
  if (length > 1000) failed('ArrayRange makes at most 1000 elements');
  return Array.from({ length: Math.max(0, length) }, (_, index) => start + index * by);
};

const partition = (values: unknown, size: unknown): unknown[][] => {
  const [all, by] = [list(values), numeric(size)];
  if (by < 1) failed('ArrayPartition needs a positive size');
  return Array.from({ length: Math.ceil(all.length / by) }, (_, index) => all.slice(index * by, (index + 1) * by));
};

const functions: Record<string, (...values: unknown[]) => unknown> = {
  Format: format,
  StringToJson: (text) => JSON.parse(String(text)),
  JsonToString: (value) => JSON.stringify(value),
  JsonMerge: (one, other) => ({ ...(one as Json), ...(other as Json) }),
  StringSplit: (text, separators) => {
    const marks = String(separators).replace(/[\\\]^-]/g, '\\$&');
    return String(text)
      .split(new RegExp(`[${marks}]`))
      .filter(Boolean);
  },
  Array: (...values) => values,
  ArrayPartition: partition,
  ArrayContains: (values, wanted) => list(values).some((value) => same(value, wanted)),
  ArrayRange: range,
  ArrayGetItem: (values, index) => list(values)[numeric(index)] ?? failed('ArrayGetItem points past the array'),
  ArrayLength: (values) => list(values).length,
  ArrayUnique: (values) =>
    list(values).filter((value, index, all) => all.findIndex((other) => same(value, other)) === index),
  Base64Encode: (text) => Buffer.from(String(text)).toString('base64'),
  Base64Decode: (text) => Buffer.from(String(text), 'base64').toString(),
  Hash: (value, algorithm) =>
    createHash(String(algorithm).replace('-', '').toLowerCase()).update(shown(value)).digest('hex'),
  MathAdd: (one, other) => numeric(one) + numeric(other),
  MathRandom: (from, to) => Math.floor(numeric(from) + Math.random() * (numeric(to) - numeric(from))),
  UUID: () => randomUUID(),
};

/** Where the argument that starts at `from` ends: before the comma or bracket of its own level. */
const argumentEnd = (text: string, from: number): number => {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at++) {
    const mark = text[at];
    if (mark === '\\') at++;
    else if (mark === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (mark === '(' || mark === '[') depth++;
    else if ((mark === ')' || mark === ']') && depth-- === 0) return at;
    else if (mark === ',' && depth === 0) return at;
  }
  return text.length;
};

const splitArguments = (text: string): string[] => {
  const parts: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = argumentEnd(text, from);
    parts.push(text.slice(from, end).trim());
    from = end + 1;
  }
  return parts;
};

const literal = /^(?:'(?:[^'\\]|\\.)*'|-?\d+(\.\d+)?|true|false|null)$/s;
const callForm = /^States\.(\w+)\((.*)\)$/s;

/** Throws an Error for what is neither a path nor a call of a function that is known here; arguments are looked at too. */
export function checkExpression(expression: string): void {
  const [, name = '', given = ''] = callForm.exec(expression) ?? [];
  if (expression.startsWith('$')) checkPath(expression);
  else if (!Object.hasOwn(functions, name))
    throw new Error(`'${expression}' is neither a path nor an intrinsic function known here`);
  else for (const argument of splitArguments(given)) if (!literal.test(argument)) checkExpression(argument);
}

/** The value of a path, an intrinsic call or a literal inside one. Undefined for a path that finds nothing. */
export function evaluate(expression: string, input: unknown, context: unknown): unknown {
  if (expression.startsWith('$')) return readPath(expression, input, context);
  const call = callForm.exec(expression);
  const name = call?.[1] ?? '';
  if (call) {
    const run = functions[name] ?? failed(`States.${name} is not known`);
    const values = splitArguments(call[2] ?? '').map((argument) => argumentValue(name, argument, input, context));
    try {
      return run(...values);
    } catch (thrown) {
      if (thrown instanceof StateFailure) throw thrown;
      return failed(`States.${name}: ${(thrown as Error).message}`);
    }
  }
  return failed(`${expression} is not an intrinsic function`);
}

const argumentValue = (name: string, argument: string, input: unknown, context: unknown): unknown => {
  const quoted = /^'((?:[^'\\]|\\.)*)'$/s.exec(argument);
  // Format undoes the escapes of its own template, where `\{` is a brace and `{}` a place.
  if (quoted) return name === 'Format' ? (quoted[1] ?? '') : (quoted[1] ?? '').replace(/\\(.)/g, '$1');
  if (/^(-?\d+(\.\d+)?|true|false|null)$/.test(argument)) return JSON.parse(argument);
  return evaluate(argument, input, context) ?? failed(`${argument} has no value`);
};
