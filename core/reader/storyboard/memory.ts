// What an answer about a scene depends on.
import type { ModelChoice } from '../../ai/index.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { sceneKey } from '../kept.ts';
import { type Questions, wordedFor } from './call.ts';
import { toldOf } from './known.ts';

/** Raised when answers are stored otherwise, or the schema asks for something else. */
const version = 1;

/**
 * Where answers about the scenes lie: by their words, who and what is in them, the prompt, and the models. Neither a scene's number nor its
 * place in the episode nor its neighbours are part of it, so that a scene that is moved, or whose neighbour is rewritten, keeps its shots.
 */
export function keysOf(ctx: Ctx, questions: Questions, models: readonly ModelChoice[]): Map<string, string> {
  const { asking, scope } = questions;
  const keys = [...scope.scenes].map(([id, { scene, lines }]) => {
    const { location, timeText, intExt, time, cast } = scene;
    const words = lines.map(({ element: one }) => [one.kind, one.text, one.speakers, one.voice, one.paren]);
    const asked = wordedFor(questions, toldOf([id], scope), '');
    const place = [location, timeText, intExt, time, cast];
    return [id, sceneKey(ctx, asking.project, 'storyboard', version, asked, models, place, words)] as const;
  });
  return new Map(keys);
}
