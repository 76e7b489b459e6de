// A text that was written becomes a revision, unless somebody else revised the script meanwhile: nothing of theirs is put away.
import type { Ctx } from '../../platform/ctx.ts';
import { Failure } from '../../platform/failure.ts';
import * as Revision from '../../revision/index.ts';
import type { Along } from '../../task/advance.ts';
import type { TaskRow } from '../../task/store.ts';

/**
 * The rows of the revision that holds the text, and its number. `task.revision`: the one the text was written on, 0 for a new script.
 * A text that is there already makes none. Throws SCRIPT_REVISED, NOT_FOUND.
 */
export async function asRevision(
  ctx: Ctx,
  task: Pick<TaskRow, 'project' | 'script' | 'revision'>,
  { title, ...text }: { readonly rawText: string; readonly fileName?: string; readonly title?: string },
): Promise<{ revision: number; along: Along }> {
  const source = await Revision.stored(ctx, task.project, text);
  if (task.revision === 0) return along(task, Revision.newScript(ctx, task.project, title, source, task.script));
  const before = await Revision.loadScript(ctx, task.script);
  if (before.revision !== task.revision) throw new Failure('SCRIPT_REVISED', { revision: before.revision });
  const { sourceKey } = await Revision.loadRevision(ctx, task.script, before.revision);
  if (sourceKey === source.sourceKey) return { revision: before.revision, along: { rows: [] } };
  return along(task, Revision.nextRevision(ctx, before, source));
}

function along(
  task: Pick<TaskRow, 'project' | 'revision'>,
  { script, revision, rows }: ReturnType<typeof Revision.nextRevision>,
): { revision: number; along: Along } {
  const { project } = task;
  const [first, ...rest] = rows;
  if (!first) throw new TypeError('a revision has rows');
  // the script's row: who revised it meanwhile is not overwritten
  const refused = (current?: Record<string, unknown>) =>
    new Failure('SCRIPT_REVISED', { revision: current?.revision ?? script.revision });
  const { number } = revision;
  return {
    revision: number,
    along: {
      rows: [{ ...first, refused }, ...rest],
      audit: {
        object: script.id,
        project,
        ...(task.revision > 0 && { before: { revision: task.revision } }),
        after: { title: script.title, revision: number },
      },
      facts: [{ type: 'script.revised', subject: script.id, project, detail: { revision: number } }],
    },
  };
}
