// `npm run cost` writes docs/cost.md; `npm run cost -- --count` first counts anew what each act takes (two minutes, on the local cloud).
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Counts } from './cost/count.ts';
import { reportOf } from './cost/report.ts';
import { standingOf } from './cost/standing.ts';

const root = resolve(import.meta.dirname, '..');
const kept = join(root, 'scripts/cost/counts.json');
const page = join(root, 'docs/cost.md');

async function main(args: readonly string[]): Promise<void> {
  // not needed to say the usage
  const { build } = await import('./build.ts');
  const { scriptloom } = await import('../lib/app.ts');
  if (!existsSync(join(root, 'dist'))) await build();
  if (args.includes('--count')) {
    await build();
    // the local cloud is only needed to count
    const { count } = await import('./cost/count.ts');
    writeFileSync(kept, `${JSON.stringify(await count(), null, 2)}\n`);
  }
  const outdir = mkdtempSync(join(tmpdir(), 'scriptloom-standing-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  scriptloom({ stage: 'prod', outdir }).synth();
  const report = reportOf(JSON.parse(readFileSync(kept, 'utf8')) as Counts, standingOf(outdir));
  writeFileSync(page, report);
  console.log(report.split('\n').find((line) => line.startsWith('**At')));
  console.log(page);
}

const usage = 'Usage: npm run cost [-- --count]. With --count it first counts anew what each act takes (two minutes).';

if (process.argv[1] === import.meta.filename) {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== '--count');
  if (unknown === '--help' || unknown === '-h') console.log(usage);
  else if (unknown === undefined) await main(args);
  else {
    console.error(`${unknown} is not understood. ${usage}`);
    process.exitCode = 1;
  }
}
