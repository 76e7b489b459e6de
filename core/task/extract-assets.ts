import * as Episode from '../episode/index.ts';
import { putting } from '../platform/commit.ts';
import { Failure } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { ExtractAssets } from './order.ts';
import { Started } from './schema.ts';
import { start } from './start.ts';

export const extractAssets = verb({
  name: 'task.extract_assets',
  summary: 'Starts extraction of the assets of one episode; the episode turns ANALYZING at once.',
  needs: 'task:write',
  input: ExtractAssets,
  output: Started,
  run: async (ctx, { id, rerun, ...asked }) => {
    const episode = await Episode.loadInScript(ctx, id);
    if (episode.status === 'COMPLETED' && !rerun) throw new Failure('ALREADY_DONE');
    const analyzing = { ...episode, status: 'ANALYZING' as const, version: episode.version + 1, updatedAt: ctx.now() };
    const put = Episode.Entity.put(analyzing).where(({ version }, { eq }) => eq(version, episode.version));
    const order = { episodes: [episode.number], through: 'extract' as const, storyboardOnly: false, rerun };
    const work = {
      type: 'asset_extract' as const,
      project: episode.project,
      script: episode.script,
      revision: episode.revision,
      order,
      asked,
    };
    return start(ctx, { ...work, episodes: 1 }, [putting(ctx.stores.core, put)]);
  },
});
