// The script calls somebody or something by another name throughout: who it was goes by the new name too. Pure.
import type { AssetRow, DecisionRow } from './store.ts';

/** A name of a kind of asset, and the one that stands in its place. */
export type RenamedForm = { readonly kind: AssetRow['kind']; readonly before: string; readonly after: string };

type Named = Pick<AssetRow, 'name' | 'forms'>;

/**
 * Every asset that goes by an old name and not yet by the new one, once, with the new ones added to its forms; whose name was the old one has the
 * new one. Nothing where another asset has it.
 */
export function renamedForms(
  assets: readonly AssetRow[],
  renames: readonly RenamedForm[],
): { before: AssetRow; next: Named }[] {
  const changed = new Map<string, Named>();
  for (const { kind, before, after } of renames) {
    const rows = assets.map((row): AssetRow => ({ ...row, ...changed.get(row.id) }));
    const has = (surface: string) => (row: AssetRow) =>
      row.kind === kind && row.status === 'active' && row.forms.some((form) => form.surface === surface);
    const isCalled = ({ name, status, ...row }: AssetRow) => row.kind === kind && status === 'active' && name === after;
    if (rows.some(has(after)) || rows.some(isCalled)) continue;
    for (const { id, name, forms } of rows.filter(has(before)))
      changed.set(id, {
        name: name === before ? after : name,
        forms: [...forms, { surface: after, count: 0, episodes: [] }],
      });
  }
  return assets.flatMap((before) => {
    const next = changed.get(before.id);
    return next ? [{ before, next }] : [];
  });
}

/** What people decided about old names, said of the new ones: each pair once. */
export function renamedDecisions(
  decisions: readonly DecisionRow[],
  renames: readonly RenamedForm[],
): Pick<DecisionRow, 'aForm' | 'bForm' | 'aAsset' | 'bAsset' | 'kind' | 'project' | 'status'>[] {
  const byPair = new Map<string, DecisionRow>();
  for (const row of decisions.filter(({ status }) => status === 'accepted' || status === 'rejected')) {
    const now = (form: string) =>
      renames.find(({ kind, before }) => kind === row.kind && before === form)?.after ?? form;
    const [aForm, bForm] = [now(row.aForm), now(row.bForm)];
    if (aForm === bForm || (aForm === row.aForm && bForm === row.bForm)) continue;
    byPair.set(JSON.stringify([row.kind, ...[aForm, bForm].sort()]), { ...row, aForm, bForm });
  }
  return [...byPair.values()];
}
