import * as Episode from '../episode/index.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { modelPlan } from '../task/model-plan.ts';
import { ExtractAssets } from '../task/order.ts';
import { Quote } from './schema.ts';

export const extractAssets = verb({
  name: 'quote.extract_assets',
  summary: 'What extracting the assets of one episode would take, and settling who is who in the project after it.',
  needs: 'task:write',
  input: ExtractAssets,
  output: Quote,
  run: async (ctx, { id, ...asked }) => {
    const row = await Episode.loadInScript(ctx, id);
    await Project.load(ctx, row.project);
    const plan = await modelPlan(ctx, 'asset_extract', asked);
    const { forecastEpisode, quoted } = await import('./forecast.ts');
    return quoted(ctx, { project: row.project, plan, episodes: 1 }, (asking) => forecastEpisode(ctx, asking, row));
  },
});
