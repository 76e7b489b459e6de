// What clients may ask for. All of it is asynchronous: a start answers a task.
import * as z from 'zod';
import { RawText } from '../revision/schema.ts';

const id = z.string().max(60);
const common = {
  provider: z.string().max(40).optional(),
  modelConfig: z.record(z.string(), z.unknown()).optional(),
  language: z.string().max(20).optional(),
  /** Do finished parts again. Without it, finished work answers 409. */
  rerun: z.boolean().default(false),
};

export const ParseScript = z
  .object({
    projectId: id,
    scriptId: id.optional(),
    rawText: RawText.optional(),
    title: z.string().trim().min(1).max(200).optional(),
    fileName: z.string().max(200).optional(),
    ...common,
  })
  .refine(({ scriptId, rawText }) => (scriptId === undefined) !== (rawText === undefined), {
    message: 'give either script_id or raw_text',
  });

export const ExtractAssets = z.object({ id, ...common });
export const GenerateShots = z.object({
  projectId: id,
  episodeId: id,
  sceneId: z.string().max(60).optional(),
  ...common,
});

/** Seconds a breakdown will probably take: the grammar reads 20 MB/s; the episodes' steps dominate. */
export const estimated = (episodes: number): number => Math.max(5, Math.ceil(3 + 0.8 * episodes));
