// Every way a provider fails, as each of them says it, ends in one word of the taxonomy; and no error tells a key or a prompt.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FailureFacts } from '../../../core/ai/provider-failure.ts';
import { type Models, startModels } from '../../kit/models/index.ts';
import { asking, called, canaryPrompt, failureOf, shots, streamed, text } from './asking.ts';

let server: Models;
beforeAll(async () => {
  server = await startModels({ reply: (asked) => (asked.schema ? shots : '灯塔亮了。'.repeat(20)) });
});
afterAll(() => server.close());

type Provider = (typeof called)[number];

const marked = (provider: Provider, mark: string) =>
  asking(provider, 'text', { messages: [{ role: 'user', text: `[[stub:${mark}]] ${canaryPrompt}` }] });

/** Both ways of calling must fail alike. */
async function fails(provider: Provider, mark: string, facts: Partial<FailureFacts>): Promise<void> {
  const request = marked(provider, mark);
  expect((await failureOf(text(server, provider, request))).facts).toMatchObject({ provider, ...facts });
  expect((await failureOf(streamed(server, provider, request))).facts).toMatchObject({ provider, ...facts });
}

describe.each(called)('%s', (provider) => {
  test.each([
    ['quota', { kind: 'quota' }],
    ['429', { kind: 'rate_limited' }],
    ['500', { kind: 'retryable' }],
    ['503', { kind: 'retryable' }],
    ['model', { kind: 'invalid' }],
    ['invalid', { kind: 'invalid' }],
    ['refusal', { kind: 'moderation', stage: 'output' }],
    ['filtered', { kind: 'moderation', stage: 'output' }],
    ['empty', { kind: 'invalid_output', providerCode: 'empty_answer' }],
    ['redirect', { kind: 'invalid', providerCode: 'redirected' }],
    ['html', { kind: 'retryable', providerCode: 'html_page' }],
    ['html-502', { kind: 'retryable', httpStatus: 502 }],
    ['reset', { kind: 'retryable', providerCode: 'ECONNRESET' }],
  ] as const)('a %s ends in %o', (mark, facts) => fails(provider, mark, facts));

  test('a wrong key ends in auth', async () => {
    const secrets = ['wrong-key', canaryPrompt];
    const wrong = { key: 'wrong-key' };
    expect((await failureOf(text(server, provider, marked(provider, 'usage=1/1'), wrong), secrets)).facts.kind).toBe(
      'auth',
    );
    expect(
      (await failureOf(streamed(server, provider, marked(provider, 'usage=1/1'), wrong), secrets)).facts.kind,
    ).toBe('auth');
  });

  test('a blocked prompt ends in moderation, where the provider says it in a word', async () => {
    // Anthropic says it in prose only, which is not read; DeepSeek in one sentence that stays the same, which is
    const kind = provider === 'anthropic' ? 'invalid' : 'moderation';
    await fails(provider, 'moderation', kind === 'invalid' ? { kind } : { kind, stage: 'input' });
  });

  test('an error inside HTTP 200 is an error, in the middle of a stream too', async () => {
    const kind = provider === 'gemini' ? 'invalid_output' : 'retryable';
    expect((await failureOf(text(server, provider, marked(provider, 'inside')))).facts).toMatchObject({
      kind,
      httpStatus: 200,
    });
    expect((await failureOf(streamed(server, provider, marked(provider, 'inside')))).facts.kind).toBe('retryable');
  });

  test('an answer that breaks off is retryable, whether the line is cut or the server just ends', async () => {
    await fails(provider, 'cut', { kind: 'retryable' });
    await fails(provider, 'half-body', { kind: 'retryable' });
  });

  test.each([
    ['429=2', 2000],
    ['429-ms=350', 350],
  ] as const)('waits as long as %s says', async (mark, retryAfterMs) => {
    // Gemini says it in the body, which is asked first
    const facts = { kind: 'rate_limited', retryAfterMs: provider === 'gemini' ? 34_000 : retryAfterMs } as const;
    await fails(provider, mark, facts);
  });

  test('a server that only keeps the line alive ends with the time given', async () => {
    for (const call of [text, streamed]) {
      const signal = AbortSignal.timeout(80);
      const failure = await failureOf(call(server, provider, marked(provider, 'stall'), { signal }));
      expect(failure.facts).toMatchObject({ kind: 'retryable', providerCode: 'timeout' });
    }
  });

  test('a cancelled call ends with the reason it was cancelled for, which is no failure of the provider', async () => {
    const cancelled = new AbortController();
    const reason = new Error('the task was cancelled');
    const call = streamed(server, provider, marked(provider, 'stall'), { signal: cancelled.signal });
    cancelled.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  test('an answer without end is refused', async () => {
    const failure = await failureOf(text(server, provider, marked(provider, 'huge')));
    expect(failure.facts).toMatchObject({ kind: 'invalid_output', providerCode: 'answer_too_large' });
  });

  test('nobody at the address is retryable', async () => {
    const gone = await startModels();
    const baseUrl = gone.baseUrl(provider);
    await gone.close();
    const failure = await failureOf(text(gone, provider, asking(provider), { baseUrl }), [baseUrl, canaryPrompt]);
    expect(failure.facts).toMatchObject({ kind: 'retryable', providerCode: 'ECONNREFUSED' });
  });

  test('a server that quotes the key and the prompt in its error is not repeated', async () => {
    const said = `${canaryPrompt} sk-canary-7f3a9b2c`;
    for (const status of [400, 401, 429, 500])
      for (const error of [
        said,
        { message: said, code: said, type: said, param: 'sk-canary-7f3a9b2c', status: said },
      ]) {
        server.next({
          status,
          body: { error, code: said, message: said, base_resp: { status_code: 1000, status_msg: said } },
        });
        await failureOf(text(server, provider, asking(provider)));
      }
  });
});

test.each([
  ['openai', { 'x-request-id': 'req_1' }],
  ['anthropic', { 'request-id': 'req_1' }],
  ['doubao', { 'x-request-id': 'req_1' }],
  ['minimax', { 'trace-id': 'req_1' }],
] as const)('%s: the id of a failed request is kept for the support', async (provider, headers) => {
  server.next({ status: 500, headers, body: {} });
  expect((await failureOf(text(server, provider, asking(provider)))).facts).toMatchObject({ requestId: 'req_1' });
});

test('what was used is told with a refusal', async () => {
  for (const provider of called) {
    const failure = await failureOf(text(server, provider, marked(provider, 'usage=50/9 refusal')));
    expect(failure.facts.usage).toEqual({ input: 50, output: 9, cached: 0, reasoning: 0 });
  }
});
