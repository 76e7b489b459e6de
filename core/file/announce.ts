// Announcing a file: its row and the bytes it takes of the quota, before anything is uploaded.
import { tenantKey } from '../platform/blob.ts';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { newId } from '../platform/id.ts';
import { remind } from '../platform/reminder.ts';
import * as Project from '../project/index.ts';
import * as Tenant from '../tenant/index.ts';
import { mustBeAccepted, placeOf } from './file.ts';
import type { Upload } from './schema.ts';
import { creating, type FileRow } from './store.ts';

/** The row of a file to come. Throws NOT_FOUND (project), FILE_TYPE_UNSUPPORTED, FILE_TOO_LARGE. */
export async function announced(ctx: Ctx, asked: Upload): Promise<FileRow> {
  mustBeAccepted(asked);
  await Project.load(ctx, asked.projectId);
  const now = ctx.now();
  const id = newId('fil', now);
  const fileSubtype = asked.fileType === 'keyframe' ? (asked.fileSubtype ?? 'full') : undefined;
  const place = placeOf({ ...asked, fileSubtype, id, user: ctx.actor.id, project: asked.projectId });
  return {
    tenant: ctx.tenant,
    id,
    project: asked.projectId,
    fileName: asked.fileName,
    fileType: asked.fileType,
    fileSubtype,
    status: 'announced',
    storageProvider: 's3',
    storageKey: tenantKey(ctx, ...place),
    fileSize: asked.fileSize,
    mimeType: asked.contentType,
    metadata: asked.metadata ?? {},
    createdBy: ctx.actor.id,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** A link to upload lives an hour and can be asked for again; after a day nobody comes back. Milliseconds. */
const forgottenAfterMs = 24 * 3_600_000;

/** Commits the row and takes its bytes of the quota, and has the sweep look after it. Throws QUOTA_EXCEEDED. */
export async function keepAnnounced(ctx: Ctx, row: FileRow): Promise<void> {
  const { id, project, fileType, fileSize } = row;
  await remind(ctx, { kind: 'upload', tenant: ctx.tenant, id }, ctx.now() + forgottenAfterMs);
  await commit(ctx, {
    rows: [creating(ctx, row), await Tenant.reserving(ctx, 'storage', fileSize)],
    audit: { object: id, project, after: { fileType, fileSize } },
    facts: [{ type: 'file.announced', subject: id, project }],
  });
}
