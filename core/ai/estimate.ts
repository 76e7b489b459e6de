// What a call will take before it is made: tokens, and the money it can cost at most.
import type { Prompted } from './call.ts';
import { costOf, estimateTokens, type Model, type Money, microsOfAccount } from './models.ts';
import type { JsonSchema } from './schema.ts';

/** Tokens of what is sent, about; the schema is sent with it. */
export const inputTokens = ({ system, messages }: Pick<Prompted, 'system' | 'messages'>, schema?: JsonSchema): number =>
  estimateTokens([system, ...messages.map(({ text }) => text), schema ? JSON.stringify(schema) : ''].join('\n'));

/** Tokens a model can answer with at most, given what it is asked. */
export const roomOf = (model: Model, asked: Pick<Prompted, 'system' | 'messages'>, schema?: JsonSchema): number =>
  Math.min(model.maxOutput, model.context - inputTokens(asked, schema));

/** The estimator's 1.5 characters a token against the 1.3 that were seen at worst, and a little for the form around. Source: providers.md 7. */
const caution = 1.2;

/** Millionths of CNY a call can cost at most; undefined where the price is not known. */
export function mostMicros(model: Model, input: number, limit: number, at: number): number | undefined {
  const price = priceOf(model, Math.ceil(input * caution), limit, at);
  return price && microsOfAccount(price);
}

export const priceOf = (model: Model, input: number, output: number, at: number): Money | undefined =>
  costOf(model, { input, output, cached: 0, reasoning: 0 }, at);
