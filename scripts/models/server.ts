// A local server that speaks the protocol of each model provider and can be told to fail in every way they do.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Reply, sampleReply } from './answer.ts';
import { type Behaviour, behavioursOf, marksIn, type Raw, type Word } from './behaviour.ts';
import { type Exchange, serve } from './exchange.ts';
import { type Asked, type Counts, isJson, type Json, type Protocol } from './protocol.ts';
import { protocols } from './protocols.ts';

export type ModelsOptions = {
  /** 0: any free one. */
  readonly port?: number;
  /** Who plays the model; by default the smallest value that fits the schema. */
  readonly reply?: Reply;
  /** Which keys are let in; by default all but `wrong-key`. */
  readonly isKey?: (key: string, provider: string) => boolean;
  /** Told of each call once it is answered, or was not. */
  readonly heard?: (call: LoggedCall) => void;
};

export type LoggedCall = {
  readonly provider: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly headers: Headers;
  readonly body: Json;
  /** The same for the same request. */
  readonly fingerprint: string;
  /** What became of it: the model's answer went out whole, was made and lost on the way, or none was made. */
  outcome: 'answered' | 'lost' | 'failed';
  /** Tokens of an answer that went out whole. */
  counts: Counts | undefined;
  /** What it was made to misbehave in. */
  behaviours: readonly Word[];
};

/** Behaviours of a request by what is asked, `''` for none. */
export type Striking = (asked: Asked) => string;

export type Models = {
  readonly url: string;
  /** What an account of this provider has as its base URL. */
  baseUrl(provider: string): string;
  /** Behaviours of the requests to come, one each, in order; they go before marks in prompts. */
  next(...behaviours: readonly (string | Raw)[]): void;
  /** What strikes the requests to come that nothing is queued for; goes together with marks in prompts. */
  strike(striking: Striking): void;
  /** Another player from now on. */
  play(reply: Reply): void;
  /** Requests so far, in order. */
  readonly log: readonly LoggedCall[];
  /** Requests that were wrong, with what was. */
  readonly problems: readonly string[];
  /** The most that were being answered at one moment. */
  mostAtOnce(): number;
  /** Fingerprints of requests whose answer went out whole more than once. */
  paidTwice(): readonly string[];
  close(): Promise<void>;
};

/** Starts on 127.0.0.1. */
export async function startModels(options: ModelsOptions = {}): Promise<Models> {
  const state = new State(options);
  const server = createServer((request, response) => {
    state.handle(request, response).catch((error: unknown) => {
      state.problems.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    baseUrl: (provider) => url + protocolOf(provider).prefix,
    next: (...behaviours) => void state.queue.push(...behaviours),
    strike: (striking) => {
      state.striking = striking;
    },
    play: (reply) => {
      state.reply = reply;
    },
    log: state.log,
    problems: state.problems,
    mostAtOnce: () => state.most,
    paidTwice: () => state.paidTwice(),
    close: () => closed(server),
  };
}

function protocolOf(provider: string): Protocol {
  const found = protocols.find((one) => one.provider === provider);
  if (!found) throw new Error(`the model server does not play ${provider}`);
  return found;
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

class State {
  readonly queue: (string | Raw)[] = [];
  readonly log: LoggedCall[] = [];
  readonly problems: string[] = [];
  most = 0;
  reply: Reply;
  striking: Striking = () => '';
  private now = 0;
  private readonly options: ModelsOptions;
  private readonly seen = new Set<string>();

  constructor(options: ModelsOptions) {
    this.options = options;
    this.reply = options.reply ?? sampleReply;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.most = Math.max(this.most, ++this.now);
    try {
      await this.answer(request, response);
    } finally {
      this.now--;
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const protocol = protocols.find((one) => path.startsWith(`${one.prefix}/`));
    const text = await textOf(request);
    const body = jsonOf(text);
    if (!protocol || request.method !== 'POST' || !body) {
      this.problems.push(`${request.method} ${path}: no such route`);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"no such route"}}');
      return;
    }
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const fingerprint = createHash('sha256').update(`${protocol.provider} ${text}`).digest('hex').slice(0, 16);
    const { provider } = protocol;
    const call: LoggedCall = {
      provider,
      path,
      key: protocol.key(headers),
      headers,
      body,
      fingerprint,
      outcome: 'failed',
      counts: undefined,
      behaviours: [],
    };
    this.log.push(call);
    const raw = this.queue.shift();
    const isKey = this.options.isKey ?? ((key: string) => key !== 'wrong-key');
    const exchange: Exchange = {
      protocol,
      path: path.slice(protocol.prefix.length),
      call,
      response,
      serial: this.log.length,
      behavioursFor: (asked) => this.behavioursFor(raw, asked, text, fingerprint),
      raw: typeof raw === 'object' ? raw : undefined,
      reply: this.reply,
      isKey: (key) => isKey(key, provider),
      problem: (why) => void this.problems.push(`${provider} ${path}: ${why}`),
    };
    try {
      await serve(exchange);
    } finally {
      this.options.heard?.(call);
    }
  }

  private behavioursFor(next: string | Raw | undefined, asked: Asked, text: string, fingerprint: string): Behaviour[] {
    const all =
      typeof next === 'string' ? behavioursOf(next) : [...marksIn(text), ...behavioursOf(this.striking(asked))];
    return all.filter(({ word, once }) => {
      const mark = `${word} ${fingerprint}`;
      const first = !this.seen.has(mark);
      this.seen.add(mark);
      return !once || first;
    });
  }

  paidTwice(): string[] {
    const answered = this.log.filter((call) => call.outcome === 'answered').map((call) => call.fingerprint);
    return [...new Set(answered.filter((one, i) => answered.indexOf(one) !== i))];
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
