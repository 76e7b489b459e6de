// Scripts, their revisions, the parsed document and the episodes in it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Audit from '../../../core/audit/index.ts';
import * as Episode from '../../../core/episode/index.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import * as Snapshot from '../../../core/snapshot/index.ts';
import { drama } from '../../kit/drama.ts';
import { allRefused } from '../../kit/refused.ts';
import { aBreakdown } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { aFile, announce, text } from '../../kit/upload.ts';

let t: ATenant;
let project: string;
let read: string;
beforeAll(async () => {
  t = await aTenant();
  const done = await aBreakdown(t.ctx, '雨巷', drama);
  [project, read] = [done.project, done.task.scriptId];
});
afterAll(() => t.stop());

const aScript = () => Script.create(t.ctx, { projectId: project, rawText: drama, title: '稿' });

describe('adding a script', () => {
  test('from text or from an uploaded file, whose name is its title', async () => {
    expect(await aScript()).toMatchObject({ title: '稿', revision: 1, status: 'active' });
    const { id: fileId } = await aFile(t.ctx, project, drama);
    const script = await Script.create(t.ctx, { projectId: project, fileId });
    expect(script.title).toBe('剧本');
    const { newest } = await Script.get(t.ctx, { id: script.id });
    expect(newest).toMatchObject({ fileId, fileName: '剧本.txt', status: 'pending', number: 1 });
  });

  test.each([[{}], [{ fileId: 'fil_x', rawText: 'x' }], [{ rawText: '' }]])('%o is refused', async (source) => {
    await expect(Script.create(t.ctx, { projectId: project, ...source })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });

  test('a file that is not complete, not a script, or of another project is refused', async () => {
    const { fileId } = await announce(t.ctx, project, text('abc'));
    const other = (await Project.create(t.ctx, { title: '另一部' })).id;
    const foreign = await aFile(t.ctx, other);
    const attempt = (id: string) => Script.create(t.ctx, { projectId: project, fileId: id });
    await expect(attempt(fileId)).rejects.toMatchObject({ code: 'FILE_NOT_READY' });
    await expect(attempt(foreign.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(attempt('fil_nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('revising a script', () => {
  test('adds a revision; the earlier one stays as it was', async () => {
    const { id } = await aScript();
    expect(await Script.revise(t.ctx, { id, rawText: `${drama}\n` })).toMatchObject({ number: 2, status: 'pending' });
    const { items } = await Script.revisions(t.ctx, { id });
    expect(items.map(({ number }) => number)).toEqual([2, 1]);
    expect(await Script.revision(t.ctx, { id, revision: 1 })).toMatchObject({ size: Buffer.byteLength(drama) });
    await expect(Script.revision(t.ctx, { id, revision: 3 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('twice at the same moment gives two numbers or tells one to try again', async () => {
    const { id } = await aScript();
    const both = await Promise.allSettled([1, 2].map(() => Script.revise(t.ctx, { id, rawText: drama })));
    const numbers = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.number] : []));
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const one of both) if (one.status === 'rejected') expect(one.reason.code).toBe('STALE_VERSION');
    expect((await Script.get(t.ctx, { id })).revision).toBe(1 + numbers.length);
  });
});

describe('reading', () => {
  test('scenes of an episode come all at once, or in pages', async () => {
    const [episode] = (await Episode.list(t.ctx, { projectId: project })).items;
    const id = episode?.id ?? '';
    const whole = await Episode.elements(t.ctx, { id });
    expect(whole).toMatchObject({ sceneList: [{ number: '1-1' }, { number: '1-2' }], nextCursor: null });
    const first = await Episode.elements(t.ctx, { id, size: 1 });
    const second = await Episode.elements(t.ctx, { id, size: 1, cursor: first.nextCursor ?? '' });
    expect([...first.sceneList, ...second.sceneList]).toEqual(whole.sceneList);
    expect(second.nextCursor).toBeNull();
  });

  test('the document holds every line with its place', async () => {
    const { body, contentType } = await Script.document(t.as('viewer'), { id: read });
    expect(contentType).toContain('application/json');
    expect(JSON.parse(body)).toMatchObject({ quality: { unread: 0 }, episodes: [{ number: 1 }, { number: 2 }] });
  });

  test('the document is a whole script as a file: who takes it leaves a line, who is refused none', async () => {
    const producer = t.as('producer');
    const { body } = await Script.document(producer, { id: read });
    const { id } = await aScript();
    await expect(Script.document(producer, { id })).rejects.toMatchObject({ code: 'CONFLICT' });
    const { items } = await Audit.list(t.ctx, { verb: 'script.document', actor: producer.actor.id });
    expect(items).toMatchObject([
      { object: read, project, ip: '203.0.113.7', after: { revision: 1, bytes: Buffer.byteLength(body) } },
    ]);
  });

  test('a revision that is not read yet has no document, and says what to do', async () => {
    const { id } = await aScript();
    await expect(Script.document(t.ctx, { id })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { reason: { en: expect.stringContaining('/ai/script/parse') } },
    });
  });

  test('episodes come in order, each with its scenes and elements', async () => {
    const { items } = await Episode.list(t.as('viewer'), { projectId: project });
    expect(items.map(({ number, title, scenes }) => [number, title, scenes])).toEqual([
      [1, '旧书店', 2],
      [2, '茶壶', 2],
    ]);
    const { elements, sceneList } = await Episode.elements(t.ctx, { id: items[0]?.id ?? '' });
    expect(sceneList).toHaveLength(2);
    expect(JSON.stringify([elements, sceneList])).toContain('您要找的书，三年前就绝版了。');
    expect(await Episode.get(t.ctx, { id: items[1]?.id ?? '' })).toMatchObject({ number: 2, status: 'COMPLETED' });
  });

  test('the snapshot holds the library of its moment', async () => {
    const { items } = await Snapshot.list(t.as('viewer'), { projectId: project });
    expect(items).toHaveLength(1);
    const held = await Snapshot.assets(t.ctx, { id: items[0]?.id ?? '', size: 100 });
    expect(held.items).toHaveLength(items[0]?.assets ?? 0);
    expect(held.items.map(({ name }) => name)).toContain('林晚');
  });
});

test('a deleted script is gone; what was made from it stays', async () => {
  const own = await aBreakdown(t.ctx, '删稿', drama);
  const id = own.task.scriptId;
  expect(await Script.remove(t.ctx, { id })).toMatchObject({ id });
  await expect(Script.get(t.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(Script.remove(t.ctx, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await Script.list(t.ctx, { projectId: own.project })).items).toEqual([]);
  expect((await Episode.list(t.ctx, { projectId: own.project })).items).toHaveLength(2);
});

test('a deleted project lists nothing any more', async () => {
  const { id: projectId } = await Project.create(t.ctx, { title: '将删' });
  await Project.remove(t.ctx, { id: projectId });
  await allRefused(
    [
      Script.list(t.ctx, { projectId }),
      Episode.list(t.ctx, { projectId }),
      Snapshot.list(t.ctx, { projectId }),
      Script.create(t.ctx, { projectId, rawText: drama }),
    ],
    { code: 'NOT_FOUND' },
  );
});

describe('others', () => {
  test('viewers add and delete nothing', async () => {
    const viewer = t.as('viewer');
    await allRefused(
      [
        Script.create(viewer, { projectId: project, rawText: drama }),
        Script.revise(viewer, { id: read, rawText: drama }),
        Script.remove(viewer, { id: read }),
      ],
      { code: 'FORBIDDEN' },
    );
  });

  test('another tenant finds nothing, under any verb', async () => {
    const episode = (await Episode.list(t.ctx, { projectId: project })).items[0]?.id ?? '';
    const snapshot = (await Snapshot.list(t.ctx, { projectId: project })).items[0]?.id ?? '';
    await allRefused(
      [
        Script.create(t.other, { projectId: project, rawText: drama }),
        Script.list(t.other, { projectId: project }),
        Script.get(t.other, { id: read }),
        Script.revise(t.other, { id: read, rawText: drama }),
        Script.revisions(t.other, { id: read }),
        Script.revision(t.other, { id: read, revision: 1 }),
        Script.document(t.other, { id: read }),
        Script.remove(t.other, { id: read }),
        Episode.list(t.other, { projectId: project }),
        Episode.get(t.other, { id: episode }),
        Episode.elements(t.other, { id: episode }),
        Snapshot.list(t.other, { projectId: project }),
        Snapshot.assets(t.other, { id: snapshot }),
      ],
      { code: 'NOT_FOUND', details: {} },
    );
  });
});
