// Logs of functions: kept over restarts, never without end, and no reason to stop when they cannot be written.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogs } from '../../../local/lambda/logs.ts';

const print = async (folder: string, text: string): Promise<Error[]> => {
  const faults: Error[] = [];
  const logs = openLogs(folder, (error) => faults.push(error));
  logs.of('one').write(text);
  await logs.stop();
  return faults;
};

test('what was printed before a restart stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  await print(folder, 'before\n');
  await print(folder, 'after\n');
  expect(readFileSync(join(folder, 'one.log'), 'utf8')).toBe('before\nafter\n');
});

test('a log over 16 MB makes room at the next start, and is kept once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  const file = join(folder, 'one.log');
  writeFileSync(file, '');
  truncateSync(file, 16 * 1024 ** 2);
  await print(folder, 'still here\n');
  expect(existsSync(`${file}.old`)).toBe(false);
  await print(folder, 'new\n');
  expect(readFileSync(file, 'utf8')).toBe('new\n');
  expect(statSync(`${file}.old`).size).toBe(16 * 1024 ** 2 + 'still here\n'.length);
});

test('a log that cannot be written is told once, and printing goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  mkdirSync(join(folder, 'one.log'));
  const faults = await print(folder, 'lost\n');
  expect(faults.map((error) => (error as NodeJS.ErrnoException).code)).toEqual(['EISDIR']);
});
