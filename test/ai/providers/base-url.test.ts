// What a member types as a base URL must not lead into our own network: not as it is written, not as it resolves, not by a redirect.
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseUrl, isPublic } from '../../../core/ai/base-url.ts';
import { guardedFetch, type Lookup } from '../../../core/ai/guarded-fetch.ts';
import { textProvider } from '../../../core/ai/registry.ts';
import { Failure } from '../../../core/platform/failure.ts';
import { type Models, startModels } from '../../kit/models/index.ts';
import { asking, canaryKey, failureOf, shots } from './asking.ts';

const internet = { http: false, privateNetworks: false };
const oneMachine = { http: true, privateNetworks: true };

describe('a base URL', () => {
  test.each([
    ['https://api.openai.com/v1/', 'https://api.openai.com/v1'],
    [' https://llm.example.com ', 'https://llm.example.com'],
    ['https://8.8.8.8:8443/v1//', 'https://8.8.8.8:8443/v1'],
    ['https://[2606:4700::1111]/v1', 'https://[2606:4700::1111]/v1'],
    ['https://api.siliconflow.cn/v1/chat/completions', 'https://api.siliconflow.cn/v1'],
  ])('%s is kept as %s', (text, kept) => {
    expect(baseUrl(text, internet)).toBe(kept);
  });

  test.each([
    ['api.openai.com/v1', 'not_a_url'],
    ['', 'not_a_url'],
    ['http://llm.example.com/v1', 'not_https'],
    ['ftp://llm.example.com', 'not_https'],
    ['file:///etc/passwd', 'not_https'],
    ['https://user:secret@llm.example.com', 'credentials'],
    ['https://llm.example.com/v1?key=secret', 'query'],
    ['https://llm.example.com/v1#x', 'query'],
    ['https://127.0.0.1', 'private_address'],
    ['https://127.1', 'private_address'],
    ['https://0x7f000001', 'private_address'],
    ['https://2130706433', 'private_address'],
    ['https://017700000001', 'private_address'],
    ['https://10.0.0.8/v1', 'private_address'],
    ['https://172.31.255.1', 'private_address'],
    ['https://192.168.1.1', 'private_address'],
    ['https://169.254.169.254/latest/meta-data', 'private_address'],
    ['https://100.100.100.200', 'private_address'],
    ['https://0.0.0.0', 'private_address'],
    ['https://255.255.255.255', 'private_address'],
    ['https://[::1]', 'private_address'],
    ['https://[::]', 'private_address'],
    ['https://[::ffff:127.0.0.1]', 'private_address'],
    ['https://[::ffff:a9fe:a9fe]', 'private_address'],
    ['https://[64:ff9b::a00:1]', 'private_address'],
    ['https://[2002:a00:1::]', 'private_address'],
    ['https://[2001:0:4136:e378::1]', 'private_address'],
    ['https://[fe80::1]', 'private_address'],
    ['https://[fd00:ec2::254]', 'private_address'],
  ])('%s is refused: %s', (text, reason) => {
    const refusal = refusalOf(() => baseUrl(text, internet));
    expect(refusal).toMatchObject({ code: 'BASE_URL_REFUSED', details: { reason } });
    expect(refusal.say('en')).not.toContain('secret');
  });

  test('may be http, or on this machine, where the stage says so', () => {
    expect(baseUrl('http://127.0.0.1:11434/v1', oneMachine)).toBe('http://127.0.0.1:11434/v1');
    expect(refusalOf(() => baseUrl('http://127.0.0.1', { http: true, privateNetworks: false })).details.reason).toBe(
      'private_address',
    );
    expect(refusalOf(() => baseUrl('http://8.8.8.8', { http: false, privateNetworks: true })).details.reason).toBe(
      'not_https',
    );
  });

  test('with an IPv4 address mapped into IPv6 is never public', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => !isPublic(`::ffff:${address}`)));
  });

  test('of any other IPv6 network than global unicast is not public', () => {
    fc.assert(
      fc.property(
        fc.ipV6(),
        (address) => !isPublic(address) || /^[23]/.test(new URL(`http://[${address}]`).hostname.slice(1)),
      ),
    );
  });
});

