// Models as people name them when they start work: by provider, with or without the model.
import { Failure } from '../platform/failure.ts';
import type { AiCtx, ModelChoice } from './ai.ts';
import type { Use, Work } from './call.ts';
import { loadKeys } from './keys/store.ts';
import { type CalledProviderId, modelsOf } from './models.ts';
import { policyOf } from './policy.ts';
import { routesOf } from './route.ts';

/** Models that a call of this work would be put to now, in order: those there are keys for. Part of what an answer depends on. */
export async function modelsFor(ctx: AiCtx, work: Pick<Work, 'models' | 'use'>): Promise<ModelChoice[]> {
  const { routes } = await routesOf(ctx, work);
  const names = routes.map(({ model }) => JSON.stringify({ provider: model.provider, model: model.id }));
  return [...new Set(names)].map((name) => JSON.parse(name) as ModelChoice);
}

/**
 * The plan of one model by its provider; without a model's name the one the tenant's policy prefers, its keys name, or the table knows.
 * Throws MODEL_NOT_CONFIGURED where there is no key for it, INVALID_REQUEST where a model must be named.
 */
export async function namedModel(
  ctx: AiCtx,
  use: Use,
  provider: CalledProviderId,
  model: string | undefined,
): Promise<ModelChoice[]> {
  const id = model || (await usualModel(ctx, use, provider));
  if (id === undefined) throw new Failure('INVALID_REQUEST', { reason: 'model_config.text_model: is missing' });
  const models = [{ provider, model: id }];
  if ((await modelsFor(ctx, { use, models })).length === 0)
    throw new Failure('MODEL_NOT_CONFIGURED', { use, provider });
  return models;
}

async function usualModel(ctx: AiCtx, use: Use, provider: CalledProviderId): Promise<string | undefined> {
  const [{ policy }, keys] = await Promise.all([policyOf(ctx), loadKeys(ctx)]);
  const preferred = [policy.modelsFor[use] ?? [], policy.models, ctx.ai.models].flat();
  const ofKeys = keys.filter((key) => key.on && key.provider === provider).flatMap(({ models }) => models);
  return (
    preferred.find((choice) => choice.provider === provider)?.model ??
    ofKeys[0]?.id ??
    modelsOf(provider).find(({ status }) => status === 'ga')?.id
  );
}
