// One local cloud for all API suites: what `cdk synth` wrote, booted on free ports with a fresh state folder.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startCloud } from '../../local/cloud.ts';
import { build } from '../../scripts/build.ts';
import { synth } from '../../scripts/synth.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    cloud: { apiUrl: string; socketUrl: string; loginUrl: string; logs: string; outputs: Record<string, string> };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync('cdk.out/manifest.json')) {
    await build();
    await synth();
  }
  const state = mkdtempSync(join(tmpdir(), 'scriptloom-cloud-'));
  const cloud = await startCloud({ assembly: 'cdk.out', state });
  const { apiUrl, socketUrl, loginUrl, outputs } = cloud;
  project.provide('cloud', { apiUrl, socketUrl, loginUrl, outputs, logs: join(state, 'logs') });
  return async () => {
    await cloud.stop();
    rmSync(state, { recursive: true, force: true });
  };
}
