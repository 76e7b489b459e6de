// Reading projects: the list, newest first, and one of them.
import { everything, pageOfList, pageThrough } from '../platform/page.ts';
import { projectsWithin } from '../platform/reach.ts';
import { plain } from '../platform/unique.ts';
import { verb } from '../platform/verb.ts';
import { ListProjects, ProjectDetail, ProjectId, ProjectPage } from './schema.ts';
import { load, loadSome, ProjectEntity, type ProjectRow, sharesOf, shown, shownShare } from './store.ts';

export const list = verb({
  name: 'project.list',
  summary:
    'Projects, newest first; search finds a part of the title. Without a status: all that are not deleted. Who holds in some projects only sees those.',
  needs: 'project:read',
  input: ListProjects,
  output: ProjectPage,
  run: async (ctx, { search, status, ...page }) => {
    const { tenant } = ctx;
    const query = status
      ? ProjectEntity.query.inStatus({ tenant, status })
      : ProjectEntity.query.onShelf({ tenant, shelf: 'kept' });
    const about = `project.list|${status ?? ''}|${search ?? ''}`;
    const shared = projectsWithin(ctx);
    if (shared !== 'all' || search) {
      const isAsked = (row: ProjectRow) => (status ? row.status === status : row.shelf === 'kept');
      const rows =
        shared === 'all'
          ? (await everything<ProjectRow>(ctx, query, ProjectEntity)).reverse()
          : (await loadSome(ctx, shared)).filter(isAsked).toSorted((a, b) => (a.id < b.id ? 1 : -1));
      const found = search ? rows.filter(({ title }) => plain(title).includes(plain(search))) : rows;
      return pageOfList(ctx, found.map(shown), about, page, { placeOf: ({ id }) => id, order: 'desc' });
    }
    const on = { query, reader: ProjectEntity, about, order: 'desc' as const };
    const { items, ...rest } = await pageThrough<ProjectRow>(ctx, on, page);
    return { ...rest, items: items.map(shown) };
  },
});

export const get = verb({
  name: 'project.get',
  summary: 'One project with its settings and who it is shared with.',
  needs: 'project:read',
  input: ProjectId,
  output: ProjectDetail,
  run: async (ctx, { id }) => {
    const row = await load(ctx, id);
    return { ...shown(row), sharedWith: (await sharesOf(ctx, id)).map(shownShare) };
  },
});
