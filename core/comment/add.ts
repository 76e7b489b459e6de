import { load as loadAsset } from '../asset/store.ts';
import * as Episode from '../episode/index.ts';
import * as Member from '../member/index.ts';
import { commit, putting } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { notFound } from '../platform/failure.ts';
import { newId } from '../platform/id.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { openShot, readBoardId } from '../shot/store.ts';
import { AddComment, Comment } from './schema.ts';
import { CommentEntity, type CommentRow, shown } from './store.ts';

export const add = verb({
  name: 'comment.add',
  summary: 'Says something about an episode, an asset or a shot.',
  needs: 'comment:write',
  input: AddComment,
  output: Comment,
  run: async (ctx, { subjectId, text }) => {
    const about = await subjectOf(ctx, subjectId);
    const now = ctx.now();
    const row: CommentRow = {
      ...about,
      tenant: ctx.tenant,
      id: newId('cmt', now),
      subject: subjectId,
      text,
      author: ctx.actor.id,
      authorName: await Member.nameOf(ctx),
      status: 'kept',
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const { id, project } = row;
    await commit(ctx, {
      rows: [putting(ctx.stores.core, CommentEntity.create(row)), Project.staying(ctx, project)],
      audit: { object: id, project, after: { on: row.on, subject: subjectId } },
      facts: [{ type: 'comment.added', subject: id, project, detail: { on: row.on, subject: subjectId } }],
    });
    return shown(row);
  },
});

/** What a comment is about, by the prefix of its id. Throws NOT_FOUND. */
async function subjectOf(ctx: Ctx, id: string): Promise<Pick<CommentRow, 'on' | 'project'>> {
  switch (id.split('_')[0]) {
    case 'epi': {
      const { project, number } = Episode.readEpisodeId(id);
      await Episode.load(ctx, project, number);
      return { on: 'episode', project };
    }
    case 'ast':
      return { on: 'asset', project: (await loadAsset(ctx, id)).project };
    case 'sht': {
      const { shot } = await openShot(ctx, id);
      return { on: 'shot', project: readBoardId(shot.board).project };
    }
    default:
      throw notFound();
  }
}
