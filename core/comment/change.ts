// Changing what was said: the author's alone; taking it away and back is the author's and those who may edit the storyboard.
import * as z from 'zod';
import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { holdsIn } from '../platform/reach.ts';
import { purgeAtOf, restorableDays } from '../platform/removal.ts';
import { verb } from '../platform/verb.ts';
import { Comment, DisposeComment, UpdateComment } from './schema.ts';
import { type CommentRow, load, saving, shown } from './store.ts';

export const update = verb({
  name: 'comment.update',
  summary: 'Changes one’s own comment.',
  needs: 'comment:write',
  input: UpdateComment,
  output: Comment,
  run: async (ctx, { id, version, text }) => {
    if (version === undefined) throw new Failure('VERSION_REQUIRED');
    const before = await load(ctx, id);
    if (before.author !== ctx.actor.id) throw new Failure('NOT_YOUR_COMMENT');
    mustBeAt(before, version);
    const now = ctx.now();
    const { project } = before;
    await commit(ctx, {
      rows: [saving(ctx, before, { text, editedAt: now }, now)],
      audit: { object: id, project, before: { text: before.text }, after: { text } },
      facts: [{ type: 'comment.updated', subject: id, project }],
    });
    return shown({ ...before, text, editedAt: now, version: version + 1, updatedAt: now });
  },
});

export const remove = verb({
  name: 'comment.remove',
  summary: `Deletes a comment: one’s own, or any where one may edit the storyboard. It can be restored for ${restorableDays} days.`,
  needs: 'comment:write',
  input: DisposeComment,
  output: z.object({ id: z.string() }),
  run: async (ctx, { id, version }) => {
    const before = await load(ctx, id);
    mustDispose(ctx, before);
    mustBeAt(before, version);
    await moved(ctx, before, 'deleted');
    return { id };
  },
});

export const restore = verb({
  name: 'comment.restore',
  summary: 'Takes the deletion of a comment back.',
  needs: 'comment:write',
  input: DisposeComment,
  output: Comment,
  run: async (ctx, { id, version }) => {
    const before = await load(ctx, id, 'deleted');
    mustDispose(ctx, before);
    mustBeAt(before, version);
    const now = ctx.now();
    await moved(ctx, before, 'kept', now);
    return shown({ ...before, status: 'kept', version: before.version + 1, updatedAt: now });
  },
});

function mustDispose(ctx: Ctx, { author, project }: CommentRow): void {
  if (author !== ctx.actor.id && !holdsIn(ctx, project, 'storyboard:write')) throw new Failure('NOT_YOUR_COMMENT');
}

const endOf = (ctx: Ctx): number => Math.ceil(purgeAtOf(ctx.now()) / 1000);

const moved = (ctx: Ctx, before: CommentRow, status: CommentRow['status'], now = ctx.now()): Promise<void> =>
  commit(ctx, {
    rows: [saving(ctx, before, { status, ...(status === 'deleted' && { expires_at: endOf(ctx) }) }, now)],
    audit: { object: before.id, project: before.project, before: { status: before.status }, after: { status } },
    facts: [
      {
        type: status === 'deleted' ? 'comment.deleted' : 'comment.restored',
        subject: before.id,
        project: before.project,
      },
    ],
  });
