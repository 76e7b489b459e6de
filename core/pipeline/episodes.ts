// The rows of episodes follow the document: those in it, those that left it, those whose number is another now.
import { EpisodeEntity, type EpisodeRow } from '../episode/store.ts';
import { commitAll, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Placed, Placing } from '../revision/placing.ts';
import type { Ways } from '../revision/standing.ts';
import type { TaskRow } from '../task/store.ts';

/** A script's episodes and the document they are to stand on. */
export type Change = {
  /** All episodes of the project, and those of the script. */
  readonly rows: readonly EpisodeRow[];
  readonly mine: readonly EpisodeRow[];
  readonly ways: Ways;
  readonly places: Placing;
  /** Where the document lies. */
  readonly folder: string;
  /** Numbers of the episodes that are extracted. */
  readonly worked: ReadonlySet<number>;
};

/** Makes or renews the rows of the episodes that are extracted; the others keep the revision they have. */
export async function keepEpisodes(ctx: Ctx, task: TaskRow, { places, folder, worked }: Change): Promise<void> {
  const { placed, vacated } = places;
  const rows = [
    ...placed.filter(({ number }) => worked.has(number)).map((place) => episodeWrite(ctx, task, place, folder)),
    ...vacated.map(({ number, project, version: known }) =>
      removing(
        ctx.stores.core,
        EpisodeEntity.delete({ tenant: ctx.tenant, project, number }).where(({ version }, { eq }) =>
          eq(version, known),
        ),
      ),
    ),
  ];
  await commitAll(ctx, rows);
}

function episodeWrite(ctx: Ctx, task: TaskRow, { entry, number, continues, slot }: Placed, folder: string): Write {
  const documentKey = `${folder}/episode-${entry.number}.json`;
  // a storyboard is of the text it was made from
  const isSame = continues?.documentKey === documentKey;
  const next: EpisodeRow = {
    ...continues,
    ...entry,
    tenant: ctx.tenant,
    project: task.project,
    number,
    sourceNumber: entry.number,
    script: task.script,
    revision: task.revision,
    status: 'ANALYZING',
    storyboardStatus: isSame ? continues.storyboardStatus : 'PENDING',
    errorCode: undefined,
    removedIn: undefined,
    documentKey,
    version: (slot?.version ?? 0) + 1,
    updatedAt: ctx.now(),
  };
  return putting(ctx.stores.core, slot ? replacing(next, slot) : EpisodeEntity.create(next));
}

/** The next state of a row, on condition that nobody changed it meanwhile. */
export const replacing = (next: EpisodeRow, before: EpisodeRow) =>
  EpisodeEntity.put(next).where(({ version }, { eq }) => eq(version, before.version));
