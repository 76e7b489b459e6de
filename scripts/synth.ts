// Writes cdk.out, the cloud assembly of a stage, without the network: what `cdk synth` writes, and checked the same way.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { scriptloom } from '../lib/app.ts';

const outdir = join(resolve(import.meta.dirname, '..'), 'cdk.out');

/** Synthesises a stage (the local one by default) into cdk.out. Throws when a bundle is missing or a check of the template fails. */
export async function synth(stage = 'local'): Promise<string> {
  rmSync(outdir, { recursive: true, force: true });
  scriptloom({ stage, outdir }).synth();
  return outdir;
}

if (process.argv[1] === import.meta.filename) {
  const began = performance.now();
  await synth(process.argv[2]);
  console.log(`cdk.out written (${Math.round(performance.now() - began)} ms)`);
}
