// Bundles every function of functions/catalog.ts: dist/<name>/index.mjs, and beside it a chunk for what is imported lazily.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type BuildOptions, type BuildResult, build as bundle, type Metafile } from 'esbuild';
import { catalog, type FunctionName } from '../functions/catalog.ts';

const root = resolve(import.meta.dirname, '..');

type Shape = { write: false; metafile: true };

/** What esbuild is told; `write` is off, so that a build that fails leaves the last one as it was. */
const settings: BuildOptions & Shape = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.mjs' },
  chunkNames: '[name]-[hash]',
  minify: true,
  legalComments: 'none',
  // the nodejs24.x runtime carries these (docs/adr/0001, 8)
  external: ['@aws-sdk/*', '@smithy/*'],
  // ElectroDB is CommonJS and asks for the SDK by require
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  metafile: true,
  write: false,
  logLevel: 'error',
};

export type Bundle = {
  readonly name: FunctionName;
  /** Bytes read when the function starts. */
  readonly initial: number;
  /** Bytes of the whole folder, lazy chunks included. */
  readonly total: number;
};

type Made = BuildResult<Shape>;

const names = Object.keys(catalog) as FunctionName[];

/** Writes dist/ anew. Throws when an entry of the catalog is missing or does not compile; dist/ is then untouched. */
export async function build(): Promise<Bundle[]> {
  const missing = names.map((name) => catalog[name].entry).filter((entry) => !existsSync(join(root, entry)));
  if (missing.length) throw new Error(`functions/catalog.ts names files that are missing: ${missing.join(', ')}`);
  const made = await Promise.all(names.map(async (name) => [name, await bundleOne(name)] as const));
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  return made.map(([name, result]) => write(name, result));
}

const bundleOne = (name: FunctionName): Promise<Made> =>
  bundle({ ...settings, entryPoints: { index: catalog[name].entry }, outdir: `dist/${name}` });

function write(name: FunctionName, { outputFiles, metafile }: Made): Bundle {
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  }
  return { name, ...sizes(metafile, `dist/${name}/index.mjs`) };
}

function sizes({ outputs }: Metafile, entry: string): { initial: number; total: number } {
  const initial = new Set<string>();
  const follow = (path: string): void => {
    const output = outputs[path];
    if (!output || initial.has(path)) return;
    initial.add(path);
    for (const { path: next, kind } of output.imports) if (kind === 'import-statement') follow(next);
  };
  follow(entry);
  const bytes = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return { initial: bytes(initial), total: bytes(Object.keys(outputs)) };
}

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} KB`;

if (process.argv[1] === import.meta.filename) {
  const began = performance.now();
  const bundles = await build();
  for (const { name, initial, total } of bundles)
    console.log(
      `${name.padEnd(24)}${kilobytes(initial).padStart(8)}${total > initial ? ` + ${kilobytes(total - initial)} on demand` : ''}`,
    );
  console.log(`${bundles.length} functions in dist/ (${Math.round(performance.now() - began)} ms)`);
}
