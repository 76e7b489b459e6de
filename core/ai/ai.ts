// What the gateway is given beside the context: providers, keys, and everything impure.

import type { Ctx } from '../platform/ctx.ts';
import type { AddressRules } from './base-url.ts';
import type { Sealer, SecretReader } from './keys/schema.ts';
import type { CalledProviderId } from './models.ts';
import type { TextProvider } from './schema.ts';

/** A model by the one who offers it. */
export type ModelChoice = { readonly provider: CalledProviderId; readonly model: string };

export type Ai = {
  readonly provider: (id: CalledProviderId) => TextProvider;
  /** Speaks to no address that `addresses` does not allow. */
  readonly fetch: typeof globalThis.fetch;
  /** What base URLs members may type. */
  readonly addresses: AddressRules;
  /** The platform's own keys. */
  readonly secrets: SecretReader;
  /** Seals and opens the keys of tenants. */
  readonly sealer: Sealer;
  /** Models asked where a tenant has set no policy; the first is preferred. */
  readonly models: readonly ModelChoice[];
  /** Waits so many ms; rejects with the signal's reason when it is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number;
};

/** The context of work that may ask models. */
export type AiCtx = Ctx & {
  readonly ai: Ai;
  /** Aborted when the work was cancelled or its time is up; the reason is the failure to tell. */
  readonly signal?: AbortSignal | undefined;
};

/** The gateway of a context. A function that was not given one may not ask models: our own mistake, told at once. */
export function withAi(ctx: Ctx): AiCtx {
  if (!('ai' in ctx)) throw new TypeError('this function was not given the model gateway');
  return ctx as AiCtx;
}
