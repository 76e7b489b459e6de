// What work will cost before it is begun: calls, tokens, price by episode and model, and what lies there already.
import type { AiCtx } from './ai.ts';
import { answerKey, callHash, keptUnder } from './cache.ts';
import type { ObjectCall, StreamCall, Use } from './call.ts';
import { lying, mostDivisions } from './converse.ts';
import { inputTokens, mostMicros, priceOf, roomOf } from './estimate.ts';
import { schemaOf } from './judge.ts';
import { type Model, microsOfAccount } from './models.ts';
import { type Route, routesOf } from './route.ts';
import { isWhole } from './stream/written.ts';

/** A text that would be asked for piece by piece. */
export type ExpectedText = Omit<StreamCall, 'onPiece'> & { readonly schema?: undefined };

export type Expected = {
  readonly call: ObjectCall<unknown> | ExpectedText;
  /** Tokens the answer will probably have. */
  readonly output: number;
  /** What the call would ask is known already, whether or not this very call was ever made. */
  readonly isKnown?: boolean | undefined;
};

export type QuoteLine = {
  readonly use: Use;
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

/** Tokens and money; `micros` is null where the price of a model is not known. */
export type QuoteSum = Pick<QuoteLine, 'calls' | 'input' | 'output' | 'micros'>;

export type Quote = {
  /** Calls that would be made. */
  readonly lines: readonly QuoteLine[];
  /** Calls whose answers lie there, and what they save. */
  readonly stored: QuoteSum;
  /** Calls that no model is set up for. */
  readonly unrouted: number;
};

/** Look-ups in the bucket under way at once. */
const atOnce = 24;

/** Asks nobody and writes nothing. Prices are those of the moment, of the model that is preferred. */
export async function quote(ctx: AiCtx, expected: readonly Expected[]): Promise<Quote> {
  const routes = routesByWork(ctx);
  const priced: Priced[] = [];
  for (let at = 0; at < expected.length; at += atOnce) {
    const some = expected.slice(at, at + atOnce);
    const lines = await Promise.all(some.map(async (one) => linesOf(ctx, one, await routes(one.call))));
    priced.push(...lines.flat());
  }
  const asked = priced.flatMap(({ line, isStored }) => (line && !isStored ? [line] : []));
  const stored = priced.flatMap(({ line, isStored }) => (line && isStored ? [line] : []));
  const lines = Map.groupBy(asked, ({ use, episode, provider, model, mode }) =>
    JSON.stringify([use, episode, provider, model, mode]),
  );
  return {
    lines: [...lines.values()].map((of) => of.reduce(added)),
    stored: stored.reduce<QuoteSum>(
      (sum, { calls, input, output, micros }) => ({
        calls: sum.calls + calls,
        input: sum.input + input,
        output: sum.output + output,
        micros: sumOf(sum.micros, micros),
      }),
      { calls: 0, input: 0, output: 0, micros: 0 },
    ),
    unrouted: priced.filter(({ line }) => !line).length,
  };
}

/** Whom a call may be put to, looked up once for all calls of the same work. */
function routesByWork(ctx: AiCtx) {
  const known = new Map<string, Promise<readonly Route[]>>();
  return ({ use, models }: Pick<ObjectCall<unknown>, 'use' | 'models'>): Promise<readonly Route[]> => {
    const name = JSON.stringify([use, models]);
    const found = known.get(name) ?? routesOf(ctx, { use, models }).then(({ routes }) => routes);
    known.set(name, found);
    return found;
  };
}

/** Without a line no model is set up for it. */
type Priced = { readonly line?: QuoteLine; readonly isStored: boolean };

/** The line of a call; of one that no model answered before, and that the model has no room to answer, those of its pieces. */
async function linesOf(ctx: AiCtx, expected: Expected, routes: readonly Route[], divisions = 0): Promise<Priced[]> {
  const { call, output, isKnown } = expected;
  const [first] = routes;
  if (!first) return [{ isStored: false }];
  const isStored = isKnown || (await isLying(ctx, call, routes));
  const parts = isStored || divisions === mostDivisions ? [] : piecesOf(call, first.model);
  if (parts.length === 0) {
    const input = inputTokens(call.prompt, call.schema && schemaOf(call.schema));
    return [{ line: lineFor(ctx, first, call, input, output), isStored }];
  }
  const lines: Priced[] = [];
  // one after the other: who calls has as many under way as may be
  for (const part of parts)
    lines.push(...(await linesOf(ctx, { call: part, output: part.expectedTokens ?? output }, routes, divisions + 1)));
  return lines;
}

/** What a call is divided into from the start: nothing where the model has room for the answer. */
function piecesOf(call: Expected['call'], model: Model): readonly ObjectCall<unknown>[] {
  if (!call.schema) return [];
  const hasRoom = roomOf(model, call.prompt, schemaOf(call.schema)) >= (call.expectedTokens ?? 0);
  return hasRoom ? [] : (call.split?.()?.calls ?? []);
}

/** Whether the answer lies there. */
async function isLying(ctx: AiCtx, call: Expected['call'], routes: readonly Route[]): Promise<boolean> {
  if (!call.schema) {
    const [first] = routes;
    // where a text is gone on with, whoever goes on
    return (
      first !== undefined && isWhole(await keptUnder(ctx, answerKey(ctx, call.project, callHash(call.prompt), first)))
    );
  }
  const jsonSchema = schemaOf(call.schema);
  const hash = callHash(call.prompt, { name: call.schemaName, jsonSchema });
  for (const route of routes) if ((await lying(ctx, { call, jsonSchema, hash }, route)).value) return true;
  return false;
}

function lineFor(
  ctx: AiCtx,
  { model, account }: Route,
  call: Expected['call'],
  input: number,
  output: number,
): QuoteLine {
  const at = ctx.now();
  const price = priceOf(model, input, output, at);
  return {
    use: call.use,
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
