// The table of models and what follows from it: limits, the price of a call, how many tokens a text will be.
import type { Currency, Long, ModelTable, Price } from './model-table.ts';
import table from './models.json' with { type: 'json' };
import type { Effort, ProviderId, StructuredMethod, TokenUsage } from './schema.ts';

const { models, providers, peak, exchange, charactersPerToken, checkedOn } = table as unknown as ModelTable;

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
  readonly long?: Long | undefined;
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
