// `npm run cost` writes docs/cost.md; `npm run cost -- --count` first counts anew what each act takes (two minutes, on the local cloud).
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { scriptloom } from '../lib/app.ts';
import { build } from './build.ts';
import type { Counts } from './cost/count.ts';
import type { Standing } from './cost/model.ts';
import { reportOf } from './cost/report.ts';

const root = resolve(import.meta.dirname, '..');
const kept = join(root, 'scripts/cost/counts.json');
const page = join(root, 'docs/cost.md');

type Resource = {
  readonly Type: string;
  readonly Properties?: { readonly Metrics?: readonly { MetricStat?: unknown }[] };
};

/** Metrics that an alarm watches, which is what it is paid by: one, or those it is reckoned from. */
const watchedBy = ({ Properties: { Metrics } = {} }: Resource): number =>
  Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;

/** What stands in the prod stage with nobody in it, read off its templates. */
export function standingOf(bundles?: string): Standing {
  const outdir = mkdtempSync(join(tmpdir(), 'scriptloom-standing-'));
  try {
    scriptloom({ stage: 'prod', outdir, ...(bundles && { bundles }) }).synth();
    const resources = ['Data', 'Work', 'App'].flatMap((part) => {
      const template = JSON.parse(readFileSync(join(outdir, `Scriptloom-prod-${part}.template.json`), 'utf8'));
      return Object.values<Resource>(template.Resources);
    });
    const all = (type: string) => resources.filter(({ Type }) => Type === type);
    const many = (type: string) => all(type).length;
    // rate(15 minutes)
    return {
      alarms: all('AWS::CloudWatch::Alarm').reduce((sum, one) => sum + watchedBy(one), 0),
      keys: many('AWS::KMS::Key'),
      secrets: many('AWS::SecretsManager::Secret'),
      sweeps: 730 * 4,
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

async function main(args: readonly string[]): Promise<void> {
  if (!existsSync(join(root, 'dist'))) await build();
  if (args.includes('--count')) {
    await build();
    // the local cloud is only needed to count
    const { count } = await import('./cost/count.ts');
    writeFileSync(kept, `${JSON.stringify(await count(), null, 2)}\n`);
  }
  const report = reportOf(JSON.parse(readFileSync(kept, 'utf8')) as Counts, standingOf());
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
