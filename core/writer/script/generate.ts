// A script from an idea: an outline, then each episode from it and the end of the one before.
import type { WritingKind } from '../kind.ts';
import { keepPlan, partOn, planOn } from '../shelf.ts';
import { GenerateBrief } from './brief.ts';
import { episodeOf } from './episode.ts';
import { entitled, outlined } from './outline.ts';
import { Outline } from './outline-schema.ts';
import { ending, writePart } from './part.ts';

export const generate: WritingKind = {
  plan: async (ctx, job) => {
    const brief = GenerateBrief.parse(job.brief);
    const outline = (await planOn<Outline>(ctx, job.shelf)) ?? (await outlined(ctx, job, brief));
    await keepPlan(ctx, job.shelf, entitled(outline, brief));
    return {
      waves: outline.episodes.map((_, at) => [at + 1]),
      message: { word: 'outlined', values: { episodes: outline.episodes.length } },
    };
  },
  part: async (ctx, job, number, tell) => {
    const { language, characters } = GenerateBrief.parse(job.brief);
    const outline = Outline.parse(await planOn(ctx, job.shelf));
    const before = async () => ending((await partOn(ctx, job.shelf, number - 1))?.text ?? '');
    return writePart(ctx, job, episodeOf(ctx, { number, first: 1, outline, language, characters }, before), tell);
  },
};
