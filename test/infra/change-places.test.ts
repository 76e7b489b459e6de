// What a build leaves in its folder when others build at the same time.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'scriptloom-places-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('two that write the same folder at once both end well; it is of one of them, whole, and nothing lies beside it', async () => {
  const program = (name: string) => `
    import { mkdtempSync, writeFileSync } from 'node:fs';
    import { changePlaces } from '${new URL('../../scripts/build/change-places.ts', import.meta.url).href}';
    for (let n = 0; n < 100; n++) {
      const fresh = mkdtempSync('${join(root, 'dist-')}');
      for (const file of ['one', 'two']) writeFileSync(fresh + '/' + file, '${name}' + n);
      changePlaces(fresh, '${join(root, 'dist')}');
    }`;
  const run = promisify(execFile);
  await Promise.all(['a', 'b'].map((name) => run(process.execPath, ['--input-type=module', '-e', program(name)])));
  expect(readdirSync(root)).toEqual(['dist']);
  const [one, two] = ['one', 'two'].map((file) => readFileSync(join(root, 'dist', file), 'utf8'));
  expect(one).toMatch(/^[ab]99$/);
  expect(two).toBe(one);
});
