// A folder that was written beside another takes its place.
import { existsSync, renameSync, rmSync } from 'node:fs';

/** Moves `fresh` to `place`; what was there before is removed. Whoever does the same at once does not fail for it: the last one stays. */
export function changePlaces(fresh: string, place: string): void {
  const old = `${fresh}-old`;
  for (let moved = false; !moved; ) {
    unless('ENOENT', () => renameSync(place, old));
    // another has come there since
    moved = unless('ENOTEMPTY', () => moving(fresh, place, old));
    rmSync(old, { recursive: true, force: true });
  }
}

/** What was there before goes back where the fresh one cannot come, as where another program holds a file in it open. */
function moving(fresh: string, place: string, old: string): void {
  try {
    renameSync(fresh, place);
  } catch (error) {
    if (!existsSync(place) && existsSync(old)) renameSync(old, place);
    throw error;
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
