// Reading the library: lists and search, one asset, its mentions with quotes.

import { everything, pageOfList, pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { mentionsOf } from './mentions.ts';
import { Asset, AssetId, AssetPage, ListAssets, ListMentions, MentionPage } from './schema.ts';
import { placeAmongFound, searched } from './search.ts';
import { AssetEntity, type AssetRow, load, shown } from './store.ts';

export const list = verb({
  name: 'asset.list',
  summary: 'Assets of a project by kind; search finds any form and forgives a typo.',
  needs: 'asset:read',
  input: ListAssets,
  output: AssetPage,
  run: async (ctx, { projectId, kind, search, status, episode, ...page }) => {
    await Project.load(ctx, projectId);
    const key = { tenant: ctx.tenant, project: projectId };
    const all = AssetEntity.query.ofProject(key);
    const query = kind ? all.begins({ status, kind }) : all.begins({ status });
    const about = `asset.list|${projectId}|${kind ?? ''}|${search ?? ''}|${status}|${episode ?? ''}`;
    if (search === undefined && episode === undefined) {
      const { items, ...rest } = await pageThrough<AssetRow>(ctx, { query, reader: AssetEntity, about }, page);
      return { ...rest, items: items.map(shown) };
    }
    const rows = await everything<AssetRow>(ctx, query, AssetEntity);
    const present = rows.filter(
      (row) => row.status === status && (episode === undefined || row.episodes.includes(episode)),
    );
    const found = (search ? searched(present, search) : present).map(shown);
    return pageOfList(ctx, found, about, page, { placeOf: search ? placeAmongFound(search) : placeInIndex });
  },
});

/** As the index sorts them, behind the status that all of a list have. */
const placeInIndex = ({ kind, name, id }: Asset): string => `${kind}#${name}#${id}`;

export const get = verb({
  name: 'asset.get',
  summary: 'One asset with its forms, variants and state.',
  needs: 'asset:read',
  input: AssetId,
  output: Asset,
  run: async (ctx, { id }) => shown(await load(ctx, id)),
});

export const mentions = verb({
  name: 'asset.mentions',
  summary: 'Where the script names an asset, each place with its quote, in order.',
  needs: 'asset:read',
  input: ListMentions,
  output: MentionPage,
  run: async (ctx, { id, episode, ...page }) => {
    const found = await mentionsOf(ctx, await load(ctx, id), episode);
    return pageOfList(ctx, found, `asset.mentions|${id}|${episode ?? ''}`, page);
  },
});
