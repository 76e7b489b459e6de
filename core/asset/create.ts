import { commit, putting } from '../platform/commit.ts';
import { newId } from '../platform/id.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { takingName } from './names.ts';
import { mustBeParent } from './parent.ts';
import { Asset, CreateAsset } from './schema.ts';
import { AssetEntity, type AssetRow, shown } from './store.ts';

export const create = verb({
  name: 'asset.create',
  summary: 'Adds an asset by hand.',
  needs: 'asset:write',
  input: CreateAsset,
  output: Asset,
  run: async (ctx, { projectId, kind, name, aliases, description, attributes, parentId }) => {
    await Project.load(ctx, projectId);
    if (parentId !== undefined) await mustBeParent(ctx, projectId, parentId);
    const now = ctx.now();
    const row: AssetRow = {
      tenant: ctx.tenant,
      id: newId('ast', now),
      project: projectId,
      kind,
      name,
      forms: [...new Set([name, ...aliases])].map((surface) => ({ surface, count: 0, episodes: [] })),
      status: 'active',
      description,
      attributes,
      variants: [],
      importance: 'minor',
      ...(parentId && { parent: parentId }),
      episodes: [],
      source: 'manual',
      key: `manual:${kind}:${name}`,
      edited: [],
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    await commit(ctx, {
      rows: [putting(ctx.stores.core, AssetEntity.create(row)), await takingName(ctx, row)],
      audit: { object: row.id, project: projectId, after: { kind, name } },
      facts: [{ type: 'asset.created', subject: row.id, project: projectId, detail: { kind } }],
    });
    return shown(row);
  },
});
