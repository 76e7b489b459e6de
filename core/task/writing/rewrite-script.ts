import * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { notFound } from '../../platform/failure.ts';
import { verb } from '../../platform/verb.ts';
import type { Base } from '../../writer/script/base.ts';
import { type RewriteBrief, RewriteScript } from '../../writer/script/brief.ts';
import { keepBrief } from '../../writer/shelf.ts';
import { asking } from '../order.ts';
import { Started } from '../schema.ts';
import { start } from '../start.ts';
import { newestOf } from './written-on.ts';

export const rewriteScript = verb({
  name: 'task.rewrite_script',
  summary:
    'Starts rewriting episodes or scenes of a script; the rest stays to the letter, and the script gets a new revision.',
  needs: 'task:write',
  input: z.intersection(RewriteScript, z.object(asking)),
  output: Started,
  run: async (ctx, { projectId: project, provider, modelConfig, cap, ...said }) => {
    const brief = await rewriteBrief(ctx, project, said);
    const { script, revision, parts } = brief;
    const commission = { brief: await keepBrief(ctx, project, brief), subject: script };
    const work = { type: 'script_rewrite' as const, project, script, revision, commission };
    return start(ctx, { ...work, seconds: 30 * parts.length, asked: { provider, modelConfig, cap } });
  },
});

/** What is to be rewritten. Throws NOT_FOUND (episodes and scenes the script has not, too), and what `baseOf` throws. */
export async function rewriteBrief(
  ctx: Ctx,
  project: string,
  { scriptId: script, episodes, scenes, instruction }: Omit<RewriteScript, 'projectId'>,
): Promise<RewriteBrief> {
  const { revision, base } = await newestOf(ctx, project, script);
  const parts = await partsOf(base, episodes, scenes);
  return { script, revision, language: base.document.language, instruction, parts };
}

/** In the order of the script. Throws NOT_FOUND for an episode or a scene it has not. */
async function partsOf(
  base: Base,
  episodes: readonly number[] = [],
  scenes: readonly string[] = [],
): Promise<RewriteBrief['parts']> {
  const { passageOf } = await import('../../writer/script/passage.ts');
  const named = new Set(scenes);
  const parts = base.document.episodes.flatMap((one): RewriteBrief['parts'] => {
    const { number } = one;
    if (episodes.includes(number)) return [{ episode: number }];
    const ids = one.scenes.map(({ id }) => id).filter((id) => named.has(id));
    return ids.length > 0 ? [{ episode: number, scenes: ids }] : [];
  });
  const found = parts.reduce((sum, part) => sum + (part.scenes?.length ?? 1), 0);
  if (found < new Set(episodes).size + named.size || !parts.every((part) => passageOf(base.document, part)))
    throw notFound();
  return parts;
}
