import { commit } from '../platform/commit.ts';
import { Failure, mustBeAt } from '../platform/failure.ts';
import { newId } from '../platform/id.ts';
import { verb } from '../platform/verb.ts';
import { mustBeActive } from './asset.ts';
import { takingName } from './names.ts';
import { mustBeParent } from './parent.ts';
import { promptByAfter } from './prompts.ts';
import { Asset, UpdateAsset, type Variant } from './schema.ts';
import { type AssetRow, load, saving, shown } from './store.ts';

export const update = verb({
  name: 'asset.update',
  summary: 'Changes an asset; what a person changed is kept by later runs.',
  needs: 'asset:write',
  input: UpdateAsset,
  output: Asset,
  run: async (ctx, { id, version, aliases, parentId, variants, ...plain }) => {
    if (version === undefined) throw new Failure('VERSION_REQUIRED');
    const before = await load(ctx, id);
    mustBeAt(before, version);
    mustBeActive(before);
    if (parentId) await mustBeParent(ctx, before.project, parentId, id);
    const change: Partial<AssetRow> = {
      ...plain,
      ...(parentId !== undefined && { parent: parentId ?? undefined }),
      ...(variants && {
        variants: variants.map(
          (variant): Variant => ({ quote: '', ...variant, id: variant.id ?? newId('ast', ctx.now()) }),
        ),
      }),
      ...((aliases || plain.name) && { forms: formsOf(before, plain.name ?? before.name, aliases) }),
    };
    const name = plain.name === undefined ? [] : [await takingName(ctx, { ...before, name: plain.name })];
    const edited = [...new Set([...before.edited, ...Object.keys(change)])];
    const promptBy = promptByAfter(before, change.attributes);
    const changed = Object.keys(change) as (keyof AssetRow)[];
    await commit(ctx, {
      rows: [saving(ctx, before, { ...change, edited, promptBy }), ...name],
      audit: { object: id, project: before.project, before: pick(before, changed), after: pick(change, changed) },
      facts: [{ type: 'asset.updated', subject: id, project: before.project, detail: { fields: changed } }],
    });
    return shown({ ...before, ...change, edited, promptBy, version: before.version + 1, updatedAt: ctx.now() });
  },
});

/** Forms after a change of name or aliases: counts of known forms stay. A form found in the script leaves only by a split. */
function formsOf(before: AssetRow, name: string, aliases?: string[]): AssetRow['forms'] {
  const found = before.forms.filter(({ count }) => count > 0);
  const asked = aliases ?? before.forms.map(({ surface }) => surface);
  const surfaces = new Set([...found.map(({ surface }) => surface), ...asked, name]);
  return [...surfaces].map(
    (surface) => before.forms.find((form) => form.surface === surface) ?? { surface, count: 0, episodes: [] },
  );
}

const pick = (row: Partial<AssetRow>, fields: (keyof AssetRow)[]) =>
  Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
