// What an answer about a scene depends on, and the scenes of an episode as they stood when they were last answered about.
import type { ModelChoice } from '../../ai/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { type Stood, stoodAs } from '../gap.ts';
import { keepPast, keptPast, sceneKey } from '../kept.ts';
import { type Questions, wordedFor } from './call.ts';
import { peopleTold, toldOf } from './known.ts';

/** Raised when answers are stored otherwise, or the schema asks for something else. */
const version = 1;

/**
 * Where answers about the scenes lie: by their words, who and what is in them, the prompt, and the models. Neither a scene's number nor its
 * place in the episode nor its neighbours are part of it, so that a scene that is moved, or whose neighbour is rewritten, keeps its shots.
 * What of it holds for every line: where the scene is, who is in it, and how they look.
 */
export function stoodOf(ctx: Ctx, questions: Questions, models: readonly ModelChoice[]): Map<string, Stood> {
  const { asking, scope } = questions;
  const stood = [...scope.scenes].map(([id, { scene, lines }]) => {
    const { location, timeText, intExt, time, cast } = scene;
    const words = lines.map(({ element: one }) => [one.kind, one.text, one.speakers, one.voice, one.paren]);
    const asked = wordedFor(questions, toldOf([id], scope), '');
    const place = [location, timeText, intExt, time, cast];
    const key = sceneKey(ctx, asking.project, 'storyboard', version, asked, models, place, words);
    return [id, stoodAs(key, [place, peopleTold([id], scope)], words)] as const;
  });
  return new Map(stood);
}

const pastOf = (questions: Questions, models: readonly ModelChoice[]) => ({
  project: questions.asking.project,
  step: 'storyboard' as const,
  grounds: [version, questions.scope.given.episode.number, wordedFor(questions, '', ''), models],
});

export const keptStood = (ctx: Ctx, questions: Questions, models: readonly ModelChoice[]): Promise<Stood[]> =>
  keptPast(ctx, pastOf(questions, models));

export const keepStood = (
  ctx: Ctx,
  questions: Questions,
  models: readonly ModelChoice[],
  stood: readonly Stood[],
): Promise<void> => keepPast(ctx, pastOf(questions, models), stood);
