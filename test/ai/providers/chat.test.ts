// What servers that speak OpenAI's chat do in ways of their own: how they end, keep alive and count.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Models, startModels } from '../../kit/models/index.ts';
import { asking, failureOf, streamed, text } from './asking.ts';

let server: Models;
beforeAll(async () => {
  server = await startModels();
});
afterAll(() => server.close());

const request = asking('compatible', 'text');
const event = (one: unknown) => `data: ${JSON.stringify(one)}\n\n`;
const piece = (content: string, finish_reason: string | null = null, more: object = {}) =>
  event({ id: 'c', choices: [{ index: 0, delta: { content }, finish_reason, ...more }] });
const done = 'data: [DONE]\n\n';
const stream = (...parts: string[]) => {
  server.next({ status: 200, headers: { 'content-type': 'text/event-stream' }, body: parts.join('') });
  return streamed(server, 'compatible', request);
};
const whole = (finish_reason: string | null, usage: object, content = '灯塔亮了。') => {
  server.next({
    status: 200,
    body: { id: 'c', choices: [{ index: 0, finish_reason, message: { role: 'assistant', content } }], usage },
  });
  return text(server, 'compatible', request);
};

describe('a stream', () => {
  test('whose every event has an empty reason is whole with the last word of the server, and not before', async () => {
    expect((await stream(piece('灯塔', ''), piece('亮了。', ''), done)).answer).toMatchObject({
      text: '灯塔亮了。',
      finish: 'stop',
    });
    const cut = await failureOf(stream(piece('灯塔', ''), piece('亮到一', '')));
    expect(cut.facts).toMatchObject({ kind: 'retryable', providerCode: 'stream_cut' });
  });

  test('that its limit cut off stays cut off, whatever comes behind the reason', async () => {
    const { answer } = await stream(piece('灯塔'), piece('亮', 'length'), piece('', ''), done);
    expect(answer).toMatchObject({ text: '灯塔亮', finish: 'length' });
  });

  test('is not ended by signs of life among its events', async () => {
    const alive = 'data:\n\nevent: ping\ndata: ping\n\ndata: null\n\n: keep-alive\n\n';
    const { answer } = await stream(piece('灯塔'), alive, piece('亮了。', 'stop'), done);
    expect(answer.text).toBe('灯塔亮了。');
  });

  test.each(['text/plain; charset=utf-8', 'application/octet-stream'])(
    'is one also under the name of %s',
    async (type) => {
      const body = `: hello\n\n${piece('灯塔')}${piece('亮了。', 'stop')}${done}`;
      server.next({ status: 200, headers: { 'content-type': type }, body });
      expect((await streamed(server, 'compatible', request)).answer.text).toBe('灯塔亮了。');
    },
  );

  test('without blank lines between its events is read event by event', async () => {
    const lines = [piece('灯塔'), piece('亮了。', 'stop'), done].map((one) => one.trimEnd());
    const { answer, pieces } = await stream(`${lines.join('\n')}\n`);
    expect(answer).toMatchObject({ text: '灯塔亮了。', finish: 'stop' });
    expect(pieces).toEqual(['灯塔', '亮了。']);
  });

  test('is an answer also where none was asked for', async () => {
    const parts = [piece('{"shots":'), piece('[]}', 'stop'), event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 4 } })]; // biome-ignore format: one thought
    server.next({ status: 200, headers: { 'content-type': 'text/event-stream' }, body: [...parts, done].join('') });
    const answer = await text(server, 'compatible', asking('compatible', 'json_object'));
    expect(answer).toMatchObject({ text: '{"shots":[]}', finish: 'stop', usage: { input: 9, output: 4 } });
  });

  test('counts where Kimi counts, in the last choice', async () => {
    const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18, cached_tokens: 4 };
    const { answer } = await stream(piece('灯塔'), piece('', 'stop', { usage }), done);
    expect(answer.usage).toEqual({ input: 11, output: 7, cached: 4, reasoning: 0 });
  });

  test('that moderation ended is no text', async () => {
    const { facts } = await failureOf(stream(piece('灯塔'), piece('', 'sensitive'), done));
    expect(facts).toMatchObject({ kind: 'moderation', stage: 'output' });
  });

  test('that the server broke off with a reason is no end', async () => {
    const { facts } = await failureOf(stream(piece('灯塔'), piece('', 'network_error'), done));
    expect(facts).toMatchObject({ kind: 'retryable', providerCode: 'network_error' });
  });
});

describe('an answer', () => {
  test.each(['length', 'max_tokens', 'MAX_TOKENS', 'model_length'])('that ends with %s was cut off', async (reason) => {
    expect(await whole(reason, {})).toMatchObject({ finish: 'length' });
  });

  test('that is a whole object was not cut off, though the limit came behind it', async () => {
    expect(await whole('length', {}, `{"shots":[]}${'\n'.repeat(400)}`)).toMatchObject({ finish: 'stop' });
    expect(await whole('length', {}, '{"shots":[]')).toMatchObject({ finish: 'length' });
    expect(await whole('length', {}, '{"shots":[{}]} and')).toMatchObject({ finish: 'length' });
  });

  test('of a tool that was cut off stays cut off, whatever the server made of it', async () => {
    const call = { id: '1', type: 'function', function: { name: 'shot_list', arguments: { shots: [] } } };
    const message = { role: 'assistant', content: null, tool_calls: [call] };
    server.next({ status: 200, body: { choices: [{ index: 0, finish_reason: 'length', message }] } });
    expect(await text(server, 'compatible', request)).toMatchObject({ finish: 'length' });
  });

  test('with an empty error beside it is an answer', async () => {
    server.next({
      status: 200,
      body: {
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: '灯塔亮了。' } }],
        error: { message: '', type: '', param: '', code: null },
      },
    });
    expect((await text(server, 'compatible', request)).text).toBe('灯塔亮了。');
  });
});

describe('tokens', () => {
  test('of thinking that stand in the total alone are paid as output', async () => {
    const counts = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 610 };
    const { usage } = await whole('stop', { ...counts, completion_tokens_details: { reasoning_tokens: 500 } });
    expect(usage).toEqual({ input: 100, output: 510, cached: 0, reasoning: 500 });
  });

  test.each([
    { prompt_tokens: 0, completion_tokens: 10, total_tokens: 610 },
    { prompt_tokens: 100, completion_tokens: 10, total_tokens: 610, prompt_tokens_details: { cached_tokens: 500 } },
  ])('that were asked are not paid as output where the total alone has them: %j', async (counts) => {
    expect((await whole('stop', counts)).usage.output).toBe(10);
  });

  test('of which none are counted are estimated', async () => {
    const { usage } = await whole('stop', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });
    expect(usage).toMatchObject({ estimated: true });
    expect(usage.output).toBeGreaterThan(0);
  });
});

test('Gemini may count behind the end of its answer, with an empty piece', async () => {
  const candidate = (part: string, finishReason?: string) => ({
    index: 0,
    content: { role: 'model', parts: [{ text: part }] },
    ...(finishReason && { finishReason }),
  });
  server.next({
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: [
      event({ candidates: [candidate('灯塔亮了。', 'STOP')], usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2 } }),
      event({ candidates: [candidate('')], usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2, thoughtsTokenCount: 9 } }),
    ].join(''),
  }); // biome-ignore format: one thought
  const { answer } = await streamed(server, 'gemini', asking('gemini', 'text'));
  expect(answer).toMatchObject({ text: '灯塔亮了。', finish: 'stop', usage: { input: 5, output: 11 } });
});
