import * as Episode from '../episode/index.ts';
import { Failure } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { GenerateShots } from './order.ts';
import { Started } from './schema.ts';
import { start } from './start.ts';

export const generateShots = verb({
  name: 'task.generate_shots',
  summary: 'Starts the storyboard of one episode, or of one scene of it; locked and edited shots stay.',
  needs: 'task:write',
  input: GenerateShots,
  output: Started,
  run: async (ctx, { projectId, episodeId, sceneId, rerun, ...asked }) => {
    const episode = await Episode.loadInScript(ctx, episodeId);
    if (episode.project !== projectId) throw new Failure('NOT_FOUND');
    if (episode.storyboardStatus === 'COMPLETED' && !rerun) throw new Failure('ALREADY_DONE');
    if (episode.status !== 'COMPLETED') throw new Failure('ASSETS_MISSING', { status: episode.status });
    if (sceneId !== undefined) {
      const { episode: content } = await Episode.loadContent(ctx, episode);
      if (!content.scenes.some(({ id }) => id === sceneId)) throw new Failure('NOT_FOUND');
    }
    const order = {
      episodes: [episode.number],
      through: 'storyboard' as const,
      storyboardOnly: true,
      rerun,
      ...(sceneId && { sceneId }),
    };
    const work = {
      type: 'shot_generate' as const,
      project: projectId,
      script: episode.script,
      revision: episode.revision,
      order,
      asked,
    };
    return start(ctx, { ...work, episodes: 1 });
  },
});
