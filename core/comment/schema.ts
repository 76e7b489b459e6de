// Comments: what people say about an episode, an asset or a shot.
import * as z from 'zod';
import { note } from '../platform/name.ts';
import { PageInput, pageOf } from '../platform/page.ts';

export const CommentOn = z.enum(['episode', 'asset', 'shot']);
export const CommentStatus = z.enum(['kept', 'deleted']);

const id = z.string().max(80);
const version = z.coerce.number().int().min(1).optional();
const text = note(4000);

/** `subjectId`: of an episode, an asset or a shot. */
export const AddComment = z.object({ subjectId: id, text });
export const UpdateComment = z.object({ id, version, text });
/** To remove or to restore. */
export const DisposeComment = z.object({ id, version });
export const ListComments = PageInput.extend({ projectId: id, subjectId: id.optional() });

export const Comment = z.object({
  id: z.string(),
  projectId: z.string(),
  on: CommentOn,
  subjectId: z.string(),
  text: z.string(),
  author: z.string(),
  authorName: z.string(),
  status: CommentStatus,
  /** Epoch ms of the author's last change; null as long as it stands as first said. */
  editedAt: z.int().nullable(),
  version: z.int(),
  createdAt: z.int(),
  updatedAt: z.int(),
});
export type Comment = z.infer<typeof Comment>;
export const CommentPage = pageOf(Comment);
