// A folder and those above it, made one by one.
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * Makes a folder that is not there, and those above it. Throws the error of the system. Node's own `recursive` does not end
 * where the system answers ENOENT inside a folder that exists, as under /proc, and hides that a mount is read-only.
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // somebody else was faster
    if (!isFolder(path)) throw error;
  }
}
