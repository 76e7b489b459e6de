// `npm run check`: format and lint, types, type-aware lint, import arrows, dead code, side by side. Needs no service and no network.
import { spawn } from 'node:child_process';

const steps: [name: string, command: string, ...args: string[]][] = [
  ['format and lint', 'biome', 'check', '.'],
  ['types', 'tsc', '-p', '.'],
  [
    'type-aware lint',
    'oxlint',
    '--type-aware',
    '--deny-warnings',
    'bin',
    'lib',
    'core',
    'functions',
    'statemachines',
    'local',
    'scripts',
    'test',
    'bench',
  ],
  ['import arrows', 'node', 'scripts/arrows.ts'],
  ['dead code', 'knip'],
];

/** Runs a step to its end, then prints what it said, whole. */
const passes = ([name, command, ...args]: (typeof steps)[number]): Promise<boolean> =>
  new Promise((resolve) => {
    const said: Buffer[] = [];
    const step = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    for (const stream of [step.stdout, step.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    step.on('error', (error) => said.push(Buffer.from(`${error.message}\n`)));
    step.on('close', (status) => {
      process.stdout.write(Buffer.concat(said));
      console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}`);
      resolve(status === 0);
    });
  });

const passed = await Promise.all(steps.map(passes));
process.exitCode = passed.every(Boolean) ? 0 : 1;
