// The demo at its edges: what may be asked of it, and what it leaves in the folder.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toSnake } from '../../core/platform/case.ts';
import { check } from '../../scripts/demo/check.ts';
import type { Board } from '../../scripts/demo/collect.ts';
import { demoOptions } from '../../scripts/demo/options.ts';
import { told } from '../../scripts/demo/told.ts';
import { write } from '../../scripts/demo/write.ts';
import { Refusal } from '../../web/src/data/call.ts';
import { score } from '../kit/prediction.ts';
import { shared } from '../kit/shared.ts';
import { storyOf, toldOf } from './drama.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scriptloom-demo-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('without a word the demo takes the bundled drama; it refuses in a sentence', () => {
  test('nothing said', () =>
    expect(demoOptions([])).toEqual({
      files: ['demo/zh_jindenglu.txt'],
      out: 'out/demo',
      title: '锦灯记',
      state: '.local',
    }));

  test('a title is taken from the first file unless it is said', async () => {
    const file = join(folder, '雨巷.txt');
    await writeFile(file, '第1集');
    expect(demoOptions([file]).title).toBe('雨巷');
    expect(demoOptions([file, '--title', '另一部']).title).toBe('另一部');
  });

  test('a file that is not there, a folder, an empty file, two of one name, an unknown option, a file for a folder', async () => {
    const empty = join(folder, 'empty.txt');
    await writeFile(empty, '');
    const [one, other] = [join(folder, 'one.txt'), join(folder, 'other')];
    await mkdir(other);
    for (const file of [one, join(other, 'one.txt')]) await writeFile(file, '第1集');
    for (const [args, words] of [
      [['no-such.txt'], /There is no file no-such\.txt.*Usage/],
      [[folder], /is a folder.*Usage/],
      [[empty], /is empty.*Usage/],
      [[one, join(other, 'one.txt')], /Two files are called one\.txt.*Usage/],
      [['--wrong'], /--wrong.*Usage/],
      [['--out', empty], /--out names a folder.*Usage/],
    ] as const)
      expect(() => demoOptions([...args])).toThrow(words);
  });
});

describe('whatever is asked in vain is answered at once, before anything is built', () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; out: string; said: string }>((done) => {
      const command = ['scripts/demo.ts', ...args];
      const child = execFile(process.execPath, command, (_, out, said) =>
        done({ code: child.exitCode ?? -1, out, said }),
      );
    });

  test('--help is the usage', async () => {
    const { code, out } = await run('--help');
    expect([code, out]).toEqual([0, expect.stringMatching(/^Usage: npm run demo -- \[FILE…\]/)]);
  });

  test('a folder that nothing can be written to', async () => {
    const file = join(folder, 'in-the-way');
    await writeFile(file, '');
    const { code, said } = await run('--out', join(file, 'out'));
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(/could not be written to .* Choose another folder with --out/),
    ]);
  });

  test.skipIf(process.platform !== 'linux')('a place where the system makes no folders', () =>
    expect(() => demoOptions(['--out', '/proc/nowhere/out'])).toThrow(
      /could not be written to .* no folder can be there/,
    ),
  );

  test('a file that is not what it says, in both languages', async () => {
    const file = join(folder, 'bad.docx');
    await writeFile(file, 'plain text');
    const { code, out, said } = await run(file, '--out', join(folder, 'never'));
    expect([code, out]).toEqual([1, '']);
    expect(said).toMatch(/^bad\.docx: 内容是 text.* · the content is text, not zip/);
  });
});

describe('of several files each is looked at for itself', () => {
  test('those that would be refused are named, the others are left', async () => {
    const [good, fake, picture] = [join(folder, 'good.fountain'), join(folder, 'fake.docx'), join(folder, 'a.png')];
    for (const file of [good, fake, picture]) await writeFile(file, 'INT. KITCHEN - DAY\n\nShe waits.\n');
    const { good: left, refused } = await check([fake, good, picture]);
    expect(left).toEqual([good]);
    expect(refused).toEqual([
      expect.stringMatching(/^fake\.docx: /),
      expect.stringMatching(/^a\.png: .*[一-龥].* · .*/),
    ]);
  });
});

test('what the API refuses in Chinese is told in English too, by its code', () => {
  expect(told(new Refusal(401, 'WRONG_CREDENTIALS', '邮箱或密码不正确。'))).toBe(
    '邮箱或密码不正确。 · Wrong e-mail or password. Check both, or reset the password.',
  );
  expect(told(new Refusal(502, 'HTTP_ERROR', '502 bad gateway'))).toBe('502 bad gateway');
});

describe('the folder', async () => {
  const drama = await toldOf('demo/zh_jindenglu.txt');
  const story = storyOf(drama);
  const board = {
    project: { title: story.title, image_size: '1080x1920' },
    assets: toSnake(drama.resolution.assets.map((asset, i) => ({ ...asset, ...story.assets[i], forms: asset.forms }))),
    episodes: toSnake(
      story.episodes.map((one, i) => {
        const { scenes, ...episode } = drama.document.episodes[i]!;
        return { episode: { ...episode, sceneList: scenes }, shots: one.shots, coverage: one.coverage };
      }),
    ),
    without: [],
    complete: true,
  } as unknown as Board;

  test('gets five files and nothing half-written, whatever was there before', async () => {
    const out = join(folder, 'deep', 'out');
    await mkdir(out, { recursive: true });
    await writeFile(join(out, 'shots.csv'), 'old');
    const files = await write(board, out);
    expect((await readdir(out)).toSorted()).toEqual([
      'breakdown.json',
      'coverage.json',
      'shots.csv',
      'storyboard.html',
      'storyboard.json',
    ]);
    expect(files).toHaveLength(5);
    expect(await readFile(join(out, 'shots.csv'), 'utf8')).toMatch(/^\ufeff集 Episode,/);
    expect(JSON.parse(await readFile(join(out, 'coverage.json'), 'utf8'))).toMatchObject({ complete: true });
    const { episodes } = JSON.parse(await readFile(join(out, 'storyboard.json'), 'utf8'));
    expect(episodes.flatMap((one: { shots: unknown[] }) => one.shots)).toHaveLength(drama.shots.flat().length);
  });

  test('says why it could not be written', async () => {
    const file = join(folder, 'taken');
    await writeFile(file, '');
    await expect(write(board, join(file, 'out'))).rejects.toThrow(
      /could not be written to .* it is not a folder\. Choose another/,
    );
  });

  test.skipIf(shared === undefined)('holds a breakdown that the scorer reads', async () => {
    const out = join(folder, 'scored');
    await write(board, out);
    const scores = await score(
      shared!,
      'zh_jindenglu.gold.json',
      JSON.parse(await readFile(join(out, 'breakdown.json'), 'utf8')),
    );
    expect(scores.scenes.boundary.f1).toBeGreaterThanOrEqual(0.99);
    expect(scores.dialogue.line.f1).toBeGreaterThanOrEqual(0.99);
    expect(scores.characters.over_merged).toBe(0);
  });
});
