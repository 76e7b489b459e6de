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
    const { project, number } = Episode.readEpisodeId(episodeId);
    if (project !== projectId) throw new Failure('NOT_FOUND');
    const episode = await Episode.load(ctx, project, number);
    if (episode.removedIn !== undefined) throw new Failure('EPISODE_REMOVED', { revision: episode.removedIn });
    if (episode.storyboardStatus === 'COMPLETED' && !rerun) throw new Failure('ALREADY_DONE');
    if (episode.status !== 'COMPLETED') throw new Failure('ASSETS_MISSING', { status: episode.status });
    if (sceneId !== undefined) {
      const { episode: content } = await Episode.loadContent(ctx, episode);
      if (!content.scenes.some(({ id }) => id === sceneId)) throw new Failure('NOT_FOUND');
    }
    const order = {
      episodes: [number],
      through: 'storyboard' as const,
      storyboardOnly: true,
      rerun,
      ...(sceneId && { sceneId }),
    };
    const work = {
      type: 'shot_generate' as const,
      project,
      script: episode.script,
      revision: episode.revision,
      order,
      asked,
    };
    return start(ctx, { ...work, episodes: 1 });
  },
});
