import { commit } from '../platform/commit.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import { mustBeActive } from './asset.ts';
import { takingName } from './names.ts';
import { Asset, Versioned } from './schema.ts';
import { mergesOf, renoting } from './standing.ts';
import { load, saving, shown } from './store.ts';

export const remove = verb({
  name: 'asset.remove',
  summary: 'Deletes an asset; it can be restored.',
  needs: 'asset:write',
  input: Versioned,
  output: Asset,
  run: async (ctx, { id, version }) => {
    const before = await load(ctx, id);
    mustBeAt(before, version);
    mustBeActive(before);
    const now = ctx.now();
    await commit(ctx, {
      // `status` among the edited fields: a run does not bring back what a person deleted
      rows: [saving(ctx, before, { status: 'deleted', edited: [...before.edited, 'status'] }, now)],
      audit: { object: id, project: before.project, before: { status: before.status }, after: { status: 'deleted' } },
      facts: [{ type: 'asset.deleted', subject: id, project: before.project }],
    });
    return shown({ ...before, status: 'deleted', version: before.version + 1, updatedAt: now });
  },
});

export const restore = verb({
  name: 'asset.restore',
  summary: 'Brings a deleted asset back.',
  needs: 'asset:write',
  input: Versioned,
  output: Asset,
  run: async (ctx, { id, version }) => {
    const before = await load(ctx, id);
    mustBeAt(before, version);
    if (before.status !== 'deleted')
      throw new Failure('CONFLICT', { reason: words('该资产没有被删除', 'the asset is not deleted') });
    const now = ctx.now();
    await commit(ctx, {
      rows: [
        saving(ctx, before, { status: 'active', edited: before.edited.filter((field) => field !== 'status') }, now),
        await takingName(ctx, before),
        // a run may have left another to stand for it
        ...renoting(ctx, before.project, await mergesOf(ctx, before.project), { gone: new Map(), there: [id] }),
      ],
      audit: { object: id, project: before.project, before: { status: 'deleted' }, after: { status: 'active' } },
      facts: [{ type: 'asset.restored', subject: id, project: before.project }],
    });
    return shown({ ...before, status: 'active', version: before.version + 1, updatedAt: now });
  },
});
