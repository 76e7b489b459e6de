// Step 2. Extract: the mentions of one episode, each with its quote; with a model, what grammar cannot say of it too.

import { withAi } from '../ai/planning.ts';
import { extractEpisode, type KnownForms, verifyQuotes } from '../breakdown/index.ts';
import type { Extraction } from '../breakdown/schema.ts';
import { load, loadContent } from '../episode/store.ts';
import { getJson } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import type { episodeReader } from '../reader/extract/index.ts';
import { loadRevision } from '../revision/store.ts';
import { standalone } from '../script/standalone.ts';
import { finishStep } from '../task/advance.ts';
import type { Run } from '../task/store.ts';
import { askingOf } from './asking.ts';
import { begun } from './begun.ts';
import { remembered } from './cache.ts';
import { keepEpisode } from './keep-episode.ts';

export async function extract(
  ctx: Ctx,
  input: Run & { episode?: number },
): Promise<{ episode: number; cached: boolean }> {
  const task = await begun(ctx, input);
  const number = input.episode ?? 0;
  const row = await load(ctx, task.project, number);
  const content = await loadContent(ctx, row);
  // what stands before the episode in the source changes nothing of what is found in it
  const episode = standalone(content.episode);
  const document = { ...content.document, episodes: [episode] };
  const { documentKey } = await loadRevision(ctx, row.script, row.revision);
  const known = await getJson<KnownForms>(ctx, `${documentKey}/known.json`);
  if (!known) throw new Failure('NOT_FOUND');
  const find = () => verifyQuotes(extractEpisode(document, number, known), document).extraction;
  const asking = askingOf(ctx, task, number);
  const reader = asking && (await readerFor(withAi(ctx), asking, { document, number, known, found: find() }));
  const inputs = [episode, document.biographies, known, ...(reader?.inputs ?? [])];
  const make = reader ? reader.read : () => ({ value: find() });
  const { value, key, cached, draft } = await remembered<Extraction>(ctx, task.project, 'extract', inputs, make);
  await keepEpisode(ctx, row, { extractionKey: key, status: 'COMPLETED', errorCode: undefined });
  const notice = value.leftOut ? new Failure('ANSWER_LEFT_OUT', { count: value.leftOut }) : undefined;
  const step = { name: `extract:${number}`, cached, draft, notice };
  await finishStep(ctx, input, step, { word: 'extracted', values: { episode: number } });
  return { episode: number, cached };
}

/** The reader with its prompts is loaded where a model is asked. */
const readerFor: typeof episodeReader = async (...given) =>
  (await import('../reader/extract/index.ts')).episodeReader(...given);
