import * as z from 'zod';
import * as Episode from '../episode/index.ts';
import type { Ctx } from '../platform/ctx.ts';
import { notFound } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { keepBrief } from '../writer/shelf.ts';
import { AskedPrompts, briefOf, type PromptBrief } from '../writer/visual-prompt/brief.ts';
import { wantedRows } from '../writer/visual-prompt/wanted.ts';
import { modelPlan } from './model-plan.ts';
import { asking } from './order.ts';
import { Started } from './schema.ts';
import { start } from './start.ts';

export const VisualPrompt = z.intersection(AskedPrompts, z.object(asking));

export const visualPrompt = verb({
  name: 'task.visual_prompt',
  summary:
    'Starts writing the prompts that pictures and clips are made from: of named assets and shots, or of all of a kind or an episode; what people wrote or locked stays.',
  needs: 'task:write',
  input: VisualPrompt,
  output: Started,
  run: async (ctx, { projectId, provider, modelConfig, cap, ...said }) => {
    const brief = await promptBrief(ctx, projectId, said);
    const asked = { provider, modelConfig, cap };
    const withModel = (await modelPlan(ctx, 'visual_prompt', asked)).provider !== 'builtin';
    const { byEpisode } = await wantedRows(ctx, projectId, brief, withModel);
    const [first] = Episode.inScript(await Episode.loadAll(ctx, projectId));
    const rows = [...byEpisode.values()].flat();
    return start(ctx, {
      type: 'visual_prompt',
      project: projectId,
      script: first?.script ?? '',
      revision: first?.revision ?? 0,
      commission: { brief: await keepBrief(ctx, projectId, brief), subject: subjectOf(projectId, brief) },
      seconds: withModel ? secondsFor(rows.length) : 5,
      asked,
    });
  },
});

/** What is asked for, as the work keeps it. Throws NOT_FOUND, EPISODE_REMOVED. */
export async function promptBrief(
  ctx: Ctx,
  project: string,
  said: Omit<AskedPrompts, 'projectId'>,
): Promise<PromptBrief> {
  await Project.load(ctx, project);
  if (said.episodeId === undefined) return briefOf(said, undefined);
  const episode = await Episode.loadInScript(ctx, said.episodeId);
  if (episode.project !== project) throw notFound();
  return briefOf(said, episode.number);
}

/** Single prompts are asked for side by side; all of something is asked for once at a time. */
const subjectOf = (project: string, { assets, shots }: PromptBrief): string => {
  const named = [...assets, ...shots];
  return named.length === 1 ? `prompts:${named[0]}` : `prompts:${project}`;
};

/** Eight are asked about at once, twenty calls side by side, half a minute each. */
const secondsFor = (prompts: number): number => 5 + 30 * Math.ceil(prompts / 160);
