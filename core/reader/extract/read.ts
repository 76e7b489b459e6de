// Reading an episode with a model, over what the grammar found.
import { type AiCtx, type Expected, type ObjectOutcome, object, wordingOf } from '../../ai/index.ts';
import { extract } from '../../ai/prompts/extract.v1.ts';
import type { Extraction } from '../../breakdown/schema.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Asking } from '../asking.ts';
import type { Answer } from './answer.ts';
import { callsOf, type Given, scopeOf } from './call.ts';
import { merged } from './merge.ts';
import { readingOf } from './reading.ts';

export type ReadEpisode = {
  /** What was found, and what was read. */
  readonly extraction: Extraction;
  /** Facts of the answers that are not in the script, or not in its language: they were left out. */
  readonly dropped: number;
  /** Why the whole episode or a part of it is what the grammar found alone. */
  readonly because?: Failure;
};

/**
 * The extraction of an episode as a model completes it. Nothing of `found` is lost. Throws what `object` throws: where no model could
 * answer and the tenant takes no drafts, the reason.
 */
export async function readEpisode(ctx: AiCtx, asking: Asking, given: Given): Promise<ReadEpisode> {
  const calls = callsOf(asking, given, await wordingOf(ctx, extract));
  const outcomes = await everyOne(calls.map(({ call }) => object(ctx, call)));
  const scope = scopeOf(given);
  const readings = outcomes.map(({ value }) => readingOf(value, scope));
  const because = outcomes.find((one) => one.because)?.because;
  return {
    extraction: merged(given.found, readings),
    dropped: readings.reduce((sum, { dropped }) => sum + dropped.length, 0),
    ...(because && { because }),
  };
}

/** Every part is waited for, so that what could be had is stored also where one fails. */
async function everyOne(asked: readonly Promise<ObjectOutcome<Answer>>[]): Promise<ObjectOutcome<Answer>[]> {
  const ended = await Promise.allSettled(asked);
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/** The calls that reading an episode takes, to be priced. Asks nobody. */
export const expectedExtraction = async (ctx: AiCtx, asking: Asking, given: Given): Promise<Expected[]> =>
  callsOf(asking, given, await wordingOf(ctx, extract));
