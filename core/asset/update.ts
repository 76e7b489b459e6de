import { commit } from '../platform/commit.ts';
import { differing } from '../platform/differing.ts';
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
  summary:
    'Changes an asset; what a person changed is kept by later runs. What is put back as it was read changes nothing.',
  needs: 'asset:write',
  input: UpdateAsset,
  output: Asset,
  run: async (ctx, { id, version, aliases, parentId, variants, ...plain }) => {
    if (version === undefined) throw new Failure('VERSION_REQUIRED');
    const before = await load(ctx, id);
    mustBeAt(before, version);
    mustBeActive(before);
    const change = differing<AssetRow>(before, {
      ...plain,
      ...(parentId !== undefined && { parent: parentId ?? undefined }),
      ...(variants && {
        variants: variants.map(
          (variant): Variant => ({ quote: '', ...variant, id: variant.id ?? newId('ast', ctx.now()) }),
        ),
      }),
      ...((aliases || plain.name) && { forms: formsOf(before, plain.name ?? before.name, aliases) }),
    });
    const changed = Object.keys(change) as (keyof AssetRow)[];
    if (changed.length === 0) return shown(before);
    if (change.parent) await mustBeParent(ctx, before.project, change.parent, id);
    const name = change.name === undefined ? [] : [await takingName(ctx, { ...before, name: change.name })];
    const edited = [...new Set([...before.edited, ...changed])];
    const promptBy = promptByAfter(before, change.attributes);
    const now = ctx.now();
    await commit(ctx, {
      rows: [saving(ctx, before, { ...change, edited, promptBy }, now), ...name],
      audit: { object: id, project: before.project, before: pick(before, changed), after: pick(change, changed) },
      facts: [{ type: 'asset.updated', subject: id, project: before.project, detail: { fields: changed } }],
    });
    return shown({ ...before, ...change, edited, promptBy, version: before.version + 1, updatedAt: now });
  },
});

/** Forms after a change of name or aliases: counts of known forms stay. A form found in the script leaves only by a split. */
function formsOf(before: AssetRow, name: string, aliases?: string[]): AssetRow['forms'] {
  const found = before.forms.filter(({ count }) => count > 0);
  const asked = aliases ?? before.forms.map(({ surface }) => surface);
  const surfaces = new Set([...found.map(({ surface }) => surface), ...asked, name]);
  // the same ones stay in their order
  if (before.forms.length === surfaces.size && before.forms.every(({ surface }) => surfaces.has(surface)))
    return before.forms;
  return [...surfaces].map(
    (surface) => before.forms.find((form) => form.surface === surface) ?? { surface, count: 0, episodes: [] },
  );
}

const pick = (row: Partial<AssetRow>, fields: (keyof AssetRow)[]) =>
  Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));
