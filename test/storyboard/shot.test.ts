// Shots as rows: edits that keep the report honest, files to take away, and nothing for strangers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Failure } from '../../core/platform/failure.ts';
import * as Project from '../../core/project/index.ts';
import * as Shot from '../../core/shot/index.ts';
import { loadShot, newShotId, ShotEntity } from '../../core/shot/store.ts';
import * as Task from '../../core/task/index.ts';
import { makeBoard, shotsIn } from '../kit/board.ts';
import { lagging } from '../kit/lagging.ts';
import { run } from '../kit/run.ts';
import { type ATenant, aTenant } from '../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const aBoard = (title: string) => makeBoard(t.ctx, title);
const shotsOf = (id: string) => shotsIn(t.ctx, id);
const speaking = (shots: Awaited<ReturnType<typeof shotsOf>>) => shots.find(({ lines }) => lines.length > 0)!;
const refusal = (code: string) => expect.objectContaining({ code }) as unknown as Failure;

describe('another run', () => {
  test('of one scene leaves a shot of another where a person moved and locked it', async () => {
    const { id, project, episode, shots } = await aBoard('换序');
    const [first, , third] = shots;
    await Shot.move(t.ctx, { id: first!.id, version: first!.version, afterId: third!.id });
    await Shot.lock(t.ctx, { id: first!.id, locked: true });
    const before = await shotsOf(id);
    const sceneId = before.at(-1)!.sceneId;
    expect(sceneId).not.toBe(first!.sceneId);
    for (const more of [{ sceneId }, {}]) {
      const { taskId } = await Task.generateShots(t.ctx, {
        projectId: project,
        episodeId: episode,
        rerun: true,
        ...more,
      });
      expect((await run(t.ctx, taskId)).status).toBe('completed');
      expect(await shotsOf(id)).toEqual(before);
    }
  });

  test('leaves an approved shot and one with a note as they are', async () => {
    const { id, project, episode, shots } = await aBoard('定稿');
    const [one, other, third] = shots;
    for (const shot of [one!, other!, third!])
      await Shot.update(t.ctx, { id: shot.id, version: shot.version, status: 'approved', note: '导演已定' });
    await Shot.update(t.ctx, { id: other!.id, version: 2, note: '' });
    await Shot.update(t.ctx, { id: third!.id, version: 2, status: 'draft' });
    // another look of the whole makes every generated shot anew
    const { version } = await Project.get(t.ctx, { id: project });
    await Project.update(t.ctx, { id: project, version, visualStyle: '水墨' });
    const before = await shotsOf(id);
    const { taskId } = await Task.generateShots(t.ctx, { projectId: project, episodeId: episode, rerun: true });
    expect((await run(t.ctx, taskId)).status).toBe('completed');
    const after = await shotsOf(id);
    expect(after.slice(0, 3)).toEqual(before.slice(0, 3));
    expect(after[3]!.imagePrompt).not.toEqual(before[3]!.imagePrompt);
    expect((await Shot.coverage(t.ctx, { id })).complete).toBe(true);
  });
});

