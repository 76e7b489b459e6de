// What is put back as it was read is no change.
import { isDeepStrictEqual } from 'node:util';

/** The fields of `next` that differ from what `before` has. */
export const differing = <R extends object>(before: R, next: Partial<R>): Partial<R> =>
  Object.fromEntries(
    Object.entries(next).filter(([name, value]) => !isDeepStrictEqual(value, before[name as keyof R])),
  ) as Partial<R>;
