// Asking models about what the scorer doubts.
import { type AiCtx, type Expected, modelsFor, object, peek, wordingOf } from '../../ai/index.ts';
import { resolve } from '../../ai/prompts/resolve.v1.ts';
import type { Opinion } from '../../breakdown/index.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Asking } from '../asking.ts';
import { opinionsFrom } from './answer.ts';
import { type Call, callsOf, type Given } from './call.ts';

/** Raised when the same answers are read otherwise. */
const readerVersion = 1;

/** `draft`: why some forms were not asked about, and wait for a person as they would without a model. */
export type Said = { readonly opinions: Opinion[]; readonly draft?: Failure | undefined };

/** The questions of a project before anything is asked. */
export type ResolutionReader = {
  /** What the answers depend on: the prompts, and the models they would be put to. Plain data. */
  readonly inputs: unknown[];
  /** Throws what `object` throws: where no model could answer and the tenant takes no drafts, the reason. */
  readonly ask: () => Promise<Said>;
  /** The calls, to be priced. */
  readonly expected: readonly Expected[];
  /** Opinions whose answers lie there. Asks nobody and writes nothing. */
  readonly recall: () => Promise<Opinion[]>;
};

/** The reader of a project's doubts for a task that works with models. */
export async function resolutionReader(ctx: AiCtx, asking: Asking, given: Given): Promise<ResolutionReader> {
  const [wording, models] = await Promise.all([
    wordingOf(ctx, resolve),
    modelsFor(ctx, { use: 'resolve', models: asking.models }),
  ]);
  const calls = callsOf(asking, given, wording);
  return {
    inputs: [readerVersion, calls.map(({ call }) => call.prompt), models],
    ask: () => ask(ctx, calls),
    expected: calls,
    recall: () => recall(ctx, calls),
  };
}

async function ask(ctx: AiCtx, calls: readonly Call[]): Promise<Said> {
  // every question is waited for, so that what could be had is stored also where one fails
  const ended = await Promise.allSettled(calls.map(({ call }) => object(ctx, call)));
  const outcomes = ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
  return {
    opinions: outcomes.flatMap(({ value, by, because }, at) =>
      because ? [] : opinionsFrom(value, calls[at]!.question, by),
    ),
    draft: outcomes.find(({ because }) => because)?.because,
  };
}

async function recall(ctx: AiCtx, calls: readonly Call[]): Promise<Opinion[]> {
  const found = await Promise.all(calls.map(({ call }) => peek(ctx, call)));
  return found.flatMap((one, at) => (one ? opinionsFrom(one.value, calls[at]!.question, one.by) : []));
}
