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
  // some servers have the field in every answer, with nothing in it
  if (!isObject(error) || Object.values(error).every((said) => said === '' || said == null)) return undefined;
  return { code: word(error.code), type: word(error.type), message: word(error.message), field: error.param };
}

export const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What DeepSeek says of a text it does not take; always in these words, its code being that of any bad request. */
const blocked = 'Content Exists Risk';

/** By a table of codes and types; the code is asked first. */
export function judgeBy(table: ErrorTable, { body }: Pick<Refused, 'body'>): Verdict | undefined {
  const error = errorWords(body);
  if (error?.message === blocked) return { kind: 'moderation', code: 'content_risk', stage: 'input' };
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

/** The same of servers that speak OpenAI's chat in words of their own: Azure, Bailian (Qwen), Moonshot (Kimi), Zhipu (GLM), StepFun. */
export const othersErrors: ErrorTable = {
  ...openaiErrors,
  content_filter: 'moderation',
  data_inspection_failed: 'moderation',
  DataInspectionFailed: 'moderation',
  censorship_blocked: 'moderation',
  '1301': 'moderation',
  Arrearage: 'quota',
  'AllocationQuota.FreeTierOnly': 'quota',
  exceeded_current_quota_error: 'quota',
  '1113': 'quota',
  // of the day; of the minute are 1302 and 1305
  '1304': 'quota',
};
