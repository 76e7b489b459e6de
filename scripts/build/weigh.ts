// What a function loads when it starts, and what only on use.
import type { Metafile } from 'esbuild';

export type Weight = {
  /** Bytes read when the function starts. */
  readonly initial: number;
  /** Bytes of all it may load, lazy chunks included. */
  readonly total: number;
};

/** The weight of each entry point of a build, by its source. */
export function weigh({ outputs }: Metafile): Map<string, Weight> {
  const reached = (from: string, kinds: readonly string[]): Set<string> => {
    const paths = new Set([from]);
    for (const path of paths)
      for (const { path: next, kind } of outputs[path]?.imports ?? [])
        if (outputs[next] && kinds.includes(kind)) paths.add(next);
    return paths;
  };
  const bytes = (paths: Set<string>) => [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  const weights = new Map<string, Weight>();
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    // esbuild calls a chunk that is loaded on use an entry point, too
    if (!entryPoint || !path.endsWith('/index.mjs')) continue;
    const initial = bytes(reached(path, ['import-statement']));
    weights.set(entryPoint, { initial, total: bytes(reached(path, ['import-statement', 'dynamic-import'])) });
  }
  return weights;
}
