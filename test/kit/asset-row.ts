// Asset rows for tests of pure decisions.
import type { AssetRow } from '../../core/asset/store.ts';
import type { Resolved } from '../../core/breakdown/schema.ts';

const form = (surface: string, episodes = [1]) => ({ surface, count: episodes.length * 2, episodes });

/** An active character found in the script, with these forms; the first is its name. */
export const anAsset = (id: string, forms: string[], change: Partial<AssetRow> = {}): AssetRow => ({
  tenant: '01h00000000000000000000000',
  id,
  project: 'prj_01h00000000000000000000000',
  kind: 'character',
  name: forms[0] ?? '',
  forms: forms.map((surface) => form(surface)),
  status: 'active',
  description: '',
  attributes: {},
  variants: [],
  importance: 'minor',
  episodes: [1],
  source: 'extracted',
  key: `character:${forms[0]}`,
  edited: [],
  version: 1,
  createdAt: 1,
  updatedAt: 1,
  ...change,
});

/** What a resolution found under these forms. */
export const found = (forms: string[], change: Partial<Resolved> = {}): Resolved => ({
  key: `character:${forms[0]}`,
  kind: 'character',
  name: forms[0] ?? '',
  forms: forms.map((surface) => form(surface)),
  episodes: [1],
  importance: 'minor',
  description: '',
  attributes: {},
  variants: [],
  ...change,
});
