// The gateway of a function that asks models: what planning knows, the providers, and the keys of tenants.
import { type Ai, envelope, kmsKeys } from '../../core/ai/planning.ts';
import type { Stores } from '../../core/platform/ctx.ts';
import { once } from '../../core/platform/once.ts';
import { planningAi } from './models.ts';

const providerOf = async (id: Parameters<Ai['provider']>[0]) =>
  (await import('../../core/ai/registry.ts')).textProvider(id);

/** The code of providers is loaded with the first question: work without models starts without it. */
const provider: Ai['provider'] = (id) => ({
  id,
  text: async (...asked) => (await providerOf(id)).text(...asked),
  async *stream(...asked) {
    return yield* (await providerOf(id)).stream(...asked);
  },
});

/** The gateway, in a tenant's stores: keys are sealed and opened with its own credentials. */
export const askingAi = (stores: Stores): Ai => {
  const sealer = once(() => envelope(kmsKeys(stores.sealingKey, stores.kms)));
  return Object.create(planningAi(), { provider: { value: provider }, sealer: { get: sealer } });
};
