// The one place that speaks HTTP to the API: address, token, envelope.
import type { Call } from './api.ts';

/** What the API refused: its code, its sentence, its details. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export type Connection = {
  /** Origin of the API, without a path. */
  readonly origin: string;
  /** The access token of now; undefined before sign-in. */
  readonly token?: () => string | undefined;
  readonly language?: 'zh-CN' | 'en';
};

/** A caller for the generated client. Throws Refusal for every answer that is not a success. */
export function caller({ origin, token, language = 'zh-CN' }: Connection): Call {
  return async <T>(method: string, path: string, query: Record<string, unknown>, body: unknown): Promise<T> => {
    const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
    const search = new URLSearchParams(asked.map(([name, value]): [string, string] => [name, String(value)]));
    const access = token?.();
    const answer = await fetch(`${origin}${path}${asked.length > 0 ? `?${search}` : ''}`, {
      method,
      headers: {
        'accept-language': language,
        ...(access && { authorization: `Bearer ${access}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return read<T>(answer);
  };
}

async function read<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  if (answer.ok && answer.headers.get('content-disposition')?.startsWith('attachment')) return text as T;
  const envelope = parsed(text);
  if (answer.ok && envelope?.success === true) return envelope.data as T;
  const { code = 'HTTP_ERROR', message = `${answer.status} ${text.slice(0, 200)}`, details } = envelope?.error ?? {};
  throw new Refusal(answer.status, code, message, details);
}

type Envelope = {
  success: boolean;
  data?: unknown;
  error?: { code?: string; message?: string; details?: Record<string, unknown> };
};

function parsed(text: string): Envelope | undefined {
  try {
    return JSON.parse(text) as Envelope;
  } catch {
    return undefined;
  }
}
