// One local cloud for all API suites: what `cdk synth` wrote, booted on free ports with a fresh state folder.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';
import type { Host } from '../../local/cloud.ts';

type Addresses = {
  apiUrl: string;
  socketUrl: string;
  loginUrl: string;
  mailUrl: string;
  outputs: Record<string, string>;
  /** For suites that look at services past the application. */
  host: Host;
};

declare module 'vitest' {
  export interface ProvidedContext {
    cloud: Addresses & { logs: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync('cdk.out/manifest.json')) for (const script of ['build', 'synth']) mustRun(`scripts/${script}.ts`);
  const state = mkdtempSync(join(tmpdir(), 'scriptloom-cloud-'));
  const cloud = spawn(process.execPath, ['test/kit/cloud-process.ts', state], { stdio: ['pipe', 'pipe', 'inherit'] });
  project.provide('cloud', { ...(await addressesOf(cloud)), logs: join(state, 'logs') });
  return async () => {
    cloud.stdin?.end();
    if (cloud.exitCode === null) await once(cloud, 'exit');
    rmSync(state, { recursive: true, force: true });
  };
}

function mustRun(script: string): void {
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} failed`);
}

/** The first line the cloud prints. Throws when it ends before. */
async function addressesOf(cloud: ChildProcess): Promise<Addresses> {
  if (!cloud.stdout) throw new Error('the cloud has no output');
  for await (const line of createInterface(cloud.stdout)) return JSON.parse(line) as Addresses;
  throw new Error('the local cloud did not start; its message stands above');
}
