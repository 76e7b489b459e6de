// What models said of scenes, kept by the words of the scene: moved, in another revision or beside other scenes, it is not paid again.

import type { AiCtx, ModelChoice, Prompted } from '../../ai/index.ts';
import { lineWords } from '../../script/line-words.ts';
import type { Biography, Scene } from '../../script/schema.ts';
import { type Stood, stoodAs } from '../gap.ts';
import { keepAnswers, keepPast, keptAnswers, keptPast, sceneKey } from '../kept.ts';
import type { Sheet } from '../sheet.ts';
import { Answer } from './answer.ts';
import { headWords, wordsOf } from './scenes.ts';

/** What an answer about a scene depends on besides the scene. */
export type Grounds = {
  readonly project: string;
  readonly prompt: Pick<Prompted, 'name' | 'version'>;
  readonly models: readonly ModelChoice[];
  readonly biographies: readonly Biography[];
};

const askedIn = ({ prompt, models, biographies }: Grounds): unknown[] => [
  prompt.name,
  prompt.version,
  models,
  biographies.map(({ name, text }) => [name, text]),
];

const keysOf = (ctx: AiCtx, grounds: Grounds, scenes: Iterable<Scene>): Map<Scene, string> => {
  const { project } = grounds;
  const asked = ['extract-scene-1', ...askedIn(grounds)];
  return new Map(
    Array.from(scenes, (scene) => [scene, sceneKey(ctx, project, 'extract', ...asked, wordsOf(scene))] as const),
  );
};

/** Answers that lie there, of scenes in the order given. */
export const keptScenes = (ctx: AiCtx, grounds: Grounds, scenes: readonly Scene[]): Promise<Map<Scene, Answer>> =>
  keptAnswers(ctx, keysOf(ctx, grounds, scenes), Answer);

export const keepScenes = (ctx: AiCtx, grounds: Grounds, answers: ReadonlyMap<Scene, Answer>): Promise<void> =>
  keepAnswers(ctx, keysOf(ctx, grounds, answers.keys()), answers);

const pastOf = (grounds: Grounds, episode: number) => ({
  project: grounds.project,
  step: 'extract' as const,
  grounds: ['extract-episode-1', episode, ...askedIn(grounds)],
});

/** The scenes as they stand now. */
export function stoodOf(ctx: AiCtx, grounds: Grounds, scenes: readonly Scene[], { lines }: Sheet): Stood[] {
  const keys = keysOf(ctx, grounds, scenes);
  return scenes.map((scene) => {
    const own = lines.filter(({ element }) => scene.elements.includes(element));
    return stoodAs(
      keys.get(scene) ?? '',
      headWords(scene),
      own.map(({ element }) => lineWords(element)),
    );
  });
}

/** Scenes of the episode as they stood when they were last read. */
export const keptStood = (ctx: AiCtx, grounds: Grounds, episode: number): Promise<Stood[]> =>
  keptPast(ctx, pastOf(grounds, episode));

export const keepStood = (ctx: AiCtx, grounds: Grounds, episode: number, stood: readonly Stood[]): Promise<void> =>
  keepPast(ctx, pastOf(grounds, episode), stood);
