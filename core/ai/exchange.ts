// One exchange with a model, and everything around it: money held back, breaker, slot, time; then stored, recorded and settled.
import { contentHash } from '../pipeline/cache.ts';
import { Failure } from '../platform/failure.ts';
import { newId } from '../platform/id.ts';
import * as Tenant from '../tenant/index.ts';
import type { AiCtx } from './ai.ts';
import { admit, failed, type Guarded, guarded, succeeded } from './breaker.ts';
import { release, reserve } from './budget.ts';
import type { Kept } from './cache.ts';
import type { Work } from './call.ts';
import { inputTokens, mostMicros } from './estimate.ts';
import { costOf, microsOfAccount } from './models.ts';
import { patience } from './patience.ts';
import { isTimeout, ProviderFailure } from './provider-failure.ts';
import type { Route } from './route.ts';
import type { Account, TextAnswer, TextProvider, TextRequest, TokenUsage } from './schema.ts';
import { withSlot } from './slots.ts';
import { guessed } from './usage/guessed.ts';
import { usageOf } from './usage/of-call.ts';
import { settle } from './usage/record.ts';
import type { UsageRow } from './usage/row.ts';

export type Turn = {
  readonly work: Work;
  /** `name@version` */
  readonly prompt: string;
  readonly route: Route;
  readonly request: TextRequest;
  /** Hash of the call: what money is held back for. */
  readonly call: string;
  /** Which exchange of the call, from 1. */
  readonly attempt: number;
  /** Ms when the call was first made. */
  readonly since: number;
  readonly signal: AbortSignal;
  /** Writes down what was said, before anything else is done with it. */
  readonly store: (kept: Kept) => Promise<void>;
  /** How the provider is asked; by default for a whole answer. */
  readonly ask?: Ask;
};

export type Ask = (provider: TextProvider, account: Account, signal: AbortSignal) => Promise<Heard>;

/** What came back: an answer, or a failure; with a stream that broke off, the text that had arrived. */
export type Heard = {
  readonly answer?: TextAnswer;
  readonly failure?: ProviderFailure;
  readonly text?: string;
  /** It was asked, and then not waited for. */
  readonly stopped?: { readonly by: unknown };
};

/**
 * What came of it is answered, were it a failure, for that is recorded like anything else; `circuit_open` when the provider is not to be
 * asked now. Throws BUDGET_REACHED, BUDGET_ZERO, QUOTA_EXCEEDED, PRICE_UNKNOWN, KEY_UNREADABLE; the signal's reason. What was sent is paid:
 * where it was not waited for to its end, by estimate.
 */
export async function exchange(ctx: AiCtx, turn: Turn): Promise<Heard> {
  const { route, request, call } = turn;
  const account = { baseUrl: route.account.baseUrl, key: await route.account.open() };
  const who = guarded(route.model.provider, account);
  const id = newId('use', ctx.now());
  await hold(ctx, turn, id);
  const { heard, ms } = await unlessThrown(ctx, turn, id, () => askGuarded(ctx, turn, account, who));
  if (ms === undefined) return heard;
  const used = usedOf(turn, heard);
  const kept: Kept = {
    usage: usageRow(ctx, turn, heard, { id, ms, used }),
    limit: request.maxOutputTokens,
    ...textOf(heard),
  };
  try {
    if (kept.text !== undefined || kept.usage.outcome === 'truncated' || used) await turn.store(kept);
  } finally {
    await settle(ctx, kept.usage, call);
  }
  if (heard.stopped) throw heard.stopped.by;
  return heard;
}

/** An answer that was cut off is none. */
function textOf({ answer, text }: Heard): { text: string } | Record<string, never> {
  if (text !== undefined) return { text };
  return answer?.finish === 'stop' ? { text: answer.text } : {};
}

/** Millionths of CNY to hold back. A price nobody knows cannot be held back; on the platform's account such a model does not run. */
function atMost(ctx: AiCtx, { route, request }: Turn): number {
  const most = mostMicros(
    route.model,
    inputTokens(request, request.schema?.jsonSchema),
    request.maxOutputTokens,
    ctx.now(),
  );
  if (most === undefined && route.account.mode === 'platform')
    throw new Failure('PRICE_UNKNOWN', { provider: route.model.provider, model: route.model.id });
  return most ?? 0;
}

/** No function lives longer than 15 minutes. */
const holdMs = 20 * 60_000;

