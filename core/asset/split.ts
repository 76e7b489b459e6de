import * as z from 'zod';
import { mustBeAt } from '../platform/failure.ts';
import { newId } from '../platform/id.ts';
import { verb } from '../platform/verb.ts';
import { parted } from './asset.ts';
import { commitChange, decided, decisionId, findDecision } from './change.ts';
import { takingName } from './names.ts';
import { Asset, SplitAsset } from './schema.ts';
import { type AssetRow, load, shown } from './store.ts';

export const split = verb({
  name: 'asset.split',
  summary: 'Takes forms out of an asset into a new one; can be undone, and later runs keep them apart.',
  needs: 'asset:write',
  input: SplitAsset,
  output: z.object({ asset: Asset, created: Asset }),
  run: async (ctx, { id, version, forms, name }) => {
    const before = await load(ctx, id);
    mustBeAt(before, version);
    const { staying, leaving } = parted(before, forms, name);
    const now = ctx.now();
    const created: AssetRow = {
      ...before,
      ...leaving,
      id: newId('ast', now),
      key: `split:${before.kind}:${leaving.name}`,
      description: '',
      attributes: {},
      variants: [],
      importance: 'minor',
      edited: [],
      promptBy: undefined,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const { project, kind } = before;
    const pair = { aForm: staying.name, bForm: leaving.name, aAsset: before.id, bAsset: created.id };
    const known = await findDecision(ctx, decisionId(project, kind, pair.aForm, pair.bForm));
    await commitChange(ctx, {
      kind: 'split',
      changed: [{ before, next: staying }],
      created: [created],
      names: [await takingName(ctx, created)],
      decision: decided(ctx, { project, kind, ...pair }, 'rejected', known),
      decisionBefore: known,
      fact: 'asset.split',
    });
    return {
      asset: shown({ ...before, ...staying, version: before.version + 1, updatedAt: now }),
      created: shown(created),
    };
  },
});
