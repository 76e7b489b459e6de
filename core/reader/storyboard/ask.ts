// Asking for the shots of scenes: only of those nobody was asked about, and every answer kept by scene before anything is made of it.
import { type AiCtx, answered, type ModelChoice, object, type Part } from '../../ai/index.ts';
import type { Failure } from '../../platform/failure.ts';
import { keepAnswers, keptAnswers } from '../kept.ts';
import type { Answer } from './answer.ts';
import { callOf, type Questions } from './call.ts';
import { keysOf } from './memory.ts';
import { partsOf } from './parts.ts';
import { isUsable, SceneAnswer, sharesOf } from './share.ts';

/** What is known of the scenes of an episode. */
export type Scenes = {
  readonly keys: ReadonlyMap<string, string>;
  readonly answers: Map<string, SceneAnswer>;
  /** Scenes whose shots are wanted and nobody was asked about. */
  readonly missing: ReadonlySet<string>;
};

export async function recalledScenes(
  ctx: AiCtx,
  questions: Questions,
  models: readonly ModelChoice[],
): Promise<Scenes> {
  const { scenes, given } = questions.scope;
  const keys = keysOf(ctx, questions, models);
  const answers = await keptAnswers(ctx, keys, SceneAnswer);
  const isWanted = (id: string): boolean => given.only === undefined || given.only === id;
  return { keys, answers, missing: new Set([...scenes.keys()].filter((id) => !answers.has(id) && isWanted(id))) };
}

/**
 * Asks for the missing scenes; `answers` has them then, as far as an answer decides their shots. Answers why a part was not answered by
 * a model, where drafts are taken. Throws what `object` throws, after all that could be had is kept.
 */
export async function askMissing(ctx: AiCtx, questions: Questions, scenes: Scenes): Promise<Failure | undefined> {
  await keep(ctx, questions, scenes, await leftBehind(ctx, questions, scenes));
  const { missing, answers } = scenes;
  const parts = partsOf(questions.scope, (id) => missing.has(id) && !answers.has(id));
  const ended = await Promise.allSettled(parts.map((part) => object(ctx, callOf(part, questions))));
  let because: Failure | undefined;
  const said: Said[] = [];
  for (const [i, one] of ended.entries()) {
    if (one.status === 'rejected') continue;
    because ??= one.value.because;
    said.push({ part: parts[i]!, answer: one.value.value });
  }
  await keep(ctx, questions, scenes, said);
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return because;
}

type Said = { readonly part: Part; readonly answer: Answer };

/** Answers that were given before a crash, and of which only some scenes were kept. */
async function leftBehind(ctx: AiCtx, questions: Questions, { missing }: Scenes): Promise<Said[]> {
  const { scope } = questions;
  const torn = partsOf(scope, () => true).filter(({ scenes }) => {
    const lost = scenes.filter(({ id }) => missing.has(id)).length;
    return lost > 0 && lost < scenes.length;
  });
  const found = await Promise.all(torn.map(async (part) => ({ part, answer: await answered(ctx, callOf(part, questions)) }))); // biome-ignore format: one thought
  return found.flatMap(({ part, answer }) => (answer ? [{ part, answer }] : []));
}

/** A scene that stands in several parts has an answer when all of them have. */
async function keep(
  ctx: AiCtx,
  { scope }: Questions,
  { keys, answers, missing }: Scenes,
  said: readonly Said[],
): Promise<void> {
  const shares = new Map<string, SceneAnswer>();
  const parts = new Map<string, number>();
  for (const { part, answer } of said) {
    for (const { id } of part.scenes) parts.set(id, (parts.get(id) ?? 0) + 1);
    for (const [id, { shots, leftOut }] of sharesOf(answer, part, scope)) {
      const before = shares.get(id);
      shares.set(id, { shots: [...(before?.shots ?? []), ...shots], leftOut: leftOut + (before?.leftOut ?? 0) });
    }
  }
  const whole = said.flatMap(({ part }) => part.scenes).filter(({ id, parts: all }) => parts.get(id) === all);
  for (const { id } of whole) {
    const share = shares.get(id);
    if (share && missing.has(id) && isUsable(share, id, scope)) answers.set(id, share);
  }
  await keepAnswers(ctx, keys, new Map([...answers].filter(([id]) => missing.has(id))));
}
