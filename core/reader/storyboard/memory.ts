// What was answered about each scene, under the hash of what the scene is: whatever else of an episode changes, it is not asked again.
import type { ModelChoice } from '../../ai/index.ts';
import { contentHash } from '../../pipeline/cache.ts';
import { getJson, putBlob } from '../../platform/blob.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { workKey } from '../../revision/store.ts';
import { type Questions, wordedFor } from './call.ts';
import { toldOf } from './known.ts';
import type { SceneScope } from './scope.ts';
import type { SceneAnswer } from './share.ts';

/** Raised when answers are stored otherwise, or the schema asks for something else. */
const version = 1;

/**
 * Where the answer about a scene lies: by its words, who and what is in it, the prompt, and the models. Neither its number nor its place
 * in the episode nor its neighbours are part of it, so that a scene that is moved, or whose neighbour is rewritten, keeps its shots.
 */
export function sceneKey(
  ctx: Ctx,
  { scene, lines }: SceneScope,
  questions: Questions,
  models: readonly ModelChoice[],
): string {
  const { location, timeText, intExt, time, cast } = scene;
  const words = lines.map(({ element: { kind, text, speakers, voice, paren } }) => [
    kind,
    text,
    speakers,
    voice,
    paren,
  ]);
  const asked = wordedFor(questions, toldOf([scene.id], questions.scope), '');
  const hash = contentHash(version, asked, models, [location, timeText, intExt, time, cast], words);
  return workKey(ctx, questions.asking.project, 'storyboard', `scene-${hash}.json`);
}

export const recalled = (ctx: Ctx, key: string): Promise<SceneAnswer | undefined> => getJson<SceneAnswer>(ctx, key);

export const memorised = (ctx: Ctx, key: string, answer: SceneAnswer): Promise<void> =>
  putBlob(ctx, key, JSON.stringify(answer));
