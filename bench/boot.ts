// The local cloud at rest: how long it takes to stand, and what it holds in memory when nobody asks for anything.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atMost, type Row } from './row.ts';
import { standing } from './standing.ts';

/** MB of a process and everything below it, from /proc; elsewhere nothing is known. */
const resident = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
};

export async function measure(): Promise<Row[]> {
  const state = mkdtempSync(join(tmpdir(), 'scriptloom-bench-'));
  const began = performance.now();
  const { pid, stop } = await standing(state);
  const seconds = (performance.now() - began) / 1000;
  await sleep(5_000);
  const megabytes = resident(pid);
  await stop();
  rmSync(state, { recursive: true, force: true });
  return [
    atMost('boot after the build, empty state', seconds, 5, ' s'),
    ...(Number.isNaN(megabytes) ? [] : [atMost('resident memory, idle', megabytes, 400, ' MB')]),
  ];
}