describe('editing', () => {
  test('a deleted line is missing in the report until it is back', async () => {
    const { id, shots } = await aBoard('删除');
    const shot = speaking(shots);
    await Shot.remove(t.ctx, { id: shot.id, version: shot.version });
    const report = await Shot.coverage(t.ctx, { id });
    expect(report).toMatchObject({ complete: false, dialogue: { missing: shot.lines.length } });
    expect(report.issues.map(({ elementId }) => elementId)).toContain(shot.lines[0]!.elementId);
    expect((await Shot.get(t.ctx, { id })).coverage).toMatchObject({
      complete: false,
      dialogueOnce: report.dialogue.once,
    });
  });

  test('a line split over two shots is still said once, and whole again when they are merged', async () => {
    const { id, shots } = await aBoard('拆分');
    const shot = speaking(shots);
    const [line] = shot.lines;
    const { shots: halves } = await Shot.split(t.ctx, {
      id: shot.id,
      version: shot.version,
      beforeElementId: line!.elementId,
      at: 3,
    });
    expect(halves.map(({ lines }) => lines.map(({ text, part, parts }) => [text, part, parts]))).toEqual([
      [[line!.text.slice(0, 3), 1, 2]],
      [[line!.text.slice(3), 2, 2]],
    ]);
    expect(await Shot.coverage(t.ctx, { id })).toMatchObject({ complete: true, issues: [] });
    await Shot.merge(t.ctx, { id: halves[0]!.id, withId: halves[1]!.id });
    const merged = (await shotsOf(id)).find((one) => one.id === shot.id);
    expect(merged?.lines.map(({ text, part, parts }) => [text, part, parts])).toEqual([[line!.text, 1, 1]]);
    expect(await Shot.coverage(t.ctx, { id })).toMatchObject({ complete: true, issues: [] });
  });

  test('a moved shot turns the order round, and the report says so', async () => {
    const { id, shots } = await aBoard('移动');
    await Shot.move(t.ctx, { id: shots[0]!.id, afterId: shots[3]!.id });
    const report = await Shot.coverage(t.ctx, { id });
    expect(report.complete).toBe(false);
    expect(report.order.backwards).toBeGreaterThan(0);
  });

  test('the figures of the board follow a change of length; other words leave them alone', async () => {
    const { id, shots } = await aBoard('时长');
    const [shot] = shots;
    const before = await Shot.get(t.ctx, { id });
    const longer = await Shot.update(t.ctx, {
      id: shot!.id,
      version: shot!.version,
      content: { duration: shot!.duration + 2 },
    });
    expect((await Shot.get(t.ctx, { id })).seconds).toBeCloseTo(before.seconds + 2, 5);
    const spoken = speaking(await shotsOf(id));
    await Shot.update(t.ctx, { id: spoken.id, version: spoken.version, content: { duration: 0.2 } });
    expect((await Shot.get(t.ctx, { id })).coverage.issues).toBe(1);
    await Shot.update(t.ctx, { id: longer.id, version: longer.version, content: { title: '改名' } });
    expect((await Shot.get(t.ctx, { id })).coverage.issues).toBe(1);
  });

  test('edits right behind one another know each other, though the index is behind', async () => {
    const { id, shots } = await aBoard('连着改');
    const behind = lagging(t.ctx, 500);
    const [made] = (await Shot.insert(behind, { id, afterId: shots[0]!.id, content: { title: '新' } })).shots;
    await Shot.move(behind, { id: made!.id, afterId: shots[2]!.id });
    expect((await shotsOf(id)).map((shot) => shot.id).indexOf(made!.id)).toBe(3);
    expect(await Shot.get(t.ctx, { id })).toMatchObject({ shots: shots.length + 1 });
  });

  test('a locked shot refuses, a stale version is told the current one', async () => {
    const { shots } = await aBoard('锁定');
    const [shot] = shots;
    await expect(Shot.update(t.ctx, { id: shot!.id, version: 7, content: { title: 'x' } })).rejects.toThrow(
      refusal('STALE_VERSION'),
    );
    await Shot.lock(t.ctx, { id: shot!.id, locked: true });
    await expect(Shot.remove(t.ctx, { id: shot!.id })).rejects.toThrow(refusal('SHOT_LOCKED'));
    await expect(Shot.merge(t.ctx, { id: shot!.id, withId: shots[1]!.id })).rejects.toThrow(refusal('SHOT_LOCKED'));
  });
});

