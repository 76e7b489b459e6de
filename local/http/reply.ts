// What goes back to the client: the function's answer in payload format 2.0, or one of API Gateway's own short texts.
import type { Answer } from '../lambda/instance.ts';
import { requestTooLarge } from '../lambda/pool.ts';

export type Reply = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
};

const own = (status: number, message: string): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from(JSON.stringify({ message })),
});

export const notFound = own(404, 'Not Found');
export const unauthorized = own(401, 'Unauthorized');
export const forbidden = own(403, 'Forbidden');
export const tooLarge = own(413, 'Request Entity Too Large');
export const headersTooLarge = own(431, 'Request Header Fields Too Large');
export const internalError = own(500, 'Internal Server Error');
export const unavailable = own(503, 'Service Unavailable');

type Structured = {
  statusCode: number;
  headers?: Record<string, unknown>;
  cookies?: unknown[];
  body?: unknown;
  isBase64Encoded?: boolean;
};

const structured = (result: unknown): result is Structured =>
  typeof result === 'object' && result !== null && 'statusCode' in result;

/** An answer with `statusCode` is taken as it says; anything else is a 200 with the answer itself as JSON. What a function may not be given is the client's fault. */
export function replyOf(answer: Answer): Reply {
  if (!answer.ok) return answer.error.errorType === requestTooLarge ? tooLarge : internalError;
  const result: unknown = JSON.parse(answer.payload);
  if (!structured(result)) {
    const body = typeof result === 'string' ? result : answer.payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body: Buffer.from(body) };
  }
  const status = Number(result.statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return internalError;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(result.headers ?? {})) headers[name.toLowerCase()] = String(value);
  const body = result.body ?? '';
  if (typeof body !== 'string') return internalError;
  return {
    status,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    cookies: (result.cookies ?? []).map(String),
    body: Buffer.from(body, result.isBase64Encoded ? 'base64' : 'utf8'),
  };
}
