// The policy for one kind of work: which models, and who would be asked now.
import * as z from 'zod';
import { verb } from '../../platform/verb.ts';
import { type AiCtx, withAi } from '../ai.ts';
import { type Use, uses } from '../call.ts';
import { loadKeys } from '../keys/store.ts';
import { Chain, policyAt, policyOf, savePolicy } from '../policy.ts';
import { routesOf } from '../route.ts';

const UsePolicy = z.object({
  use: z.enum(uses),
  /** The kind's own models; empty: those for all work. */
  models: Chain,
  /** Who would be asked now, one after the other. Empty: no key leads to any of them. */
  asked: z.array(
    z.object({
      provider: z.string(),
      model: z.string(),
      mode: z.enum(['platform', 'byok']),
      /** Which of the tenant's keys. */
      keyId: z.string().nullable(),
      keyLabel: z.string().nullable(),
      /** Without a price a cap cannot hold, and the platform's key does not run. */
      priceKnown: z.boolean(),
    }),
  ),
  /** The built-in engine's draft is taken when all of them failed. */
  drafts: z.boolean(),
  /** Of the whole policy: what a change must name. */
  version: z.int(),
});

export const getUse = verb({
  name: 'policy.get_use',
  summary: 'Which models do one kind of work (extract, resolve, storyboard, write), and who would be asked now.',
  needs: 'tenant:read',
  input: z.object({ use: z.enum(uses) }),
  output: UsePolicy,
  run: (ctx, { use }) => shownUse(withAi(ctx), use),
});

export const setUse = verb({
  name: 'policy.set_use',
  summary: 'Sets the models for one kind of work; an empty list gives it those for all work again.',
  needs: 'tenant:write',
  input: z.object({ use: z.enum(uses), models: Chain, version: z.int().min(0).optional() }),
  output: UsePolicy,
  run: async (plainCtx, { use, models, version }) => {
    const ctx = withAi(plainCtx);
    const before = await policyAt(ctx, version);
    const { [use]: _, ...others } = before.policy.modelsFor;
    const modelsFor = models.length > 0 ? { ...others, [use]: models } : others;
    await savePolicy(ctx, before, { ...before.policy, modelsFor });
    return shownUse(ctx, use);
  },
});

async function shownUse(ctx: AiCtx, use: Use): Promise<z.input<typeof UsePolicy>> {
  const [{ policy, version }, { routes }, keys] = await Promise.all([
    policyOf(ctx),
    routesOf(ctx, { use }),
    loadKeys(ctx),
  ]);
  const asked = routes.map(({ model, account }) => {
    const key = keys.find(({ id }) => id === account.id);
    return {
      provider: model.provider,
      model: model.id,
      mode: account.mode,
      keyId: key?.id ?? null,
      keyLabel: key?.label ?? null,
      priceKnown: Boolean(model.prices?.length),
    };
  });
  return { use, models: policy.modelsFor[use] ?? [], asked, drafts: policy.drafts, version };
}
