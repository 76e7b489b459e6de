// A cloud on a hand-written assembly.
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Cloud, type CloudOptions, startCloud } from '../../../../local/cloud.ts';
import { type AssemblyParts, writeAssembly } from './assembly.ts';

/** A running cloud with its state folder; `end` stops it and forgets everything. */
export async function aCloud(parts: AssemblyParts, more: Partial<CloudOptions> = {}) {
  const { folder, state } = writeAssembly(parts);
  const cloud: Cloud = await startCloud({ assembly: folder, state, ...more });
  return {
    ...cloud,
    folder,
    state,
    end: async () => {
      await cloud.stop();
      rmSync(dirname(folder), { recursive: true, force: true });
    },
  };
}

/** Answers with the event it got. */
export const echo = 'export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });';
