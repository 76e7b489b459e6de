// Errors as providers write them, most of them as OpenAI does: `{"error":{"message","type","param","code"}}`.
import { isObject } from '../http.ts';
import type { Refused, Verdict } from '../refused.ts';
import type { FailureKind } from '../schema.ts';

export type ErrorTable = Readonly<Record<string, FailureKind>>;

export type ErrorWords = {
  readonly code: string;
  readonly type: string;
  /** For reading only: it may quote the prompt or the key. */
  readonly message: string;
  readonly field: unknown;
};

/** The error of a body, if it has one; some servers write a mere text. */
export function errorWords(body: unknown): ErrorWords | undefined {
  if (!isObject(body)) return undefined;
  const { error } = body;
  if (typeof error === 'string' && error !== '') return { code: '', type: '', message: error, field: undefined };
  if (!isObject(error) || Object.keys(error).length === 0) return undefined;
  return { code: word(error.code), type: word(error.type), message: word(error.message), field: error.param };
}

export const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** By a table of codes and types; the code is asked first. */
export function judgeBy(table: ErrorTable, { body }: Pick<Refused, 'body'>): Verdict | undefined {
  const error = errorWords(body);
  const known = [error?.code, error?.type].find((one) => one && Object.hasOwn(table, one));
  const kind = known === undefined ? undefined : table[known];
  if (!kind) return undefined;
  return { kind, code: known, field: error?.field, ...(kind === 'moderation' && { stage: 'input' as const }) };
}

/** Source: providers.md 2.1. */
export const openaiErrors: ErrorTable = {
  insufficient_quota: 'quota',
  rate_limit_exceeded: 'rate_limited',
  invalid_api_key: 'auth',
  content_policy_violation: 'moderation',
  moderation_blocked: 'moderation',
  model_not_found: 'invalid',
  server_error: 'retryable',
};
