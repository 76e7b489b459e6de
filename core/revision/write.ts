// A new script, or the next revision of one: the rows, and who else may write them along (starting work does).

import * as File from '../file/index.ts';
import { putting, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { newId } from '../platform/id.ts';
import type { Stored } from './source.ts';
import { RevisionEntity, type RevisionRow, ScriptEntity, type ScriptRow, savingScript } from './store.ts';

export type Revised = { script: ScriptRow; revision: RevisionRow; rows: Write[] };

/** Rows of a new script with its first revision. @param id the script's, where it was settled before. */
export function newScript(
  ctx: Ctx,
  project: string,
  title: string | undefined,
  source: Stored,
  id = newId('scr', ctx.now()),
): Revised {
  const now = ctx.now();
  const script: ScriptRow = {
    tenant: ctx.tenant,
    id,
    project,
    title: title ?? source.fileName.replace(/\.[^.]+$/, ''),
    revision: 1,
    status: 'active',
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
  const revision = revisionRow(ctx, script, source);
  return {
    script,
    revision,
    rows: [putting(ctx.stores.core, ScriptEntity.create(script)), ...creating(ctx, revision, source)],
  };
}

/** Rows of the next revision. */
export function nextRevision(ctx: Ctx, before: ScriptRow, source: Stored): Revised {
  const script = { ...before, revision: before.revision + 1, version: before.version + 1, updatedAt: ctx.now() };
  const revision = revisionRow(ctx, script, source);
  return { script, revision, rows: [savingScript(ctx, before, script), ...creating(ctx, revision, source)] };
}

/** The revision, and the hold on the file it is made of, or what its text takes. */
const creating = (ctx: Ctx, row: RevisionRow, { keeping = [] }: Stored): Write[] => [
  putting(ctx.stores.core, RevisionEntity.create({ ...row, format: undefined })),
  ...(row.fileId === undefined ? keeping : [File.using(ctx, row.fileId)]),
];

const revisionRow = (ctx: Ctx, script: ScriptRow, { fileId, fileName, size, sourceKey }: Stored): RevisionRow => ({
  ...(fileId !== undefined && { fileId }),
  fileName,
  size,
  sourceKey,
  tenant: ctx.tenant,
  script: script.id,
  number: script.revision,
  project: script.project,
  status: 'pending',
  warnings: [],
  version: 1,
  createdAt: ctx.now(),
});
