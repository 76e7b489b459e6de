// Nobody's revision is put away by work that wrote on an older one.
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import * as Revision from '../revision/index.ts';
import type { TaskRow } from './store.ts';

/** Throws SCRIPT_REVISED when somebody else revised the script that a task writes on: what it writes could not take the place of theirs. */
export async function mustBeUnrevised(
  ctx: Ctx,
  { script, revision, commission }: Pick<TaskRow, 'script' | 'revision' | 'commission'>,
): Promise<void> {
  // a new script has no revision before it is written for the first time
  if (commission?.subject !== script || revision === 0) return;
  const newest = (await Revision.loadScript(ctx, script)).revision;
  if (newest !== revision) throw new Failure('SCRIPT_REVISED', { revision: newest });
}
