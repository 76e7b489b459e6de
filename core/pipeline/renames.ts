// Renamed people and places stay the assets they were, with what people decided about them.
import { decided, savingDecision } from '../asset/change.ts';
import { renamedDecisions, renamedForms } from '../asset/renamed.ts';
import { loadAll, loadDecisions, saving } from '../asset/store.ts';
import { commit, inCommits } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { settled } from '../platform/settled.ts';
import { folderOf } from '../revision/standing.ts';
import type { TaskRow } from '../task/store.ts';
import type { Change } from './episodes.ts';

/** Lets the library know names that the script has changed throughout. Repeated, it changes nothing. */
export async function renameForms(ctx: Ctx, task: TaskRow, { mine, ways }: Change): Promise<void> {
  const byFolder = new Map(mine.map((row) => [folderOf(row), ways(row)?.renames ?? []]));
  const renames = [...byFolder.values()].flat();
  if (renames.length === 0) return;
  const [assets, decisions] = await Promise.all([loadAll(ctx, task.project), loadDecisions(ctx, task.project)]);
  const forms = renamedForms(assets, renames);
  const known = new Set(decisions.map(({ id }) => id));
  const words = renamedDecisions(decisions, renames)
    .map((row) => decided(ctx, row, row.status === 'accepted' ? 'accepted' : 'rejected'))
    .filter(({ id }) => !known.has(id));
  const writes = [
    ...forms.map(({ before, next }) => saving(ctx, before, next)),
    ...words.map((row) => savingDecision(ctx, row)),
  ];
  if (writes.length === 0) return;
  for (const some of inCommits(writes))
    await commit(ctx, {
      rows: some,
      audit: { object: task.script, project: task.project, after: { revision: task.revision, renames } },
    });
  const next = forms.map(({ before: { id, version } }) => ({ id, version: version + 1 }));
  await Promise.all([
    settled(() => loadAll(ctx, task.project), next),
    settled(() => loadDecisions(ctx, task.project), words),
  ]);
}
