// Bundles every function of functions/catalog.ts: dist/<name>/index.mjs, and beside it a chunk for what is imported lazily.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build as bundle, type Metafile } from 'esbuild';
import { catalog } from '../functions/catalog.ts';
import { changePlaces } from './build/change-places.ts';
import { forgetCompiled } from './build/forget-compiled.ts';
import { checkIndexKeys } from './build/index-keys.ts';
import { lean } from './build/lean.ts';

const root = resolve(import.meta.dirname, '..');

const settings = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm' as const,
  platform: 'node' as const,
  target: 'node24',
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.mjs' },
  chunkNames: '[name]-[hash]',
  minify: true,
  // Chinese as it is: escaped it is twice as long
  charset: 'utf8' as const,
  legalComments: 'none' as const,
  plugins: [lean(root)],
  // what is loaded on use is loaded by require; the nodejs24.x runtime carries the SDK (docs/adr/0001, 8)
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  metafile: true,
  logLevel: 'error' as const,
} satisfies BuildOptions;

export type Bundle = {
  readonly name: string;
  /** Bytes read when the function starts. */
  readonly initial: number;
  /** Bytes of the whole folder, lazy chunks included. */
  readonly total: number;
};

type Entries = Readonly<Record<string, { readonly entry: string }>>;

/**
 * Writes a folder (dist/ by default) anew, a bundle for each entry of a table (the catalog by default), and what they weigh in bundles.json.
 * Throws when an entry is missing or does not compile, and for an index that could not be walled; the folder is then as it was.
 */
export async function build(outdir = join(root, 'dist'), table: Entries = catalog): Promise<Bundle[]> {
  const entries = Object.entries(table).map(([name, { entry }]) => [name, entry] as const);
  const missing = entries.map(([, entry]) => entry).filter((entry) => !existsSync(join(root, entry)));
  if (missing.length) throw new Error(`functions/catalog.ts names files that are missing: ${missing.join(', ')}`);
  // beside the folder, so that changing places is one step
  const fresh = mkdtempSync(`${outdir}-`);
  try {
    checkIndexKeys(globSync('core/**/*.ts', { cwd: root }), (file) => readFileSync(join(root, file), 'utf8'));
    const bundles = await Promise.all(entries.map(([name, entry]) => bundleOne(name, entry, join(fresh, name))));
    writeFileSync(join(fresh, 'bundles.json'), JSON.stringify(bundles));
    changePlaces(fresh, outdir);
    return bundles;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function bundleOne(name: string, entry: string, outdir: string): Promise<Bundle> {
  const { metafile } = await bundle({ ...settings, entryPoints: { index: entry }, outdir });
  return { name, ...sizes(metafile) };
}

function sizes({ outputs }: Metafile): { initial: number; total: number } {
  const initial = new Set<string>();
  const follow = (path: string): void => {
    const output = outputs[path];
    if (!output || initial.has(path)) return;
    initial.add(path);
    for (const { path: next, kind } of output.imports) if (kind === 'import-statement') follow(next);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs))
    if (entryPoint && path.endsWith('/index.mjs')) follow(path);
  const bytes = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return { initial: bytes(initial), total: bytes(Object.keys(outputs)) };
}

const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} KB`;

if (process.argv[1] === import.meta.filename) {
  const began = performance.now();
  forgetCompiled(root);
  const bundles = await build();
  const told = process.argv.includes('--quiet') ? [] : bundles;
  for (const { name, initial, total } of told)
    console.log(
      `${name.padEnd(24)}${kilobytes(initial).padStart(8)}${total > initial ? ` + ${kilobytes(total - initial)} on demand` : ''}`,
    );
  if (told.length) console.log(`${bundles.length} functions in dist/ (${Math.round(performance.now() - began)} ms)`);
}
