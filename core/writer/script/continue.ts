// More episodes of a script: an outline of what comes, then each episode from it and the end of the one before.
import type { Document } from '../../script/index.ts';
import type { WritingKind } from '../kind.ts';
import { keepPlan, partOn, planOn } from '../shelf.ts';
import { baseOf } from './base.ts';
import { ContinueBrief } from './brief.ts';
import { episodeOf } from './episode.ts';
import { entitled, outlined, type Wanted } from './outline.ts';
import { Outline } from './outline-schema.ts';
import { ending, writePart } from './part.ts';
import { storyOf } from './story.ts';

export const goOn: WritingKind = {
  plan: async (ctx, job) => {
    const brief = ContinueBrief.parse(job.brief);
    const { episodes, first } = brief;
    const known = await planOn<Outline>(ctx, job.shelf);
    if (!known) {
      const { document } = await baseOf(ctx, brief.script, brief.revision);
      // the title that is wanted is the script's own
      const wanted = wantedAfter(brief, document);
      await keepPlan(ctx, job.shelf, entitled(await outlined(ctx, job, wanted), wanted));
    }
    return {
      waves: Array.from({ length: episodes }, (_, at) => [first + at]),
      message: { word: 'outlined', values: { episodes } },
    };
  },
  part: async (ctx, job, number, tell) => {
    const { script, revision, language, characters, first } = ContinueBrief.parse(job.brief);
    const outline = Outline.parse(await planOn(ctx, job.shelf));
    const before = async () => {
      const text =
        number > first
          ? ((await partOn(ctx, job.shelf, number - 1))?.text ?? '')
          : (await baseOf(ctx, script, revision)).text;
      return ending(text.trimEnd());
    };
    return writePart(ctx, job, episodeOf(ctx, { number, first, outline, language, characters }, before), tell);
  },
};

/** What comes, asked from what was told. */
export const wantedAfter = ({ instruction, ...brief }: ContinueBrief, document: Document): Wanted => ({
  ...brief,
  idea: instruction ?? '-',
  genre: '-',
  title: document.title,
  before: storyOf(document),
});
