// Step 2. Extract: the mentions of one episode, each with its quote; with a model, what grammar cannot say of it too.

import type { KnownForms } from '../breakdown/index.ts';
import type { Extraction } from '../breakdown/schema.ts';
import { load, loadContent } from '../episode/store.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { loadRevision } from '../revision/store.ts';
import { finishStep } from '../task/advance.ts';
import type { Run } from '../task/store.ts';
import { askingOf } from './asking.ts';
import { begun } from './begun.ts';
import { remembered } from './cache.ts';
import type { extractionPlan } from './extraction.ts';
import { keepEpisode } from './keep-episode.ts';

export async function extract(
  ctx: Ctx,
  input: Run & { episode?: number },
): Promise<{ episode: number; cached: boolean }> {
  const task = await begun(ctx, input);
  const number = input.episode ?? 0;
  const row = await load(ctx, task.project, number);
  const { document } = await loadContent(ctx, row);
  const { documentKey } = await loadRevision(ctx, row.script, row.revision);
  const known = await getJson<KnownForms>(ctx, `${documentKey}/known.json`);
  if (!known) throw new Failure('NOT_FOUND');
  const { inputs, make } = await planned(ctx, askingOf(ctx, task, number), document, known);
  const { value, key, cached, draft } = await remembered<Extraction>(ctx, task.project, 'extract', inputs, make);
  await keepEpisode(ctx, row, {
    extractionKey: key,
    extractedFrom: row.documentKey,
    status: 'COMPLETED',
    errorCode: undefined,
  });
  const notice = value.leftOut ? new Failure('ANSWER_LEFT_OUT', { count: value.leftOut }) : undefined;
  const step = { name: `extract:${number}`, cached, draft, notice };
  await finishStep(ctx, input, step, { word: 'extracted', values: { episode: number } });
  return { episode: number, cached };
}

/** The grammar is loaded when an episode is read and not at the start. */
const planned: typeof extractionPlan = async (...given) => (await import('./extraction.ts')).extractionPlan(...given);
