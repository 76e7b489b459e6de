// What all text providers have in common: a manner of speaking, pure, becomes a provider that makes one HTTP exchange.
import { type Call, failed, isObject, type JsonObject, parsed, postStream } from '../http.ts';
import { estimateTokens } from '../models.ts';
import { type Refused, retryAfter, type Verdict, verdictOfStatus } from '../refused.ts';
import type { Account, ProviderId, TextAnswer, TextProvider, TextRequest, TokenUsage } from '../schema.ts';
import { serverEvents } from '../sse.ts';
import { errorWords } from './errors.ts';
import { withSetting } from './refused-setting.ts';

/** An answer that can be used, or why not. */
export type Told =
  | {
      readonly text: string;
      readonly finish: TextAnswer['finish'];
      readonly usage: TokenUsage | undefined;
      readonly requestId?: unknown;
    }
  | { readonly verdict: Verdict; readonly usage?: TokenUsage | undefined };

/** Takes in a stream, event by event. */
export type Listener = {
  /** The text that came with an event; `over` when nothing follows; a verdict ends the call. */
  hear(event: JsonObject): { readonly piece?: string; readonly over?: true; readonly verdict?: Verdict };
  /** Everything heard as one answer; undefined when the end was not heard. @param isDone the server said `[DONE]`. */
  end(isDone: boolean): Told | undefined;
};

export type Manner = {
  readonly id: ProviderId;
  /** Joined to the account's base URL. */
  path(request: TextRequest, streamed: boolean): string;
  headers(key: string): Readonly<Record<string, string>>;
  body(request: TextRequest, streamed: boolean, account: Account): JsonObject;
  /** The provider's own error table; undefined leaves the word to the HTTP status. */
  judge(refused: Refused): Verdict | undefined;
  readonly requestIdHeader?: string;
  answer(body: JsonObject): Told;
  listen(): Listener;
};

export const bearer = (key: string): Record<string, string> => (key === '' ? {} : { authorization: `Bearer ${key}` });

/** The provider that speaks in this manner. */
export const speak = (manner: Manner): TextProvider => ({
  id: manner.id,
  async text(request, account, wire) {
    const call = callOf(manner, request, account, false);
    const reply = await postStream(call, wire);
    if ('body' in reply) return whole(manner, request, call, reply.headers, reply.body);
    // a server that streams all the same
    return used(manner, request, call, reply.headers, await heard(listened(manner, reply.bytes)));
  },
  async *stream(request, account, wire) {
    const call = callOf(manner, request, account, true);
    const reply = await postStream(call, wire);
    if ('body' in reply) {
      const answer = whole(manner, request, call, reply.headers, reply.body);
      yield answer.text;
      return answer;
    }
    const told = yield* listened(manner, reply.bytes);
    return used(manner, request, call, reply.headers, told);
  },
});

function callOf(manner: Manner, request: TextRequest, account: Account, streamed: boolean): Call {
  const { id: provider } = manner;
  const { key } = account;
  // A header of other characters would be refused by fetch in words that quote it.
  const isWritable = /^[\x21-\x7e]+$/.test(key) || (key === '' && manner.id === 'compatible');
  if (!isWritable) throw failed({ provider, key }, { kind: 'auth', code: 'malformed_key' });
  const body = manner.body(request, streamed, account);
  const path = manner.path(request, streamed);
  return {
    provider,
    key,
    // an address that was typed with the version in it
    url: `${path.startsWith('/v1/') ? account.baseUrl.replace(/\/v1$/, '') : account.baseUrl}${path}`,
    headers: { accept: streamed ? 'text/event-stream' : 'application/json', ...manner.headers(key) },
    body,
    judge: (refused) => {
      const verdict = withSetting(manner.judge(refused) ?? byStatus(refused), refused, body);
      return withRequestId(manner, refused.headers, verdict);
    },
  };
}

