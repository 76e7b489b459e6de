// What copies of functions compiled is kept by the path of their bundle, and each new bundle has a path of its own.
import { globSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const weekMs = 7 * 24 * 3_600_000;

/** Removes what was compiled more than a week ago from the cache of a checkout (local/lambda/instance.ts). */
export function forgetCompiled(root: string): void {
  for (const file of globSync('out/compile-cache/*/*', { cwd: root }).map((path) => join(root, path)))
    if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > weekMs)
      rmSync(file, { force: true });
}
