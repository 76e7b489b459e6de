// Texts that scripts are given as take bytes of the quota: each once in a project, and back when nothing is made of it any more.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as File from '../../../core/file/index.ts';
import { headBlob } from '../../../core/platform/blob.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import { loadRevision, workKey } from '../../../core/revision/store.ts';
import * as Tenant from '../../../core/tenant/index.ts';
import { meanwhile } from '../../kit/meanwhile.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
let project: string;
let count = 0;
beforeAll(async () => {
  t = await aTenant({ plan: 'enterprise' });
  await Tenant.changePlan(t.ctx, 'enterprise', { storageMb: 1 });
});
afterAll(() => t.stop());
beforeEach(async () => {
  project = (await Project.create(t.ctx, { title: `雨巷 ${++count}` })).id;
});

const used = async () => (await File.usage(t.ctx, {})).used;
const add = (rawText: string, ctx = t.ctx) => Script.create(ctx, { projectId: project, rawText });
const keyOf = async (script: string) => (await loadRevision(t.ctx, script, 1)).sourceKey;

/** Ends a script as the sweep and the queue do after its time. */
async function end(id: string, ctx = t.ctx): Promise<void> {
  await Script.remove(ctx, { id });
  await Script.purgeDue({ ...ctx, now: () => ctx.now() + 40 * 86_400_000 }, id);
  await Script.purgeScript(ctx, project, id);
}

describe('a text', () => {
  test('takes its bytes once, however many scripts and revisions are made of it, and gives them back with the last', async () => {
    const before = await used();
    const one = await add('灯');
    expect(await used()).toBe(before + 3);
    const other = await add('灯');
    await Script.revise(t.ctx, { id: one.id, version: 1, rawText: '灯火' });
    await Script.revise(t.ctx, { id: one.id, version: 2, rawText: '灯' });
    expect(await used()).toBe(before + 9);
    const key = await keyOf(other.id);
    await end(one.id);
    expect([await used(), (await headBlob(t.ctx, key)) !== undefined]).toEqual([before + 3, true]);
    await end(other.id);
    for (let times = 0; times < 2; times++) await Script.purgeScript(t.ctx, project, other.id);
    expect([await used(), await headBlob(t.ctx, key)]).toEqual([before, undefined]);
  });

  test('that is more than what is left is refused, and is not stored', async () => {
    const before = await used();
    const { id } = await add('灯');
    const rawText = '灯'.repeat(400_000);
    const refused = { code: 'QUOTA_EXCEEDED', status: 402, details: { quota: 'storage', limit: 1_048_576 } };
    await expect(add(rawText)).rejects.toMatchObject(refused);
    await expect(Script.revise(t.ctx, { id, version: 1, rawText })).rejects.toMatchObject(refused);
    expect(await used()).toBe(before + 3);
    const name = `${createHash('sha256').update(rawText).digest('hex')}.txt`;
    expect(await headBlob(t.ctx, workKey(t.ctx, project, 'sources', name))).toBeUndefined();
    await Tenant.changePlan(t.ctx, 'enterprise', { storageMb: 2 });
    const large = await add(rawText);
    expect(await keyOf(large.id)).toBe(workKey(t.ctx, project, 'sources', name));
    expect(await used()).toBe(before + 1_200_003);
    await end(large.id);
    await Tenant.changePlan(t.ctx, 'enterprise', { storageMb: 1 });
    expect(await used()).toBe(before + 3);
  });

  test('that fits by itself and not beside what came at the same moment is refused by the commit', async () => {
    const before = await used();
    const [one, other] = ['一'.repeat(200_000), '二'.repeat(200_000)];
    await expect(
      add(
        one,
        meanwhile(t.ctx, () => add(other)),
      ),
    ).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(await used()).toBe(before + 600_000);
    for (const { id } of (await Script.list(t.ctx, { projectId: project })).items) await end(id);
    expect(await used()).toBe(before);
  });

  test('of each project counts there, and is given back when the project is purged, wherever that is cut off', async () => {
    const before = await used();
    await add('灯');
    await add('火');
    const first = project;
    project = (await Project.create(t.ctx, { title: '灯塔' })).id;
    await add('灯');
    expect(await used()).toBe(before + 9);
    let commits = 0;
    const dying = meanwhile(t.ctx, () => {
      commits++;
      throw new Error('killed');
    });
    await expect(Script.purgeTexts(dying, first)).rejects.toThrow('killed');
    for (let times = 0; times < 2; times++) await Script.purgeTexts(t.ctx, first);
    expect([commits, await used()]).toEqual([1, before + 3]);
  });

  test('that comes twice at the same moment is taken once', async () => {
    const before = await used();
    const both = await Promise.allSettled([add('同'), add('同')]);
    for (const one of both) if (one.status === 'rejected') expect(one.reason.code).toBe('BUSY');
    expect(await used()).toBe(before + 3);
  });

  test('of which another script is made while the last is ended stays, and its bytes', async () => {
    const before = await used();
    const { id } = await add('灯');
    const key = await keyOf(id);
    await Script.remove(t.ctx, { id });
    await Script.purgeDue({ ...t.ctx, now: () => t.ctx.now() + 40 * 86_400_000 }, id);
    const racing = meanwhile(t.ctx, () => add('灯'));
    await expect(Script.purgeScript(racing, project, id)).rejects.toMatchObject({ code: 'STALE_VERSION' });
    await Script.purgeScript(t.ctx, project, id);
    expect([await used(), (await headBlob(t.ctx, key)) !== undefined]).toEqual([before + 3, true]);
  });
});
