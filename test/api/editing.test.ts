// Working on what came out: shots and assets changed over HTTP, exports, one scene made again, work cancelled.
import { beforeAll, describe, expect, test } from 'vitest';
import { aPerson, brokenDown, ended, type Person, said } from '../kit/client.ts';
import { drama } from '../kit/drama.ts';

let person: Person;
let project_id: string;
let episode_id: string;
let board: string;
beforeAll(async () => {
  person = await aPerson('editor');
  const { project, task } = await brokenDown(person, '雨巷', drama);
  expect(task.status).toBe('completed');
  project_id = project.id;
  episode_id = (await person.client.episodeList({ project_id })).items[0]?.id ?? '';
  board = (await person.client.storyboardOfEpisode({ id: episode_id })).id;
});

const shots = async () => (await person.client.storyboardShots({ id: board, size: 100 })).items;
const complete = async () => (await person.client.storyboardCoverage({ id: board })).complete;

/** The shot at a place; the first two exist in every storyboard. */
async function shotAt(place: number) {
  const shot = (await shots())[place];
  if (!shot) throw new Error(`there is no shot ${place + 1}`);
  return shot;
}

describe('a storyboard', () => {
  test('takes a new shot, moves it and lets it go; the script stays covered', async () => {
    const [first, count] = [await shotAt(0), (await shots()).length];
    const made = await person.client.shotInsert({ id: board, after_id: first.id, content: { title: '空镜' } });
    const id = made.shots.find(({ title }) => title === '空镜')?.id ?? '';
    expect((await shots()).map((shot) => shot.id).indexOf(id)).toBe(1);
    await person.client.shotMove({ id, after_id: null });
    expect((await shotAt(0)).id).toBe(id);
    expect(await complete()).toBe(true);
    await person.client.shotRemove({ id, version: (await person.client.shotGet({ id })).version });
    expect(await shots()).toHaveLength(count);
  });

  test('numbers its shots from 1, page after page, by cursor and by page number', async () => {
    const all = await shots();
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
    const [first, third] = [
      await person.client.storyboardShots({ id: board, size: 2 }),
      await person.client.storyboardShots({ id: board, size: 2, page: 3 }),
    ];
    const second = await person.client.storyboardShots({ id: board, size: 2, cursor: first.next_cursor ?? '' });
    const seen = [first, second, third].flatMap(({ items }) => items.map(({ id, number }) => ({ id, number })));
    expect(seen).toEqual(all.slice(0, 6).map(({ id, number }) => ({ id, number })));
    expect(third.pagination).toEqual({ page: 3, size: 2, total: all.length, pages: Math.ceil(all.length / 2) });
  });

  test('names the lines that a deleted shot leaves uncovered', async () => {
    const spoken = (await shots()).find(({ lines }) => lines.length > 0);
    const before = await person.client.storyboardCoverage({ id: board });
    await person.client.shotRemove({ id: spoken?.id ?? '' });
    const after = await person.client.storyboardCoverage({ id: board });
    expect([before.complete, after.complete]).toEqual([true, false]);
    expect(after.issues.length).toBeGreaterThan(0);
    const { task_id } = await person.client.taskGenerateShots({
      project_id,
      episode_id,
      scene_id: spoken?.scene_id,
      rerun: true,
    });
    expect((await ended(person, task_id)).status).toBe('completed');
    expect(await complete()).toBe(true);
  });

  test('keeps a shot that is put back as it was read; fields beside content are told where they belong', async () => {
    const spoken = (await shots()).find(({ lines }) => lines.length > 0);
    const shot = await person.client.shotGet({ id: spoken?.id ?? '' });
    const { id, version } = shot;
    const kept = await person.send('PUT', `/shots/${id}`, { version, content: shot });
    expect([kept.status, (await said(kept)).data]).toEqual([200, shot]);
    const changed = await person.send('PUT', `/shots/${id}`, { version, content: { ...shot, lines: [] } });
    const beside = await person.send('PUT', `/shots/${id}`, { ...shot, size: 'ECU' });
    const strange = await person.send('PUT', `/shots/${id}`, { version, content: { location_asset_id: 'ast_nope' } });
    for (const [answer, words] of [
      [changed, 'content.lines: '],
      [beside, 'fields of a shot go under content'],
      [strange, 'content.location_asset_id: '],
    ] as const) {
      expect(answer.status).toBe(400);
      expect((await said(answer)).error.message).toContain(words);
    }
    expect(await person.client.shotGet({ id })).toEqual(shot);
  });

  test('refuses to change a locked shot, and says so', async () => {
    const { id, version } = await shotAt(1);
    await person.client.shotLock({ id, locked: true });
    const answer = await person.send('PUT', `/shots/${id}`, { version: version + 1, note: '改' });
    expect([answer.status, (await said(answer)).error.code]).toEqual([409, 'SHOT_LOCKED']);
    await person.client.shotLock({ id, locked: false });
  });

  test.each([
    ['html', 'text/html', '<!doctype html'],
    ['csv', 'text/csv', '\ufeff'],
    ['json', 'application/json', '{'],
  ])('is exported as %s', async (format, type, begins) => {
    const answer = await person.send('GET', `/storyboards/${board}/export?format=${format}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining(type)]);
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
    expect(text.toLowerCase().startsWith(begins)).toBe(true);
    expect(text).toContain('您要找的书');
  });
});

describe('the library', () => {
  test('merges two assets and takes it back', async () => {
    const { items } = await person.client.assetList({ project_id, kind: 'character' });
    const [into, other] = items;
    if (!into || !other) throw new Error('no people');
    const merged = await person.client.assetMerge({ id: into.id, other_id: other.id });
    expect(merged.aliases).toContain(other.name);
    const changes = await person.client.assetChanges({ project_id });
    const { assets } = await person.client.assetUndo({ id: changes.items[0]?.id ?? '' });
    expect(assets.map(({ status }) => status)).toEqual(['active', 'active']);
  });

  test('soft-deletes and restores', async () => {
    const { id } = await person.client.assetCreate({ project_id, kind: 'prop', name: '油灯', aliases: ['马灯'] });
    expect((await person.client.assetRemove({ id })).status).toBe('deleted');
    expect((await person.client.assetList({ project_id, search: '马灯' })).items).toEqual([]);
    expect((await person.client.assetRestore({ id })).status).toBe('active');
    expect((await person.client.assetList({ project_id, search: '马灯' })).items).toHaveLength(1);
  });
});

test('work is cancelled, and done after all by a retry', async () => {
  const { id } = await person.client.projectCreate({ title: '取消' });
  const { task_id } = await person.client.taskParseScript({ project_id: id, raw_text: drama.repeat(1) });
  const cancelled = await person.send('POST', `/ai/tasks/${task_id}/cancel`, {});
  // it may have ended before the word came
  if (cancelled.status === 409) expect((await said(cancelled)).error.code).toBe('TASK_FINISHED');
  else {
    expect((await person.client.taskGet({ id: task_id })).status).toBe('cancelled');
    await person.client.taskRetry({ id: task_id });
  }
  const task = await ended(person, task_id);
  expect(task).toMatchObject({ status: 'completed', task: { id: task_id } });
  expect(task.message).toMatch(/^Done: /);
});
