// Bundles every function of functions/catalog.ts: dist/<name>/index.mjs, and beside it a chunk for what is imported lazily.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build as bundle } from 'esbuild';
import { catalog } from '../functions/catalog.ts';
import { changePlaces } from './build/change-places.ts';
import { forgetCompiled } from './build/forget-compiled.ts';
import { checkIndexKeys } from './build/index-keys.ts';
import { lean } from './build/lean.ts';
import { type Weight, weigh } from './build/weigh.ts';

const root = resolve(import.meta.dirname, '..');

const settings = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm' as const,
  platform: 'node' as const,
  target: 'node24',
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.mjs' },
  minify: true,
  // Chinese as it is: escaped it is twice as long
  charset: 'utf8' as const,
  legalComments: 'none' as const,
  plugins: [lean(root)],
  // what is loaded on use is loaded by require; the nodejs24.x runtime carries the SDK (docs/adr/0001, 8)
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  metafile: true as const,
  logLevel: 'error' as const,
} satisfies BuildOptions;

export type Bundle = Weight & { readonly name: string };

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
    const bundles = await bundleAll(entries, fresh);
    writeFileSync(join(fresh, 'bundles.json'), JSON.stringify(bundles));
    changePlaces(fresh, outdir);
    return bundles;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * Functions that are one file are bundled in one go, in which each source is read once. Those that load something on use have chunks,
 * which one go would share among their folders: each is bundled by itself. A draft, which is quick and not written, tells them apart.
 */
async function bundleAll(entries: readonly (readonly [string, string])[], outdir: string): Promise<Bundle[]> {
  const go = async (some: typeof entries, options: Pick<BuildOptions, 'splitting' | 'write'>) => {
    const entryPoints = Object.fromEntries(some.map(([name, entry]) => [`${name}/index`, entry]));
    const chunks = `${some[0]?.[0]}/[name]-[hash]`;
    const names = { chunkNames: chunks, assetNames: chunks };
    return weigh((await bundle({ ...settings, ...names, ...options, entryPoints, outdir })).metafile);
  };
  const draft = await go(entries, { splitting: true, write: false });
  const loadsOnUse = ([, entry]: (typeof entries)[number]) => draft.get(entry)?.total !== draft.get(entry)?.initial;
  const whole = entries.filter((one) => !loadsOnUse(one));
  const weights = await go(whole, {});
  // one after another: all at once are no quicker and take three times the memory
  for (const one of entries.filter(loadsOnUse))
    for (const [entry, weight] of await go([one], { splitting: true })) weights.set(entry, weight);
  return entries.map(([name, entry]) => ({ name, ...(weights.get(entry) as Weight) }));
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
