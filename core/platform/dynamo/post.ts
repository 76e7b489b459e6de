// One request over a connection that stays open.
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';

export type Replied = { readonly status: number; readonly text: string };

/** As many connections as the SDK keeps. */
const settings = { keepAlive: true, maxSockets: 50 };
let agents: { readonly http: http.Agent; readonly https: https.Agent } | undefined;
const agentsOf = () => (agents ??= { http: new http.Agent(settings), https: new https.Agent(settings) });

/** Ms without a byte after which a connection counts as dead; DynamoDB ends what takes longer by itself. */
const silentMs = 10_000;

/** Rejects with what the network says, and with an AbortError when the signal comes first. */
export function post(url: URL, headers: Record<string, string>, body: string, signal?: AbortSignal): Promise<Replied> {
  const isPlain = url.protocol === 'http:';
  const bytes = Buffer.from(body);
  const options = {
    method: 'POST',
    host: url.hostname,
    ...(url.port && { port: url.port }),
    path: '/',
    agent: agentsOf()[isPlain ? 'http' : 'https'],
    headers: { ...headers, 'content-length': String(bytes.length) },
    ...(signal && { signal }),
  };
  return new Promise((resolve, reject) => {
    const heard = (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    };
    const request = isPlain ? http.request(options, heard) : https.request(options, heard);
    request.on('error', reject);
    // a kept connection may have died without a word while the function slept
    request.setTimeout(silentMs, () => {
      request.destroy(Object.assign(new Error('silent'), { code: 'ETIMEDOUT' }));
    });
    request.end(bytes);
  });
}
