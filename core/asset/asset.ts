// What may happen to assets: pure decisions. Over-merging is the worse fault, so nothing here merges by itself.

import { inOrder } from '../breakdown/forms/order.ts';
import type { Form } from '../breakdown/schema.ts';
import { Failure } from '../platform/failure.ts';
import { words } from '../platform/words.ts';
import { splitKey } from './apart.ts';
import { hasForm } from './forms.ts';
import { hasPrompt } from './prompts.ts';
import type { AssetRow } from './store.ts';

/** Refuses a change of something merged or deleted. */
export function mustBeActive({ status }: AssetRow): void {
  if (status === 'deleted') throw new Failure('ASSET_DELETED');
  if (status === 'merged')
    throw new Failure('CONFLICT', {
      reason: words('该资产已并入另一资产，请修改那一个', 'this asset was merged into another; change that one'),
    });
}

/** What the surviving asset becomes when it takes over the other. Its own name, description and attributes win. */
export function absorbing(into: AssetRow, other: AssetRow): Partial<AssetRow> {
  if (into.id === other.id)
    throw new Failure('MERGE_REFUSED', {
      reason: words('资产不能与自身合并', 'an asset cannot be merged with itself'),
    });
  if (into.project !== other.project)
    throw new Failure('MERGE_REFUSED', {
      reason: words('两项资产不属于同一项目', 'the assets belong to different projects'),
    });
  if (into.kind !== other.kind)
    throw new Failure('MERGE_REFUSED', {
      reason: words('两项资产不是同一类', `a ${into.kind} and a ${other.kind} are different kinds`),
    });
  mustBeActive(into);
  mustBeActive(other);
  return {
    forms: joined([...into.forms, ...other.forms]),
    episodes: inOrder([...into.episodes, ...other.episodes]),
    attributes: { ...other.attributes, ...into.attributes },
    promptBy: hasPrompt(into) ? into.promptBy : other.promptBy,
    description: into.description || other.description,
    variants: [...into.variants, ...other.variants],
  };
}

/** Both sides of a split: `forms` leave, the rest stays. At least one form must stay. */
export function parted(asset: AssetRow, forms: string[], name?: string) {
  mustBeActive(asset);
  const leaving = asset.forms.filter(({ surface }) => forms.includes(surface));
  const staying = asset.forms.filter(({ surface }) => !forms.includes(surface));
  if (leaving.length < new Set(forms).size)
    throw new Failure('SPLIT_REFUSED', {
      reason: words('有的称呼不属于该资产', 'not all of these forms belong to the asset'),
    });
  if (staying.length === 0)
    throw new Failure('SPLIT_REFUSED', { reason: words('至少要留下一个称呼', 'at least one form must stay') });
  const leaves = (wanted: string) => hasForm(leaving, wanted);
  return {
    staying: {
      forms: staying,
      // a name that a person gave need not be a form
      name: leaves(asset.name) ? mostUsed(staying) : asset.name,
      // the form that resolution knows it by is another asset's now
      key: leaves(asset.key.slice(asset.kind.length + 1)) ? splitKey(asset.kind, mostUsed(staying)) : asset.key,
      episodes: episodesOf(staying),
    },
    leaving: { forms: leaving, name: name ?? mostUsed(leaving), episodes: episodesOf(leaving) },
  };
}

/** Forms with equal surface counted together. */
export function joined(forms: Form[]): Form[] {
  const bySurface = new Map<string, Form>();
  for (const form of forms) {
    const known = bySurface.get(form.surface);
    bySurface.set(
      form.surface,
      known
        ? {
            surface: form.surface,
            count: known.count + form.count,
            episodes: inOrder([...known.episodes, ...form.episodes]),
          }
        : form,
    );
  }
  return [...bySurface.values()];
}

/** The form used most, the first among equals. `forms` is not empty. */
export const mostUsed = (forms: readonly Form[]): string =>
  forms.reduce((best, form) => (form.count > best.count ? form : best)).surface;
const episodesOf = (forms: Form[]): number[] => inOrder(forms.flatMap(({ episodes }) => episodes));
