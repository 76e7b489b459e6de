// Asking for the prompts of subjects: only of those nobody was asked about, every answer kept by subject before anything is made of it.
import { type AiCtx, type ModelChoice, object } from '../../ai/index.ts';
import { contentHash } from '../../pipeline/cache.ts';
import type { Failure } from '../../platform/failure.ts';
import { keepAnswers, keptAnswers } from '../../reader/kept.ts';
import { workKey } from '../../revision/store.ts';
import { Texts } from './answer.ts';
import { batched } from './batch.ts';
import { callOf, type Questions, wordedFor } from './call.ts';
import { sharesOf } from './check.ts';
import type { Subject } from './subject.ts';

/** Raised when answers are stored otherwise, or the schema asks for something else. */
const version = 1;

/** What was answered. `because`: why some have no answer of a model, where drafts are taken; `failure`: why the others have none. */
export type Asked = {
  readonly texts: ReadonlyMap<Subject, Texts>;
  readonly because?: Failure | undefined;
  readonly failure?: unknown;
};

/** What is known of subjects, and those nobody was asked about. */
export type Recalled = {
  readonly keys: ReadonlyMap<Subject, string>;
  readonly texts: Map<Subject, Texts>;
  readonly missing: readonly Subject[];
};

/** An answer lies under the subject's own words, those of its people, the prompt, the wish and the models: whatever stands beside it may change. */
export async function recalled(
  ctx: AiCtx,
  questions: Questions,
  subjects: readonly Subject[],
  models: readonly ModelChoice[],
): Promise<Recalled> {
  const { project } = questions.asking;
  const keys = new Map(
    subjects.map((subject) => {
      const hash = contentHash(version, wordedFor(questions, [subject]), models);
      return [subject, workKey(ctx, project, 'visual-prompt', `${hash}.json`)] as const;
    }),
  );
  const texts = await keptAnswers(ctx, keys, Texts);
  return { keys, texts, missing: subjects.filter((subject) => !texts.has(subject)) };
}

/** Asks about the missing ones. Never throws for a model: what could be had is kept, and the reason told. */
export async function ask(ctx: AiCtx, questions: Questions, { keys, texts, missing }: Recalled): Promise<Asked> {
  const ended = await Promise.all(batched(missing).map((batch) => inTurn(ctx, questions, batch)));
  const fresh = new Map(ended.flatMap((one) => [...one.texts]));
  await keepAnswers(ctx, keys, fresh);
  return {
    texts: new Map([...texts, ...fresh]),
    because: ended.find((one) => one.because)?.because,
    failure: ended.find((one) => one.failure !== undefined)?.failure,
  };
}

/** A batch, and those of it alone whose texts could not be used. */
async function inTurn(ctx: AiCtx, questions: Questions, batch: readonly Subject[]): Promise<Asked> {
  const first = await once(ctx, questions, batch, false);
  const left = batch.filter((subject) => !first.texts.has(subject));
  if (left.length === 0 || first.because || first.failure !== undefined) return first;
  const second = await once(ctx, questions, left, true);
  return { ...second, texts: new Map([...first.texts, ...second.texts]) };
}

async function once(ctx: AiCtx, questions: Questions, subjects: readonly Subject[], strict: boolean): Promise<Asked> {
  try {
    const { value, because } = await object(ctx, callOf(subjects, questions, strict));
    const shares = sharesOf(value, subjects, questions.style.language);
    const usable = subjects.flatMap((subject, at) => {
      const share = shares[at];
      return share && share.faults.length === 0 ? [[subject, share.texts] as const] : [];
    });
    return { texts: new Map(usable), because };
  } catch (failure) {
    return { texts: new Map(), failure };
  }
}
