// Writes cdk.out, the cloud assembly of a stage, without the network: what `cdk synth` writes, and checked the same way.
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { scriptloom } from '../lib/app.ts';
import { changePlaces } from './build/change-places.ts';

const outdir = join(resolve(import.meta.dirname, '..'), 'cdk.out');

/** Synthesises a stage (the local one by default) into cdk.out. Throws when a bundle is missing or a check of the template fails; the folder is then as it was. */
export async function synth(stage = 'local'): Promise<string> {
  // beside the folder, so that one that runs on it finds the old one or the new
  const fresh = mkdtempSync(`${outdir}-`);
  try {
    scriptloom({ stage, outdir: fresh }).synth();
    changePlaces(fresh, outdir);
    return outdir;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const began = performance.now();
  await synth(process.argv[2]);
  console.log(`cdk.out written (${Math.round(performance.now() - began)} ms)`);
}
