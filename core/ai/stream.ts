// Asking models for a text, piece by piece: what broke off is continued, also by another caller, another day, another model.
import { Failure } from '../platform/failure.ts';
import type { AiCtx } from './ai.ts';
import { alone } from './alone.ts';
import { answerKey, callHash, type Kept, type Kepts, keep } from './cache.ts';
import type { By, StreamCall, StreamOutcome } from './call.ts';
import { exchange, safetyId, type Turn } from './exchange.ts';
import { estimateTokens } from './models.ts';
import { silence } from './patience.ts';
import { goOn } from './prompts/continue.v1.ts';
import { isTimeout, ProviderFailure } from './provider-failure.ts';
import { refusalOf } from './refusal.ts';
import { waitBefore } from './retry.ts';
import { leftAfter, type Route, routesOf } from './route.ts';
import type { FailureKind, TextRequest } from './schema.ts';
import { rest } from './slots.ts';
import { listening } from './stream/listen.ts';
import { isWhole, note, textOf, written } from './stream/written.ts';
import { hitOf } from './usage/of-call.ts';
import { recordHit } from './usage/record.ts';

/** Streams are long, and silence is looked after apart. Source: providers.md 3.7. */
const usualTimeoutMs = 600_000;
/** Exchanges one text may take. */
const mostExchanges = 24;
/** Tokens of the text so far that are shown to a model that goes on with it. */
const mostShown = 12_000;

/** The text, whole. Throws as `object` does; what arrived is kept, and the same call later goes on there. */
export async function stream(ctx: AiCtx, call: StreamCall): Promise<StreamOutcome> {
  const signal = call.signal ?? new AbortController().signal;
  signal.throwIfAborted();
  const { routes } = await routesOf(ctx, call);
  const [first] = routes;
  if (!first) throw new Failure('MODEL_NOT_CONFIGURED', { use: call.use });
  const hash = callHash(call.prompt);
  const label = `${call.prompt.name}@${call.prompt.version}`;
  const at = { key: answerKey(ctx, call.project, hash, first), hash, label };
  const requestOf = (kepts: Kepts, route: Route) => requestFor(ctx, call, route, textOf(kepts));
  return alone(ctx, `AI#${hash}`, signal, async () => {
    let kepts = await written(ctx, at, call, routes, requestOf);
    const before = textOf(kepts);
    if (before !== '') await call.onPiece(before, 0);
    if (isWhole(kepts)) {
      await recordHit(ctx, hitOf(ctx, call, label, first));
      return { text: before, by: byOf(kepts), cached: true };
    }
    const store = (kept: Kept) => {
      kepts = [...kepts, kept];
      return keep(ctx, at.key, kepts);
    };
    const failures: Failure[] = [];
    for (let left: readonly Route[] = routes; left[0]; ) {
      const [route, ...others] = left as [Route, ...Route[]];
      const turnOf = (): Turn =>
        turn(ctx, call, route, { kepts, ...at, signal, store, request: requestOf(kepts, route) });
      const failed = await toTheEnd(ctx, turnOf, () => kepts);
      if (!failed) return { text: textOf(kepts), by: byOf(kepts), cached: false };
      failures.push(failed);
      left = leftAfter(failed, route, others);
    }
    throw failures[0] ?? new Failure('MODEL_NOT_CONFIGURED', { use: call.use });
  });
}

/** One model until the text is whole; the failure after which another may do. */
async function toTheEnd(ctx: AiCtx, turnOf: () => Turn, keptsOf: () => Kepts): Promise<Failure | undefined> {
  let failures: Partial<Record<FailureKind, number>> = {};
  let last: ProviderFailure | undefined;
  for (let count = 0; count < mostExchanges; count++) {
    const now = turnOf();
    const { model } = now.route;
    const length = textOf(keptsOf()).length;
    const began = ctx.now();
    const { failure } = await heard(ctx, now);
    if (isWhole(keptsOf())) return undefined;
    if (failure instanceof Failure) return failure;
    last = failure;
    const goesOn = textOf(keptsOf()).length > length;
    // as long as it goes on, a stream that breaks is a matter of patience
    if (goesOn) failures = {};
    if (!failure || failure.facts.kind === 'truncated') {
      if (goesOn) continue;
      // cut off before a word: asked the same again, it says the same
      break;
    }
    const { kind } = failure.facts;
    const failed = (failures[kind] ?? 0) + 1;
    failures[kind] = failed;
    // a line kept alive on which nothing was said is not listened to twice: there is time for another model
    const isLeft = isTimeout(failure) && !goesOn && ctx.now() - began > usualTimeoutMs / 2;
    const wait = isLeft ? undefined : waitBefore(failure.facts, failed, ctx.ai.random);
    if (wait === undefined) return refusalOf(failure, model.id);
    if (kind === 'rate_limited') await rest(ctx, { provider: model.provider }, wait);
    await ctx.ai.sleep(wait, now.signal);
  }
  const { model } = turnOf().route;
  return refusalOf(last ?? new ProviderFailure({ kind: 'truncated', provider: model.provider }), model.id);
}

async function heard(ctx: AiCtx, now: Turn): Promise<{ failure?: ProviderFailure | Failure }> {
  try {
    return await exchange(ctx, now);
  } catch (error) {
    if (error instanceof Failure && (error.code === 'PRICE_UNKNOWN' || error.code === 'KEY_UNREADABLE'))
      return { failure: error };
    throw error;
  }
}

type Writing = {
  readonly kepts: Kepts;
  readonly key: string;
  readonly hash: string;
  readonly label: string;
  readonly signal: AbortSignal;
  readonly store: (kept: Kept) => Promise<void>;
  readonly request: TextRequest;
};

function turn(
  ctx: AiCtx,
  call: StreamCall,
  route: Route,
  { kepts, key, hash, label, signal, store, request }: Writing,
): Turn {
  const before = textOf(kepts);
  let place = before.length;
  const onPiece = async (piece: string) => {
    await call.onPiece(piece, place);
    place += piece.length;
  };
  const hearing = {
    request,
    before,
    idleMs: call.idleMs ?? silence(route.model.provider),
    onPiece,
    note: (text: string) => note(ctx, key, kepts, route, text),
  };
  const work = { ...call, timeoutMs: call.timeoutMs ?? usualTimeoutMs };
  const ask = listening(ctx, hearing);
  return {
    work,
    prompt: label,
    route,
    request,
    call: hash,
    attempt: kepts.length + 1,
    since: ctx.now(),
    signal,
    store,
    ask,
  };
}

function requestFor(ctx: AiCtx, call: StreamCall, { model }: Route, before: string): TextRequest {
  const shown = ending(before);
  const more = [
    { role: 'assistant' as const, text: shown },
    { role: 'user' as const, text: goOn.user },
  ];
  const effort = call.effort ?? model.effort;
  return {
    model: model.id,
    system: call.prompt.system,
    messages: before === '' ? call.prompt.messages : [...call.prompt.messages, ...more],
    method: 'prompt',
    maxOutputTokens: Math.min(model.maxOutput, call.maxOutputTokens),
    ...(effort && { effort }),
    safetyId: safetyId(ctx),
  };
}

/** The end of a text, as much as a model needs to go on. */
const ending = (text: string): string => (estimateTokens(text) <= mostShown ? text : text.slice(-mostShown));

/** Who wrote the end of it. */
function byOf(kepts: Kepts): By {
  const { provider, model, mode } = kepts.at(-1)!.usage;
  return { provider, model, mode };
}
