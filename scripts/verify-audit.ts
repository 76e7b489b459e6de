// npm run verify-audit -- FILE…: whether exported audit files (jsonl) prove themselves; files that go on from each other are given together.
// Prints what they prove as JSON. Exit 1 with the first record that is not what it was.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type ProofRecord, prove } from '../core/audit/proof.ts';

const { positionals: files } = parseArgs({ allowPositionals: true });
if (files.length === 0) {
  console.error('usage: npm run verify-audit -- FILE.jsonl…');
  process.exit(2);
}

function* recordsOf(paths: readonly string[]): Generator<ProofRecord> {
  for (const path of paths)
    for (const row of readFileSync(path, 'utf8').split('\n')) if (row !== '') yield JSON.parse(row) as ProofRecord;
}

try {
  process.stdout.write(`${JSON.stringify(prove(recordsOf(files)))}\n`);
} catch (error) {
  console.error(`NOT PROVEN: ${(error as Error).message}`);
  process.exitCode = 1;
}
