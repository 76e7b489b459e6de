// `npm run bench [-- NAME…]`: every measure in a process of its own, one table, kept in bench/results.md with the machine it ran on.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import type { Row } from '../bench/row.ts';
import { reference } from '../bench/speed.ts';

const all = ['parse', 'resolve', 'pipeline', 'season', 'faults', 'storyboard', 'neighbours', 'bundle', 'boot'];
const asked = process.argv.slice(2);
const there = `Usage: npm run bench [-- NAME…]. Measures: ${all.join(', ')}. All of them are kept in bench/results.md, some are only shown.`;
if (asked.includes('--help') || asked.includes('-h')) {
  console.log(there);
  process.exit(0);
}
const unknown = asked.find((name) => !all.includes(name));
if (unknown) {
  console.error(`There is no measure ${unknown}. ${there}`);
  process.exit(1);
}

/** Runs a measure by itself, so that none sees another's memory or warmed-up code. */
function rowsOf(name: string): Row[] {
  const code = `const { measure } = await import('./bench/${name}.ts'); process.stdout.write('\\n' + JSON.stringify(await measure())); process.exit();`;
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e8,
  });
  return JSON.parse(text.slice(text.lastIndexOf('\n') + 1)) as Row[];
}

await (await import('./build.ts')).build();
await (await import('./synth.ts')).synth();
const rows: Row[] = [];
const speeds = [reference()];
for (const name of asked.length > 0 ? asked : all) {
  console.log(`measuring ${name} …`);
  rows.push(...rowsOf(name));
  speeds.push(reference());
}
const speed = `Before, between and after the measures, a hundred million dependent integer steps took ${Math.min(...speeds).toFixed(0)} to ${Math.max(...speeds).toFixed(0)} ms on one core.`;
const lines = [
  '| measure | figure | goal | met |',
  '|---|---|---|---|',
  ...rows.map(({ what, figure, goal, met }) => `| ${what} | ${figure} | ${goal} | ${met ? 'yes' : '**no**'} |`),
];
console.log(`${lines.join('\n')}\n\n${speed}`);
if (asked.length === 0) {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}, Node ${process.versions.node}`;
  const text = `# Measured\n\nWritten by \`npm run bench\`: ${new Date().toISOString().slice(0, 10)}, on ${machine}.\nRatios are taken within one run; absolute figures hold for this machine at that hour only.\n${speed}\n\n${lines.join('\n')}\n`;
  writeFileSync('bench/results.md', text);
  console.log('written to bench/results.md');
}
process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
