// Models as the settings show them: limits and prices of the table, those that owners of keys have typed, and which can be used.
import * as z from 'zod';
import { verb } from '../../platform/verb.ts';
import { withAi } from '../ai.ts';
import { type KeyRow, loadKeys } from '../keys/store.ts';
import { type Model, modelOf, modelsOf, tableDate } from '../models.ts';
import { modelsFor } from '../named.ts';
import { CalledProvider } from '../policy.ts';
import { described } from '../route.ts';

/** Units of currency per million tokens, from a day (UTC) on. `peak`: times that in the provider's busy hours. */
const Price = z.object({
  from: z.string(),
  currency: z.string(),
  input: z.number(),
  cached: z.number().optional(),
  output: z.number(),
  peak: z.number().optional(),
});

const ShownModel = z.object({
  provider: z.string(),
  id: z.string(),
  /** `unknown`: not in our table, but named by a key. */
  status: z.enum(['ga', 'preview', 'retiring', 'retired', 'unknown']),
  retiresOn: z.string().nullable(),
  /** Tokens of input and output together. */
  context: z.int(),
  maxOutput: z.int(),
  /** How it is asked for an object. */
  method: z.enum(['schema', 'tool', 'json_object', 'prompt']),
  /** Empty where no price is known. */
  prices: z.array(Price),
  /** Prompts above so many tokens cost times as much; without factors that price is not known. */
  long: z.object({ above: z.int(), input: z.number().optional(), output: z.number().optional() }).nullable(),
  /** There is a key for it that the policy lets run. */
  usable: z.boolean(),
});

export const listModels = verb({
  name: 'model.list',
  summary: 'Models with limits and prices: those of our table, and those that the tenant’s keys name.',
  needs: 'tenant:read',
  input: z.object({ provider: CalledProvider.optional() }),
  output: z.object({ items: z.array(ShownModel), checkedOn: z.string() }),
  run: async (plainCtx, { provider }) => {
    const ctx = withAi(plainCtx);
    const models = allModels(await loadKeys(ctx)).filter((one) => provider === undefined || one.provider === provider);
    const choices = models.map((one) => ({ provider: one.provider, model: one.id }));
    const reached = await modelsFor(ctx, { use: 'extract', models: choices });
    const usable = new Set(reached.map((one) => `${one.provider} ${one.model}`));
    return { items: models.map((one) => shown(one, usable.has(`${one.provider} ${one.id}`))), checkedOn: tableDate };
  },
});

/** Of the table in its order, then of keys as they are asked. */
function allModels(keys: readonly KeyRow[]): Model[] {
  const named = keys.flatMap((key) => key.models.map(({ id }) => described(modelOf(key.provider, id), key)));
  const all = new Map<string, Model>();
  for (const model of [...CalledProvider.options.flatMap(modelsOf), ...named]) {
    const name = `${model.provider} ${model.id}`;
    if (!all.get(name)?.prices?.length) all.set(name, model);
  }
  return [...all.values()];
}

const shown = (model: Model, usable: boolean): z.input<typeof ShownModel> => ({
  ...model,
  retiresOn: model.retiresOn ?? null,
  prices: [...(model.prices ?? [])],
  long: model.long ?? null,
  usable,
});
