// Work that writes on a script there is.
import type { Ctx } from '../../platform/ctx.ts';
import { notFound } from '../../platform/failure.ts';
import * as Revision from '../../revision/index.ts';
import { type Base, baseOf } from '../../writer/script/base.ts';

/** The newest revision of a script of the project. Throws NOT_FOUND, and what `baseOf` throws. */
export async function newestOf(ctx: Ctx, project: string, script: string): Promise<{ revision: number; base: Base }> {
  const { project: its, revision } = await Revision.loadScript(ctx, script);
  if (its !== project) throw notFound();
  return { revision, base: await baseOf(ctx, script, revision) };
}
