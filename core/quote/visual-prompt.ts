import { verb } from '../platform/verb.ts';
import { modelPlan } from '../task/model-plan.ts';
import { promptBrief, VisualPrompt } from '../task/visual-prompt.ts';
import { wantedRows } from '../writer/visual-prompt/wanted.ts';
import { Quote } from './schema.ts';

export const visualPrompt = verb({
  name: 'quote.visual_prompt',
  summary: 'What the prompts of assets and shots would take.',
  needs: 'task:write',
  input: VisualPrompt,
  output: Quote,
  run: async (ctx, { projectId: project, provider, modelConfig, cap, ...said }) => {
    const brief = await promptBrief(ctx, project, said);
    const plan = await modelPlan(ctx, 'visual_prompt', { provider, modelConfig, cap });
    const wanted = await wantedRows(ctx, project, brief, plan.provider !== 'builtin');
    const episodes = [...wanted.byEpisode.keys()].filter((episode) => episode > 0).length;
    const { expectedPrompts, quoted } = await import('./forecast.ts');
    return quoted(ctx, { project, plan, episodes }, async (asking) => ({
      expected: await expectedPrompts(ctx, asking, brief, wanted),
      estimated: false,
    }));
  },
});
