// One request answered: what is wrong with it, what goes wrong with the answer, or the answer.
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type Reply, said } from './answer.ts';
import type { Behaviour, Raw, Word } from './behaviour.ts';
import { chatThought } from './chat.ts';
import type { Asked, Fault, FaultAnswer, Protocol } from './protocol.ts';
import type { LoggedCall } from './server.ts';

export type Exchange = {
  readonly protocol: Protocol;
  readonly path: string;
  readonly call: LoggedCall;
  readonly response: ServerResponse;
  readonly serial: number;
  readonly behavioursFor: (asked: Asked) => readonly Behaviour[];
  readonly raw: Raw | undefined;
  readonly reply: Reply;
  readonly isKey: (key: string) => boolean;
  readonly problem: (why: string) => void;
};

export async function serve(exchange: Exchange): Promise<void> {
  const { protocol, path, call, raw, response } = exchange;
  const asked = protocol.read(path, call.body, call.headers);
  if (call.key === undefined || !exchange.isKey(call.key)) return faulty(exchange, protocol.fault('auth'));
  if (!call.headers.get('content-type')?.startsWith('application/json')) return refuse(exchange, 'content-type');
  if (typeof asked === 'string') return refuse(exchange, asked);
  if (raw) return sendRaw(exchange, raw);
  const behaviours = exchange.behavioursFor(asked);
  call.behaviours = behaviours.map(({ word }) => word);
  const slow = behaviours.find(({ word }) => word === 'slow');
  if (slow) await wait(Number(slow.value) * 1000);
  // whoever asked has gone: nothing is answered
  if (response.destroyed) return;
  for (const behaviour of behaviours) if (await misbehaved(exchange, asked, behaviour)) return;
  await answer(exchange, asked, behaviours);
}

/** A request that the provider would not take. */
function refuse(exchange: Exchange, why: string): void {
  exchange.problem(why);
  faulty(exchange, exchange.protocol.fault('invalid', why));
}

const faults: Readonly<Partial<Record<Word, Fault>>> = {
  '429': 'rate_limit', '429-ms': 'rate_limit', '429-date': 'rate_limit', '500': 'server', '503': 'overloaded',
  quota: 'quota', auth: 'auth', moderation: 'moderation', invalid: 'invalid', model: 'model',
}; // biome-ignore format: a table

/** Whether the behaviour took the place of the answer. */
async function misbehaved(exchange: Exchange, asked: Asked, { word, value }: Behaviour): Promise<boolean> {
  const { response, protocol } = exchange;
  const fault = faults[word];
  if (fault) faulty(exchange, protocol.fault(fault), waitHeaders(word, value));
  else if (word === 'reset') response.socket?.resetAndDestroy();
  else if (word === 'redirect') response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end();
  else if (word === 'html') page(response, 200);
  else if (word === 'html-502') page(response, 502);
  else if (word === 'stall') await stall(response, asked.streamed);
  else if (word === 'silence') silent(response, asked.streamed);
  else if (word === 'huge') await huge(response);
  else if (word === 'inside' && !asked.streamed) faulty(exchange, protocol.fault('inside'));
  else return false;
  return true;
}

function waitHeaders(word: Word, value: string): Record<string, string> {
  if (word === '429' && value !== '') return { 'retry-after': value };
  if (word === '429-ms') return { 'retry-after-ms': value };
  if (word === '429-date') return { 'retry-after': new Date(Date.now() + Number(value) * 1000).toUTCString() };
  return {};
}

function faulty({ response, protocol, serial }: Exchange, { status, body, headers }: FaultAnswer, more = {}): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...protocol.headers?.(serial),
    ...headers,
    ...more,
  });
  response.end(JSON.stringify(body));
}

function sendRaw({ response, call }: Exchange, { status, headers, body }: Raw): void {
  if (status < 300) call.outcome = 'answered';
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function page(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end('<!doctype html><title>Just a moment...</title><p>Checking your browser');
}

/** Keep-alives and nothing else, until the client goes. */
async function stall(response: ServerResponse, streamed: boolean): Promise<void> {
  response.writeHead(200, { 'content-type': streamed ? 'text/event-stream' : 'application/json' });
  while (!response.destroyed) {
    response.write(streamed ? ': keep-alive\n\n' : '\n');
    await wait(10);
  }
}

/** Not a word, until the client goes. */
function silent(response: ServerResponse, streamed: boolean): void {
  response.writeHead(200, { 'content-type': streamed ? 'text/event-stream' : 'application/json' });
  response.flushHeaders();
}

/** An answer without end. */
async function huge(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  const block = 'x'.repeat(256 * 1024);
  response.write('{"id":"');
  while (!response.destroyed) if (!response.write(block)) await wait(1);
}

async function answer(exchange: Exchange, asked: Asked, behaviours: readonly Behaviour[]): Promise<void> {
  const { protocol, response, call, serial } = exchange;
  const has = (word: Word): boolean => behaviours.some((one) => one.word === word);
  const words = await said(asked, exchange.reply, behaviours, serial);
  const headers = protocol.headers?.(serial);
  const isLost = has('cut') || has('half-body') || (asked.streamed && has('inside'));
  call.outcome = isLost ? 'lost' : 'answered';
  if (call.outcome === 'answered') call.counts = words.usage;
  if (asked.streamed) {
    const frames = [...protocol.frames(asked, words)];
    if (has('inside')) frames.splice(2, frames.length, protocol.faultFrame());
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...headers });
    const pondering = behaviours.find(({ word }) => word === 'ponders');
    if (pondering)
      await ponder(
        response,
        protocol.thought ? protocol.thought(asked) : chatThought(asked),
        Number(pondering.value) * 1000,
      );
    await sendPieces(response, Buffer.from(`: keep-alive\n\n${frames.join('')}`), has('cut'), has('half-body'));
    return;
  }
  const body = Buffer.from((protocol.lead ?? '') + JSON.stringify(protocol.answer(asked, words)));
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  await sendPieces(response, body, has('cut'), has('half-body'));
}

/** Thinks for so long before the first word. */
async function ponder(response: ServerResponse, thought: string, ms: number): Promise<void> {
  for (let left = ms; left > 0 && !response.destroyed; left -= 20) {
    response.write(thought);
    await wait(20);
  }
}

/** In pieces that care for no character; cut with a reset, or ended politely, in the middle. */
async function sendPieces(response: ServerResponse, bytes: Buffer, cut: boolean, half: boolean): Promise<void> {
  const end = cut || half ? Math.floor(bytes.length / 2) : bytes.length;
  const size = Math.max(13, Math.floor(end / 30));
  for (let at = 0; at < end && !response.destroyed; at += size)
    response.write(bytes.subarray(at, Math.min(end, at + size)));
  if (!cut) {
    response.end();
    return;
  }
  // what was written should leave before the reset
  await wait(20);
  response.socket?.resetAndDestroy();
}