function refusalOf(what: () => unknown): Failure {
  try {
    what();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** Names that resolve as told; the last answer stays. */
const resolving = (...answers: readonly (readonly string[])[]): Lookup & { asked: number } => {
  const lookup = (_name: string, _options: unknown, callback: (error: null, all: LookupAddress[]) => void) => {
    const all = answers[Math.min(lookup.asked++, answers.length - 1)]!;
    callback(
      null,
      all.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  lookup.asked = 0;
  return lookup as unknown as Lookup & { asked: number };
};

describe('a call to an address a member typed', () => {
  let server: Models;
  beforeAll(async () => {
    server = await startModels({ reply: () => shots });
  });
  afterAll(() => server.close());

  const call = (url: string, fetch: typeof globalThis.fetch, text = 'hello', signal = AbortSignal.timeout(20_000)) =>
    textProvider('compatible').text(
      asking('compatible', 'prompt', { messages: [{ role: 'user', text }] }),
      { baseUrl: url, key: canaryKey },
      { fetch, signal },
    );
  const named = (name: string) => server.baseUrl('compatible').replace('127.0.0.1', name);
  const http = { http: true, privateNetworks: false };

  test('reaches it where the rules allow, whole and streamed', async () => {
    const fetch = guardedFetch(oneMachine);
    expect(JSON.parse((await call(named('localhost'), fetch)).text)).toEqual(shots);
    const account = { baseUrl: named('127.0.0.1'), key: canaryKey };
    const stream = textProvider('compatible').stream(asking('compatible'), account, {
      fetch,
      signal: AbortSignal.timeout(20_000),
    });
    let step = await stream.next();
    while (!step.done) step = await stream.next();
    expect(JSON.parse(step.value.text)).toEqual(shots);
    expect(server.problems).toEqual([]);
  });

  test('is refused when the name resolves into a private network, also when one address of several does', async () => {
    const before = server.log.length;
    for (const answer of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['::ffff:127.0.0.1'], ['169.254.169.254'], []])
      expect((await failureOf(call(named('llm.example.com'), guardedFetch(http, resolving(answer))))).facts).toMatchObject({ kind: 'invalid', providerCode: 'ADDRESS_REFUSED' }); // biome-ignore format: one thought
    expect((await failureOf(call(named('localhost'), guardedFetch(http)))).facts.providerCode).toBe('ADDRESS_REFUSED');
    expect(server.log.length).toBe(before);
  });

  test('is refused for literal addresses, and for http where the stage wants https', async () => {
    const refused = { kind: 'invalid', providerCode: 'ADDRESS_REFUSED' };
    expect((await failureOf(call(named('127.0.0.1'), guardedFetch(http)))).facts).toMatchObject(refused);
    expect((await failureOf(call('https://[::1]:1/v1', guardedFetch(internet)))).facts).toMatchObject(refused);
    expect((await failureOf(call('http://llm.example.com', guardedFetch(internet)))).facts).toMatchObject(refused);
  });

  test('goes to the address that was judged: a name that resolves otherwise the next time is judged again', async () => {
    const lookup = resolving(['8.8.8.8', '127.0.0.1'], ['127.0.0.1']);
    const fetch = guardedFetch(http, lookup);
    for (let i = 0; i < 2; i++) expect((await failureOf(call(named('rebind.example.com'), fetch))).facts.providerCode).toBe('ADDRESS_REFUSED'); // biome-ignore format: one thought
    expect(lookup.asked).toBe(2);
    // allowed, it connects to what the look-up gave, once
    const single = resolving(['127.0.0.1'], ['10.255.255.1']);
    expect(JSON.parse((await call(named('once.example.com'), guardedFetch(oneMachine, single))).text)).toEqual(shots);
    expect(single.asked).toBe(1);
  });

  test('follows no redirect', async () => {
    const failure = await failureOf(call(named('127.0.0.1'), guardedFetch(oneMachine), '[[stub:redirect]]'));
    expect(failure.facts).toMatchObject({ kind: 'invalid', providerCode: 'redirected' });
  });

  test('gives up a connection that is not to be had: a name nobody resolves, a server that says nothing; not an answer that is slow', async () => {
    const unheard = guardedFetch(oneMachine, (() => undefined) as never, 80);
    const facts = { kind: 'retryable', providerCode: 'CONNECT_TIMEOUT' };
    expect((await failureOf(call(named('llm.example.com'), unheard))).facts).toMatchObject(facts);
    const mute = createServer().listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const { port } = mute.address() as AddressInfo;
    const waited = failureOf(call(`https://127.0.0.1:${port}`, guardedFetch(oneMachine, undefined, 80)));
    expect((await waited).facts).toMatchObject(facts);
    mute.close();
    const soon = guardedFetch(oneMachine, undefined, 200);
    expect(JSON.parse((await call(named('127.0.0.1'), soon, '[[stub:slow=0.5]]')).text)).toEqual(shots);
  });

  test('ends with the time given, and when the line is cut, as any other', async () => {
    const fetch = guardedFetch(oneMachine);
    const url = named('127.0.0.1');
    const late = await failureOf(call(url, fetch, '[[stub:stall]]', AbortSignal.timeout(80)));
    expect(late.facts).toMatchObject({ kind: 'retryable', providerCode: 'timeout' });
    expect((await failureOf(call(url, fetch, '[[stub:reset]]'))).facts).toMatchObject({ kind: 'retryable' });
    expect((await failureOf(call(url, fetch, '[[stub:cut]]'))).facts).toMatchObject({ kind: 'retryable' });
    const reason = new Error('cancelled');
    await expect(call(url, fetch, 'x', AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
