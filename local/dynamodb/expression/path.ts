// Document paths: `a.b[3]` is ['a', 'b', 3].
import { attributeOf, type Item, type Value } from '../value/value.ts';
import type { Path } from './dynalite.ts';

/** What stands at a path; undefined when nothing does. */
export const atPath = (item: Item, path: Path): Value | undefined => {
  let found = attributeOf(item, String(path[0]));
  for (let depth = 1; found && depth < path.length; depth++) {
    const step = path[depth] as string | number;
    if (typeof step === 'number') found = 'L' in found ? found.L[step] : undefined;
    else found = 'M' in found ? attributeOf(found.M, step) : undefined;
  }
  return found;
};
