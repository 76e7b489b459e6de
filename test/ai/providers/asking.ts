// What the tests of providers ask, and how they catch what comes of it.
import { inspect } from 'node:util';
import * as z from 'zod';
import type { CalledProviderId } from '../../../core/ai/models.ts';
import { ProviderFailure } from '../../../core/ai/provider-failure.ts';
import { textProvider } from '../../../core/ai/registry.ts';
import type { StructuredMethod, TextAnswer, TextRequest } from '../../../core/ai/schema.ts';
import type { Models } from '../../kit/models/index.ts';

export const called = [
  'openai',
  'anthropic',
  'gemini',
  'doubao',
  'deepseek',
  'yunwu',
  'minimax',
  'compatible',
] as const;

export const models = {
  openai: 'gpt-6.1-terra',
  anthropic: 'claude-sonnet-5-5',
  gemini: 'gemini-3.8-flash',
  doubao: 'doubao-seed-2-1-pro-260915',
  deepseek: 'deepseek-flash',
  yunwu: 'gpt-6-luna',
  minimax: 'MiniMax-M3',
  compatible: 'qwen-local',
} as const;

/** Found in an error they would be a leak. */
export const canaryKey = 'sk-canary-7f3a9b2c';
export const canaryPrompt = '林晚秋推开灯塔的门 canary-prompt-51e8';

export const ShotList = z.object({
  shots: z.array(z.object({ index: z.int(), description: z.string().min(1), seconds: z.number().optional() })),
});

export const shots = { shots: [{ index: 1, description: '灯塔全景，黄昏', seconds: 5 }] };

/** A request for a list of shots, or for free text. */
export const asking = (
  provider: CalledProviderId,
  method: StructuredMethod | 'text' = 'schema',
  more: Partial<TextRequest> = {},
): TextRequest => ({
  model: models[provider as keyof typeof models],
  system: 'You split scripts into shots.',
  messages: [{ role: 'user', text: canaryPrompt }],
  ...(method !== 'text' && { schema: { name: 'shot_list', jsonSchema: z.toJSONSchema(ShotList) } }),
  method: method === 'text' ? 'prompt' : method,
  maxOutputTokens: 4000,
  ...more,
});

export type Asks = {
  readonly key?: string;
  readonly signal?: AbortSignal;
  readonly baseUrl?: string;
};

const account = (provider: CalledProviderId, server: Models, asks: Asks) => ({
  baseUrl: asks.baseUrl ?? server.baseUrl(provider),
  key: asks.key ?? canaryKey,
});

const wire = (asks: Asks) => ({ fetch, signal: asks.signal ?? AbortSignal.timeout(20_000) });

/** The whole answer of one call. */
export const text = (
  server: Models,
  provider: CalledProviderId,
  request: TextRequest,
  asks: Asks = {},
): Promise<TextAnswer> => textProvider(provider).text(request, account(provider, server, asks), wire(asks));

/** A stream to its end. */
export async function streamed(
  server: Models,
  provider: CalledProviderId,
  request: TextRequest,
  asks: Asks = {},
): Promise<{ pieces: string[]; answer: TextAnswer }> {
  const stream = textProvider(provider).stream(request, account(provider, server, asks), wire(asks));
  const pieces: string[] = [];
  for (;;) {
    const step = await stream.next();
    if (step.done) return { pieces, answer: step.value };
    pieces.push(step.value);
  }
}

/** The failure a call ends in, after a look for secrets in everything that could be printed of it. */
export async function failureOf(
  call: Promise<unknown>,
  secrets: readonly string[] = [canaryKey, canaryPrompt],
): Promise<ProviderFailure> {
  const error = await call.then(
    (value) => Promise.reject(new Error(`no failure, but ${inspect(value)}`)),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProviderFailure)) throw error;
  const printed = `${inspect(error, { depth: 20 })} ${JSON.stringify(error)} ${error.stack}`;
  for (const secret of secrets) if (printed.includes(secret)) throw new Error(`the error tells ${secret}: ${printed}`);
  return error;
}
