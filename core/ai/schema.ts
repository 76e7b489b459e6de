// The port: what any model is asked and answers. Providers implement it, the gateway stands around it.

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
};

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
};

export type TextProvider = {
  readonly id: ProviderId;
  /** One HTTP exchange. Throws ProviderFailure; a refusal and a filtered answer are failures of kind `moderation`. */
  text(request: TextRequest, account: Account, wire: Wire): Promise<TextAnswer>;
  /** The same as a stream of pieces of text; the last step gives the whole answer. */
  stream(request: TextRequest, account: Account, wire: Wire): AsyncGenerator<string, TextAnswer>;
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
