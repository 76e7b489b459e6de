// Reading snapshots: the list of a project, and the assets one holds.
import * as z from 'zod';
import { Asset } from '../asset/schema.ts';
import { type AssetRow, shown } from '../asset/store.ts';
import { getJson } from '../platform/blob.ts';
import { notFound } from '../platform/failure.ts';
import { PageInput, pageOf, pageOfList, pageThrough } from '../platform/page.ts';
import { verb } from '../platform/verb.ts';
import * as Project from '../project/index.ts';
import { SnapshotEntity, type SnapshotRow } from './store.ts';

const id = z.string().max(80);
export const Snapshot = z.object({
  id: z.string(),
  projectId: z.string(),
  taskId: z.string(),
  assets: z.int(),
  createdAt: z.int(),
});

export const list = verb({
  name: 'snapshot.list',
  summary: 'Snapshots of the asset library, newest first.',
  needs: 'asset:read',
  input: PageInput.extend({ projectId: id }),
  output: pageOf(Snapshot),
  run: async (ctx, { projectId, ...page }) => {
    await Project.load(ctx, projectId);
    const query = SnapshotEntity.query.ofProject({ tenant: ctx.tenant, project: projectId });
    const on = { query, reader: SnapshotEntity, about: `snapshot.list|${projectId}`, order: 'desc' as const };
    const { items, ...rest } = await pageThrough<SnapshotRow>(ctx, on, page);
    return { ...rest, items: items.map(shownSnapshot) };
  },
});

export const assets = verb({
  name: 'snapshot.assets',
  summary: 'The assets as they stood in a snapshot.',
  needs: 'asset:read',
  input: PageInput.extend({ id }),
  output: pageOf(Asset),
  run: async (ctx, { id: snapshot, ...page }) => {
    const { data } = await SnapshotEntity.get({ tenant: ctx.tenant, id: snapshot }).go({
      ...ctx.stores.core,
      consistent: true,
    });
    if (data) await Project.load(ctx, data.project);
    const rows = data && (await getJson<AssetRow[]>(ctx, data.bodyKey));
    if (!rows) throw notFound();
    return pageOfList(ctx, rows.map(shown), `snapshot.assets|${snapshot}`, page);
  },
});

const shownSnapshot = ({ id: snapshot, project, task, assets: count, createdAt }: SnapshotRow) => ({
  id: snapshot,
  projectId: project,
  taskId: task,
  assets: count,
  createdAt,
});
