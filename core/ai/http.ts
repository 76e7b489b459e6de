// The one place where a model provider is called: JSON out, JSON or events back, and nothing of keys or prompts in what is thrown.
import { ProviderFailure } from './provider-failure.ts';
import { type Refused, type Verdict, verdictOfStatus } from './refused.ts';
import type { FailureKind, ProviderId, TokenUsage, Wire } from './schema.ts';

/** Who is called, and the key that must not be seen again. */
export type Called = { readonly provider: ProviderId; readonly key: string };

/** One POST. `judge` reads the provider's own error body; undefined leaves the word to the HTTP status. */
export type Call = Called & {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly judge: (refused: Refused) => Verdict | undefined;
};

export type Reply = { readonly body: unknown; readonly headers: Headers };
export type StreamReply = Reply | { readonly bytes: AsyncIterable<Uint8Array>; readonly headers: Headers };

/** Bytes of one answer. The longest allowed output (384K tokens) is under 2 MB of text; more is no answer of a model. */
export const answerLimit = 8 * 1024 * 1024;

/**
 * Events when the server streams; a server that answers in one piece all the same is let have its way, and so is one that calls its events
 * mere text. Throws ProviderFailure, or the signal's reason when it was not a timeout.
 */
export async function postStream(call: Call, wire: Wire): Promise<StreamReply> {
  const response = await post(call, wire);
  if (response.ok && kindOf(response) === 'text/event-stream')
    return { bytes: bytesOf(call, response, wire), headers: response.headers };
  const text = await textOf(call, response, wire);
  if (response.ok && /^\s*(?:data|event|id)?:/.test(text)) return { bytes: once(text), headers: response.headers };
  return { body: bodyIn(text, call, response), headers: response.headers };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function post(call: Call, wire: Wire): Promise<Response> {
  try {
    return await wire.fetch(call.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...call.headers },
      body: JSON.stringify(call.body),
      signal: wire.signal,
      // a redirect would carry the key and the script to somebody else
      redirect: 'manual',
    });
  } catch (error) {
    throw transportFailure(call.provider, error, wire.signal);
  }
}

function bodyIn(text: string, call: Call, response: Response): unknown {
  const body = parsed(text);
  if (response.ok && isObject(body) && kindOf(response) !== 'text/html') return body;
  const { status, headers } = response;
  if (response.ok) throw failure(call, { kind: 'retryable', code: kindOf(response) === 'text/html' ? 'html_page' : 'not_json' }, status); // biome-ignore format: one thought
  if (status >= 300 && status < 400) throw failure(call, { kind: 'invalid', code: 'redirected' }, status);
  const refused = { status, headers, body };
  const verdict = call.judge(refused);
  throw failure(call, { ...verdictOfStatus(refused), ...verdict }, status);
}

const failure = (call: Call, verdict: Verdict, httpStatus: number) => failed(call, verdict, { httpStatus });

/** A verdict as the failure that is thrown. What a provider said is let in only where it looks like a code and holds no key. */
export function failed(
  { provider, key }: Called,
  verdict: Verdict,
  more: { readonly httpStatus?: number; readonly usage?: TokenUsage | undefined } = {},
): ProviderFailure {
  const { kind, retryAfterMs, stage } = verdict;
  const [providerCode, field, requestId] = [verdict.code, verdict.field, verdict.requestId].map((word) =>
    isCode(word) && !(key !== '' && word.includes(key)) ? word : undefined,
  );
  return new ProviderFailure({
    kind,
    provider,
    ...(more.httpStatus !== undefined && { httpStatus: more.httpStatus }),
    ...(more.usage && { usage: more.usage }),
    ...(providerCode && { providerCode }),
    ...(field && { field }),
    ...(requestId && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(stage && { stage }),
  });
}

/** Words of providers that may be shown and logged: short, without spaces, and not beginning as keys do. */
const isCode = (word: unknown): word is string =>
  typeof word === 'string' && /^[\w.:[\]@/-]{1,100}$/.test(word) && !/^(sk-|AIza|eyJ)/.test(word);

/** No answer, or an answer that broke off. The causes of `fetch` quote addresses and headers, so only their code goes on. */
function transportFailure(provider: ProviderId, error: unknown, signal: AbortSignal, isAnswer = false): unknown {
  if (error instanceof ProviderFailure) return error;
  if (signal.aborted) {
    const reason: unknown = signal.reason;
    if (!(reason instanceof Error) || reason.name !== 'TimeoutError') return reason;
    return new ProviderFailure({ kind: 'retryable', provider, providerCode: 'timeout' });
  }
  const code = codeOf(error);
  const kind: FailureKind = code === 'ADDRESS_REFUSED' || code === 'ERR_INVALID_URL' ? 'invalid' : 'retryable';
  return new ProviderFailure({
    kind,
    provider,
    providerCode: code ?? 'no_connection',
    ...(isAnswer && { isCut: true }),
  });
}

/** The first system code down the chain of causes. */
function codeOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && isCode(at.code) && /^[A-Z_]+$/.test(at.code)) return at.code;
  return undefined;
}

async function* bytesOf(call: Call, response: Response, wire: Wire): AsyncGenerator<Uint8Array> {
  let total = 0;
  try {
    for await (const chunk of response.body ?? []) {
      wire.alive?.();
      total += chunk.byteLength;
      if (total > answerLimit)
        throw failure(call, { kind: 'invalid_output', code: 'answer_too_large' }, response.status);
      yield chunk;
    }
  } catch (error) {
    throw transportFailure(call.provider, error, wire.signal, response.ok);
  }
}

async function textOf(call: Call, response: Response, wire: Wire): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(call, response, wire)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** JSON, or undefined. Blank lines before it are keep-alives (providers.md 2.5). */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

export type JsonObject = { readonly [key: string]: unknown };
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (response: Response): string =>
  (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
