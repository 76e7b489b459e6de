// Reading an episode with a model, over what the grammar found.
import { type AiCtx, type Expected, modelsFor, type ObjectCall, object, wordingOf } from '../../ai/index.ts';
import { extract } from '../../ai/prompts/extract.v1.ts';
import type { Extraction } from '../../breakdown/schema.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Asking } from '../asking.ts';
import type { Answer } from './answer.ts';
import { callsOf, type Given, scopeOf } from './call.ts';
import { merged } from './merge.ts';
import { readingOf } from './reading.ts';

/** Raised when the same answers are read otherwise. */
const readerVersion = 1;

/** `draft`: why the whole episode or a part of it is what the grammar found alone. */
export type ReadEpisode = { readonly value: Extraction; readonly draft?: Failure | undefined };

/** A reading before anything is asked. */
export type EpisodeReader = {
  /** What the result depends on: prompts with their versions, and the models they would be put to. Plain data. */
  readonly inputs: unknown[];
  /**
   * The extraction as a model completes it; nothing of what was found is lost. Throws what `object` throws: where no model could answer and
   * the tenant takes no drafts, the reason.
   */
  readonly read: () => Promise<ReadEpisode>;
};

/** The reader of one episode for a task that works with models. */
export async function episodeReader(ctx: AiCtx, asking: Asking, given: Given): Promise<EpisodeReader> {
  const [wording, models] = await Promise.all([
    wordingOf(ctx, extract),
    modelsFor(ctx, { use: 'extract', models: asking.models }),
  ]);
  const calls = callsOf(asking, given, wording).map(({ call }) => call);
  return {
    inputs: [readerVersion, calls.map(({ prompt }) => prompt), models],
    read: () => readWith(ctx, calls, given),
  };
}

async function readWith(ctx: AiCtx, calls: readonly ObjectCall<Answer>[], given: Given): Promise<ReadEpisode> {
  // every part is waited for, so that what could be had is stored also where one fails
  const ended = await Promise.allSettled(calls.map((call) => object(ctx, call)));
  const outcomes = ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  const scope = scopeOf(given);
  return {
    value: merged(
      given.found,
      outcomes.map(({ value }) => readingOf(value, scope)),
    ),
    draft: outcomes.find(({ because }) => because)?.because,
  };
}

/** The calls that reading an episode takes, to be priced. Asks nobody. */
export const expectedExtraction = async (ctx: AiCtx, asking: Asking, given: Given): Promise<Expected[]> =>
  callsOf(asking, given, await wordingOf(ctx, extract));
