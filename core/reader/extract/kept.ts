// What models said of scenes, kept by the words of the scene: moved, in another revision or beside other scenes, it is not paid again.
import type { AiCtx, ModelChoice, Prompted } from '../../ai/index.ts';
import { contentHash } from '../../pipeline/cache.ts';
import { getJson, putBlob } from '../../platform/blob.ts';
import { workKey } from '../../revision/store.ts';
import type { Biography, Scene } from '../../script/schema.ts';
import { Answer } from './answer.ts';
import { wordsOf } from './scenes.ts';

/** What an answer about a scene depends on besides the scene. */
export type Grounds = {
  readonly project: string;
  readonly prompt: Pick<Prompted, 'name' | 'version'>;
  readonly models: readonly ModelChoice[];
  readonly biographies: readonly Biography[];
};

const keyOf = (ctx: AiCtx, { project, prompt, models, biographies }: Grounds, scene: Scene): string => {
  const told = biographies.map(({ name, text }) => [name, text]);
  const hash = contentHash('extract-scene-1', prompt.name, prompt.version, models, told, wordsOf(scene));
  return workKey(ctx, project, 'extract', `scene-${hash}.json`);
};

/** Answers that lie there, of scenes in the order given. One that cannot be read is as good as none. */
export async function keptScenes(ctx: AiCtx, grounds: Grounds, scenes: readonly Scene[]): Promise<Map<Scene, Answer>> {
  const found = await Promise.all(
    scenes.map(async (scene) => [scene, Answer.safeParse(await getJson(ctx, keyOf(ctx, grounds, scene)))] as const),
  );
  return new Map(found.flatMap(([scene, { data }]) => (data ? [[scene, data] as const] : [])));
}

export async function keepScenes(ctx: AiCtx, grounds: Grounds, answers: ReadonlyMap<Scene, Answer>): Promise<void> {
  await Promise.all(
    [...answers].map(([scene, answer]) => putBlob(ctx, keyOf(ctx, grounds, scene), JSON.stringify(answer))),
  );
}
