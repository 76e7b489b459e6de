// The table of models and what follows from it: limits, the price of a call, how many tokens a text will be.
import * as z from 'zod';
import table from './models.json' with { type: 'json' };
import type { Effort, ProviderId, StructuredMethod, TokenUsage } from './schema.ts';

const Currency = z.enum(['USD', 'CNY']);
export type Currency = z.infer<typeof Currency>;

/** `input`, `cached`, `output`: units of currency per million tokens. `peak`: times that in the hours of `peak`. */
const Price = z.strictObject({
  from: z.iso.date(),
  currency: Currency,
  input: z.number(),
  cached: z.number().optional(),
  output: z.number(),
  peak: z.number().optional(),
});
type Price = z.infer<typeof Price>;

/** Prompts above `above` tokens cost times as much for the whole call; without factors their price is not known. */
const Long = z.strictObject({ above: z.int(), input: z.number().optional(), output: z.number().optional() });

const Limits = z.strictObject({
  /** Tokens of input and output together. */
  context: z.int(),
  maxOutput: z.int(),
  method: z.enum(['schema', 'tool', 'json_object', 'prompt']),
  /** Which of OpenAI's two endpoints. */
  wire: z.enum(['responses', 'chat']).optional(),
  effort: z.enum(['none', 'low', 'medium', 'high']).optional(),
});

const Row = Limits.partial().extend({
  provider: z.enum(['openai', 'anthropic', 'gemini', 'doubao', 'deepseek', 'yunwu', 'minimax', 'compatible']),
  id: z.string(),
  status: z.enum(['ga', 'preview', 'retiring', 'retired']),
  retiresOn: z.iso.date().optional(),
  long: Long.optional(),
  prices: z.array(Price).optional(),
});

/** The file, parsed once. Source of every figure: providers.md 2 and its dates; limits it does not give are our own, low. */
const { models, providers, peak, exchange, charactersPerToken, checkedOn } = z
  .strictObject({
    checkedOn: z.iso.date(),
    charactersPerToken: z.strictObject({ chinese: z.number(), other: z.number() }),
    exchange: z.strictObject({ USD: z.number(), CNY: z.literal(1), source: z.string() }),
    peak: z.strictObject({
      offsetHours: z.int(),
      days: z.array(z.int()),
      hours: z.array(z.tuple([z.int(), z.int()])),
    }),
    providers: z.record(Row.shape.provider, Limits.extend({ baseUrl: z.string().optional() })),
    models: z.array(Row),
  })
  .parse(table);

/** Providers that are called; `builtin` is not. */
export type CalledProviderId = Exclude<ProviderId, 'builtin'>;

export type Model = {
  readonly provider: CalledProviderId;
  readonly id: string;
  readonly context: number;
  readonly maxOutput: number;
  readonly method: StructuredMethod;
  readonly wire?: 'responses' | 'chat' | undefined;
  readonly effort?: Effort | undefined;
  readonly status: 'ga' | 'preview' | 'retiring' | 'retired' | 'unknown';
  readonly retiresOn?: string | undefined;
  readonly long?: z.infer<typeof Long> | undefined;
  readonly prices?: readonly Price[] | undefined;
};

/** A model by the id a user chose or typed. One the table does not know has its provider's limits and no price. */
export function modelOf(provider: CalledProviderId, id: string): Model {
  const { baseUrl: _, ...limits } = providers[provider];
  const row = models.find((one) => one.provider === provider && one.id === id);
  return { ...limits, status: 'unknown', ...row, provider, id };
}

/** Models of the table, retired ones included, in the table's order. */
export const modelsOf = (provider: CalledProviderId): readonly Model[] =>
  models.filter((one) => one.provider === provider).map((one) => modelOf(provider, one.id));

/** Where a provider is reached unless an account says otherwise; `compatible` has none. */
export const baseUrlOf = (provider: CalledProviderId): string | undefined => providers[provider].baseUrl;

/** When the table was compared with the providers' pages. */
export const tableDate = checkedOn;

/** Integer millionths of a unit of currency. */
export type Money = {
  readonly currency: Currency;
  readonly micros: number /** Date the price holds from. */;
  readonly priceDate: string;
};

/**
 * What a call costs, rounded up to a whole millionth; undefined where the price is not known, which is never the same as nothing.
 * Source: providers.md 7: (input − cached) × in + cached × cacheIn + output × out.
 * @param at ms of the request. Chinese holidays, when DeepSeek has no peak, count as working days: a price may be too high by them, never too low.
 */
export function costOf(model: Model, usage: TokenUsage, at: number): Money | undefined {
  const price = priceAt(model, at);
  if (!price) return undefined;
  const long = model.long && usage.input > model.long.above ? model.long : undefined;
  if (long && (long.input === undefined || long.output === undefined)) return undefined;
  const busy = price.peak !== undefined && isPeak(at) ? price.peak : 1;
  // thousandths of a unit per million tokens, so that the sum is one of whole numbers
  const rate = (perMillion: number, factor = 1) => Math.round(perMillion * factor * busy * 1000);
  const cached = Math.min(usage.cached, usage.input);
  const thousandths =
    (usage.input - cached) * rate(price.input, long?.input) +
    cached * rate(price.cached ?? price.input, long?.input) +
    usage.output * rate(price.output, long?.output);
  return { currency: price.currency, micros: Math.ceil(thousandths / 1000), priceDate: price.from };
}

/** The newest price that holds already; before the first, the first. */
function priceAt(model: Model, at: number): Price | undefined {
  const day = new Date(at).toISOString().slice(0, 10);
  return model.prices?.findLast((price) => price.from <= day) ?? model.prices?.[0];
}

function isPeak(at: number): boolean {
  const there = new Date(at + peak.offsetHours * 3_600_000);
  const hour = there.getUTCHours();
  return peak.days.includes(there.getUTCDay()) && peak.hours.some(([from, to]) => hour >= from && hour < to);
}

/** Millionths of CNY, rounded up, at the table's fixed rate. For budgets only: what is shown and settled keeps its currency. */
export const microsOfAccount = ({ currency, micros }: Money): number => Math.ceil(micros * exchange[currency]);

const chinese = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/gu;

/** Tokens a text will be, about: Chinese 1 per 1.5 characters, others 1 per 4. Source: providers.md 7 (1.3–1.7 and 4). */
export function estimateTokens(text: string): number {
  const narrow = text.replace(chinese, '').length;
  const wide = text.match(chinese)?.length ?? 0;
  return Math.ceil(wide / charactersPerToken.chinese + narrow / charactersPerToken.other);
}
