// The import arrows of .dependency-cruiser.mjs, checked. A run that saw no TypeScript at all is a failure, not a success.
import { spawnSync } from 'node:child_process';

const folders = ['bin', 'lib', 'core', 'functions', 'statemachines', 'local'];
const { status, stdout } = spawnSync('depcruise', ['--config', '.dependency-cruiser.mjs', ...folders], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
  stdio: ['ignore', 'pipe', 'inherit'],
});
console.log(stdout);
const seen = Number(/(\d+) modules/.exec(stdout ?? '')?.[1] ?? 0);
if (seen < 100) console.error(`only ${seen} modules were looked at: the transpiler (@swc/core) is not found`);
process.exitCode = status === 0 && seen >= 100 ? 0 : 1;
