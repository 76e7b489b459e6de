// What writing a script would take.
import { withAi } from '../ai/planning.ts';
import { verb } from '../platform/verb.ts';
import { modelPlan } from '../task/model-plan.ts';
import { continueBrief, generateScript as generate, generateBrief, continueScript as goOn, rewriteScript as rewrite, rewriteBrief } from '../task/writing/index.ts'; // biome-ignore format: one thought
import { Quote } from './schema.ts';

export const generateScript = verb({
  name: 'quote.generate_script',
  summary: 'What writing a script from an idea would take; lengths of answers nobody has yet are estimated.',
  needs: 'task:write',
  input: generate.input,
  output: Quote,
  run: async (ctx, { projectId: project, provider, modelConfig, cap, ...said }) => {
    const brief = await generateBrief(ctx, project, said);
    const plan = await modelPlan(ctx, 'script_generate', { provider, modelConfig, cap });
    const { expectedGenerate, quoted } = await import('./forecast.ts');
    return quoted(ctx, { project, plan, episodes: brief.episodes }, async (asking) => ({
      expected: await expectedGenerate(withAi(ctx), asking, brief),
      estimated: true,
    }));
  },
});

export const rewriteScript = verb({
  name: 'quote.rewrite_script',
  summary: 'What rewriting episodes or scenes of a script would take.',
  needs: 'task:write',
  input: rewrite.input,
  output: Quote,
  run: async (ctx, { projectId: project, provider, modelConfig, cap, ...said }) => {
    const brief = await rewriteBrief(ctx, project, said);
    const plan = await modelPlan(ctx, 'script_rewrite', { provider, modelConfig, cap });
    const { expectedRewrite, quoted } = await import('./forecast.ts');
    return quoted(ctx, { project, plan, episodes: brief.parts.length }, async (asking) => ({
      expected: await expectedRewrite(withAi(ctx), asking, brief),
      estimated: brief.parts.length > 1,
    }));
  },
});

export const continueScript = verb({
  name: 'quote.continue_script',
  summary: 'What more episodes of a script would take; lengths of answers nobody has yet are estimated.',
  needs: 'task:write',
  input: goOn.input,
  output: Quote,
  run: async (ctx, { projectId: project, provider, modelConfig, cap, ...said }) => {
    const brief = await continueBrief(ctx, project, said);
    const plan = await modelPlan(ctx, 'script_continue', { provider, modelConfig, cap });
    const { expectedContinue, quoted } = await import('./forecast.ts');
    return quoted(ctx, { project, plan, episodes: brief.episodes }, async (asking) => ({
      expected: await expectedContinue(withAi(ctx), asking, brief),
      estimated: true,
    }));
  },
});