describe('exporting', () => {
  let id: string;
  let lines: string[];
  beforeAll(async () => {
    const board = await aBoard('雨巷：上/下');
    id = board.id;
    lines = board.shots.flatMap((shot) => shot.lines.map(({ text }) => text));
  });

  test.each([
    ['html', 'text/html; charset=utf-8'],
    ['csv', 'text/csv; charset=utf-8'],
    ['json', 'application/json; charset=utf-8'],
  ] as const)('%s has every line, under a name any disk takes', async (format, contentType) => {
    const file = await Shot.exported(t.ctx, { id, format });
    expect(file).toMatchObject({ contentType, fileName: `雨巷：上 下-1.${format}` });
    for (const text of lines) expect(file.body).toContain(text);
  });

  test('a person who may only read may take it along', async () => {
    expect((await Shot.exported(t.as('viewer'), { id })).contentType).toMatch(/^text\/html/);
  });

  test('one scene alone is reported alone', async () => {
    const scene = (await shotsOf(id)).at(-1)!.sceneId;
    const { body } = await Shot.exported(t.ctx, { id, format: 'json', sceneId: scene });
    const [episode] = JSON.parse(body).episodes;
    expect(episode.scenes).toHaveLength(1);
    expect(new Set(episode.shots.map((shot: { scene_id: string }) => shot.scene_id))).toEqual(new Set([scene]));
    const page = await Shot.exported(t.ctx, { id, sceneId: scene });
    expect(page.body).toContain('没有发现问题');
    await expect(Shot.exported(t.ctx, { id, sceneId: 'nowhere' })).rejects.toThrow(refusal('NOT_FOUND'));
  });

  test('another tenant sees nothing, in no format', async () => {
    for (const format of ['html', 'csv', 'json'] as const)
      await expect(Shot.exported(t.other, { id, format })).rejects.toThrow(refusal('NOT_FOUND'));
  });

  test('what is too large for one answer is refused with advice, and a scene or the shot list is not', async () => {
    const { id: own } = await aBoard('太长');
    const long = '长'.repeat(7500);
    const after = (await shotsOf(own)).at(-1)!;
    const content = { action: long, lighting: long, imagePrompt: { zh: long, en: long } };
    const [one] = (await Shot.insert(t.ctx, { id: own, afterId: after.id, content })).shots;
    const row = await loadShot(t.ctx, one!.id);
    for (let n = 1; n < 72; n++)
      await ShotEntity.put({ ...row, id: newShotId(own, t.ctx.now()) }).go(t.ctx.stores.core);
    const refused = await Shot.exported(t.ctx, { id: own, format: 'json' }).catch((error: Failure) => error);
    expect(refused).toMatchObject({ code: 'EXPORT_TOO_LARGE', status: 413, details: { limit_megabytes: 5.7 } });
    expect((refused as Failure).say('zh-CN')).toContain('scene_id');
    expect((refused as Failure).say('en')).toContain('scene_id');
    const [first] = await shotsOf(own);
    await expect(Shot.exported(t.ctx, { id: own, format: 'json', sceneId: first!.sceneId })).resolves.toBeDefined();
  });

  test('texts that are together more than a row could hold are refused, at once or one after the other', async () => {
    const { shots } = await aBoard('合计过长');
    const long = '长'.repeat(8000);
    const both = { zh: long, en: long };
    const { id } = shots[0]!;
    const content = { action: long, result: long, music: long, imagePrompt: both };
    await expect(Shot.update(t.ctx, { id, version: 1, content })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { reason: expect.stringContaining('100,000') },
    });
    await Shot.update(t.ctx, { id, version: 1, content: { imagePrompt: both } });
    const refused = await Shot.update(t.ctx, { id, version: 2, content: { videoPrompt: both, action: long } }).catch(
      (error: Failure) => error,
    );
    expect(refused).toMatchObject({ code: 'SHOT_REFUSED', status: 409 });
    expect((refused as Failure).say('zh-CN')).toContain('缩短');
    await Shot.update(t.ctx, { id, version: 2, content: { action: long } });
  });

  test('words no row could hold are refused by name', async () => {
    const { shots } = await aBoard('过长');
    const content = { action: '长'.repeat(8001) };
    await expect(Shot.update(t.ctx, { id: shots[0]!.id, version: 1, content })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { reason: expect.stringContaining('content.action') },
    });
  });
});