/** Money of the task and one call of the tenant's month, side by side; where one is not to be had, the other is given back. */
async function hold(ctx: AiCtx, turn: Turn, id: string): Promise<void> {
  const { work, call, signal } = turn;
  const micros = atMost(ctx, turn);
  const [money, quota] = await Promise.allSettled([
    reserve(ctx, work.task, call, micros, signal),
    Tenant.hold(ctx, id, 'ai_calls', 1, holdMs),
  ]);
  if (money.status === 'rejected') {
    if (quota.status === 'fulfilled') await Tenant.release(ctx, id);
    throw money.reason;
  }
  if (quota.status === 'rejected') {
    await release(ctx, work.task, call);
    throw quota.reason;
  }
}

/** Where nothing was asked after all, nothing is held back. */
async function unlessThrown(ctx: AiCtx, { work, call }: Turn, id: string, run: () => Promise<Asked>): Promise<Asked> {
  const letGo = () => Promise.all([release(ctx, work.task, call), Tenant.release(ctx, id)]);
  try {
    const asked = await run();
    if (asked.ms === undefined) await letGo();
    return asked;
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** `ms`: how long it took; absent when it was not asked. */
type Asked = { readonly heard: Heard; readonly ms?: number };

async function askGuarded(ctx: AiCtx, turn: Turn, account: Account, who: Guarded): Promise<Asked> {
  const { work, route, request, signal } = turn;
  const callMs = work.timeoutMs ?? patience(request.maxOutputTokens, route.model.provider);
  const state = await admit(ctx, who);
  if ('refused' in state) return { heard: { failure: state.refused } };
  const slot = { provider: route.model.provider, limit: route.slots, callMs, since: turn.since };
  const ended = await withSlot(ctx, slot, signal, async () => {
    // from here on it is taken as sent
    signal.throwIfAborted();
    const began = ctx.now();
    const limited = AbortSignal.any([signal, AbortSignal.timeout(callMs)]);
    const heard = await (turn.ask ?? whole(ctx, turn))(ctx.ai.provider(route.model.provider), account, limited);
    return { heard, ms: Math.max(0, ctx.now() - began) };
  });
  const { failure, stopped } = ended.heard;
  // nobody's failure, and no success
  if (stopped) return ended;
  await (failure ? failed(ctx, who, failure.facts.kind, { ...state, ...failure.facts }) : succeeded(ctx, who, state));
  return ended;
}

const whole =
  (ctx: AiCtx, { request }: Turn): Ask =>
  async (provider, account, signal) => {
    try {
      return { answer: await provider.text(request, account, { fetch: ctx.ai.fetch, signal }) };
    } catch (error) {
      if (error instanceof ProviderFailure) return { failure: error };
      if (signal.aborted) return { stopped: { by: error } };
      throw error;
    }
  };

/** As it was counted; undefined where the provider did nothing. One who was asked and not waited for works on, and it is paid; so is an answer lost on its way. */
function usedOf({ request }: Turn, { answer, failure, text, stopped }: Heard): TokenUsage | undefined {
  const counted = answer?.usage ?? failure?.facts.usage;
  const isLeft =
    stopped !== undefined || (failure !== undefined && (isTimeout(failure) || failure.facts.isCut === true));
  return counted ?? (isLeft ? guessed(request, text ?? '') : undefined);
}

const nothing: TokenUsage = { input: 0, output: 0, cached: 0, reasoning: 0 };

function usageRow(
  ctx: AiCtx,
  turn: Turn,
  { answer, failure, stopped }: Heard,
  { id, ms, used = nothing }: { id: string; ms: number; used: TokenUsage | undefined },
): UsageRow {
  const { route } = turn;
  const at = ctx.now();
  const price = used === nothing ? undefined : costOf(route.model, used, at);
  const providerCode = stopped ? 'stopped' : failure?.facts.providerCode;
  const requestId = answer?.requestId ?? failure?.facts.requestId;
  return {
    ...usageOf(ctx, turn.work, turn.prompt, route, id),
    input: used.input,
    output: used.output,
    cached: used.cached,
    ...(used.estimated && { estimated: true as const }),
    ...(price && { micros: price.micros, currency: price.currency, priceDate: price.priceDate }),
    spent: price ? microsOfAccount(price) : 0,
    ms,
    cacheHit: false,
    attempt: turn.attempt,
    outcome: stopped ? 'retryable' : (failure?.facts.kind ?? (answer?.finish === 'length' ? 'truncated' : 'answered')),
    ...(providerCode && { providerCode }),
    ...(requestId && { requestId }),
  };
}

/** Opaque, the same for a tenant always: providers ask for it to tell abusers apart. */
export const safetyId = (ctx: AiCtx): string => contentHash('safety', ctx.tenant).slice(0, 32);
