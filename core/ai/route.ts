// Whom a call may be put to: models in order of preference, each with the accounts it can be reached by.
import type { Failure, FailureCode } from '../platform/failure.ts';
import type { AiCtx, ModelChoice } from './ai.ts';
import type { Work } from './call.ts';
import { openKey } from './keys/open.ts';
import { type KeyRow, loadKeys } from './keys/store.ts';
import { baseUrlOf, type Model, modelOf } from './models.ts';
import { chainOf, type Policy, policyOf, usualSlots } from './policy.ts';

export type Route = {
  readonly model: Model;
  readonly account: {
    /** `platform`, or the id of the tenant's key. */
    readonly id: string;
    readonly mode: 'platform' | 'byok';
    readonly baseUrl: string;
    /** The key in plain, for the one who calls. Throws KEY_UNREADABLE. */
    readonly open: () => Promise<string>;
  };
  /** Calls of the tenant to this provider at once. */
  readonly slots: number;
};

export type Routes = { readonly routes: readonly Route[]; readonly policy: Policy };

/** The task's plan or the tenant's policy, as far as there are keys for it. */
export async function routesOf(ctx: AiCtx, work: Pick<Work, 'models' | 'use'>): Promise<Routes> {
  const { policy, keys } = await standing(ctx);
  const chain = work.models ?? chainOf(policy, work.use, ctx.ai.models);
  const own = chain.map((choice) => ownRoutes(ctx, choice, policy, keys));
  const mayLack = own.some((routes) => routes.length > 0);
  const platform = await Promise.all(chain.map((choice) => platformRoutes(ctx, choice, policy, mayLack)));
  const routes = chain.map((_, at) => [...(own[at] ?? []), ...(platform[at] ?? [])]);
  return { routes: routes.flat(), policy };
}

/** What a model itself said, whoever pays for it: asked again by another account it would be paid again, and say the same. */
const ofTheModel: readonly FailureCode[] = ['PROMPT_BLOCKED', 'MODEL_ANSWER_UNUSABLE', 'MODEL_ANSWER_TRUNCATED'];

/** Those of the others that may still do after `failed` did not. Another account of the same model may, unless the model itself is at fault. */
export const leftAfter = (failure: Failure, failed: Route, others: readonly Route[]): readonly Route[] =>
  ofTheModel.includes(failure.code) ? others.filter((other) => !isSameModel(other, failed)) : others;

/** Another server, a typed address, may offer the same name and answer otherwise. */
const isSameModel = (one: Route, other: Route): boolean =>
  one.model.provider === other.model.provider &&
  one.model.id === other.model.id &&
  one.account.baseUrl === other.account.baseUrl;

/** What a tenant has said of models, and its keys. */
type Standing = { readonly policy: Policy; readonly keys: readonly KeyRow[] };

/** A step plans its calls and makes them by the same word: so long, in ms, it is not asked for again. */
const goodFor = 5000;
const recent = new WeakMap<AbortSignal, { readonly at: number; readonly read: Promise<Standing> }>();

/** By the signal the pieces of one work are known. */
function standing(ctx: AiCtx): Promise<Standing> {
  const { signal } = ctx;
  const last = signal && recent.get(signal);
  if (last && ctx.now() - last.at < goodFor) return last.read;
  const read = Promise.all([policyOf(ctx), loadKeys(ctx)]).then(([{ policy }, keys]) => ({ policy, keys }));
  if (signal) {
    recent.set(signal, { at: ctx.now(), read });
    // what failed is asked for again by the next
    read.catch(() => recent.delete(signal));
  }
  return read;
}

function ownRoutes(ctx: AiCtx, choice: ModelChoice, policy: Policy, keys: readonly KeyRow[]): Route[] {
  if (policy.keys === 'platform_only') return [];
  const own = keys.filter((key) => serves(key, choice));
  return own.flatMap((key): Route[] => {
    const baseUrl = key.baseUrl ?? baseUrlOf(choice.provider);
    if (!baseUrl) return [];
    const account = { id: key.id, mode: 'byok' as const, baseUrl, open: () => openKey(ctx, key) };
    return [{ ...routeTo(choice, policy, account), model: described(modelOf(choice.provider, choice.model), key) }];
  });
}

/** @param mayLack there are others: a key that cannot be read is none. */
async function platformRoutes(ctx: AiCtx, choice: ModelChoice, policy: Policy, mayLack: boolean): Promise<Route[]> {
  if (policy.keys === 'own_only') return [];
  const secret = await ctx.ai.secrets(choice.provider).catch((error: unknown) => {
    if (!mayLack) throw error;
  });
  const baseUrl = secret?.baseUrl ?? baseUrlOf(choice.provider);
  if (!secret || !baseUrl) return [];
  const account = { id: 'platform', mode: 'platform' as const, baseUrl, open: () => Promise.resolve(secret.key) };
  return [routeTo(choice, policy, account)];
}

const routeTo = ({ provider, model }: ModelChoice, policy: Policy, account: Route['account']): Route => ({
  model: modelOf(provider, model),
  account,
  slots: policy.slots[provider] ?? usualSlots,
});

const serves = (key: KeyRow, { provider, model }: ModelChoice): boolean =>
  key.on && key.provider === provider && (key.models.length === 0 || key.models.some(({ id }) => id === model));

/** A model with what its owner typed: the price where the table has none, limits where it does not know the model. */
export function described(model: Model, key: KeyRow): Model {
  const { price, ...limits } = key.models.find(({ id }) => id === model.id) ?? {};
  const from = new Date(key.updatedAt).toISOString().slice(0, 10);
  return {
    ...model,
    ...(model.status === 'unknown' && limits),
    ...(price && !model.prices?.length && { prices: [{ ...price, from }] }),
  } as Model;
}
