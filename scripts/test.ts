// `npm test`: build, synthesise, check, then every suite against the real local services. Ends with a line that counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const summary = 'out/test-summary.txt';
const results = 'out/test-results.json';
mkdirSync('out', { recursive: true });
rmSync(summary, { force: true });
rmSync(results, { force: true });

const run = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;

const checked = run('node', 'scripts/node24.mjs', 'scripts/check.ts');
// suites that look at the bundles need not build them again
process.env.SCRIPTLOOM_BUILT = '1';
// what one worker has compiled the next need not compile again
process.env.NODE_COMPILE_CACHE = resolve('out/compile-cache');
const built =
  run('node', 'scripts/node24.mjs', 'scripts/build.ts') && run('node', 'scripts/node24.mjs', 'scripts/synth.ts');
const tested =
  built &&
  run(
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  );

const { passed, failed, skipped } = countResults();
const lost = (checked ? 0 : 1) + (built ? 0 : 1) + (tested || failed > 0 ? 0 : 1);
const line = `${passed + (checked ? 1 : 0) + (built ? 1 : 0)} passed, ${failed + lost} failed, ${skipped} skipped`;
writeFileSync(summary, `${line}\n`);
console.log(line);
process.exitCode = checked && built && tested ? 0 : 1;

/** Counts of single tests; zeros when the run did not come to a result. */
function countResults(): { passed: number; failed: number; skipped: number } {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(results, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
