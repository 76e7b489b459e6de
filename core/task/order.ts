// What clients may ask for. All of it is asynchronous: a start answers a task.

import * as z from 'zod';
import { displayName } from '../platform/name.ts';
import { rule } from '../platform/words.ts';
import { RawText } from '../revision/schema.ts';
import { Cap } from './schema.ts';

const id = z.string().max(60);
/** With which models, and for how much. */
export const asking = {
  /** `builtin`, `auto` (the tenant's policy) or the id of a provider; who says nothing gets `auto` where a model is set up. */
  provider: z.string().max(40).optional(),
  /** `text_model`: the model of the named provider. */
  modelConfig: z.looseObject({ text_model: z.string().trim().max(200).optional() }).optional(),
  /** Millionths of CNY that models may cost; the plan's own where nothing is said. */
  cap: Cap.optional(),
};
const common = {
  ...asking,
  language: z.string().max(20).optional(),
  /** Do finished parts again. Without it, finished work answers 409. */
  rerun: z.boolean().default(false),
};

export const ParseScript = z
  .object({
    projectId: id,
    scriptId: id.optional(),
    rawText: RawText.optional(),
    title: displayName(200).optional(),
    fileName: z.string().max(200).optional(),
    ...common,
  })
  .refine(({ scriptId, rawText }) => (scriptId === undefined) !== (rawText === undefined), {
    message: rule('script_id 与 raw_text 二选一', 'give either script_id or raw_text'),
  });

export const ExtractAssets = z.object({ id, ...common });
export const GenerateShots = z.object({
  projectId: id,
  episodeId: id,
  sceneId: z.string().max(60).optional(),
  ...common,
});

/** What is asked of models, as far as clients say. */
export type Asked = Pick<z.output<typeof ExtractAssets>, 'provider' | 'modelConfig' | 'cap'>;

/**
 * Seconds a breakdown will probably take: the grammar reads 20 MB/s; the episodes' steps dominate. With models: two answers of 20 s an
 * episode, eight episodes at once, and one for the whole.
 */
export const estimated = (episodes: number, withModels: boolean): number =>
  Math.max(5, Math.ceil(3 + 0.8 * episodes + (withModels ? 20 + 40 * Math.ceil(episodes / 8) : 0)));
