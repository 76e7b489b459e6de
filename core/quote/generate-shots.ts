import * as Episode from '../episode/index.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { modelPlan } from '../task/model-plan.ts';
import { GenerateShots } from '../task/order.ts';
import { Quote } from './schema.ts';

export const generateShots = verb({
  name: 'quote.generate_shots',
  summary: 'What the storyboard of one episode, or of one scene of it, would take.',
  needs: 'task:write',
  input: GenerateShots,
  output: Quote,
  run: async (ctx, { projectId, episodeId, sceneId, ...asked }) => {
    const row = await Episode.loadInScript(ctx, episodeId);
    if (row.project !== projectId) throw notFound();
    await Project.load(ctx, projectId);
    if (row.status !== 'COMPLETED') throw new Failure('ASSETS_MISSING', { status: row.status });
    const plan = await modelPlan(ctx, 'shot_generate', asked);
    const { forecastShots, quoted } = await import('./forecast.ts');
    return quoted(ctx, { project: projectId, plan, episodes: 1 }, (asking) => forecastShots(ctx, asking, row, sceneId));
  },
});
