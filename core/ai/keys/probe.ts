// The button that tries a key: one small call, at the tenant's cost.
import * as z from 'zod';
import { commit } from '../../platform/commit.ts';
import { Failure } from '../../platform/failure.ts';
import { noteAlone } from '../../platform/note.ts';
import { verb } from '../../platform/verb.ts';
import { type AiCtx, withAi } from '../ai.ts';
import { guarded, succeeded } from '../breaker.ts';
import { baseUrlOf, costOf, type Model, microsOfAccount, modelOf, modelsOf } from '../models.ts';
import { ProviderFailure } from '../provider-failure.ts';
import { refusalOf } from '../refusal.ts';
import type { Route } from '../route.ts';
import type { TextAnswer } from '../schema.ts';
import { usageOf } from '../usage/of-call.ts';
import { settle } from '../usage/record.ts';
import { openKey } from './open.ts';
import { type KeyRow, loadKey, savingKey } from './store.ts';

const Tested = z.object({
  ok: z.boolean(),
  /** Why not. */
  code: z.string().nullable(),
  message: z.string(),
  model: z.string(),
  ms: z.int(),
});

const timeoutMs = 15_000;

export const testKey = verb({
  name: 'key.test',
  summary: 'Tries a key with one small call and says whether it works.',
  needs: 'tenant:write',
  input: z.object({ id: z.string().max(60), model: z.string().trim().min(1).max(200).optional() }),
  output: Tested,
  run: async (plainCtx, { id, model }) => {
    const ctx = withAi(plainCtx);
    const row = await loadKey(ctx, id);
    const tried = await attempt(ctx, row, modelToTry(row, model));
    await remember(ctx, row, tried);
    const { failure, ms } = tried;
    const message = failure?.say(ctx.locale) ?? (ctx.locale === 'en' ? 'The key works.' : '密钥可用。');
    return { ok: !failure, code: failure?.code ?? null, message, model: tried.model, ms };
  },
});

/** The one named, the first of the key's own, or the first the table still knows. */
function modelToTry({ provider, models }: KeyRow, named: string | undefined): Model {
  const first = named ?? models[0]?.id ?? modelsOf(provider).find(({ status }) => status === 'ga')?.id;
  if (!first) throw new Failure('INVALID_REQUEST', { reason: 'model: name one, for this provider has no list' });
  return modelOf(provider, first);
}

type Tried = { readonly model: string; readonly ms: number; readonly failure: Failure | undefined };

async function attempt(ctx: AiCtx, row: KeyRow, model: Model): Promise<Tried> {
  const began = ctx.now();
  const account = {
    id: row.id,
    mode: 'byok' as const,
    baseUrl: row.baseUrl ?? baseUrlOf(row.provider) ?? '',
    open: () => openKey(ctx, row),
  };
  const ended = await outcome(ctx, { model, account, slots: 1 });
  const ms = Math.max(0, ctx.now() - began);
  const failed = ended instanceof ProviderFailure ? ended : undefined;
  const answer = ended instanceof Error ? undefined : ended;
  const used = answer?.usage ?? failed?.facts.usage ?? { input: 0, output: 0, cached: 0, reasoning: 0 };
  const price = costOf(model, used, ctx.now());
  const usage = {
    ...usageOf(ctx, { project: 'none', task: row.id }, 'test@1', { model, account }),
    input: used.input,
    output: used.output,
    cached: used.cached,
    ...(price && { micros: price.micros, currency: price.currency, priceDate: price.priceDate }),
    spent: price ? microsOfAccount(price) : 0,
    ms,
    cacheHit: false,
    attempt: 1,
    outcome: failed?.facts.kind ?? ('answered' as const),
  };
  await settle(ctx, usage, row.id);
  const failure = failed ? refusalOf(failed, model.id) : ended instanceof Failure ? ended : undefined;
  return { model: model.id, ms, failure };
}

async function outcome(ctx: AiCtx, { model, account }: Route): Promise<TextAnswer | ProviderFailure | Failure> {
  const messages = [{ role: 'user' as const, text: 'Answer with the one word: ready' }];
  const request = { model: model.id, system: '', messages, method: 'prompt' as const, maxOutputTokens: 256 };
  try {
    const key = await account.open();
    const wire = { fetch: ctx.ai.fetch, signal: AbortSignal.timeout(timeoutMs) };
    const reached = { baseUrl: account.baseUrl, key };
    const answer = await ctx.ai.provider(model.provider).text(request, reached, wire);
    // it may have been topped up just now: calls need not wait any longer
    await succeeded(ctx, guarded(model.provider, reached), { wasFailing: true });
    return answer;
  } catch (error) {
    if (error instanceof ProviderFailure || error instanceof Failure) return error;
    throw error;
  }
}

/** A key that was changed meanwhile keeps its new state untested; that it was used is told all the same. */
async function remember(ctx: AiCtx, row: KeyRow, { failure, model }: Tried): Promise<void> {
  const { testCode: _, ...rest } = row;
  const next = { ...rest, testedAt: ctx.now(), ...(failure && { testCode: failure.code }) };
  const audit = { object: row.id, after: { provider: row.provider, model, outcome: failure?.code ?? 'answered' } };
  try {
    await commit(ctx, { rows: [savingKey(ctx, row, next)], audit });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    await noteAlone(ctx, audit);
    if (error.code !== 'STALE_VERSION') throw error;
  }
}
