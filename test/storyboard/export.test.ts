// The storyboard as files: a page that needs nothing else, a table Excel opens, data in the API's words.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Story, StoryShot } from '../../core/storyboard/index.ts';
import { coverageJson, shotsCsv, storyHtml, storyJson } from '../../core/storyboard/index.ts';
import { storyOf, toldOf } from './drama.ts';

const told = await toldOf('demo/zh_jindenglu.txt');
const story = storyOf(told);
const shots = story.episodes.flatMap((one) => one.shots);
const lines = shots.flatMap((shot) => shot.lines);
const withShot = (change: Partial<StoryShot>): Story => {
  const [first] = story.episodes;
  return { ...story, episodes: [{ ...first!, shots: [{ ...first!.shots[0]!, ...change }] }] };
};

describe('the page', () => {
  const html = storyHtml(story);

  test('holds every episode, every shot with its panel, every line word for word, every asset', () => {
    for (const { number } of story.episodes) expect(html).toContain(`<section class="ep" id="e${number}">`);
    expect(html.match(/<article class="s"/g)).toHaveLength(shots.length);
    expect(html.match(/<svg class="p h/g)).toHaveLength(shots.length);
    const words = (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
    for (const { text } of lines) expect(html).toContain(words(text));
    for (const { name } of story.assets) expect(html).toContain(words(name));
    expect(html).toContain('id="coverage"');
  });

  test('asks the network for nothing and runs no script', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|https?:\/\/|src=|@import|url\((?!#)/i);
    expect(html).toContain("default-src 'none'");
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
  });

  test('is light: under 4 KB a shot, and the same bytes for the same story', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(4096 * shots.length);
    expect(storyHtml(storyOf(told))).toBe(html);
  });

  test('names what is missing', () => {
    const [first] = story.episodes;
    const issue = { code: 'dialogue_missing' as const, elementId: 'e', shotId: '', message: 'No shot says “灯”.' };
    const coverage = { ...first!.coverage, complete: false, issues: [issue] };
    const page = storyHtml({ ...story, episodes: [{ ...first!, coverage }] });
    expect(page).toContain('No shot says “灯”.');
    expect(page).toContain('dialogue_missing');
    expect(storyHtml({ ...story, episodes: [{ ...first!, shots: [] }] })).toContain('本集没有镜头');
  });

  test('cannot be broken by the words in it', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=1>';
    const page = storyHtml({
      ...withShot({
        title: evil,
        action: evil,
        caption: evil,
        location: evil,
        emotion: evil,
        id: evil,
        note: evil,
        sceneNumber: evil,
        unsourced: evil,
      }),
      title: evil,
    });
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<img');
  });
});

describe('of a script in English', () => {
  const english = toldOf('test/breakdown/fixtures/harbour.fountain').then(storyOf);

  test('the page says it in English; only the prompts made for Chinese models are Chinese', async () => {
    const page = storyHtml(await english);
    expect(page).toContain('<html lang="en">');
    const seen = page.replace(/<details>.*?<\/details>/gs, '').replace(/<style>.*?<\/style>/s, '');
    expect(seen).not.toMatch(/[\p{Script=Han}（）：、《》]/u);
    for (const word of ['Episode 1', 'establishing', 'Assets', 'No issues']) expect(seen).toContain(word);
    expect(storyHtml(story)).toMatch(/<html lang="zh-CN">.*<title>《.*建立/s);
  });

  test('so do the values of the shot list', async () => {
    const [heads, ...rows] = table(shotsCsv(await english).slice(1));
    const told = rows.map((row) => row.filter((_, at) => !/prompt|End frame/i.test(heads![at]!)));
    expect(told.flat().join(' ')).not.toMatch(/[\p{Script=Han}（）：、]/u);
  });
});

test('the page fits a phone and paper: the table scrolls by itself, headings stay with what they head', () => {
  const page = storyHtml(story);
  expect(page).toMatch(/<div class="tb"><table>.*<\/table><\/div>/s);
  expect(page).toContain('.tb{overflow-x:auto}');
  expect(page).toContain('h2,h3{break-after:avoid}');
  expect(page).toContain('.ep+.ep{break-before:page}');
});

/** RFC 4180 read back. */
function table(csv: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let hit = field.exec(csv); hit !== null; hit = field.exec(csv)) {
    rows.at(-1)!.push(hit[1]?.replaceAll('""', '"') ?? hit[2] ?? '');
    if (hit[3] === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('the shot list', () => {
  const csv = shotsCsv(story);
  const rows = table(csv.slice(1));

  test('begins with a byte order mark and has one row of as many fields for each shot', () => {
    expect(csv.startsWith('\ufeff')).toBe(true);
    expect(rows).toHaveLength(shots.length + 1);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    const dialogue = rows.map((row) => row[rows[0]!.indexOf('对白 Dialogue')]).join('\n');
    for (const { text } of lines) expect(dialogue).toContain(text);
  });

  test('keeps scene numbers from being read as dates', () => {
    const at = rows[0]!.indexOf('场次 Scene');
    expect(rows[1]![at]).toBe('场1-1');
  });

  test('gives back any words, and none that a spreadsheet would run', () => {
    const mark = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ' ', '"', ',', '＝', '1', '火', '\u0000', "'");
    fc.assert(
      fc.property(fc.string({ unit: mark, maxLength: 12 }), (note) => {
        const [heads, row, ...more] = table(shotsCsv(withShot({ note, action: note })).slice(1));
        expect(more).toEqual([]);
        const cell = row![heads!.indexOf('备注 Note')]!;
        expect(cell).not.toMatch(/^[\s]*[=+\-@＝]|^[\t\r\n]/);
        expect(cell.replace(/^'/, '')).toBe(note.replaceAll('\u0000', '').replace(/\r\n?/g, '\n').replace(/^'/, ''));
      }),
    );
  });
});

describe('the data', () => {
  test('is the story in the names of the API', () => {
    const data = JSON.parse(storyJson(story));
    expect(data.episodes).toHaveLength(20);
    expect(data.episodes[0].shots[0]).toMatchObject({ number: 1, scene_number: '1-1', int_ext: 'EXT' });
    expect(
      data.episodes.flatMap((one: { shots: { lines: { text: string }[] }[] }) =>
        one.shots.flatMap((shot) => shot.lines.map((line) => line.text)),
      ),
    ).toEqual(lines.map((line) => line.text));
  });

  test('of coverage adds up to the whole', () => {
    const data = JSON.parse(coverageJson(story));
    expect(data).toMatchObject({
      complete: true,
      dialogue: { total: 406, once: 406, missing: 0, twice: 0, altered: 0 },
      issues: 0,
    });
    expect(data.episodes).toHaveLength(20);
  });
});
