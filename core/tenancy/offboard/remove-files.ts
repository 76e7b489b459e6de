// Everything that lies in the bucket for the tenant goes for good: objects, versions of them, markers of deleted ones, parts of open uploads.
import * as File from '../../file/index.ts';
import { deleteVersions, tenantKey } from '../../platform/blob.ts';
import { commit } from '../../platform/commit.ts';
import type { Ctx } from '../../platform/ctx.ts';
import { closureCounting } from '../closure.ts';
import { addedUp } from './end-grace.ts';
import { finished, left, type OffboardInput, type Portion } from './step.ts';

/** Lists of a thousand versions that one portion deletes: well within the time of the function. */
const listsAtOnce = 20;

/** Counted list by list: a step that dies between deleting and counting leaves a list of at most a thousand uncounted. */
export async function removeFiles(ctx: Ctx, { closing, after = '' }: OffboardInput): Promise<Portion> {
  if (after === '') {
    await File.abandonUploads(ctx);
    const added = await addedUp(ctx, closing);
    if (!added.goes) return added;
  }
  for (let list = 0; list < listsAtOnce; list++) {
    const { versions: files, bytes } = await deleteVersions(ctx, `${tenantKey(ctx)}/`);
    if (files === 0) return finished;
    await commit(ctx, { rows: [closureCounting(ctx, closing, { files, bytes })] });
  }
  return left('files');
}
