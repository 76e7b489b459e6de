// A folder that was written beside another takes its place.
import { renameSync, rmSync } from 'node:fs';

/** Moves `fresh` to `place`; what was there before is removed. Whoever does the same at once does not fail for it: the last one stays. */
export function changePlaces(fresh: string, place: string): void {
  const old = `${fresh}-old`;
  for (let moved = false; !moved; ) {
    unless('ENOENT', () => renameSync(place, old));
    // another has come there since
    moved = unless('ENOTEMPTY', () => renameSync(fresh, place));
    rmSync(old, { recursive: true, force: true });
  }
}

/** Whether the work was done, and not stopped by this error. Throws any other. */
function unless(code: string, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== code) throw error;
    return false;
  }
}
