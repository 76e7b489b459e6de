// `npm run check`: format and lint, types, type-aware lint, import arrows, dead code. Needs no service and no network.
import { spawnSync } from 'node:child_process';

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

const failed = steps.filter(([name, command, ...args]) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  return status !== 0;
});
process.exitCode = failed.length === 0 ? 0 : 1;
