// What work will cost before it is begun: calls, tokens, price by episode and model, and what lies there already.
import type { AiCtx } from './ai.ts';
import { callHash } from './cache.ts';
import type { ObjectCall } from './call.ts';
import { lying } from './converse.ts';
import { inputTokens, mostMicros, priceOf } from './estimate.ts';
import { schemaOf } from './judge.ts';
import { microsOfAccount } from './models.ts';
import { type Route, routesOf } from './route.ts';

export type Expected = {
  readonly call: ObjectCall<unknown>;
  /** Tokens the answer will probably have. */
  readonly output: number;
  /** What the call would ask is known already, whether or not this very call was ever made. */
  readonly isKnown?: boolean | undefined;
};

export type QuoteLine = {
  readonly episode: number | null;
  readonly provider: string;
  readonly model: string;
  readonly mode: 'platform' | 'byok';
  readonly calls: number;
  readonly input: number;
  readonly output: number;
  /** Millionths of CNY, probably and at most; null where the price of the model is not known, which is not nothing. */
  readonly micros: number | null;
  readonly most: number | null;
};

export type Quote = {
  /** Calls that would be made. */
  readonly lines: readonly QuoteLine[];
  /** Calls whose answers lie there, and the tokens of input they save. */
  readonly stored: { readonly calls: number; readonly input: number };
  /** Calls that no model is set up for. */
  readonly unrouted: number;
};

/** Asks nobody and writes nothing. Prices are those of the moment, of the model that is preferred. */
export async function quote(ctx: AiCtx, expected: readonly Expected[]): Promise<Quote> {
  const priced = await Promise.all(expected.map((one) => lineOf(ctx, one)));
  const lines = new Map<string, QuoteLine>();
  for (const { line } of priced) {
    if (!line) continue;
    const name = JSON.stringify([line.episode, line.provider, line.model, line.mode]);
    const sum = lines.get(name);
    lines.set(name, sum ? added(sum, line) : line);
  }
  const stored = priced.filter((one) => one.stored !== undefined);
  return {
    lines: [...lines.values()],
    stored: { calls: stored.length, input: stored.reduce((sum, one) => sum + (one.stored ?? 0), 0) },
    unrouted: priced.filter((one) => !one.line && one.stored === undefined).length,
  };
}

async function lineOf(ctx: AiCtx, expected: Expected): Promise<{ line?: QuoteLine; stored?: number }> {
  const { call, output, isKnown = false } = expected;
  const jsonSchema = schemaOf(call.schema);
  const input = inputTokens(call.prompt, jsonSchema);
  if (isKnown) return { stored: input };
  const { routes } = await routesOf(ctx, call);
  const [first] = routes;
  if (!first) return {};
  const hash = callHash(call.prompt, { name: call.schemaName, jsonSchema });
  for (const route of routes) if ((await lying(ctx, { call, jsonSchema, hash }, route)).value) return { stored: input };
  return { line: lineFor(ctx, first, call, input, output) };
}

function lineFor(
  ctx: AiCtx,
  { model, account }: Route,
  call: ObjectCall<unknown>,
  input: number,
  output: number,
): QuoteLine {
  const at = ctx.now();
  const price = priceOf(model, input, output, at);
  return {
    episode: call.episode ?? null,
    provider: model.provider,
    model: model.id,
    mode: account.mode,
    calls: 1,
    input,
    output,
    micros: price ? microsOfAccount(price) : null,
    most: mostMicros(model, input, Math.min(model.maxOutput, call.maxOutputTokens), at) ?? null,
  };
}

const added = (a: QuoteLine, b: QuoteLine): QuoteLine => ({
  ...a,
  calls: a.calls + b.calls,
  input: a.input + b.input,
  output: a.output + b.output,
  micros: sumOf(a.micros, b.micros),
  most: sumOf(a.most, b.most),
});

const sumOf = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);
