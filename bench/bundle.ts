// What each function weighs and how long it takes to import, against a function that does nothing.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalog } from '../functions/catalog.ts';
import { atMost, median, type Row } from './row.ts';

const runs = 7;

/** Bytes a function reads when it starts: its entry and the chunks that imports by name; and of everything that would be uploaded. */
function weight(folder: string): { start: number; whole: number } {
  const seen = new Set<string>();
  const read = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, chunk = ''] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) read(chunk);
  };
  read('index.mjs');
  const files = readdirSync(folder).filter((name) => !name.endsWith('.map'));
  const bytes = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return { start: bytes(seen), whole: bytes(files) };
}

/** Milliseconds a fresh Node takes to start and import a module; what it says about missing variables is of no interest. */
function importing(file: string): number {
  const began = performance.now();
  const code = `await import(${JSON.stringify(pathToFileURL(file).href)}).catch(() => {})`;
  execFileSync(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore' });
  return performance.now() - began;
}

export async function measure(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'scriptloom-bench-'));
  const empty = join(folder, 'index.mjs');
  writeFileSync(empty, 'export const handler = async () => {};\n');
  const names = Object.keys(catalog).sort();
  const times = new Map<string, number[]>([[empty, []], ...names.map((name): [string, number[]] => [name, []])]);
  // in turn, so that a slow moment of the machine meets all of them
  for (let run = 0; run < runs; run++)
    for (const [name, list] of times) list.push(importing(name === empty ? empty : resolve('dist', name, 'index.mjs')));
  rmSync(folder, { recursive: true });
  const base = median(times.get(empty) ?? []);
  const ratios = names.map((name) => ({ name, ratio: median(times.get(name) ?? []) / base }));
  const sizes = names.map((name) => ({ name, ...weight(join('dist', name)) }));
  const slowest = ratios.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const largest = sizes.reduce((a, b) => (b.start > a.start ? b : a));
  const lazy = sizes
    .filter(({ whole }) => whole > 500_000)
    .map(({ name, whole }) => `${name} ${(whole / 1000).toFixed(0)} KB`);
  const aside = lazy.length > 0 ? `; with chunks loaded on demand: ${lazy.join(', ')}` : '';
  return [
    atMost(`largest of ${names.length} bundles at start (${largest.name}${aside})`, largest.start / 1000, 500, ' KB'),
    atMost(`slowest import (${slowest.name}) ÷ empty handler, whole process`, slowest.ratio, 3, '×'),
  ];
}
