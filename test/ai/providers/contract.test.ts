// Each provider against a server that speaks its protocol: what is asked arrives rightly, what is answered is understood.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Models, startModels } from '../../kit/models/index.ts';
import { asking, called, canaryKey, canaryPrompt, failureOf, shots, streamed, text } from './asking.ts';

let server: Models;
beforeAll(async () => {
  server = await startModels({ reply: (asked) => (asked.schema ? shots : '灯塔亮了，海面起雾。'.repeat(8)) });
});
afterAll(async () => {
  await server.close();
  expect(server.problems).toEqual([]);
});

describe.each(called)('%s', (provider) => {
  test.each(['schema', 'tool', 'json_object', 'prompt'] as const)('gives an object asked for by %s', async (method) => {
    const answer = await text(server, provider, asking(provider, method));
    expect(JSON.parse(answer.text)).toEqual(shots);
    expect(answer.finish).toBe('stop');
    expect(answer.usage.input).toBeGreaterThan(0);
    expect(answer.usage.estimated).toBeUndefined();
  });

  test.each(['schema', 'tool', 'prompt'] as const)('streams an object asked for by %s', async (method) => {
    const { pieces, answer } = await streamed(server, provider, asking(provider, method));
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe(answer.text);
    expect(JSON.parse(answer.text)).toEqual(shots);
    expect(answer.usage.output).toBeGreaterThan(0);
  });

  test('gives and streams free text, its characters whole wherever the bytes are cut', async () => {
    const whole = await text(server, provider, asking(provider, 'text'));
    const { pieces, answer } = await streamed(server, provider, asking(provider, 'text'));
    expect(whole.text).toBe('灯塔亮了，海面起雾。'.repeat(8));
    expect(answer.text).toBe(whole.text);
    expect(pieces.join('')).toBe(whole.text);
  });

  test('sends the key, the system text, the turns and the schema', async () => {
    const turns = [
      { role: 'user', text: canaryPrompt },
      { role: 'assistant', text: '{"shots":' },
      { role: 'user', text: '不是合法的 JSON，请重写。' },
    ] as const;
    const seen: unknown[] = [];
    const own = await startModels({
      reply: (asked) => {
        seen.push(asked.messages, asked.schema !== undefined, asked.model);
        return shots;
      },
    });
    await text(own, provider, asking(provider, 'schema', { messages: turns, effort: 'none' }));
    expect(seen).toEqual([turns, true, asking(provider).model]);
    expect(own.log[0]!.key).toBe(canaryKey);
    expect(own.problems).toEqual([]);
    await own.close();
  });

  test('tells the counts as the provider counted', async () => {
    const request = asking(provider, 'text', {
      messages: [{ role: 'user', text: `[[stub:usage=120/64/20/30]] ${provider}` }],
    });
    const counts = { input: 120, output: 64, cached: 20, reasoning: 30 };
    expect((await text(server, provider, request)).usage).toEqual(counts);
    expect((await streamed(server, provider, request)).answer.usage).toEqual(counts);
  });

  test('estimates where the provider forgets to count, and says so', async () => {
    const request = asking(provider, 'text', { messages: [{ role: 'user', text: '[[stub:no-usage]]' }] });
    for (const answer of [await text(server, provider, request), (await streamed(server, provider, request)).answer]) {
      expect(answer.usage.estimated).toBe(true);
      expect(answer.usage.output).toBeGreaterThan(10);
    }
  });

  test('says when the answer was cut at its limit, and gives what there is', async () => {
    const request = asking(provider, 'prompt', { messages: [{ role: 'user', text: '[[stub:truncated]]' }] });
    const answer = await text(server, provider, request);
    expect(answer.finish).toBe('length');
    expect(answer.text.length).toBeGreaterThan(0);
    expect((await streamed(server, provider, request)).answer).toMatchObject({ finish: 'length', text: answer.text });
  });

  test('leaves what models put around an object to the gateway, but for their thinking', async () => {
    const of = (mark: string) => asking(provider, 'prompt', { messages: [{ role: 'user', text: `[[stub:${mark}]]` }] });
    const plain = JSON.stringify(shots);
    expect((await text(server, provider, of('fenced'))).text).toBe(`\`\`\`json\n${plain}\n\`\`\``);
    expect((await text(server, provider, of('half-json'))).text).toBe(plain.slice(0, Math.ceil(plain.length / 2)));
    expect((await text(server, provider, of('prose'))).text).toContain(plain);
    expect(JSON.parse((await text(server, provider, of('wrong-schema'))).text)).toEqual({ answer: 42 });
  });

  test('takes an answer in one piece where a stream was asked for', async () => {
    const own = await startModels({ reply: () => shots });
    const whole = await text(own, provider, asking(provider, 'text'));
    own.next({ status: 200, body: JSON.stringify(await bodyOf(own, provider)) });
    const { answer, pieces } = await streamed(own, provider, asking(provider, 'text'));
    expect(answer.text).toBe(whole.text);
    expect(pieces).toEqual([whole.text]);
    await own.close();
  });

  test('refuses a key that no header can carry, without a call and without quoting it', async () => {
    const before = server.log.length;
    const key = 'sk-密钥\nevil-canary';
    const failure = await failureOf(text(server, provider, asking(provider), { key }), [key, 'evil-canary']);
    expect(failure.facts).toMatchObject({ kind: 'auth', providerCode: 'malformed_key', provider });
    expect(server.log.length).toBe(before);
  });
});

/** The body the server would answer with. */
async function bodyOf(own: Models, provider: (typeof called)[number]): Promise<unknown> {
  let body: unknown;
  const spy: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    body = await response.clone().json();
    return response;
  };
  const { textProvider } = await import('../../../core/ai/registry.ts');
  const account = { baseUrl: own.baseUrl(provider), key: canaryKey };
  await textProvider(provider).text(asking(provider, 'text'), account, {
    fetch: spy,
    signal: AbortSignal.timeout(20_000),
  });
  return body;
}
