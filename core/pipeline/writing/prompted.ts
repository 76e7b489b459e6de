// Prompts lie in their assets and shots as soon as they are written; the end only counts them.
import { partsOn, planOn } from '../../writer/shelf.ts';
import { PromptCount, PromptPlan } from '../../writer/visual-prompt/plan-schema.ts';
import type { EndingOf } from './ending.ts';

export const prompted: EndingOf = async (ctx, { failed, drafts = [] }, { shelf }) => {
  const { parts, locked, edited } = PromptPlan.parse(await planOn(ctx, shelf));
  const kept = await partsOn(ctx, shelf, parts.map((_, at) => at + 1)); // biome-ignore format: one thought
  const counts = [...kept.values()].map(({ ground }) => PromptCount.parse(ground));
  const sum = (of: keyof PromptCount) => counts.reduce((all, one) => all + one[of], 0);
  const asked = parts.reduce((all, { ids }) => all + ids.length, 0);
  const result = { asked, written: sum('written'), drafted: sum('drafted'), kept: locked + edited + sum('held') };
  if (result.written + result.drafted + sum('held') === 0) return undefined;
  const word = failed.length + drafts.length > 0 ? ('prompts_written_in_part' as const) : ('prompts_written' as const);
  const { written: prompts } = result;
  return { result, message: { word, values: { prompts, asked } }, along: { rows: [] } };
};
