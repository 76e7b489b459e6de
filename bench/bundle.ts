// What each function weighs and how long it takes to import, against a function that does nothing.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { atMost, median, type Row } from './row.ts';

const runs = 7;

/** Bytes of a function's folder: everything that would be uploaded. */
const weight = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);

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
  const names = readdirSync('dist').sort();
  const times = new Map<string, number[]>([[empty, []], ...names.map((name): [string, number[]] => [name, []])]);
  // in turn, so that a slow moment of the machine meets all of them
  for (let run = 0; run < runs; run++)
    for (const [name, list] of times) list.push(importing(name === empty ? empty : resolve('dist', name, 'index.mjs')));
  rmSync(folder, { recursive: true });
  const base = median(times.get(empty) ?? []);
  const ratios = names.map((name) => ({ name, ratio: median(times.get(name) ?? []) / base }));
  const sizes = names.map((name) => ({ name, size: weight(join('dist', name)) / 1000 }));
  const slowest = ratios.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const largest = sizes.reduce((a, b) => (b.size > a.size ? b : a));
  return [
    atMost(`largest of ${names.length} bundles (${largest.name})`, largest.size, 500, ' KB'),
    atMost(`slowest import (${slowest.name}) ÷ empty handler, whole process`, slowest.ratio, 3, '×'),
  ];
}
