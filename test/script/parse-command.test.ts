// The command that prints a parsed script.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Document } from '../../core/script/index.ts';

const command = resolve(import.meta.dirname, '../../scripts/parse.ts');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parse-'));
  await writeFile(join(folder, 'a.txt'), '第1集\n1-1 日 内 客厅\n人物：甲\n甲：走吧。\n');
  await writeFile(join(folder, 'empty.txt'), '');
});
afterAll(() => rm(folder, { recursive: true }));

/** What the command prints and how it ends. */
const run = (...args: string[]) =>
  new Promise<{ code: number; out: string; said: string }>((done) => {
    const child = execFile(process.execPath, [command, ...args], (_, out, said) =>
      done({ code: child.exitCode ?? -1, out, said }),
    );
  });

describe('npm run parse', () => {
  it('prints the document as JSON', async () => {
    const { code, out } = await run(join(folder, 'a.txt'), '--title', '归来');
    expect(code).toBe(0);
    const document = Document.parse(JSON.parse(out));
    expect(document.title).toBe('归来');
    expect(document.quality).toMatchObject({ episodes: 1, scenes: 1, dialogue: 1 });
  });

  it('says why a file is refused, in both languages', async () => {
    const { code, out, said } = await run(join(folder, 'empty.txt'));
    expect([code, out]).toEqual([1, '']);
    expect(said).toMatch(/^EMPTY_FILE: The file is empty\..*\n文件是空的/);
  });

  it('with --help prints the usage', async () =>
    expect(await run('--help')).toEqual({ code: 0, out: expect.stringMatching(/^usage: npm run parse/), said: '' }));

  it.each([
    [['nowhere.txt'], 1, 'FILE_NOT_FOUND'],
    [['.'], 1, 'FILE_NOT_FOUND'],
    [[], 2, 'usage:'],
    [['--x'], 2, "Unknown option '--x'"],
  ])('with %j ends with %i', async (args, expected, words) => {
    const { code, said } = await run(...args);
    expect(code).toBe(expected);
    expect(said).toContain(words);
    expect(said).not.toMatch(/^\s+at /m);
  });
});
