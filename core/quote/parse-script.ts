import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { modelPlan } from '../task/model-plan.ts';
import { ParseScript } from '../task/order.ts';
import { Quote } from './schema.ts';

export const parseScript = verb({
  name: 'quote.parse_script',
  summary:
    'What the whole breakdown of a script would take: calls, tokens, price by episode and model, what is stored already.',
  needs: 'task:write',
  input: ParseScript,
  output: Quote,
  run: async (ctx, { projectId, scriptId, rawText, fileName, ...asked }) => {
    await Project.load(ctx, projectId);
    const plan = await modelPlan(ctx, 'script_parse', asked);
    const { quotedScript, sourceOf } = await import('./forecast.ts');
    return quotedScript(ctx, projectId, plan, await sourceOf(ctx, projectId, { scriptId, rawText, fileName }));
  },
});
