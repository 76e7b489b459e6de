// What a person took out of an asset stays an asset of its own, though a resolution makes nobody of its forms. Pure.
import type { Form, Mention, Resolution, Resolved } from '../breakdown/schema.ts';
import { filmedIn, hasForm } from './forms.ts';
import type { AssetRow } from './store.ts';

const bySplit = 'split:';

/** Key of an asset that a split makes; a resolution that finds it gives it one of its own. */
export const splitKey = (kind: AssetRow['kind'], name: string): string => `${bySplit}${kind}:${name}`;

/** Whether an asset is as a split made it, and none of these has a form of it. */
export const isApart = ({ key, kind, status, forms }: AssetRow, resolved: readonly Resolved[]): boolean =>
  key.startsWith(bySplit) &&
  status === 'active' &&
  !resolved.some((asset) => asset.kind === kind && asset.forms.some(({ surface }) => hasForm(forms, surface)));

/** Its forms as often as the script has them now, and in the episodes where it does. */
export function recounted(
  { kind, forms }: AssetRow,
  mentions: readonly Mention[],
): Pick<AssetRow, 'forms' | 'episodes'> {
  const counted = forms.map(({ surface }): Form => {
    const found = mentions.filter((mention) => mention.kind === kind && mention.surface === surface);
    return { surface, count: found.length, episodes: filmedIn(found.map(({ episode }) => episode)) };
  });
  return { forms: counted, episodes: filmedIn(counted.flatMap(({ episodes }) => episodes)) };
}

/** Forms that mean one or another by the scene, without those that a person gave to one of these. */
export const unsettled = (ambiguous: Resolution['ambiguous'], apart: readonly AssetRow[]): Resolution['ambiguous'] =>
  ambiguous.filter(({ surface }) => !apart.some(({ kind, forms }) => kind === 'character' && hasForm(forms, surface)));
