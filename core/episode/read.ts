// Reading episodes: the list of a project, one episode with its scenes and elements.
import type { Ctx } from '../platform/ctx.ts';
import { pageOfList, pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { EpisodeContent, EpisodeId, EpisodeInfo, EpisodePage, ListEpisodes, ReadElements } from './schema.ts';
import { EpisodeEntity, type EpisodeRow, load, loadContent, readEpisodeId, shown } from './store.ts';

export const list = verb({
  name: 'episode.list',
  summary: 'Episodes of a project in order, with the state of extraction and storyboard.',
  needs: 'script:read',
  input: ListEpisodes,
  output: EpisodePage,
  run: async (ctx, { projectId, ...page }) => {
    await Project.load(ctx, projectId);
    const query = EpisodeEntity.query.primary({ tenant: ctx.tenant, project: projectId });
    const on = { query, reader: EpisodeEntity, about: `episode.list|${projectId}` };
    const { items, ...rest } = await pageThrough<EpisodeRow>(ctx, on, page);
    return { ...rest, items: items.map(shown) };
  },
});

export const get = verb({
  name: 'episode.get',
  summary: 'One episode and the state of its extraction and storyboard.',
  needs: 'script:read',
  input: EpisodeId,
  output: EpisodeInfo,
  run: async (ctx, { id }) => {
    return shown(await kept(ctx, id));
  },
});

export const elements = verb({
  name: 'episode.elements',
  summary:
    'Scenes and elements of an episode, each with its line and offset in the source; with size in pages of so many scenes.',
  needs: 'script:read',
  input: ReadElements,
  output: EpisodeContent,
  run: async (ctx, { id, cursor, size }) => {
    const row = await kept(ctx, id);
    const { episode } = await loadContent(ctx, row);
    const part = { cursor, size: size ?? Math.max(1, episode.scenes.length) };
    const { items, nextCursor } = pageOfList(ctx, episode.scenes, `episode.elements|${id}|${row.documentKey}`, part);
    return { ...shown(row), elements: episode.elements, sceneList: items, nextCursor };
  },
});

/** Throws NOT_FOUND, for an episode of a deleted project too. */
async function kept(ctx: Ctx, id: string): Promise<EpisodeRow> {
  const { project, number } = readEpisodeId(id);
  const [row] = await Promise.all([load(ctx, project, number), Project.load(ctx, project)]);
  return row;
}
