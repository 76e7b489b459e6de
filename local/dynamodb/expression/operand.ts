// Operands of expressions, made into functions once: a path, a value of the request, or the size of something.
import { attributeOf, type Item, type Value } from '../value/value.ts';
import type { Operand, Path } from './dynalite.ts';
import { atPath } from './path.ts';

/** Values of a request by their names (`:v`). */
export type Values = Readonly<Record<string, Value>>;

/** Reads one operand from an item and the values of a request. */
export type Read = (item: Item, values: Values) => Value | undefined;

/** Name of each value object of the request that was parsed; a later request brings other values under the same names. */
export type Names = ReadonlyMap<object, string>;

const isPath = (operand: Operand): operand is Path => Array.isArray(operand);

/** Reader of a path or of a value; undefined for anything computed. */
export const readPlain = (operand: Operand, names: Names): Read | undefined => {
  if (isPath(operand)) {
    const [head] = operand;
    return operand.length === 1 ? (item) => attributeOf(item, String(head)) : (item) => atPath(item, operand);
  }
  const name = names.get(operand);
  return name === undefined ? undefined : (_, values) => values[name];
};