/** The status's word, with the provider's own code beside it. */
function byStatus(refused: Refused): Verdict {
  const error = errorWords(refused.body);
  return { ...verdictOfStatus(refused), code: error?.code || error?.type, field: error?.field };
}

const withRequestId = (manner: Manner, headers: Headers, verdict: Verdict): Verdict => {
  const requestId = headers.get(manner.requestIdHeader ?? 'x-request-id') ?? verdict.requestId;
  return { ...verdict, ...(requestId != null && { requestId }) };
};

async function* listened(manner: Manner, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, Told> {
  const listener = manner.listen();
  let isDone = false;
  for await (const { data } of serverEvents(bytes)) {
    isDone = data.trim() === '[DONE]';
    if (isDone) break;
    // a sign of life, in which no text can be
    if (!data.includes('{')) continue;
    const event = parsed(data);
    if (!isObject(event)) return { verdict: { kind: 'retryable', code: 'not_json' } };
    const { piece, over, verdict } = hearOrFail(manner, listener, event);
    if (verdict) return { verdict };
    if (piece) yield piece;
    if (over) break;
  }
  return listener.end(isDone) ?? { verdict: { kind: 'retryable', code: 'stream_cut' } };
}

/** A stream to its end. */
async function heard(stream: AsyncGenerator<string, Told>): Promise<Told> {
  for (;;) {
    const { done, value } = await stream.next();
    if (done) return value;
  }
}

/** An error among the events of a stream that began well. */
const hearOrFail = (manner: Manner, listener: Listener, event: JsonObject) => {
  const error = errorInside(manner, event);
  return error ? { verdict: error } : listener.hear(event);
};

function whole(manner: Manner, request: TextRequest, call: Call, headers: Headers, body: unknown): TextAnswer {
  const said = isObject(body) ? body : {};
  const error = errorInside(manner, said, headers);
  return used(manner, request, call, headers, error ? { verdict: error } : manner.answer(said));
}

const noHeaders = new Headers();

/** Errors inside HTTP 200 (providers.md 4), by the same table as the others. Some gateways give the HTTP status they meant as the code. */
function errorInside(manner: Manner, body: JsonObject, headers = noHeaders): Verdict | undefined {
  const own = manner.judge({ status: 200, headers, body });
  const retryAfterMs = retryAfter(headers);
  if (own) return retryAfterMs === undefined ? own : { retryAfterMs, ...own };
  const error = errorWords(body);
  if (!error) return undefined;
  const status = Number(isObject(body.error) ? body.error.code : Number.NaN);
  if (status >= 400 && status < 600) return { ...verdictOfStatus({ status, headers, body }), code: `http_${status}` };
  return { kind: 'retryable', code: error.code || error.type || 'error_inside_200' };
}

function used(manner: Manner, request: TextRequest, call: Call, headers: Headers, told: Told): TextAnswer {
  if ('verdict' in told)
    throw failed(call, withRequestId(manner, headers, told.verdict), { httpStatus: 200, usage: told.usage });
  const { text, finish } = told;
  const usage = isCount(told.usage) ? told.usage : estimated(request, text);
  const ids = withRequestId(manner, headers, {
    kind: 'invalid_output',
    code: 'empty_answer',
    requestId: told.requestId,
  });
  if (finish === 'stop' && text.trim() === '') throw failed(call, ids, { httpStatus: 200, usage });
  const { requestId } = failed(call, ids).facts;
  return { text, finish, usage, ...(requestId && { requestId }) };
}

/** Noughts are no count. */
const isCount = (usage: TokenUsage | undefined): usage is TokenUsage =>
  usage !== undefined && usage.input + usage.output > 0;

/** For servers that give no count; a budget must not take that for nothing. */
function estimated(request: TextRequest, text: string): TokenUsage {
  const asked = [request.system, ...request.messages.map((one) => one.text), JSON.stringify(request.schema ?? '')];
  return { input: estimateTokens(asked.join('\n')), output: estimateTokens(text), cached: 0, reasoning: 0, estimated: true }; // biome-ignore format: one thought
}
