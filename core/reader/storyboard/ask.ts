// Asking for the shots of scenes: only of those nobody was asked about, and every answer kept by scene before anything is made of it.
import { type AiCtx, answered, type ModelChoice, object, type Part } from '../../ai/index.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Stood } from '../gap.ts';
import { keepAnswers, keptAnswers } from '../kept.ts';
import type { Answer } from './answer.ts';
import { type Begun, begunScene, completed } from './begun.ts';
import { callOf, type Questions } from './call.ts';
import { keepStood, keptStood, stoodOf } from './memory.ts';
import { partsOf } from './parts.ts';
import { isUsable, isWhole, SceneAnswer, sharesOf } from './share.ts';

/** What is known of the scenes of an episode. */
export type Scenes = {
  readonly stood: ReadonlyMap<string, Stood>;
  readonly answers: Map<string, SceneAnswer>;
  /** Scenes whose shots are wanted and nobody was asked about. */
  readonly missing: ReadonlySet<string>;
  /** Those of them of which only some lines are to be asked about. */
  readonly begun: ReadonlyMap<string, Begun>;
};

export async function recalledScenes(
  ctx: AiCtx,
  questions: Questions,
  models: readonly ModelChoice[],
): Promise<Scenes> {
  const { scenes, given } = questions.scope;
  const stood = stoodOf(ctx, questions, models);
  const answers = await keptAnswers(ctx, new Map([...stood].map(([id, { key }]) => [id, key])), SceneAnswer);
  const isWanted = (id: string): boolean => given.only === undefined || given.only === id;
  const missing = new Set([...scenes.keys()].filter((id) => !answers.has(id) && isWanted(id)));
  const past = missing.size > 0 ? await keptStood(ctx, questions, models) : [];
  const begun = await Promise.all(
    [...missing].map(async (id) => [id, await begunScene(ctx, scenes.get(id)!, stood.get(id)!, past)] as const),
  );
  return { stood, answers, missing, begun: new Map(begun.flatMap(([id, one]) => (one ? [[id, one] as const] : []))) };
}

/**
 * Asks for the missing scenes; `answers` has them then, as far as an answer decides their shots. Answers why a part was not answered by
 * a model, where drafts are taken. Throws what `object` throws, after all that could be had is kept.
 */
export async function askMissing(
  ctx: AiCtx,
  questions: Questions,
  models: readonly ModelChoice[],
  scenes: Scenes,
): Promise<Failure | undefined> {
  await keep(ctx, questions, scenes, await leftBehind(ctx, questions, scenes));
  const { missing, answers, stood, begun } = scenes;
  const parts = partsOf(questions.scope, (id) => missing.has(id) && !answers.has(id), begun);
  const ended = await Promise.allSettled(parts.map((part) => object(ctx, callOf(part, questions))));
  let because: Failure | undefined;
  const said: Said[] = [];
  for (const [i, one] of ended.entries()) {
    if (one.status === 'rejected') continue;
    because ??= one.value.because;
    said.push({ part: parts[i]!, answer: one.value.value, isDraft: one.value.because !== undefined });
  }
  const unsaid = await keep(ctx, questions, scenes, said);
  const isKept = (id: string): boolean => answers.has(id) && !unsaid.has(id);
  if (parts.length > 0) await keepStood(ctx, questions, models, [...stood].flatMap(([id, one]) => (isKept(id) ? one : []))); // biome-ignore format: one thought
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return because;
}

/** `isDraft`: a model did not answer some of it. */
type Said = { readonly part: Part; readonly answer: Answer; readonly isDraft: boolean };

/** Answers that were given before a crash, and of which only some scenes were kept. */
async function leftBehind(ctx: AiCtx, questions: Questions, { missing }: Scenes): Promise<Said[]> {
  const { scope } = questions;
  const torn = partsOf(scope, () => true).filter(({ scenes }) => {
    const lost = scenes.filter(({ id }) => missing.has(id)).length;
    return lost > 0 && lost < scenes.length;
  });
  const found = await Promise.all(torn.map(async (part) => ({ part, answer: await answered(ctx, callOf(part, questions)) }))); // biome-ignore format: one thought
  return found.flatMap(({ part, answer }) => (answer ? [{ part, answer, isDraft: false }] : []));
}

/**
 * A scene that stands in several parts has an answer when all of them have. Where a model did not answer some of them, what it said of the
 * scene serves this once and is not kept, so that the rest is asked for again. Answers these scenes.
 */
async function keep(
  ctx: AiCtx,
  { scope }: Questions,
  { stood, answers, missing, begun }: Scenes,
  said: readonly Said[],
): Promise<ReadonlySet<string>> {
  const shares = new Map<string, SceneAnswer>();
  const parts = new Map<string, number>();
  for (const { part, answer } of said) {
    for (const { id } of part.scenes) parts.set(id, (parts.get(id) ?? 0) + 1);
    const rest = [...begun.values()].find((one) => one.part === part);
    for (const [id, share] of sharesOf(answer, part, scope)) {
      const { shots, leftOut } = rest ? completed(rest, share) : share;
      const before = shares.get(id);
      shares.set(id, { shots: [...(before?.shots ?? []), ...shots], leftOut: leftOut + (before?.leftOut ?? 0) });
    }
  }
  const whole = said.flatMap(({ part }) => part.scenes).filter(({ id, parts: all }) => parts.get(id) === all);
  for (const { id } of whole) {
    const share = shares.get(id);
    if (share && missing.has(id) && isUsable(share, id, scope)) answers.set(id, share);
  }
  const drafted = said.flatMap(({ part, isDraft }) => (isDraft ? part.scenes.map(({ id }) => id) : []));
  const unsaid = new Set(drafted.filter((id) => !isWhole(shares.get(id), id, scope)));
  const keys = new Map([...stood].map(([id, { key }]) => [id, key]));
  await keepAnswers(ctx, keys, new Map([...answers].filter(([id]) => missing.has(id) && !unsaid.has(id))));
  return unsaid;
}
