// An item as it is kept, and a change of one.
import { itemSize } from '../value/size.ts';
import { attributeOf, type Item } from '../value/value.ts';

/** An item as stored. */
export type Row = { readonly text: string; readonly item: Item; readonly size: number };

export type Change = {
  readonly before: Row | undefined;
  readonly after: Row | undefined;
  /** The deletion is the service's own, at the end of the item's life. */
  readonly expired?: boolean;
};

export const rowOf = (item: Item): Row => ({ item, text: JSON.stringify(item), size: itemSize(item) });

/** End of life in epoch seconds, or null: a text, a missing attribute or a fraction of nothing does not expire. */
export const expiryOf = (item: Item, attribute: string | undefined): number | null => {
  const value = attribute === undefined ? undefined : attributeOf(item, attribute);
  if (!value || !('N' in value)) return null;
  const seconds = Math.floor(Number(value.N));
  return Number.isSafeInteger(seconds) ? seconds : null;
};
