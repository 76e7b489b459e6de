import type { Ctx } from '../platform/ctx.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { absorbing } from './asset.ts';
import { commitChange, type Step, saying } from './change.ts';
import { saidByMerge, type Word } from './said.ts';
import { Asset, MergeAssets } from './schema.ts';
import { type AssetRow, load, loadDecisions, shown } from './store.ts';

export const merge = verb({
  name: 'asset.merge',
  summary: 'Merges another asset into this one; can be undone.',
  needs: 'asset:write',
  input: MergeAssets,
  output: Asset,
  run: async (ctx, { id, version, otherId }) => {
    const [into, other] = await Promise.all([load(ctx, id), load(ctx, otherId)]);
    mustBeAt(into, version);
    return shown(await mergeInto(ctx, into, other));
  },
});

/** Merges `other` into `into` and remembers it as a person's word about their forms; about `forms` where those were asked about. */
export async function mergeInto(
  ctx: Ctx,
  into: AssetRow,
  other: AssetRow,
  forms?: Pick<Word, 'aForm' | 'bForm'>,
): Promise<AssetRow> {
  const next = {
    ...absorbing(into, other),
    // who says which of the two it becomes has chosen its name; of a proposal nobody has
    ...(forms === undefined && { edited: [...new Set([...into.edited, 'name'])] }),
  };
  const words = saidByMerge(into, other, await loadDecisions(ctx, into.project), forms);
  const step: Step = {
    kind: 'merge',
    changed: [
      { before: into, next },
      { before: other, next: { status: 'merged', mergedInto: into.id } },
    ],
    created: [],
    said: await saying(ctx, into, words, () => into.id),
    fact: 'asset.merged',
  };
  const now = ctx.now();
  await commitChange(ctx, step, now);
  return { ...into, ...next, version: into.version + 1, updatedAt: now };
}
