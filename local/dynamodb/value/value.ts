// Attribute values as they travel: `{ "S": "text" }`, numbers and binaries as text.

export type Value =
  | { readonly S: string }
  | { readonly N: string }
  /** base64 */
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly Value[] }
  | { readonly M: Item };

export type Item = { readonly [attribute: string]: Value };

export type ValueType = 'S' | 'N' | 'B' | 'BOOL' | 'NULL' | 'SS' | 'NS' | 'BS' | 'L' | 'M';

/** Type of a value that was checked: it has exactly one member. */
export const typeOf = (value: Value): ValueType => {
  for (const type in value) return type as ValueType;
  throw new Error('A stored value has no type.');
};

/** What a value holds, whatever its type. */
export const contentOf = (value: Value): unknown => (value as Record<string, unknown>)[typeOf(value)];

/** An attribute by name; names such as `constructor` belong to the item only when it has them. */
export const attributeOf = (item: Item, name: string): Value | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;

/** Sets an attribute whatever its name: plain assignment would take `__proto__` for something else. */
export const setAttribute = (item: Record<string, Value>, name: string, value: Value): void => {
  if (name === '__proto__')
    Object.defineProperty(item, name, { value, enumerable: true, configurable: true, writable: true });
  else item[name] = value;
};
