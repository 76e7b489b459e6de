import type { Ctx } from '../platform/ctx.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { absorbing } from './asset.ts';
import { commitChange, decided, decisionId, findDecision } from './change.ts';
import { Asset, MergeAssets } from './schema.ts';
import { type AssetRow, load, shown } from './store.ts';

export const merge = verb({
  name: 'asset.merge',
  summary: 'Merges another asset into this one; can be undone.',
  needs: 'asset:write',
  input: MergeAssets,
  output: Asset,
  run: async (ctx, { id, version, otherId }) => {
    const [into, other] = await Promise.all([load(ctx, id), load(ctx, otherId)]);
    mustBeAt(into, version);
    return shown(await mergeInto(ctx, into, other, { aForm: into.name, bForm: other.name }));
  },
});

/** Merges `other` into `into` and remembers it as a person's word about the two forms. */
export async function mergeInto(
  ctx: Ctx,
  into: AssetRow,
  other: AssetRow,
  forms: { aForm: string; bForm: string },
): Promise<AssetRow> {
  const next = absorbing(into, other);
  const { project, kind } = into;
  const before = await findDecision(ctx, decisionId(project, kind, forms.aForm, forms.bForm));
  await commitChange(ctx, {
    kind: 'merge',
    changed: [
      { before: into, next },
      { before: other, next: { status: 'merged', mergedInto: into.id } },
    ],
    created: [],
    decision: decided(ctx, { project, kind, ...forms, aAsset: into.id, bAsset: into.id }, 'accepted', before),
    decisionBefore: before,
    fact: 'asset.merged',
  });
  return { ...into, ...next, version: into.version + 1, updatedAt: ctx.now() };
}
