import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as File from '../../../core/file/index.ts';
import { headBlob } from '../../../core/platform/blob.ts';
import type { Failure } from '../../../core/platform/failure.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { ticking } from '../../kit/ticking.ts';
import { aFile, announce, put, text } from '../../kit/upload.ts';

let t: ATenant;
let project: string;
beforeAll(async () => {
  t = await aTenant();
  project = (await Project.create(t.ctx, { title: '雨巷' })).id;
});
afterAll(() => t.stop());

const script = text('第1集\n林晚：您好。\n');
const done = (fileId: string, more: object = {}) => File.callback(t.ctx, { fileId, uploadStatus: 'success', ...more });

describe('announcing an upload', () => {
  test('answers a link, its headers and a key below the tenant', async () => {
    const ticket = await announce(t.ctx, project, script);
    expect(ticket.storageKey).toBe(
      `tenants/${t.ctx.tenant}/users/${t.ctx.actor.id}/projects/${project}/scripts/${ticket.fileId}.txt`,
    );
    expect(ticket.uploadHeaders).toMatchObject({
      'content-type': 'text/plain',
      'content-length': String(script.length),
    });
  });

  test.each([
    ['start', 'keyframes/start'],
    ['end', 'keyframes/end'],
    [undefined, 'keyframes/full'],
  ] as const)('a key frame (%s) lies in its folder', async (fileSubtype, folder) => {
    const { storageKey } = await announce(t.ctx, project, script, {
      fileName: 'a.png',
      fileType: 'keyframe',
      fileSubtype,
      contentType: 'image/png',
    });
    expect(storageKey).toContain(`/${folder}/`);
  });

  test.each([
    [{ fileName: 'a.exe' }, 'FILE_TYPE_UNSUPPORTED'],
    [{ fileName: 'a.pdf' }, 'FILE_TYPE_UNSUPPORTED'],
    [{ contentType: 'image/png' }, 'FILE_TYPE_UNSUPPORTED'],
    [{ fileSize: 50 * 1024 * 1024 + 1 }, 'FILE_TOO_LARGE'],
    [{ fileSize: 0 }, 'INVALID_REQUEST'],
    [{ fileName: '../a.txt' }, 'INVALID_REQUEST'],
  ])('%o is refused: %s', async (change, code) => {
    await expect(announce(t.ctx, project, script, change)).rejects.toMatchObject({ code });
  });

  test('a script that calls itself something else is named with the type it gave', async () => {
    const refused = announce(t.ctx, project, script, { fileName: '第一集.txt', contentType: 'application/x-unknown' });
    const told = await refused.catch((error: Failure) => [error.say('zh-CN'), error.say('en')]);
    for (const sentence of told as string[]) expect(sentence).toMatch(/第一集\.txt.*application\/x-unknown/);
  });

  test('viewers may not; another tenant finds no such project', async () => {
    await expect(announce(t.as('viewer'), project, script)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(announce(t.other, project, script)).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
  });
});

describe('the link', () => {
  test.each([
    ['larger bytes', text('第1集\n林晚：您好。\n！'), {}],
    ['fewer bytes', text('第1集'), {}],
    ['another type', script, { 'content-type': 'text/html' }],
  ])('refuses %s than pinned', async (_, bytes, headers) => {
    const ticket = await announce(t.ctx, project, script);
    expect((await put(ticket, bytes, headers)).status).toBe(403);
    expect(await headBlob(t.ctx, ticket.storageKey)).toBeUndefined();
  });

  test('writes once: what was checked cannot be replaced', async () => {
    const ticket = await announce(t.ctx, project, script);
    expect((await put(ticket, script)).status).toBe(200);
    await done(ticket.fileId);
    const other = script.slice().reverse();
    expect((await put(ticket, other)).status).toBe(412);
  });
});

describe('completing an upload', () => {
  test('the object is checked, hashed and linked', async () => {
    const ticket = await announce(t.ctx, project, script);
    await put(ticket, script);
    const md5 = createHash('md5').update(script).digest('base64');
    const file = await done(ticket.fileId, { actualSize: script.length, md5 });
    expect(file).toMatchObject({
      id: ticket.fileId,
      status: 'stored',
      fileSize: script.length,
      sha256: createHash('sha256').update(script).digest('hex'),
      url: `/api/v1/storage/url/${ticket.fileId}`,
    });
    const answer = await fetch(file.presignedUrl ?? '');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(script);
  });

  test('before the bytes are there it is refused, and can be done later', async () => {
    const ticket = await announce(t.ctx, project, script);
    await expect(done(ticket.fileId)).rejects.toMatchObject({ code: 'UPLOAD_MISSING' });
    await put(ticket, script);
    expect(await done(ticket.fileId)).toMatchObject({ status: 'stored' });
  });

  test('said again, for the answer was not heard, is answered the same file', async () => {
    const ticket = await announce(t.ctx, project, script);
    await put(ticket, script);
    const first = await done(ticket.fileId, { actualSize: script.length });
    const { used } = await File.usage(t.ctx, {});
    const second = await done(ticket.fileId, { actualSize: script.length });
    expect(second).toMatchObject({ id: first.id, status: 'stored', sha256: first.sha256, version: first.version });
    expect((await fetch(second.presignedUrl ?? '')).status).toBe(200);
    expect((await File.usage(t.ctx, {})).used).toBe(used);
  });

  test.each([
    ['another MD5', { md5: '0'.repeat(32) }],
    ['another size', { actualSize: 3 }],
    ['that it failed', { uploadStatus: 'failed' }],
  ])('said again with %s is refused, and the file stays', async (_, told) => {
    const { id } = await aFile(t.ctx, project);
    await expect(done(id, told)).rejects.toMatchObject({ code: 'UPLOAD_CLOSED' });
    expect(await File.url(t.ctx, { fileId: id })).toMatchObject({ status: 'stored' });
  });

  test('of two at the same moment one is believed, and both are answered', async () => {
    const ticket = await announce(t.ctx, project, script);
    await put(ticket, script);
    const both = await Promise.all([done(ticket.fileId), done(ticket.fileId)]);
    expect(both.map(({ status, version }) => [status, version])).toEqual([
      ['stored', 2],
      ['stored', 2],
    ]);
  });

  test.each([
    ['another MD5', { md5: '0'.repeat(32) }],
    ['another size', { actualSize: 3 }],
  ])('%s than the client told fails it and gives the bytes back', async (_, told) => {
    const before = (await File.usage(t.ctx, {})).used;
    const ticket = await announce(t.ctx, project, script);
    await put(ticket, script);
    await expect(done(ticket.fileId, told)).rejects.toMatchObject({ code: 'UPLOAD_MISMATCH' });
    expect((await File.usage(t.ctx, {})).used).toBe(before);
    await expect(done(ticket.fileId)).rejects.toMatchObject({ code: 'UPLOAD_CLOSED' });
  });

  test.each([
    ['a.txt', 'text/plain', Buffer.from('%PDF-1.7\n'), 'pdf'],
    ['a.txt', 'text/plain', Buffer.from('PK\x03\x04rest'), 'zip'],
    ['a.txt', 'text/plain', Buffer.from([1, 2, 0, 0, 7]), 'binary'],
    ['a.pdf', 'application/pdf', Buffer.from('第1集'), 'text'],
    ['a.docx', docx(), Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'png'],
  ])('%s that says %s and is something else fails', async (fileName, contentType, content, kind) => {
    const bytes = new Uint8Array(content);
    const ticket = await announce(t.ctx, project, bytes, { fileName, contentType });
    await put(ticket, bytes);
    await expect(done(ticket.fileId)).rejects.toMatchObject({
      code: 'UPLOAD_MISMATCH',
      details: { reason: { en: expect.stringContaining(`the content is ${kind}`) } },
    });
  });

  test('the client can give it up', async () => {
    const ticket = await announce(t.ctx, project, script);
    const file = await File.callback(ticking(t.ctx), { fileId: ticket.fileId, uploadStatus: 'failed' });
    expect(file).toMatchObject({ status: 'failed', presignedUrl: null });
    const { used } = await File.usage(t.ctx, {});
    const again = await File.callback(t.ctx, { fileId: ticket.fileId, uploadStatus: 'failed' });
    expect(again).toEqual(file);
    expect((await File.usage(t.ctx, {})).used).toBe(used);
    await expect(done(ticket.fileId)).rejects.toMatchObject({ code: 'UPLOAD_CLOSED' });
  });

  test('of one that failed nothing is fetched and no script is made: a new upload is asked for', async () => {
    const { fileId } = await announce(t.ctx, project, script);
    await expect(File.url(t.ctx, { fileId })).rejects.toMatchObject({ code: 'FILE_NOT_READY' });
    await File.callback(t.ctx, { fileId, uploadStatus: 'failed' });
    await expect(File.url(t.ctx, { fileId })).rejects.toMatchObject({ code: 'UPLOAD_FAILED' });
    await expect(Script.create(t.ctx, { projectId: project, fileId })).rejects.toMatchObject({ code: 'UPLOAD_FAILED' });
  });

  test('another tenant finds no such upload; a viewer may not', async () => {
    const { fileId } = await announce(t.ctx, project, script);
    const said = { fileId, uploadStatus: 'success' as const };
    await expect(File.callback(t.other, said)).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
    await expect(File.callback(t.as('viewer'), said)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

function docx(): string {
  return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
}
