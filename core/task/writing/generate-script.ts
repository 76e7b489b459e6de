import * as z from 'zod';
import type { Ctx } from '../../platform/ctx.ts';
import { newId } from '../../platform/id.ts';
import { verb } from '../../platform/verb.ts';
import * as Project from '../../project/index.ts';
import { charactersOf, type GenerateBrief, GenerateScript, languageOf } from '../../writer/script/brief.ts';
import { keepBrief } from '../../writer/shelf.ts';
import { asking } from '../order.ts';
import { Started } from '../schema.ts';
import { start } from '../start.ts';

export const generateScript = verb({
  name: 'task.generate_script',
  summary:
    'Starts writing a script from an idea: an outline, then episode by episode; the script is there when it ends, the text so far at /ai/tasks/{id}/text.',
  needs: 'task:write',
  input: z.intersection(GenerateScript, z.object(asking)),
  output: Started,
  run: async (ctx, { projectId, provider, modelConfig, cap, ...said }) => {
    const brief = await generateBrief(ctx, projectId, said);
    // known from now on, so that a step repeated after a crash makes the same script
    const script = newId('scr', ctx.now());
    const commission = { brief: await keepBrief(ctx, projectId, brief), subject: script };
    const work = { type: 'script_generate' as const, project: projectId, script, revision: 0 };
    return start(ctx, {
      ...work,
      commission,
      seconds: secondsFor(brief.episodes),
      asked: { provider, modelConfig, cap },
    });
  },
});

/** What is to be written. Throws NOT_FOUND. */
export async function generateBrief(
  ctx: Ctx,
  project: string,
  { episodeMinutes, episodeCharacters, language: asked, ...said }: Omit<GenerateScript, 'projectId'>,
): Promise<GenerateBrief> {
  const { language: usual } = await Project.load(ctx, project);
  const language = languageOf(asked ?? usual);
  return { ...said, language, characters: charactersOf({ episodeMinutes, episodeCharacters }, language) };
}

/** An outline takes half a minute, an episode after another as long each. */
const secondsFor = (episodes: number): number => 30 * (1 + episodes);
