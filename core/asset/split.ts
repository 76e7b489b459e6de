import * as z from 'zod';
import { mustBeAt } from '../platform/failure.ts';
import { newId } from '../platform/id.ts';
import { verb } from '../platform/verb.ts';
import { splitKey } from './apart.ts';
import { parted } from './asset.ts';
import { commitChange, type Step, saying } from './change.ts';
import { takingName } from './names.ts';
import { saidBySplit } from './said.ts';
import { Asset, SplitAsset } from './schema.ts';
import { type AssetRow, load, loadDecisions, shown } from './store.ts';

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
      key: splitKey(before.kind, leaving.name),
      description: '',
      attributes: {},
      variants: [],
      importance: 'minor',
      edited: name === undefined ? [] : ['name'],
      promptBy: undefined,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    const words = saidBySplit(before, { ...before, ...staying }, created, await loadDecisions(ctx, before.project));
    const hasLeft = (form: string) => form === created.name || created.forms.some(({ surface }) => surface === form);
    const step: Step = {
      kind: 'split',
      changed: [{ before, next: staying }],
      created: [created],
      names: [await takingName(ctx, created)],
      said: await saying(ctx, before, words, (form) => (hasLeft(form) ? created.id : before.id)),
      fact: 'asset.split',
    };
    await commitChange(ctx, step, now);
    return {
      asset: shown({ ...before, ...staying, version: before.version + 1, updatedAt: now }),
      created: shown(created),
    };
  },
});
