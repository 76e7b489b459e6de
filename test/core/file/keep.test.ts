// Links, deletion, usage, and what the purge takes away.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as File from '../../../core/file/index.ts';
import { headBlob, putBlob, tenantKey } from '../../../core/platform/blob.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { aFile, announce, put, text } from '../../kit/upload.ts';

let t: ATenant;
let project: string;
beforeAll(async () => {
  t = await aTenant({ plan: 'pro' });
  project = (await Project.create(t.ctx, { title: '雨巷' })).id;
});
afterAll(() => t.stop());

const used = async () => (await File.usage(t.ctx, {})).used;

describe('a link to a file', () => {
  test('lives an hour, or as long as asked up to seven days', async () => {
    const { id } = await aFile(t.ctx, project);
    const hour = await File.url(t.ctx, { fileId: id });
    const week = await File.url(t.as('viewer'), { fileId: id, expiresIn: 604_800 });
    expect(new URL(hour.presignedUrl ?? '').searchParams.get('X-Amz-Expires')).toBe('3600');
    expect(new URL(week.presignedUrl ?? '').searchParams.get('X-Amz-Expires')).toBe('604800');
    await expect(File.url(t.ctx, { fileId: id, expiresIn: 604_801 })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await expect(File.url(t.ctx, { fileId: id, expiresIn: 3599 })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('is not given before the upload is complete', async () => {
    const { fileId } = await announce(t.ctx, project, text('abc'));
    await expect(File.url(t.ctx, { fileId })).rejects.toMatchObject({ code: 'FILE_NOT_READY' });
  });

  test('is not given to another tenant', async () => {
    const { id } = await aFile(t.ctx, project);
    await expect(File.url(t.other, { fileId: id })).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
  });
});

describe('deleting a file', () => {
  test('it is gone, its bytes are free, its object is purged', async () => {
    const before = await used();
    const { id, storageKey, fileSize } = await aFile(t.ctx, project);
    expect(await used()).toBe(before + fileSize);
    expect(await File.remove(t.ctx, { fileId: id })).toEqual({ id });
    expect(await used()).toBe(before);
    await expect(File.url(t.ctx, { fileId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(File.remove(t.ctx, { fileId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await File.purgeFile(t.ctx, id);
    await File.purgeFile(t.ctx, id);
    expect(await headBlob(t.ctx, storageKey)).toBeUndefined();
  });

  test('a script made of it holds it until the script is deleted', async () => {
    const { id } = await aFile(t.ctx, project);
    const script = await Script.create(t.ctx, { projectId: project, fileId: id });
    await expect(File.remove(t.ctx, { fileId: id })).rejects.toMatchObject({ code: 'FILE_IN_USE' });
    await Script.remove(t.ctx, { id: script.id });
    expect(await File.remove(t.ctx, { fileId: id })).toEqual({ id });
  });

  test('an old version, a viewer and another tenant delete nothing', async () => {
    const { id, storageKey } = await aFile(t.ctx, project);
    await expect(File.remove(t.ctx, { fileId: id, version: 1 })).rejects.toMatchObject({ code: 'STALE_VERSION' });
    await expect(File.remove(t.as('viewer'), { fileId: id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(File.remove(t.other, { fileId: id })).rejects.toMatchObject({ code: 'NOT_FOUND', details: {} });
    await File.purgeFile(t.ctx, id);
    expect(await headBlob(t.ctx, storageKey)).toBeDefined();
  });
});

test('a deleted project leaves no object and frees its bytes', async () => {
  const before = await used();
  const { id: doomed } = await Project.create(t.ctx, { title: '将删' });
  const { storageKey } = await aFile(t.ctx, doomed);
  const derived = tenantKey(t.ctx, 'projects', doomed, 'breakdown', 'documents', 'a.json');
  await putBlob(t.ctx, derived, '{}');
  const spared = tenantKey(t.ctx, 'projects', `${doomed}x`, 'a.json');
  await putBlob(t.ctx, spared, '{}');
  await Project.remove(t.ctx, { id: doomed });
  await File.purgeProject(t.ctx, doomed);
  await File.purgeProject(t.ctx, doomed);
  expect(await headBlob(t.ctx, storageKey)).toBeUndefined();
  expect(await headBlob(t.ctx, derived)).toBeUndefined();
  expect(await headBlob(t.ctx, spared)).toBeDefined();
  expect(await used()).toBe(before);
});

test('a project that is purged gives back what every file took, once, wherever the purge is cut off', async () => {
  const own = await aTenant({ plan: 'pro' });
  const { id } = await Project.create(own.ctx, { title: '多' });
  const { fileId } = await announce(own.ctx, id, text('x'), { fileSize: 100 });
  for (let at = 0; at < 29; at++) await announce(own.ctx, id, text('x'), { fileSize: 100 });
  await File.remove(own.ctx, { fileId });
  await Project.remove(own.ctx, { id });
  await Project.purge(own.ctx, { id });
  const { client } = own.ctx.stores.core;
  let left = 2;
  const dying = new Proxy(client, {
    get: (on, name) =>
      name === 'send'
        ? async (command: { constructor: { name: string } }) => {
            if (command.constructor.name === 'TransactWriteCommand' && --left === 0) throw new Error('killed');
            return on.send(command as never);
          }
        : Reflect.get(on, name),
  });
  const mortal = { ...own.ctx, stores: { ...own.ctx.stores, core: { ...own.ctx.stores.core, client: dying } } };
  await expect(File.purgeProject(mortal, id)).rejects.toThrow('killed');
  const between = (await File.usage(own.ctx, {})).used;
  expect(between).toBeGreaterThan(0);
  expect(between).toBeLessThan(2900);
  for (let times = 0; times < 2; times++) {
    // rows that lie with the files are not theirs to give back
    await Project.purgeRows(own.ctx, id);
    await File.purgeProject(own.ctx, id);
  }
  expect((await File.usage(own.ctx, {})).used).toBe(0);
  await own.stop();
});

describe('storage', () => {
  test('is told in bytes and percent', async () => {
    const { total, used: taken, available, percent } = await File.usage(t.as('viewer'), {});
    expect(total).toBe(10 * 1024 ** 3);
    expect(available).toBe(total - taken);
    expect(percent).toBeLessThan(1);
    expect((await File.usage(t.other, {})).used).toBe(0);
  });

  test('an upload over the quota is refused and takes nothing', async () => {
    const small = await aTenant({ plan: 'pro' });
    const { id } = await Project.create(small.ctx, { title: '片' });
    const big = {
      fileName: 'a.mp4',
      fileType: 'video' as const,
      contentType: 'video/mp4',
      fileSize: 500 * 1024 * 1024,
    };
    for (let at = 0; at < 20; at++) await announce(small.ctx, id, text(''), big);
    await expect(announce(small.ctx, id, text(''), big)).rejects.toMatchObject({
      code: 'QUOTA_EXCEEDED',
      details: { used_bytes: 20 * 500 * 1024 * 1024, limit_bytes: 10 * 1024 ** 3 },
    });
    expect((await File.usage(small.ctx, {})).used).toBe(20 * 500 * 1024 * 1024);
    await small.stop();
  });

  test('a forgotten upload is closed and gives its bytes back', async () => {
    const before = await used();
    const bytes = text('abc');
    const ticket = await announce(t.ctx, project, bytes);
    await put(ticket, bytes);
    await File.closeForgotten(t.ctx, ticket.fileId);
    await File.closeForgotten(t.ctx, ticket.fileId);
    expect(await used()).toBe(before);
    await expect(File.callback(t.ctx, { fileId: ticket.fileId, uploadStatus: 'success' })).rejects.toMatchObject({
      code: 'UPLOAD_CLOSED',
    });
  });
});
