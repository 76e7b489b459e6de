// The port: what any model is asked and answers. Providers implement it, the gateway stands around it.
import type { PanelCast, ShotContent } from '../storyboard/index.ts';

export const providerIds = [
  'openai',
  'anthropic',
  'gemini',
  'doubao',
  'deepseek',
  'yunwu',
  'minimax',
  'compatible',
  'builtin',
] as const;
/** `compatible`: any server that speaks OpenAI's chat protocol; `builtin`: the engine without a model. */
export type ProviderId = (typeof providerIds)[number];

/** A JSON Schema (2020-12) as zod writes it, before any provider's dialect. */
export type JsonSchema = { readonly [key: string]: unknown };

export type Message = { readonly role: 'user' | 'assistant'; readonly text: string };

/** How an object is asked for; from strict to loose. Source: providers.md 3.6. */
export type StructuredMethod = 'schema' | 'tool' | 'json_object' | 'prompt';

export type Effort = 'none' | 'low' | 'medium' | 'high';

export type TextRequest = {
  readonly model: string;
  readonly system: string;
  readonly messages: readonly Message[];
  /** Absent: free text. `name`: 1–64 of [A-Za-z0-9_-]. */
  readonly schema?: { readonly name: string; readonly jsonSchema: JsonSchema };
  readonly method: StructuredMethod;
  /** Tokens, reasoning included. */
  readonly maxOutputTokens: number;
  /** How long the model may think; `none` is the least the provider allows. Absent: the provider's own default. */
  readonly effort?: Effort;
  /** Opaque id of the end user for the provider's abuse checks; never an e-mail. */
  readonly safetyId?: string;
  /** What the server is known not to take. */
  readonly without?: readonly Setting[];
};

/** Settings of OpenAI's chat that servers of others may not know. */
export type Setting = 'response_format' | 'max_tokens' | 'stream_options';

/** Tokens as the provider counted them; `cached` are part of `input`, `reasoning` part of `output`. */
export type TokenUsage = {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  readonly reasoning: number;
  /** The provider gave no count; these come of the estimator. */
  readonly estimated?: true;
};

export type TextAnswer = {
  /** The model's words: for an object, the text of its JSON (a tool's arguments included). */
  readonly text: string;
  readonly finish: 'stop' | 'length';
  readonly usage: TokenUsage;
  readonly requestId?: string;
};

/** Where and with what a provider is reached. */
export type Account = {
  /** Without trailing slash, e.g. https://api.openai.com/v1 */
  readonly baseUrl: string;
  readonly key: string;
};

/** Everything impure, injected. */
export type Wire = {
  readonly fetch: typeof globalThis.fetch;
  /**
   * Aborted when time is up or the task was cancelled. A reason named TimeoutError becomes a `retryable` failure with the code
   * `timeout`; any other reason is thrown as it is, for a cancelled call is nobody's failure.
   */
  readonly signal: AbortSignal;
  /** Told of whatever comes of an answer: its text, what the model thinks, and what only keeps the line alive. */
  readonly alive?: () => void;
};

export type TextProvider = {
  readonly id: ProviderId;
  /** One HTTP exchange. Throws ProviderFailure; a refusal and a filtered answer are failures of kind `moderation`. */
  text(request: TextRequest, account: Account, wire: Wire): Promise<TextAnswer>;
  /** The same as a stream of pieces of text; the last step gives the whole answer. */
  stream(request: TextRequest, account: Account, wire: Wire): AsyncGenerator<string, TextAnswer>;
};

/** A picture, clip or sound: bytes, or where the provider keeps it for a while. Its address is a secret: whoever has it, has the work. */
export type Medium =
  | { readonly mime: string; readonly bytes: Uint8Array }
  | {
      readonly mime: string;
      readonly url: string /** ms; absent: the provider does not say. */;
      readonly expiresAt?: number;
    };

export type ImageRequest = {
  readonly model: string;
  readonly prompt: string;
  readonly count: number;
  readonly aspect: Aspect;
  /** Pictures of who and what must be recognised. */
  readonly references: readonly { readonly role: 'character' | 'style' | 'other'; readonly image: Medium }[];
  /** The shot the picture is of; `builtin` draws this and cannot read the prompt. */
  readonly panel?: { readonly shot: ShotContent; readonly cast: PanelCast };
};
export type Aspect = PanelCast['aspect'];

/** Pictures in order; those the provider left out are missing, and who asked counts. */
export type ImageAnswer = { readonly images: readonly Medium[]; readonly requestId?: string };

export type ImageProvider = {
  readonly id: ProviderId;
  /** One HTTP exchange at most. Throws ProviderFailure. */
  image(request: ImageRequest, account: Account, wire: Wire): Promise<ImageAnswer>;
};

/** A paid job at a provider: what is stored before the first look at it, so that it is resumed and never submitted again (providers.md 3.2). */
export type Job = {
  readonly provider: ProviderId;
  readonly id: string;
  /** Where it is asked after, relative to the account's base URL. */
  readonly path: string;
  readonly model: string;
};
export type JobState =
  | { readonly state: 'waiting'; readonly progress?: number }
  | { readonly state: 'done'; readonly media: readonly Medium[] }
  | { readonly state: 'failed'; readonly kind: FailureKind; readonly providerCode?: string };

export type VideoRequest = {
  readonly model: string;
  readonly prompt: string;
  readonly seconds: number;
  readonly aspect: Aspect;
  /** Frames and references exclude each other at most providers. */
  readonly frames: { readonly first?: Medium; readonly last?: Medium } | { readonly references: readonly Medium[] };
  /** The same for the same work; sent where the provider takes one. */
  readonly idempotencyKey: string;
};

export type VideoProvider = {
  readonly id: ProviderId;
  submit(request: VideoRequest, account: Account, wire: Wire): Promise<Job>;
  look(job: Job, account: Account, wire: Wire): Promise<JobState>;
};

export type SpeechRequest = {
  readonly model: string;
  readonly text: string;
  readonly voice: string;
  readonly format: 'mp3' | 'wav';
};

export type SpeechProvider = {
  readonly id: ProviderId;
  speak(request: SpeechRequest, account: Account, wire: Wire): Promise<Medium>;
};

/** What a provider can do besides text. */
export type MediaProvider = {
  readonly image?: ImageProvider;
  readonly video?: VideoProvider;
  readonly speech?: SpeechProvider;
};

/** Source: providers.md section 5, `expired` and `timeout_ambiguous` being of media jobs only. */
export const failureKinds = [
  'retryable',
  'rate_limited',
  'quota',
  'auth',
  'moderation',
  'invalid',
  'invalid_output',
  'truncated',
] as const;
export type FailureKind = (typeof failureKinds)[number];
