// Providers as the settings show them: which there are, what they can do, and whether this tenant can use them.
import * as z from 'zod';
import { verb } from '../../platform/verb.ts';
import { type AiCtx, withAi } from '../ai.ts';
import { loadKeys } from '../keys/store.ts';
import { baseUrlOf, type CalledProviderId, modelsOf } from '../models.ts';
import { CalledProvider, type Policy, policyOf, usualSlots } from '../policy.ts';
import { mediaProvider } from '../registry-media.ts';
import type { ProviderId } from '../schema.ts';

const Provider = z.object({
  id: z.string(),
  /** Whether work can be put to it: there is a key that the policy lets run. */
  configured: z.boolean(),
  /** Keys of the tenant's own that are switched on. */
  ownKeys: z.int(),
  /** Whether the platform has a key for it. */
  platformKey: z.boolean(),
  capabilities: z.array(z.enum(['text', 'image', 'video', 'speech'])),
  /** Where it is reached unless a key says otherwise; null where each key must. */
  baseUrl: z.string().nullable(),
  /** Calls of the tenant to it at once; null where nobody is called. */
  slots: z.int().nullable(),
  /** Ids of its models that the table knows; others can be typed. */
  models: z.array(z.string()),
});
type Provider = z.infer<typeof Provider>;

export const listProviders = verb({
  name: 'provider.list',
  summary: 'Providers of models: what they can do, and whether there is a key for them. `builtin` needs none.',
  needs: 'tenant:read',
  input: z.object({}),
  output: z.object({ items: z.array(Provider) }),
  run: async (plainCtx) => {
    const ctx = withAi(plainCtx);
    const [{ policy }, keys] = await Promise.all([policyOf(ctx), loadKeys(ctx)]);
    const own = (id: CalledProviderId) => keys.filter(({ provider, on }) => on && provider === id).length;
    const called = await Promise.all(CalledProvider.options.map((id) => calledProvider(ctx, id, own(id), policy)));
    return { items: [...called, builtin] };
  },
});

const capabilitiesOf = (id: ProviderId): Provider['capabilities'] => [
  'text',
  ...(['image', 'video', 'speech'] as const).filter((capability) => capability in mediaProvider(id)),
];

async function calledProvider(ctx: AiCtx, id: CalledProviderId, ownKeys: number, policy: Policy): Promise<Provider> {
  const platformKey = (await ctx.ai.secrets(id)) !== undefined;
  return {
    id,
    configured: (ownKeys > 0 && policy.keys !== 'platform_only') || (platformKey && policy.keys !== 'own_only'),
    ownKeys,
    platformKey,
    capabilities: capabilitiesOf(id),
    baseUrl: baseUrlOf(id) ?? null,
    slots: policy.slots[id] ?? usualSlots,
    models: modelsOf(id).map((model) => model.id),
  };
}

/** The engine without a model: it reads scripts, writes storyboards and draws panels. */
const builtin: Provider = {
  id: 'builtin',
  configured: true,
  ownKeys: 0,
  platformKey: false,
  capabilities: capabilitiesOf('builtin'),
  baseUrl: null,
  slots: null,
  models: [],
};
