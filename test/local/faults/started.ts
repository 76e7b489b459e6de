// `npm start` in a process of its own, so that it can be killed: the real application on a state folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from '../../../scripts/build.ts';
import { synth } from '../../../scripts/synth.ts';

const root = resolve(import.meta.dirname, '../../..');

/** A copy of cdk.out in `folder`, so that a build beside this test changes nothing; written first when it is not there. */
export async function assembled(folder: string): Promise<string> {
  if (!existsSync(resolve(root, 'cdk.out/manifest.json'))) {
    await build();
    await synth();
  }
  const assembly = join(folder, 'cdk.out');
  cpSync(resolve(root, 'cdk.out'), assembly, { recursive: true });
  return assembly;
}

export type Started = {
  readonly apiUrl: string;
  /** All it printed so far. */
  printed(): string;
  /** Sends the signal and answers the exit code once it is gone. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

const spawnStart = (args: readonly string[]): { child: ChildProcess; printed: () => string } => {
  const child = spawn(process.execPath, ['scripts/node24.mjs', 'scripts/start.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  return { child, printed: () => text };
};

/** Starts it on free ports; settles once it printed its addresses. Rejects with what it said when it ends before. */
export async function started(assembly: string, state: string, ...more: readonly string[]): Promise<Started> {
  const { child, printed } = spawnStart(['--assembly', assembly, '--state', state, '--port', '0', ...more]);
  const gone = once(child, 'exit');
  while (!printed().includes('Ctrl-C')) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(printed());
    await sleep(20);
  }
  return {
    apiUrl: /API +(\S+)\/api\/v1/.exec(printed())?.[1] ?? '',
    printed,
    end: async (signal) => {
      child.kill(signal);
      const [code] = (await gone) as [number | null];
      return code;
    },
  };
}

/** What it says and its exit code when it does not come up. */
export async function refused(args: readonly string[]): Promise<{ code: number; text: string }> {
  const { child, printed } = spawnStart(args);
  const [code] = (await once(child, 'close')) as [number];
  return { code, text: printed() };
}

/** Reads the journal of a state folder beside the cloud that writes it. */
function journal<Row>(state: string, sql: string, parameter: string): Row[] {
  const database = new DatabaseSync(join(state, 'executions.sqlite'), { readOnly: true });
  try {
    return database.prepare(sql).all(parameter) as Row[];
  } finally {
    database.close();
  }
}

/** How often a state was entered, in all executions. */
export const entered = (state: string, name: string): number =>
  journal<{ n: number }>(state, "SELECT count(*) AS n FROM events WHERE type = 'entered' AND state = ?", name)[0]?.n ??
  0;

/** How often each state was left, in the executions of a task. */
export const exits = (state: string, task: string): Record<string, number> => {
  const sql = "SELECT state, count(*) AS n FROM events WHERE type = 'exited' AND arn LIKE ? GROUP BY state";
  const rows = journal<{ state: string; n: number }>(state, sql, `%${task}%`);
  return Object.fromEntries(rows.map(({ state: name, n }) => [name, n]));
};
