// The script calls somebody or something by another name throughout: who it was goes by the new name too. Pure.
import type { AssetRow, DecisionRow } from './store.ts';

/** A name of a kind of asset, and the one that stands in its place. */
export type RenamedForm = { readonly kind: AssetRow['kind']; readonly before: string; readonly after: string };

/** The forms of every asset that goes by the old name and not yet by the new one, with the new one added. Nothing where another asset has it. */
export function renamedForms(
  assets: readonly AssetRow[],
  { kind, before, after }: RenamedForm,
): { before: AssetRow; next: Pick<AssetRow, 'forms'> }[] {
  const has = (surface: string) => (row: AssetRow) =>
    row.kind === kind && row.status === 'active' && row.forms.some((form) => form.surface === surface);
  if (assets.some(has(after))) return [];
  return assets
    .filter(has(before))
    .map((row) => ({ before: row, next: { forms: [...row.forms, { surface: after, count: 0, episodes: [] }] } }));
}

/** What people decided about the old name, said of the new one. */
export const renamedDecisions = (
  decisions: readonly DecisionRow[],
  { kind, before, after }: RenamedForm,
): Pick<DecisionRow, 'aForm' | 'bForm' | 'aAsset' | 'bAsset' | 'kind' | 'project' | 'status'>[] =>
  decisions
    .filter((row) => row.kind === kind && (row.status === 'accepted' || row.status === 'rejected'))
    .filter(({ aForm, bForm }) => aForm === before || bForm === before)
    .map((row) => ({
      ...row,
      aForm: row.aForm === before ? after : row.aForm,
      bForm: row.bForm === before ? after : row.bForm,
    }));
