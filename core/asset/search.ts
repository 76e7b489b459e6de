// Search by any form, forgiving a slip: containment first, then one edit per three characters.
import { simplified } from '../script/simplified.ts';
import type { AssetRow } from './store.ts';

type Found = Pick<AssetRow, 'id' | 'name' | 'forms' | 'episodes'>;

/** Assets that answer to `text`, best first: exact form, form beginning with it, containing it, then misspelt. None answers to marks alone. */
export function searched(assets: AssetRow[], text: string): AssetRow[] {
  if (!folded(text)) return [];
  const placeOf = placeAmongFound(text);
  return assets
    .map((asset) => ({ asset, place: placeOf(asset) }))
    .filter(({ place }) => !place.startsWith(nowhere))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ asset }) => asset);
}

/** Where an asset stands among those that answer to `text`, as a text that sorts: by how well it answers, then by how many episodes it is in. */
export function placeAmongFound(text: string): (asset: Found) => string {
  const wanted = folded(text);
  return ({ id, name, forms, episodes }) => {
    const rank = Math.min(
      ...[name, ...forms.map(({ surface }) => surface)].map((form) => rankOf(folded(form), wanted)),
    );
    const seldom = String(mostEpisodes - episodes.length).padStart(5, '0');
    return `${Number.isFinite(rank) ? String(rank).padStart(2, '0') : nowhere}#${seldom}#${id}`;
  };
}

/** The rank of what does not answer: behind all others, for a text that is searched for is short. */
const nowhere = '99';
/** More than a script may have. */
const mostEpisodes = 99_999;

/** Traditional and Simplified characters are the same name. */
const folded = (text: string) =>
  simplified(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/[\s·・.\-_'’]/g, '');

function rankOf(form: string, wanted: string): number {
  if (form === wanted) return 0;
  if (form.startsWith(wanted)) return 1;
  if (form.includes(wanted)) return 2;
  const allowed = wanted.length < 2 ? 0 : Math.max(1, Math.floor(wanted.length / 3));
  const distance = edits(form, wanted, allowed);
  return distance <= allowed ? 2 + distance : Number.POSITIVE_INFINITY;
}

/** Edit distance with swaps of neighbours (optimal string alignment), or more than `most`. */
function edits(a: string, b: string, most: number): number {
  if (most === 0 || Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    before = above;
    above = row;
  }
  // a slip must leave something in common: 甲 is no misspelling of 乙
  return above[b.length]! < Math.max(a.length, b.length) ? above[b.length]! : most + 1;
}
