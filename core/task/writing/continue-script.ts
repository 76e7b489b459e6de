import * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import { verb } from '../../platform/verb.ts';
import type { Base } from '../../writer/script/base.ts';
import { type ContinueBrief, ContinueScript, charactersOf } from '../../writer/script/brief.ts';
import { lengthOf } from '../../writer/script/length.ts';
import { keepBrief } from '../../writer/shelf.ts';
import { asking } from '../order.ts';
import { Started } from '../schema.ts';
import { start } from '../start.ts';
import { newestOf } from './written-on.ts';

export const continueScript = verb({
  name: 'task.continue_script',
  summary:
    'Starts writing more episodes of a script, put behind it as a new revision; what is there stays to the letter.',
  needs: 'task:write',
  input: z.intersection(ContinueScript, z.object(asking)),
  output: Started,
  run: async (ctx, { projectId: project, provider, modelConfig, cap, ...said }) => {
    const brief = await continueBrief(ctx, project, said);
    const { script, revision, episodes } = brief;
    const commission = { brief: await keepBrief(ctx, project, brief), subject: script };
    const work = { type: 'script_continue' as const, project, script, revision, commission };
    return start(ctx, { ...work, seconds: 30 * (1 + episodes), asked: { provider, modelConfig, cap } });
  },
});

/** What is to be written. Throws NOT_FOUND, SCRIPT_NOT_CONTINUED, and what `baseOf` throws. */
export async function continueBrief(
  ctx: Ctx,
  project: string,
  { scriptId: script, episodes, instruction, ...length }: Omit<ContinueScript, 'projectId'>,
): Promise<ContinueBrief> {
  const { revision, base } = await newestOf(ctx, project, script);
  const { language } = base.document;
  const first = await nextNumber(base);
  const characters = charactersOf(length, language, usualLength(base));
  return { script, revision, language, instruction, episodes, characters, first };
}

/** Throws SCRIPT_NOT_CONTINUED when an episode behind it would change how the script is read. */
async function nextNumber(base: Base): Promise<number> {
  const { takesEpisode } = await import('../../writer/script/append.ts');
  const number = 1 + Math.max(...base.document.episodes.map((episode) => episode.number));
  if (!takesEpisode(base, number, base.document.language)) throw new Failure('SCRIPT_NOT_CONTINUED');
  return number;
}

/** Characters of an episode the script has, on average. */
const usualLength = ({ text, document }: Base): number => lengthOf(text) / document.episodes.length;
