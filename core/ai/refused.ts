// What an answer other than 2xx means when the provider's own table does not know it.
import type { FailureKind } from './schema.ts';

export type Refused = {
  readonly status: number;
  readonly headers: Headers /** Parsed, when it was JSON. */;
  readonly body: unknown;
};

/** What a provider's words come to. `code` and `field` are the provider's, unchecked: `failed` lets in only what looks like a code. */
export type Verdict = {
  readonly kind: FailureKind;
  readonly code?: unknown;
  readonly field?: unknown;
  readonly requestId?: unknown;
  readonly retryAfterMs?: number;
  readonly stage?: 'input' | 'output';
};

/** By HTTP status alone. Source: providers.md 5, decision order, third. */
export function verdictOfStatus({ status, headers }: Refused): Verdict {
  const retryAfterMs = retryAfter(headers);
  return { kind: kindOfStatus(status), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function kindOfStatus(status: number): FailureKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'quota';
  if (status === 429) return 'rate_limited';
  // how some clouds say that the content is blocked
  if (status === 451) return 'moderation';
  // 499: Gemini's word for a call that was cancelled on the way
  if (status === 408 || status === 409 || status === 425 || status === 499 || status >= 500) return 'retryable';
  return 'invalid';
}

/**
 * Milliseconds to wait, of `retry-after-ms`, or of `retry-after` in seconds or as a date; a date is counted from the answer's own
 * `date`, so that clocks need not agree. Undefined when nothing readable is there.
 */
export function retryAfter(headers: Headers): number | undefined {
  const ms = headers.get('retry-after-ms');
  if (ms !== null && isNumber(ms)) return Math.ceil(Number(ms));
  const said = headers.get('retry-after');
  if (said === null) return undefined;
  if (isNumber(said)) return Math.ceil(Number(said) * 1000);
  const wait = Date.parse(said) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

const isNumber = (text: string): boolean => /^\d{1,9}(\.\d+)?$/.test(text);
