// What the model server must know of a provider's protocol to play it.

export type Json = { readonly [key: string]: unknown };

export type Turn = { readonly role: 'user' | 'assistant'; readonly text: string };

/** A request as whoever plays the model sees it, the same for all protocols. */
export type Asked = {
  readonly provider: string;
  readonly model: string;
  readonly system: string;
  readonly messages: readonly Turn[];
  readonly streamed: boolean;
  /** How an object is asked for; `text` when none is. */
  readonly method: 'schema' | 'tool' | 'json_object' | 'prompt' | 'text';
  readonly schema?: Json | undefined;
  readonly schemaName?: string | undefined;
  /** The body as it came. */
  readonly body: Json;
};

export type Counts = {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  readonly reasoning: number;
};

/** What the model says. */
export type Said = {
  readonly text: string;
  readonly ending: 'stop' | 'length' | 'refusal' | 'filtered';
  /** Absent: the provider forgets to count. */
  readonly usage: Counts | undefined;
  /** Number of the answer, for ids. */
  readonly serial: number;
};

/** What a provider answers instead. */
export type Fault =
  | 'auth'
  | 'quota'
  | 'rate_limit'
  | 'server'
  | 'overloaded'
  | 'moderation'
  | 'invalid'
  | 'model'
  | 'inside';
export type FaultAnswer = {
  readonly status: number;
  readonly body: Json;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Protocol = {
  readonly provider: string;
  /** Where its base URL lies on the server, e.g. `/openai/v1`. */
  readonly prefix: string;
  /** The request read, or what is wrong with it. `path` begins behind the prefix. */
  read(path: string, body: Json, headers: Headers): Asked | string;
  /** The key of a request's headers, or undefined. */
  key(headers: Headers): string | undefined;
  answer(asked: Asked, said: Said): Json;
  /** The frames of a streamed answer. */
  frames(asked: Asked, said: Said): readonly string[];
  /** A frame in which the model thinks; by default as chats have it. */
  thought?(asked: Asked): string;
  fault(fault: Fault, why?: string): FaultAnswer;
  /** An error among the frames of a stream that began well. */
  faultFrame(): string;
  readonly headers?: (serial: number) => Readonly<Record<string, string>>;
  /** Sent in front of a whole answer, as a keep-alive. */
  readonly lead?: string;
};

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const jsonIn = (value: unknown): Json => (isJson(value) ? value : {});
export const jsons = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/** A text, or nothing. */
export const word = (value: unknown): string => (typeof value === 'string' ? value : '');

export const bearerOf = (headers: Headers): string | undefined =>
  /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1];

/** One event of a stream. */
export const frame = (data: unknown, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

/** A text in pieces, as models give it. */
export function pieces(text: string): string[] {
  const length = Math.max(5, Math.ceil(text.length / 40));
  const found: string[] = [];
  for (let at = 0; at < text.length; at += length) found.push(text.slice(at, at + length));
  return found;
}

/** The schema a prompt carries in words. */
export function schemaInWords(system: string): Json | undefined {
  const written = /<json_schema>([\s\S]*)<\/json_schema>/.exec(system)?.[1];
  return written === undefined ? undefined : jsonIn(JSON.parse(written));
}
