// What models said of scenes, kept by the words of the scene: moved, in another revision or beside other scenes, it is not paid again.
import type { AiCtx, ModelChoice, Prompted } from '../../ai/index.ts';
import type { Biography, Scene } from '../../script/schema.ts';
import { keepAnswers, keptAnswers, sceneKey } from '../kept.ts';
import { Answer } from './answer.ts';
import { wordsOf } from './scenes.ts';

/** What an answer about a scene depends on besides the scene. */
export type Grounds = {
  readonly project: string;
  readonly prompt: Pick<Prompted, 'name' | 'version'>;
  readonly models: readonly ModelChoice[];
  readonly biographies: readonly Biography[];
};

const keysOf = (ctx: AiCtx, grounds: Grounds, scenes: Iterable<Scene>): Map<Scene, string> => {
  const { project, prompt, models, biographies } = grounds;
  const told = biographies.map(({ name, text }) => [name, text]);
  const asked = ['extract-scene-1', prompt.name, prompt.version, models, told];
  return new Map(
    Array.from(scenes, (scene) => [scene, sceneKey(ctx, project, 'extract', ...asked, wordsOf(scene))] as const),
  );
};

/** Answers that lie there, of scenes in the order given. */
export const keptScenes = (ctx: AiCtx, grounds: Grounds, scenes: readonly Scene[]): Promise<Map<Scene, Answer>> =>
  keptAnswers(ctx, keysOf(ctx, grounds, scenes), Answer);

export const keepScenes = (ctx: AiCtx, grounds: Grounds, answers: ReadonlyMap<Scene, Answer>): Promise<void> =>
  keepAnswers(ctx, keysOf(ctx, grounds, answers.keys()), answers);
