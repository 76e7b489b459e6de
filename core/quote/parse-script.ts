import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { modelPlan } from '../task/model-plan.ts';
import { ParseScript } from '../task/order.ts';
import { askingFor } from './asking.ts';
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
    const { forecastScript, nothingAsked, quoted, sourceOf } = await import('./forecast.ts');
    const source = await sourceOf(ctx, projectId, { scriptId, rawText, fileName });
    if (plan.provider === 'builtin') return quoted(ctx, { plan, ...nothingAsked(source.document.episodes.length) });
    return quoted(ctx, { plan, ...(await forecastScript(ctx, askingFor(projectId, plan), source)) });
  },
});
