// How comments are kept.
import { Entity } from 'electrodb';
import { patching, type Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { notFound } from '../platform/failure.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import { load as loadProject } from '../project/store.ts';
import type { Comment } from './schema.ts';

export type CommentRow = {
  tenant: string;
  id: string;
  project: string;
  on: Comment['on'];
  subject: string;
  text: string;
  author: string;
  authorName: string;
  status: Comment['status'];
  /** Of a deleted one: epoch seconds at which it can be restored no longer, and its row ends. */
  expires_at?: number | undefined;
  editedAt?: number | undefined;
  version: number;
  createdAt: number;
  updatedAt: number;
};

export const CommentEntity = new Entity({
  model: { entity: 'comment', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    id: text,
    project: text,
    on: text,
    subject: text,
    text,
    author: text,
    authorName: text,
    status: text,
    expires_at: { type: 'number' },
    editedAt: { type: 'number' },
    version: number,
    createdAt: number,
    updatedAt: number,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'COMMENT#${id}', casing: 'none' } },
    ofProject: {
      index: 'gsi1',
      pk: {
        field: 'gsi1pk',
        composite: ['tenant', 'project'],
        template: 'T#${tenant}#P#${project}#COMMENT',
        casing: 'none',
      },
      sk: { field: 'gsi1sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
    onSubject: {
      index: 'gsi2',
      pk: {
        field: 'gsi2pk',
        composite: ['tenant', 'subject'],
        template: 'T#${tenant}#ON#${subject}#COMMENT',
        casing: 'none',
      },
      sk: { field: 'gsi2sk', composite: ['id'], template: '${id}', casing: 'none' },
    },
  },
});

/** The comment of this status. Throws NOT_FOUND, for one that cannot be restored any more, or of a project that is deleted or out of reach, too; FORBIDDEN. */
export async function load(ctx: Ctx, id: string, status: Comment['status'] = 'kept'): Promise<CommentRow> {
  const { data } = await CommentEntity.get({ tenant: ctx.tenant, id }).go({ ...ctx.stores.core, consistent: true });
  if (data) await loadProject(ctx, data.project);
  if (data?.status !== status || isOver(ctx, data.expires_at)) throw notFound();
  return data as CommentRow;
}

/** The table takes a row away some time after its end. */
const isOver = (ctx: Ctx, end: number | undefined): boolean => end !== undefined && end * 1000 <= ctx.now();

/** The next state of a comment, on condition that nobody changed it meanwhile. @param now its time, where it is answered too */
export const saving = (
  ctx: Ctx,
  before: CommentRow,
  next: Partial<Pick<CommentRow, 'text' | 'status' | 'editedAt' | 'expires_at'>>,
  now = ctx.now(),
): Write => {
  const row = CommentEntity.patch({ tenant: ctx.tenant, id: before.id }).set({
    ...next,
    version: before.version + 1,
    updatedAt: now,
  });
  const kept = next.status === 'kept' ? row.remove(['expires_at']) : row;
  return patching(
    ctx.stores.core,
    kept.where(({ version }, { eq }) => eq(version, before.version)),
  );
};

/** A comment as the API shows it. */
export const shown = ({ tenant: _t, expires_at: _e, project, subject, editedAt, ...row }: CommentRow): Comment => ({
  ...row,
  projectId: project,
  subjectId: subject,
  editedAt: editedAt ?? null,
});
