// The calls that writing a script would take, to be priced. Asks nobody and writes nothing; what depends on words nobody has yet is reckoned with as many others.
import { type AiCtx, type Expected, peek } from '../../ai/index.ts';
import { notFound } from '../../platform/failure.ts';
import type { Asking } from '../../reader/asking.ts';
import { baseOf } from './base.ts';
import type { ContinueBrief, GenerateBrief, Language, RewriteBrief } from './brief.ts';
import { wantedAfter } from './continue.ts';
import { episodeOf } from './episode.ts';
import { entitled, outlineCall, outlineOutput, type Wanted } from './outline.ts';
import type { Outline } from './outline-schema.ts';
import { type Assignment, ending } from './part.ts';
import { passageOf } from './passage.ts';
import { assignmentOf } from './rewrite.ts';
import { textCall } from './write.ts';

export const expectedGenerate = (ctx: AiCtx, asking: Asking, brief: GenerateBrief): Promise<Expected[]> =>
  episodesFrom(ctx, asking, brief, 1, '');

export async function expectedContinue(ctx: AiCtx, asking: Asking, brief: ContinueBrief): Promise<Expected[]> {
  const { text, document } = await baseOf(ctx, brief.script, brief.revision);
  return episodesFrom(ctx, asking, wantedAfter(brief, document), brief.first, ending(text.trimEnd()));
}

/** Only the first part stands behind words that are there for certain. */
export async function expectedRewrite(ctx: AiCtx, asking: Asking, brief: RewriteBrief): Promise<Expected[]> {
  const base = await baseOf(ctx, brief.script, brief.revision);
  return Promise.all(
    brief.parts.map((part) => {
      const passage = passageOf(base.document, part);
      if (!passage) throw notFound();
      const before = ending(base.text.slice(0, passage.spans[0]!.start).trimEnd());
      return expectedText(asking, assignmentOf(ctx, brief, passage, base), before, brief.language);
    }),
  );
}

/** An outline, and its episodes: as it was answered, or one of the usual length. */
async function episodesFrom(
  ctx: AiCtx,
  asking: Asking,
  wanted: Wanted,
  first: number,
  before: string,
): Promise<Expected[]> {
  const call = await outlineCall(ctx, asking, wanted);
  const outline = entitled((await peek(ctx, call))?.value ?? usualOutline(wanted), wanted);
  const { language, characters } = wanted;
  const episodes = Array.from({ length: wanted.episodes }, (_, at) => {
    const number = first + at;
    const assignment = episodeOf(ctx, { number, first, outline, language, characters }, async () => '');
    return expectedText(asking, assignment, at === 0 ? before : words(language, usualBefore), language);
  });
  return [{ call, output: outlineOutput(wanted.episodes) }, ...(await Promise.all(episodes))];
}

async function expectedText(
  asking: Asking,
  { number, characters, promptOf }: Omit<Assignment, 'before'>,
  before: string,
  language: Language,
): Promise<Expected> {
  const call = textCall({ ...asking, episode: number }, await promptOf(before), characters);
  return { call, output: Math.ceil(characters / perToken[language]) };
}

/** Characters a token has, as the gateway reckons them (core/ai/models.ts). */
const perToken: Readonly<Record<Language, number>> = { zh: 1.5, en: 4 };

/** Characters of what stands before an episode, and of the parts of an outline, as models write them. */
const [usualBefore, usualLine, usualBeat, usualPeople] = [650, 50, 90, 6];

function usualOutline({ language, episodes }: Wanted): Outline {
  const [line, beat] = [words(language, usualLine), words(language, usualBeat)];
  return {
    title: line.slice(0, 8),
    logline: line,
    cast: Array.from({ length: usualPeople }, () => ({ name: line.slice(0, 3), who: line })),
    episodes: Array.from({ length: episodes }, () => ({ title: line.slice(0, 6), beat, hook: line })),
  };
}

const words = (language: Language, characters: number): string =>
  language === 'zh' ? '灯'.repeat(characters) : 'light '.repeat(characters / 6);
