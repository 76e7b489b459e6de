// The calls that the breakdown of a document would put to models, as each reader would put them. Asks nobody.
import type { AiCtx } from '../ai/planning.ts';
import type { Expected } from '../ai/quote.ts';
import { loadDecisions } from '../asset/store.ts';
import { extractEpisode, extractFrontMatter, knownForms, verifyQuotes } from '../breakdown/index.ts';
import type { Extraction } from '../breakdown/schema.ts';
import { loadExtraction } from '../episode/store.ts';
import * as Project from '../project/index.ts';
import { expectedExtraction } from '../reader/extract/index.ts';
import { expectedResolution } from '../reader/resolve/index.ts';
import { expectedStoryboard } from '../reader/storyboard/index.ts';
import type { Placed } from '../revision/placing.ts';
import type { Document, Episode } from '../script/schema.ts';
import { standalone } from '../script/standalone.ts';
import { libraryCast } from '../shot/library-cast.ts';
import { castIn, styleOf } from '../storyboard/index.ts';

/** A document, where its episodes stand in the project, and which of them say what they said before. */
export type Work = {
  readonly project: string;
  readonly document: Document;
  readonly placed: readonly Placed[];
  readonly isSame: (placed: Placed) => boolean;
};

type Read = { readonly number: number; readonly episode: Episode; readonly found: Extraction; readonly same: Placed };

/** Reading every episode. What scenes said before is known to the reader. */
export async function extractionCalls(ctx: AiCtx, work: Work): Promise<Expected[]> {
  const known = knownForms(work.document);
  const calls = readings(work).map(({ number, episode, found }) => {
    const document = { ...work.document, notes: [], warnings: [], episodes: [episode] };
    const asking = { project: work.project, task: '', episode: number };
    return expectedExtraction(ctx, asking, { document, number, known, found });
  });
  return (await Promise.all(calls)).flat();
}

/** Settling what is doubtful: by what was read of episodes that stay, and by what the grammar finds in the others. */
export async function resolutionCalls(ctx: AiCtx, work: Work): Promise<Expected[]> {
  const told = readings(work).map(async ({ found, same }) => {
    const kept = work.isSame(same) && same.continues ? await loadExtraction(ctx, same.continues) : undefined;
    return kept ?? found;
  });
  const extractions = [extractFrontMatter(work.document), ...(await Promise.all(told))];
  const prior = (await loadDecisions(ctx, work.project)).flatMap(({ kind, aForm: a, bForm: b, status }) =>
    status === 'accepted' || status === 'rejected' ? [{ kind, a, b, outcome: status }] : [],
  );
  return expectedResolution(ctx, { project: work.project, task: '' }, { extractions, prior });
}

/** The shots of every scene about which was not asked yet, with the library as it stands. */
export async function storyboardCalls(ctx: AiCtx, work: Work): Promise<Expected[]> {
  const [cast, project] = await Promise.all([libraryCast(ctx, work.project), Project.load(ctx, work.project)]);
  const style = styleOf(project, work.document.language);
  const calls = episodesOf(work).map(({ number, episode }) =>
    expectedStoryboard(
      ctx,
      { project: work.project, task: '', episode: number },
      { episode, cast: castIn(episode, cast), style },
    ),
  );
  return (await Promise.all(calls)).flat();
}

/** Episodes under their numbers in the project. */
const episodesOf = ({ document, placed }: Work) =>
  placed.flatMap((same) =>
    document.episodes
      .filter(({ number }) => number === same.entry.number)
      .map((episode) => ({ same, number: same.number, episode: { ...episode, number: same.number } })),
  );

/** What the grammar finds in each episode, as the work reads it. */
function readings(work: Work): Read[] {
  const known = knownForms(work.document);
  return episodesOf(work).map(({ same, number, episode: whole }) => {
    const episode = standalone(whole);
    const document = { ...work.document, notes: [], warnings: [], episodes: [episode] };
    const found = verifyQuotes(extractEpisode(document, number, known), document).extraction;
    return { number, episode, found, same };
  });
}
