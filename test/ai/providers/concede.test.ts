// Servers that do not take a setting: asked without it, once for each model, and never again with it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Models, startModels } from '../../kit/models/index.ts';
import { asking, failureOf, shots, streamed, text } from './asking.ts';

let server: Models;
beforeEach(async () => {
  server = await startModels({ reply: (asked) => (asked.schema ? shots : '灯塔亮了。') });
});
afterEach(() => server.close());

const lmStudio = { error: "'response_format.type' must be 'json_schema' or 'text'" };
const azure = { error: { message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", type: 'invalid_request_error', param: 'max_tokens', code: 'unsupported_parameter' } }; // biome-ignore format: one thought
const noOptions = {
  object: 'error',
  message: [{ loc: ['body', 'stream_options'], msg: 'extra fields not permitted' }],
};
const object = asking('compatible', 'json_object');

describe('a form for answers', () => {
  test.each([
    [400, lmStudio],
    [400, { code: 20_024, message: 'Json mode is not supported for this model.', data: null }],
    [422, { detail: [{ loc: ['body', 'response_format', 'type'], msg: "Input should be 'text'" }] }],
    [500, { error: { message: 'response_format is not implemented', type: 'server_error' } }],
  ])('that a server refuses with %i %j is asked for in words, from then on at once', async (status, body) => {
    server.next({ status, body });
    expect(JSON.parse((await text(server, 'compatible', object)).text)).toEqual(shots);
    expect(server.log.map((call) => 'response_format' in call.body)).toEqual([true, false]);
    expect(JSON.stringify(server.log[1]?.body.messages)).toContain('json_schema');
    await text(server, 'compatible', object);
    expect(server.log).toHaveLength(3);
    expect(server.log[2]?.body).not.toHaveProperty('response_format');
  });

  test('that one model does not take is asked of another on the same server', async () => {
    server.next({ status: 400, body: lmStudio });
    await text(server, 'compatible', object);
    await text(server, 'compatible', { ...object, model: 'qwen-other' });
    expect(server.log.at(-1)?.body).toHaveProperty('response_format');
  });

  test('of Doubao is asked for in words where the model has none', async () => {
    server.next({ status: 400, body: { error: { code: 'InvalidParameter', message: 'no', param: 'response_format.type', type: 'BadRequest' } } }); // biome-ignore format: one thought
    expect(JSON.parse((await text(server, 'doubao', asking('doubao', 'schema'))).text)).toEqual(shots);
  });

  test('is asked for without twice where the words are refused as well', async () => {
    server.next({ status: 400, body: lmStudio }, { status: 400, body: lmStudio });
    expect((await failureOf(text(server, 'compatible', object))).facts).toMatchObject({ kind: 'invalid' });
    expect(server.log).toHaveLength(2);
  });
});

test('a refusal that was for something else is not remembered: the next question is asked with its form', async () => {
  const invalid = { error: { message: 'The prompt holds no valid JSON object.', type: 'invalid_request_error' } };
  server.next({ status: 400, body: invalid }, { status: 400, body: invalid });
  const other = { ...object, model: 'qwen-elsewhere' };
  expect((await failureOf(text(server, 'compatible', other))).facts.kind).toBe('invalid');
  expect(JSON.parse((await text(server, 'compatible', other)).text)).toEqual(shots);
  expect(server.log.map(({ body }) => 'response_format' in body)).toEqual([true, false, true]);
});

test('the limit of an answer has its newer name where the server knows no other', async () => {
  server.next({ status: 400, body: azure }, { status: 400, body: azure });
  const { facts } = await failureOf(text(server, 'compatible', asking('compatible', 'text')));
  expect(facts.kind).toBe('invalid');
  expect(server.log.map(({ body }) => [body.max_tokens, body.max_completion_tokens])).toEqual([
    [4000, undefined],
    [undefined, 4000],
  ]);
});

test('a stream is counted by estimate where the server knows no options of streams', async () => {
  server.next({ status: 422, body: noOptions });
  const { answer } = await streamed(server, 'compatible', asking('compatible', 'text'));
  expect(answer.text).toBe('灯塔亮了。');
  expect(server.log.map(({ body }) => 'stream_options' in body)).toEqual([true, false]);
});

test('several settings are left out one after the other', async () => {
  server.next({ status: 400, body: lmStudio }, { status: 400, body: azure }, { status: 400, body: lmStudio });
  await failureOf(text(server, 'compatible', object));
  expect(server.log.at(-1)?.body).toMatchObject({ max_completion_tokens: 4000 });
  expect(server.log.at(-1)?.body).not.toHaveProperty('response_format');
  expect(server.log).toHaveLength(3);
});

test.each([
  [401, { error: { message: 'response_format', code: 'invalid_api_key' } }, 'auth'],
  [429, { error: { message: 'response_format', code: 'rate_limit_exceeded' } }, 'rate_limited'],
  [400, { error: { message: 'temperature is not supported' } }, 'invalid'],
  [500, { error: { message: 'failed to parse JSON object of the model' } }, 'retryable'],
])('nothing is asked twice for %i %j', async (status, body, kind) => {
  server.next({ status, body });
  expect((await failureOf(text(server, 'compatible', object))).facts.kind).toBe(kind);
  expect(server.log).toHaveLength(1);
});
