import { pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { CommentPage, ListComments } from './schema.ts';
import { CommentEntity, type CommentRow, shown } from './store.ts';

export const list = verb({
  name: 'comment.list',
  summary: 'Comments of a project, or on one episode, asset or shot of it, newest first.',
  needs: 'comment:read',
  input: ListComments,
  output: CommentPage,
  run: async (ctx, { projectId, subjectId, ...page }) => {
    await Project.load(ctx, projectId);
    const { tenant } = ctx;
    const query = (
      subjectId === undefined
        ? CommentEntity.query.ofProject({ tenant, project: projectId })
        : CommentEntity.query.onSubject({ tenant, subject: subjectId })
    ).where(({ status, project }, { eq }) => `${eq(status, 'kept')} AND ${eq(project, projectId)}`);
    const on = {
      query,
      reader: CommentEntity,
      about: `comment.list|${projectId}|${subjectId ?? ''}`,
      order: 'desc' as const,
    };
    const { items, ...rest } = await pageThrough<CommentRow>(ctx, on, page);
    return { ...rest, items: items.map(shown) };
  },
});
