// Asking until there is an answer: exchanges with pauses between, as the failure allows.
import type { AiCtx } from './ai.ts';
import { exchange, type Turn } from './exchange.ts';
import { isAskedAgain } from './patience.ts';
import { isTimeout } from './provider-failure.ts';
import { waitBefore } from './retry.ts';
import type { FailureKind } from './schema.ts';
import { rest } from './slots.ts';

/**
 * Ends when an exchange came back with something, were it cut off; the turn's `store` has it then. Throws the failure that no further
 * try would mend, and what `exchange` throws.
 * @param patient wait for a provider that is given rest by the breaker; otherwise it is left at once, for there are others.
 */
export async function insist(ctx: AiCtx, turn: Turn, patient: boolean): Promise<void> {
  const failures: Partial<Record<FailureKind, number>> = {};
  for (let attempt = turn.attempt; ; attempt++) {
    const { failure } = await exchange(ctx, { ...turn, attempt });
    if (!failure || failure.facts.kind === 'truncated') return;
    const { kind, providerCode, retryAfterMs } = failure.facts;
    const count = (failures[kind] ?? 0) + 1;
    failures[kind] = count;
    const isLeft = isTimeout(failure)
      ? !isAskedAgain(turn.request.maxOutputTokens, count, turn.route.model.provider)
      : providerCode === 'circuit_open' && !patient;
    const wait = isLeft ? undefined : waitBefore({ kind, retryAfterMs }, count, ctx.ai.random);
    if (wait === undefined) throw failure;
    // all callers of the tenant meet the same limit
    if (kind === 'rate_limited') await rest(ctx, { provider: turn.route.model.provider }, wait);
    await ctx.ai.sleep(wait, turn.signal);
  }
}
