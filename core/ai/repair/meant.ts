// An object whose form is a little off, as it was meant: a number written as text, one thing where a list of one was asked for, a word in
// capitals, an empty field left out. What a word or a number is, is never guessed. Pure.
import type * as z from 'zod';

type Issue = z.core.$ZodIssue;
type Holder = Record<PropertyKey, unknown>;

/** The object with what the issues name put right; undefined where nothing of it can be. */
export function meant(object: Record<string, unknown>, issues: readonly Issue[]): Record<string, unknown> | undefined {
  const copy = structuredClone(object);
  const mended = issues.filter((issue) => mend(copy, issue));
  return mended.length > 0 ? copy : undefined;
}

/** Whether it was. */
function mend(root: Record<string, unknown>, issue: Issue): boolean {
  const key = issue.path.at(-1);
  const holder = issue.path.slice(0, -1).reduce<unknown>((at, name) => (isHolder(at) ? at[name] : undefined), root);
  if (key === undefined || !isHolder(holder)) return false;
  // the whole of an answer may not be left out, a field of one of many may
  const isField = issue.path.length > 2;
  const said = saidAs(issue, holder[key] ?? undefined, isField);
  if (said === undefined) return false;
  holder[key] = said;
  return true;
}

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

function saidAs(issue: Issue, value: unknown, isField: boolean): unknown {
  if (issue.code === 'invalid_value') return issue.values.find((one) => isSameWord(one, value));
  if (issue.code !== 'invalid_type') return undefined;
  const { expected } = issue;
  if (expected === 'array') return listOf(value, isField);
  if (expected === 'number') return numberIn(Array.isArray(value) && value.length === 1 ? value[0] : value);
  return expected === 'string' ? textOf(value, isField) : undefined;
}

const isSameWord = (one: unknown, value: unknown): boolean =>
  typeof one === 'string' && typeof value === 'string' && one === value.trim().toLowerCase();

/** `"2、3"` is a list of two numbers. */
function listOf(value: unknown, isField: boolean): unknown[] | undefined {
  if (value === undefined) return isField ? [] : undefined;
  if (typeof value === 'string' && /^\s*\d+(\s*[,，、;；\s]\s*\d+)+\s*$/.test(value))
    return value.match(/\d+/g)!.map(Number);
  return isField ? [value] : undefined;
}

/** `3`, and as people number lines: `#3`, `L3`, `line 3`, `第3行`. */
const marked = /^(?:#|L|line|第)?\s*(-?\d+(?:\.\d+)?)\s*行?$/i;

function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value.normalize('NFKC').trim() : '';
  const [, number] = marked.exec(text) ?? [];
  return number === undefined ? undefined : Number(number);
}

function textOf(value: unknown, isField: boolean): string | undefined {
  if (value === undefined) return isField ? '' : undefined;
  if (typeof value === 'number') return String(value);
  // two names are not one
  const [one, ...others]: unknown[] = Array.isArray(value) ? value : [];
  return typeof one === 'string' && others.length === 0 ? one : undefined;
}
