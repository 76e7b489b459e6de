// npm run verify-audit -- FILE…: whether exported audit files (jsonl) prove themselves; files that go on from each other are given together.
// Prints what they prove as JSON. Exit 1 with the first record that is not what it was.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type ProofRecord, prove } from '../core/audit/proof.ts';

const usage = `usage: npm run verify-audit -- FILE.jsonl…
  FILE  what POST /api/v1/audit/export wrote with format jsonl; files that go on from each other are given together`;

/** The files asked for. Ends with the usage where it is asked for or something else is. */
function asked(): string[] {
  try {
    const options = { help: { type: 'boolean', short: 'h' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    if (positionals.length > 0) return positionals;
    console.error(usage);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
  }
  return process.exit(2);
}

const files = asked();

function* recordsOf(paths: readonly string[]): Generator<ProofRecord> {
  for (const path of paths)
    for (const row of readFileSync(path, 'utf8').split('\n')) if (row !== '') yield JSON.parse(row) as ProofRecord;
}

try {
  process.stdout.write(`${JSON.stringify(prove(recordsOf(files)))}\n`);
} catch (error) {
  // a file that cannot be read says nothing of what stands in it
  const unread = (error as NodeJS.ErrnoException).syscall !== undefined;
  console.error(`${unread ? 'NOT READ' : 'NOT PROVEN'}: ${(error as Error).message}`);
  process.exitCode = unread ? 2 : 1;
}
