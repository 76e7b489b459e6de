// A resolution meets the library: which row each resolved asset is, what changes, what is new, what is no longer found.
// What a person changed or split off stays; what a person deleted stays deleted.
import { byText } from '../breakdown/forms/order.ts';
import type { Resolved } from '../breakdown/schema.ts';
import { isApart } from './apart.ts';
import { joined } from './asset.ts';
import { visualOf } from './prompts.ts';
import type { AssetRow } from './store.ts';

export type Reconciled = {
  /** Resolved key → id of its row. */
  readonly ids: ReadonlyMap<string, string>;
  readonly changed: { before: AssetRow; next: Partial<AssetRow> }[];
  readonly created: AssetRow[];
  /** Id of a row that a run deleted, now or before → id of the row that has most of its forms. */
  readonly gone: ReadonlyMap<string, string>;
  /** What people split off, and the resolution makes nobody of. */
  readonly apart: readonly AssetRow[];
};

/** Fields a run may write unless a person did. */
const written = ['name', 'description', 'attributes', 'variants', 'importance', 'parent'] as const;

/**
 * Pairs resolved assets with rows: by key, else by the largest share of forms. Unpaired rows that a run made are soft-deleted.
 * `make` gives a new row for a resolved asset.
 */
export function reconcile(rows: AssetRow[], resolved: Resolved[], make: (asset: Resolved) => AssetRow): Reconciled {
  const free = new Map(rows.filter(({ status }) => status !== 'merged').map((row) => [row.id, row]));
  const paired = new Map<string, AssetRow>();
  for (const asset of resolved)
    take(
      [...free.values()].find(({ key, kind }) => key === asset.key && kind === asset.kind),
      asset,
    );
  const open = resolved.filter(({ key }) => !paired.has(key));
  for (const [row, asset] of byShare([...free.values()], open))
    if (free.has(row.id) && !paired.has(asset.key)) take(row, asset);

  function take(row: AssetRow | undefined, asset: Resolved): void {
    if (!row) return;
    free.delete(row.id);
    paired.set(asset.key, row);
  }

  const created = resolved.filter(({ key }) => !paired.has(key)).map(make);
  const ids = new Map([
    ...[...paired].map(([key, row]) => [key, row.id] as const),
    ...created.map((row) => [row.key, row.id] as const),
  ]);
  const withParent = (key: string | undefined) => (key ? ids.get(key) : undefined);
  for (const row of created) row.parent = withParent(row.parent);
  const renewed = resolved.flatMap((asset) => {
    const before = paired.get(asset.key);
    if (!before) return [];
    const next = renewal(before, asset, withParent(asset.parent));
    return sameAs(before, next) ? [] : [{ before, next }];
  });
  const apart = [...free.values()].filter((row) => isApart(row, resolved));
  const isLost = (row: AssetRow) =>
    row.source === 'extracted' && row.status === 'active' && row.edited.length === 0 && !apart.includes(row);
  const lost = [...free.values()].filter(isLost).map((before) => ({ before, next: { status: 'deleted' as const } }));
  const gone = [...free.values()]
    .filter((row) => isLost(row) || (row.status === 'deleted' && !row.edited.includes('status')))
    .flatMap((row) => {
      const owner = ids.get(ownerOf(resolved, row)?.key ?? '');
      return owner ? [[row.id, owner] as const] : [];
    });
  return { ids, changed: [...renewed, ...lost], created, gone: new Map(gone), apart };
}

/** The resolved asset that has most forms of a row. */
function ownerOf(resolved: readonly Resolved[], row: AssetRow): Resolved | undefined {
  const surfaces = new Set(row.forms.map(({ surface }) => surface));
  const shared = ({ forms }: Resolved) => forms.filter(({ surface }) => surfaces.has(surface)).length;
  return resolved
    .filter((asset) => asset.kind === row.kind && shared(asset) > 0)
    .sort((a, b) => shared(b) - shared(a))[0];
}

/** Rows and assets that share forms, most first: who was met first takes no row that another has more of. */
function byShare(rows: readonly AssetRow[], resolved: readonly Resolved[]): [AssetRow, Resolved][] {
  const bearers = Map.groupBy(
    rows.flatMap((row) => row.forms.map(({ surface }) => ({ row, id: `${row.kind}:${surface}` }))),
    ({ id }) => id,
  );
  const pairs = resolved.flatMap((asset) => {
    const shared = new Map<AssetRow, number>();
    for (const surface of new Set(asset.forms.map((form) => form.surface)))
      for (const { row } of bearers.get(`${asset.kind}:${surface}`) ?? []) shared.set(row, (shared.get(row) ?? 0) + 1);
    return [...shared].map(([row, count]) => ({ row, asset, count })).sort((a, b) => byText(a.row.id, b.row.id));
  });
  return pairs.sort((a, b) => b.count - a.count).map(({ row, asset }) => [row, asset]);
}

function renewal(before: AssetRow, asset: Resolved, parent: string | undefined): Partial<AssetRow> {
  // forms a person added by hand stay, though no script names them
  const byHand = before.forms.filter(
    ({ count, surface }) => count === 0 && !asset.forms.some((form) => form.surface === surface),
  );
  const next: Partial<AssetRow> = {
    key: asset.key,
    forms: joined([...asset.forms, ...byHand]),
    episodes: asset.episodes,
  };
  const fields = rowFields(asset);
  // prompts that were asked for after the breakdown outlive the next one
  const attributes = before.promptBy ? { ...fields.attributes, ...visualOf(before) } : fields.attributes;
  const offered = { ...fields, attributes, parent };
  // a row that a run deleted because it was no longer found comes back
  if (before.status === 'deleted' && !before.edited.includes('status')) next.status = 'active';
  for (const field of written) if (!before.edited.includes(field)) Object.assign(next, { [field]: offered[field] });
  return next;
}

/** The fields of a row that a resolved asset gives. */
export const rowFields = (asset: Resolved) => ({
  name: asset.name,
  description: asset.description,
  attributes: asset.attributes,
  importance: asset.importance,
  parent: asset.parent,
  variants: asset.variants.map((variant, index) => ({ id: `${asset.key}:${index + 1}`, ...variant })),
});

const sameAs = (before: AssetRow, next: Partial<AssetRow>): boolean =>
  Object.entries(next).every(
    ([field, value]) => JSON.stringify(before[field as keyof AssetRow]) === JSON.stringify(value),
  );
