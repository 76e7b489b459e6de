// Links to stored bytes.
import { presignGet } from '../platform/blob.ts';
import type { Ctx } from '../platform/ctx.ts';
import { noteAlone } from '../platform/note.ts';
import { verb } from '../platform/verb.ts';
import { FileLink, FileUrl, linkSeconds } from './schema.ts';
import { type FileRow, load, mustBeStored, shown } from './store.ts';

/** A file with its links; one that is not stored has none. */
export async function linked(ctx: Ctx, row: FileRow, seconds = linkSeconds.shortest) {
  if (row.status !== 'stored') return { ...shown(row), url: null, presignedUrl: null, presignedExpiresAt: null };
  const link = await presignGet(ctx, row.storageKey, row.fileName, seconds);
  return {
    ...shown(row),
    url: `/api/v1/storage/url/${row.id}`,
    presignedUrl: link.url,
    presignedExpiresAt: ctx.now() + link.seconds * 1000,
  };
}

export const url = verb({
  name: 'file.url',
  summary:
    'A file and a link to its bytes. The link lives until presigned_expires_at: one hour at most, whatever was asked; then the address in url gives a new one.',
  needs: 'file:read',
  input: FileUrl,
  output: FileLink,
  run: async (ctx, { fileId, expiresIn }) => {
    const row = await load(ctx, fileId);
    mustBeStored(row);
    await noteAlone(ctx, { object: fileId, project: row.project, after: { expiresIn } });
    return linked(ctx, row, expiresIn);
  },
});
