// How files are kept: the row; the bytes lie in the bucket under its storageKey.
import { Entity } from 'electrodb';
import { patching, putting, removing, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, notFound } from '../platform/failure.ts';
import { byTenant, json, number, text } from '../platform/keys.ts';
import { eachRow } from '../platform/page.ts';
import { load as loadProject } from '../project/store.ts';
import type { FileInfo, FileStatus, FileSubtype, FileType } from './schema.ts';

export type FileRow = {
  tenant: string;
  id: string;
  project: string;
  fileName: string;
  fileType: FileType;
  fileSubtype?: FileSubtype | undefined;
  status: FileStatus;
  storageProvider: 's3';
  storageKey: string;
  /** Bytes, as announced. */
  fileSize: number;
  mimeType: string;
  sha256?: string | undefined;
  /** Of an upload in parts. */
  uploadId?: string | undefined;
  /** Script revisions made of it: it cannot be deleted then. */
  uses?: number | undefined;
  metadata: Record<string, string>;
  expiresAt?: number | undefined;
  createdBy: string;
  version: number;
  createdAt: number;
  updatedAt: number;
};

export const FileEntity = new Entity({
  model: { entity: 'file', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    project: text,
    fileName: text,
    fileType: text,
    fileSubtype: { type: 'string' },
    status: text,
    storageProvider: text,
    storageKey: text,
    fileSize: number,
    mimeType: text,
    sha256: { type: 'string' },
    uploadId: { type: 'string' },
    uses: { type: 'number' },
    metadata: json,
    expiresAt: { type: 'number' },
    createdBy: text,
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'FILE#${id}', casing: 'none' } },
    ofProject: {
      index: 'gsi1',
      pk: {
        field: 'gsi1pk',
        composite: ['tenant', 'project'],
        template: 'T#${tenant}#P#${project}#FILE',
        casing: 'none',
      },
      sk: { field: 'gsi1sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
  },
});

/** The file row, whatever its status. */
export async function find(ctx: Ctx, id: string): Promise<FileRow | undefined> {
  const { data } = await FileEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  return (data as FileRow | null) ?? undefined;
}

/** The file row; deleted ones, and those of a deleted project, count as not found. Throws NOT_FOUND. */
export async function load(ctx: Ctx, id: string): Promise<FileRow> {
  const row = await find(ctx, id);
  if (!row || row.status === 'deleted') throw notFound();
  await loadProject(ctx, row.project);
  return row;
}

/** Throws FILE_NOT_READY while the upload is open, UPLOAD_FAILED after one that can be completed no more. */
export function mustBeStored({ status }: Pick<FileRow, 'status'>): void {
  if (status !== 'stored') throw new Failure(status === 'failed' ? 'UPLOAD_FAILED' : 'FILE_NOT_READY');
}

/** All files of a project as they stand now; they lie among those of all projects of the tenant. */
export const filesIn = (ctx: Ctx, project: string): AsyncGenerator<FileRow> =>
  eachRow<FileRow>(
    FileEntity.query
      .primary({ tenant: ctx.tenant })
      .begins({ id: '' })
      .where((row, { eq }) => eq(row.project, project)),
    FileEntity,
    ctx.stores.core,
  );

/** Files of the tenant whose upload is still open. */
export const openUploads = (ctx: Ctx): AsyncGenerator<FileRow> =>
  eachRow<FileRow>(
    FileEntity.query
      .primary({ tenant: ctx.tenant })
      .begins({ id: '' })
      .where(({ status }, { eq }) => eq(status, 'announced')),
    FileEntity,
    ctx.stores.core,
  );

export const creating = (ctx: Ctx, row: FileRow): Write => putting(ctx.stores.core, FileEntity.create(row));

/** The next state of an upload that is still open; the commit throws UPLOAD_CLOSED when somebody else ended it. @param now its time, which is answered too */
export const closing = (
  ctx: Ctx,
  before: FileRow,
  next: Pick<FileRow, 'status'> & Partial<FileRow>,
  now: number,
): Write =>
  patching(
    ctx.stores.core,
    FileEntity.patch({ tenant: ctx.tenant, id: before.id })
      .set({ ...next, updatedAt: now })
      .add({ version: 1 })
      .where(({ status }, { eq }) => eq(status, 'announced')),
    () => new Failure('UPLOAD_CLOSED'),
  );

/** Marks a file deleted, on condition that no script is made of it. */
export const deleting = (ctx: Ctx, before: FileRow): Write =>
  patching(
    ctx.stores.core,
    FileEntity.patch({ tenant: ctx.tenant, id: before.id })
      .set({ status: 'deleted', updatedAt: ctx.now() })
      .add({ version: 1 })
      .where(
        ({ version, uses }, { eq, notExists }) =>
          `${eq(version, before.version)} AND (${notExists(uses)} OR ${eq(uses, 0)})`,
      ),
    (current) =>
      current?.uses
        ? new Failure('FILE_IN_USE')
        : new Failure('STALE_VERSION', { current_version: current?.version ?? null }),
  );

/** Takes the row of a file away with its project, whatever is made of it. */
export const dropping = (ctx: Ctx, before: FileRow): Write =>
  removing(
    ctx.stores.core,
    FileEntity.remove({ tenant: ctx.tenant, id: before.id }).where(({ version }, { eq }) =>
      eq(version, before.version),
    ),
  );

/** Holds a stored file for `count` script revisions made of it; the commit throws FILE_NOT_READY when it is not there (any more). */
export const using = (ctx: Ctx, id: string, count = 1): Write =>
  patching(
    ctx.stores.core,
    FileEntity.patch({ tenant: ctx.tenant, id })
      .add({ uses: count })
      .where(({ status }, { eq }) => eq(status, 'stored')),
    () => new Failure('FILE_NOT_READY'),
  );

/** Lets a file go that `count` revisions were made of. */
export const unusing = (ctx: Ctx, id: string, count: number): Write =>
  patching(ctx.stores.core, FileEntity.patch({ tenant: ctx.tenant, id }).add({ uses: -count }));

/** A file as the API shows it. */
export const shown = ({ tenant: _t, project, uploadId: _u, uses: _n, createdBy: _c, ...row }: FileRow): FileInfo => ({
  ...row,
  projectId: project,
  fileSubtype: row.fileSubtype ?? null,
  sha256: row.sha256 ?? null,
  expiresAt: row.expiresAt ?? null,
});
