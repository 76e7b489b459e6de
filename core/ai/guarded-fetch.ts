// `fetch` for addresses that members typed: the address a name resolves to is judged at the moment of connecting, and no other is connected to.
import { lookup as systemLookup } from 'node:dns';
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { type AddressRules, isAllowed } from './base-url.ts';

/** Its code is what `http.ts` tells of it. */
class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';
}

class NotConnected extends Error {
  readonly code = 'CONNECT_TIMEOUT';
}

/** What resolves names; another in tests. */
export type Lookup = typeof systemLookup;

/**
 * A fetch that follows no redirect and speaks to no address the rules do not allow. Node's own offers no place to look at an address
 * between resolving and connecting, so this one stands on `node:https`. It does what `http.ts` asks of it: POST with a text, headers, a signal.
 * @param connectMs in which a connection must be there: what has none never left, and costs nothing. Source: providers.md 3.7.
 */
export function guardedFetch(rules: AddressRules, lookup: Lookup = systemLookup, connectMs = 10_000): typeof fetch {
  const judged = judgedLookup(rules, lookup);
  // connections of its own, so that none is met again that was opened unjudged
  const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && rules.http)) throw new AddressRefused('not https');
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // a literal address is connected to without a look-up
    if (isIP(host) && !isAllowed(host, rules)) throw new AddressRefused('not a public address');
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const { signal, method = 'GET' } = init;
    signal?.throwIfAborted();
    const headers = Object.fromEntries(new Headers(init.headers));
    const agent = agents[url.protocol as keyof typeof agents];
    const outgoing = send(url, { method, headers, agent, lookup: judged, ...(signal && { signal }) });
    outgoing.once('socket', (socket) => {
      if (!socket.connecting) return;
      const timer = setTimeout(() => outgoing.destroy(new NotConnected('no connection')), connectMs);
      const end = () => clearTimeout(timer);
      socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', end);
      outgoing.once('close', end);
    });
    outgoing.end(typeof init.body === 'string' ? init.body : undefined);
    return responseOf(await answerOf(outgoing));
  };
}

const answerOf = (outgoing: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    // also after the answer began, when it is the body's reader who hears of it
    outgoing.on('error', reject);
  });

function responseOf(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    for (const one of [value ?? []].flat()) headers.append(name, one);
  const status = incoming.statusCode ?? 0;
  const bodiless = status === 204 || status === 205 || status === 304;
  if (bodiless) incoming.resume();
  return new Response(bodiless ? null : (Readable.toWeb(incoming) as ReadableStream), { status, headers });
}

/** One private address among several is enough to refuse the name: who controls it could make us take that one next. */
const judgedLookup =
  (rules: AddressRules, lookup: Lookup): LookupFunction =>
  (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => !isAllowed(address, rules)))
        return callback(new AddressRefused('resolves to an address that is not public'), '', 0);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
