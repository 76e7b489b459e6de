// `npm test`: build and synthesise, then every suite against the real local services, the checks beside them. Ends with a line that counts.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const summary = 'out/test-summary.txt';
const results = 'out/test-results.json';
mkdirSync('out', { recursive: true });
rmSync(summary, { force: true });
rmSync(results, { force: true });

const run = (command: string, ...args: string[]): Promise<boolean> =>
  new Promise((done) => {
    const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
    child.on('error', () => done(false));
    child.on('close', (status) => done(status === 0));
  });
const script = (name: string): Promise<boolean> => run('node', 'scripts/node24.mjs', `scripts/${name}.ts`);

// suites that look at bundles and templates need not make them again
process.env.SCRIPTLOOM_BUILT = '1';
// the suites need what is built and not what is checked: cores that wait for a suite check meanwhile
const checking = script('check');
const built = (await script('build')) && (await run('node', 'scripts/node24.mjs', 'test/infra/kit/assemblies.ts'));
// what one worker has compiled the next need not compile again
process.env.NODE_COMPILE_CACHE = resolve('out/compile-cache');
const tested =
  built &&
  (await run(
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ));

const checked = await checking;
if (!checked) console.log('the checks failed; `npm run check` says where');

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
