// The rows of episodes follow the document: those in it, those that left it, those whose number is another now.
import { EpisodeEntity, type EpisodeRow } from '../episode/store.ts';
import { commit, inCommits, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import type { Left, Placed, Placing } from '../revision/placing.ts';
import type { TaskRow } from '../task/store.ts';

/** Makes or renews the rows of the episodes this task extracts; the others keep the revision they have. */
export async function keepEpisodes(
  ctx: Ctx,
  task: TaskRow,
  { placed, vacated }: Placing,
  folder: string,
  worked: ReadonlySet<number>,
): Promise<void> {
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
  for (const some of inCommits(rows)) if (some.length > 0) await commit(ctx, { rows: some });
}

/** Keeps the episodes that are no longer in the script, each under its number or another. Repeated, it changes nothing. */
export async function keepLeft(
  ctx: Ctx,
  task: TaskRow,
  left: readonly Left[],
  known: readonly EpisodeRow[],
): Promise<void> {
  const rows = left.flatMap(({ row, number }): Write[] => {
    const there = known.find((other) => other.number === number);
    if (there?.removedIn !== undefined) return [];
    const next = { ...row, number, removedIn: task.revision, version: (there?.version ?? 0) + 1, updatedAt: ctx.now() };
    return [putting(ctx.stores.core, there ? replacing(next, there) : EpisodeEntity.create(next))];
  });
  for (const some of inCommits(rows)) if (some.length > 0) await commit(ctx, { rows: some });
}

function episodeWrite(ctx: Ctx, task: TaskRow, { entry, number, continues, slot }: Placed, folder: string): Write {
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
    storyboardStatus: continues?.storyboardStatus ?? 'PENDING',
    errorCode: undefined,
    removedIn: undefined,
    documentKey: `${folder}/episode-${entry.number}.json`,
    version: (slot?.version ?? 0) + 1,
    updatedAt: ctx.now(),
  };
  return putting(ctx.stores.core, slot ? replacing(next, slot) : EpisodeEntity.create(next));
}

const replacing = (next: EpisodeRow, before: EpisodeRow) =>
  EpisodeEntity.put(next).where(({ version }, { eq }) => eq(version, before.version));
