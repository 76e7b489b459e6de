import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as File from '../../../core/file/index.ts';
import * as Project from '../../../core/project/index.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { announce, put, text } from '../../kit/upload.ts';

let t: ATenant;
let project: string;
beforeAll(async () => {
  t = await aTenant();
  project = (await Project.create(t.ctx, { title: '雨巷' })).id;
});
afterAll(() => t.stop());

/** An MP4 as far as its first bytes go: three parts. */
const video = new Uint8Array(
  Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), randomBytes(17 * 1024 * 1024)]),
);

const begin = (ctx = t.ctx) =>
  File.chunk(ctx, {
    action: 'start',
    projectId: project,
    fileName: '第1集.mp4',
    fileType: 'video',
    fileSize: video.length,
    contentType: 'video/mp4',
  });

const partOf = (number: number, partSize: number) =>
  video.slice((number - 1) * partSize, Math.min(number * partSize, video.length));

describe('a file in parts', () => {
  test('is started, uploaded by part links, joined and checked', async () => {
    const { fileId, partCount, partSize, uploadId } = await begin();
    expect(uploadId).toBeTruthy();
    expect(partCount).toBe(3);
    const { parts } = await File.chunk(t.ctx, { action: 'parts', fileId });
    for (const link of parts) expect((await put(link, partOf(link.partNumber, partSize))).status).toBe(200);
    const md5 = createHash('md5').update(video).digest('hex');
    const { file, status } = await File.chunk(t.ctx, { action: 'complete', fileId, md5 });
    expect(status).toBe('stored');
    expect(file?.sha256).toBe(createHash('sha256').update(video).digest('hex'));
    const answer = await fetch(file?.presignedUrl ?? '');
    expect((await answer.arrayBuffer()).byteLength).toBe(video.length);
    // said again, for the answer was not heard
    const again = await File.chunk(t.ctx, { action: 'complete', fileId, md5 });
    expect(again).toMatchObject({
      status: 'stored',
      file: { id: fileId, sha256: file?.sha256, version: file?.version },
    });
    for (const action of ['parts', 'abort'] as const)
      await expect(File.chunk(t.ctx, { action, fileId })).rejects.toMatchObject({ code: 'UPLOAD_CLOSED' });
  });

  test('joined twice at the same moment is one file, and both are answered', async () => {
    const { fileId, partSize } = await begin();
    const { parts } = await File.chunk(t.ctx, { action: 'parts', fileId });
    for (const link of parts) await put(link, partOf(link.partNumber, partSize));
    const complete = () => File.chunk(t.ctx, { action: 'complete', fileId });
    const both = await Promise.all([complete(), complete(), complete()]);
    expect(both.map(({ status, file }) => [status, file?.version])).toEqual(Array(3).fill(['stored', 2]));
  });

  test('a part link takes its exact size and nothing else', async () => {
    const { fileId } = await begin();
    const { parts } = await File.chunk(t.ctx, { action: 'parts', fileId, partNumbers: [3] });
    const [last] = parts;
    if (!last) throw new Error('no link');
    expect((await put(last, new Uint8Array(last.size + 1))).status).toBe(403);
    await expect(File.chunk(t.ctx, { action: 'parts', fileId, partNumbers: [4] })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
  });

  test('is not joined while parts are missing, and says which', async () => {
    const { fileId, partSize } = await begin();
    const { parts } = await File.chunk(t.ctx, { action: 'parts', fileId, partNumbers: [2] });
    const [second] = parts;
    if (!second) throw new Error('no link');
    await put(second, partOf(2, partSize));
    await expect(File.chunk(t.ctx, { action: 'complete', fileId })).rejects.toMatchObject({
      code: 'UPLOAD_MISSING',
      details: { missing_parts: [1, 3] },
    });
  });

  test('can be abandoned: the bytes are free and nothing goes on', async () => {
    const before = (await File.usage(t.ctx, {})).used;
    const { fileId } = await begin();
    expect(await File.chunk(t.ctx, { action: 'abort', fileId })).toMatchObject({ status: 'failed' });
    expect((await File.usage(t.ctx, {})).used).toBe(before);
    expect(await File.chunk(t.ctx, { action: 'abort', fileId })).toMatchObject({ status: 'failed' });
    expect((await File.usage(t.ctx, {})).used).toBe(before);
    for (const action of ['parts', 'complete'] as const)
      await expect(File.chunk(t.ctx, { action, fileId })).rejects.toMatchObject({ code: 'UPLOAD_CLOSED' });
  });

  test('a wrong MD5 fails it', async () => {
    const { fileId, partSize } = await begin();
    const { parts } = await File.chunk(t.ctx, { action: 'parts', fileId });
    for (const link of parts) await put(link, partOf(link.partNumber, partSize));
    await expect(File.chunk(t.ctx, { action: 'complete', fileId, md5: '0'.repeat(32) })).rejects.toMatchObject({
      code: 'UPLOAD_MISMATCH',
    });
  });
});

test('a start that lacks a field and a step that lacks the file name what is missing', async () => {
  await expect(File.chunk(t.ctx, { action: 'start', projectId: project })).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
    details: { issues: expect.arrayContaining([expect.objectContaining({ field: 'file_name' })]) },
  });
  await expect(File.chunk(t.ctx, { action: 'parts' })).rejects.toMatchObject({
    code: 'INVALID_REQUEST',
    details: { issues: [{ field: 'file_id' }] },
  });
});

test('a file announced as one piece has no parts', async () => {
  const { fileId } = await announce(t.ctx, project, text('abc'));
  await expect(File.chunk(t.ctx, { action: 'parts', fileId })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('another tenant finds no such upload; a viewer may not begin one', async () => {
  const { fileId } = await begin();
  for (const action of ['parts', 'complete', 'abort'] as const)
    await expect(File.chunk(t.other, { action, fileId })).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
  await expect(begin(t.as('viewer'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
