// The library as people use it: finding, adding, changing, deleting, merging, splitting, undoing, reviewing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decisionId } from '../../../core/asset/change.ts';
import * as Asset from '../../../core/asset/index.ts';
import { AssetEntity, DecisionEntity, find } from '../../../core/asset/store.ts';
import * as Project from '../../../core/project/index.ts';
import * as Task from '../../../core/task/index.ts';
import { drama } from '../../kit/drama.ts';
import { lagging } from '../../kit/lagging.ts';
import { allRefused } from '../../kit/refused.ts';
import { aBreakdown, run } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { ticking } from '../../kit/ticking.ts';

let t: ATenant;
let project: string;
let script: string;
beforeAll(async () => {
  t = await aTenant();
  const done = await aBreakdown(t.ctx, '雨巷', drama);
  project = done.project;
  script = done.task.scriptId;
});
afterAll(() => t.stop());

let props = 0;
const aProp = (name = `道具${++props}`, more: object = {}) =>
  Asset.create(t.ctx, { projectId: project, kind: 'prop', name, ...more });
type AProp = Awaited<ReturnType<typeof aProp>>;
const named = async (search: string, kind?: 'character' | 'location' | 'prop') =>
  (await Asset.list(t.ctx, { projectId: project, search, kind })).items.map(({ name }) => name);
const rerun = async () =>
  run(t.ctx, (await Task.parseScript(t.ctx, { projectId: project, scriptId: script, rerun: true })).taskId);
const surfaces = ({ forms }: { forms: { surface: string }[] }) => forms.map(({ surface }) => surface).sort();

describe('finding', () => {
  test('by kind, in pages', async () => {
    const first = await Asset.list(t.ctx, { projectId: project, kind: 'character', size: 2 });
    expect(first.items).toHaveLength(2);
    const rest = await Asset.list(t.ctx, {
      projectId: project,
      kind: 'character',
      size: 2,
      cursor: first.nextCursor ?? '',
    });
    expect([...first.items, ...rest.items].map(({ name }) => name).sort()).toEqual(['林晚', '秦姨', '顾言之'].sort());
  });

  test('a page asked for by its number is gone on from by its cursor', async () => {
    const all = (await Asset.list(t.ctx, { projectId: project, size: 100 })).items;
    const first = await Asset.list(t.ctx, { projectId: project, size: 3, page: 1 });
    expect(first.pagination).toEqual({ page: 1, size: 3, total: all.length, pages: Math.ceil(all.length / 3) });
    const next = await Asset.list(t.ctx, { projectId: project, size: 3, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...next.items]).toEqual(all.slice(0, 6));
  });

  test.each([
    ['by search', { search: '残页' }],
    ['of an episode', { episode: 9 }],
    ['by search, of an episode', { search: '残页', episode: 9 }],
  ])('%s, page after page, misses nothing while what was shown is deleted', async (_, asked) => {
    const made = await Promise.all(['甲', '乙', '丙', '丁', '戊', '己', '庚'].map((no) => aProp(`残页${no}`)));
    const puts = made.map(({ id }) =>
      AssetEntity.patch({ tenant: t.ctx.tenant, id })
        .set({ episodes: [9] })
        .go(t.ctx.stores.core),
    );
    await Promise.all(puts);
    const list = (cursor?: string) => Asset.list(t.ctx, { projectId: project, size: 2, cursor, ...asked });
    const seen: string[] = [];
    let page = await list();
    for (;;) {
      seen.push(...page.items.map(({ id }) => id));
      for (const { id } of page.items) await Asset.remove(t.ctx, { id });
      if (page.nextCursor === null) break;
      page = await list(page.nextCursor);
    }
    expect(seen.toSorted()).toEqual(made.map(({ id }) => id).toSorted());
  });

  test.each([
    ['小林老板', '林晚'],
    ['顾小川', '顾言之'],
    ['顾言知', '顾言之'],
    ['秦', '秦姨'],
  ])('%s finds %s', async (search, name) => {
    expect(await named(search, 'character')).toContain(name);
  });

  test('what nothing resembles finds nothing', async () => {
    expect(await named('王二麻子', 'character')).toEqual([]);
  });

  test('each mention carries its quote, in script order', async () => {
    const { items } = await Asset.list(t.ctx, { projectId: project, search: '秦姨', kind: 'character' });
    const mentions = await Asset.mentions(t.ctx, { id: items[0]?.id ?? '', size: 100 });
    expect(mentions.items.length).toBeGreaterThan(3);
    const episodes = mentions.items.map(({ episode }) => episode);
    expect(episodes).toEqual([...episodes].sort((a, b) => a - b));
    const second = await Asset.mentions(t.ctx, { id: items[0]?.id ?? '', episode: 2 });
    expect(second.items.every(({ episode }) => episode === 2)).toBe(true);
  });
});

describe('adding and changing', () => {
  test('of five who give one name at the same moment one succeeds, also while the index is behind', async () => {
    const behind = lagging(t.ctx, 60_000);
    const create = () => Asset.create(behind, { projectId: project, kind: 'prop', name: '同名的碗' });
    const ended = await Promise.allSettled([1, 2, 3, 4, 5].map(create));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(create()).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    await expect(Asset.update(behind, { ...(await aProp()), name: '同名的碗' })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
    });
  });

  test('a name is free again when its asset is deleted, renamed or merged away', async () => {
    const [first, second, third] = [await aProp('旧名'), await aProp('旧名二'), await aProp('旧名三')];
    await Asset.remove(t.ctx, { id: first.id });
    await Asset.update(t.ctx, { id: second.id, version: second.version, name: '新名二' });
    await Asset.merge(t.ctx, { id: second.id, otherId: third.id });
    for (const name of ['旧名', '旧名二', '旧名三']) expect(await aProp(name)).toMatchObject({ name });
  });

  test.each([
    [
      'variants',
      { variants: Array.from({ length: 60 }, () => ({ name: '样', description: '长'.repeat(4000), episodes: [] })) },
    ],
    [
      'attributes',
      { attributes: Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`k${n}`, '值'.repeat(400)])) },
    ],
  ])('more %s than a row can hold are refused in words', async (_, change) => {
    const { id, version } = await aProp();
    await expect(Asset.update(t.ctx, { id, version, ...change })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('an asset by hand answers to its aliases', async () => {
    const { id, source } = await aProp('油灯', { aliases: ['马灯'], attributes: { 材质: '铜' } });
    expect(source).toBe('manual');
    expect(await named('马灯')).toEqual(['油灯']);
    expect(await Asset.get(t.as('viewer'), { id })).toMatchObject({ attributes: { 材质: '铜' }, aliases: ['马灯'] });
  });

  test('a name is taken once in a kind', async () => {
    const { name } = await aProp();
    await expect(aProp(name)).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  });

  test('a change names its version and keeps variants; a stale one changes nothing', async () => {
    const { id } = await aProp();
    const variants = [{ name: '碎了', description: '三片', episodes: [2] }];
    const next = await Asset.update(t.ctx, { id, version: 1, description: '旧', variants });
    expect(next).toMatchObject({ version: 2, description: '旧', variants: [{ name: '碎了', id: expect.any(String) }] });
    await expect(Asset.update(t.ctx, { id, version: 1, description: '新' })).rejects.toMatchObject({
      code: 'STALE_VERSION',
      details: { current_version: 2 },
    });
    await expect(Asset.update(t.ctx, { id, description: '新' })).rejects.toMatchObject({ code: 'VERSION_REQUIRED' });
  });

  test('a parent is of the project, is there, and is not the asset itself or below it', async () => {
    const [shelf, box] = [await aProp(), await aProp()];
    const elsewhere = await Project.create(t.ctx, { title: '别处' });
    const foreign = await Asset.create(t.ctx, { projectId: elsewhere.id, kind: 'prop', name: '箱子' });
    for (const parentId of ['ast_nope', foreign.id])
      await expect(aProp(undefined, { parentId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await Asset.update(t.ctx, { id: box.id, version: 1, parentId: shelf.id })).toMatchObject({
      parentId: shelf.id,
    });
    for (const parentId of [shelf.id, box.id])
      await expect(Asset.update(t.ctx, { id: shelf.id, version: 1, parentId })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
    expect(await Asset.update(t.ctx, { id: box.id, version: 2, parentId: null })).toMatchObject({ parentId: null });
  });

  test('what is put back as it was read changes nothing, and runs go on with it', async () => {
    const { items } = await Asset.list(t.ctx, { projectId: project, search: '林晚', kind: 'character' });
    const asset = items[0]!;
    expect(await Asset.update(t.ctx, asset)).toEqual(asset);
    const next = await Asset.update(t.ctx, { ...asset, description: '书店老板' });
    expect(next).toMatchObject({ version: asset.version + 1, forms: asset.forms });
    expect(await find(t.ctx, asset.id)).toMatchObject({ edited: ['description'] });
  });

  test('what a person wrote survives the next run', async () => {
    const { items } = await Asset.list(t.ctx, { projectId: project, search: '秦姨', kind: 'character' });
    const { id, version } = items[0] ?? { id: '', version: 0 };
    await Asset.update(t.ctx, { id, version, description: '镇上最好的裁缝' });
    await rerun();
    expect(await Asset.get(t.ctx, { id })).toMatchObject({ description: '镇上最好的裁缝' });
  });
});

describe('deleting', () => {
  test('is soft: it is listed among the deleted and can be restored', async () => {
    const { id } = await aProp();
    expect(await Asset.remove(t.ctx, { id })).toMatchObject({ status: 'deleted' });
    await expect(Asset.remove(t.ctx, { id })).rejects.toMatchObject({ code: 'ASSET_DELETED' });
    await expect(Asset.update(t.ctx, { id, version: 2, name: 'x' })).rejects.toMatchObject({ code: 'ASSET_DELETED' });
    const { items } = await Asset.list(t.ctx, { projectId: project, status: 'deleted', size: 100 });
    expect(items.map((asset) => asset.id)).toContain(id);
    expect(await Asset.restore(t.ctx, { id })).toMatchObject({ status: 'active' });
    await expect(Asset.restore(t.ctx, { id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('frees the name, so that a restore may find it taken', async () => {
    const { id, name } = await aProp();
    await Asset.remove(t.ctx, { id });
    await aProp(name);
    await expect(Asset.restore(t.ctx, { id })).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  });

  test('of something the script names is not taken back by a run', async () => {
    const { items } = await Asset.list(t.ctx, { projectId: project, kind: 'location' });
    const [doomed] = items;
    await Asset.remove(t.ctx, { id: doomed?.id ?? '' });
    await rerun();
    expect(await Asset.get(t.ctx, { id: doomed?.id ?? '' })).toMatchObject({ status: 'deleted' });
  });
});

describe('merging, splitting, undoing', () => {
  test('a merge joins the forms; undo brings both back', async () => {
    const [a, b] = [await aProp('茶盏', { aliases: ['盖碗'] }), await aProp('茶碗')];
    const merged = await Asset.merge(t.ctx, { id: a.id, otherId: b.id });
    expect(surfaces(merged)).toEqual(['盖碗', '茶盏', '茶碗']);
    expect(await Asset.get(t.ctx, { id: b.id })).toMatchObject({ status: 'merged', mergedInto: a.id });
    const { items } = await Asset.changes(t.ctx, { projectId: project });
    const { assets } = await Asset.undo(ticking(t.ctx), { id: items[0]?.id ?? '' });
    expect(assets.map(({ status }) => status)).toEqual(['active', 'active']);
    for (const one of assets) expect(await Asset.get(t.ctx, { id: one.id })).toEqual(one);
    expect(surfaces(await Asset.get(t.ctx, { id: a.id }))).toEqual(['盖碗', '茶盏']);
    await expect(Asset.undo(t.ctx, { id: items[0]?.id ?? '' })).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' });
  });

  test('a merge undone takes back prompts and a place below another that only the other had', async () => {
    const [shelf, a] = [await aProp(), await aProp()];
    const b = await Asset.update(t.ctx, { ...(await aProp()), attributes: { visual_prompt_zh: '青瓷' } });
    expect([a.promptBy, b.promptBy]).toEqual([null, 'person']);
    await Asset.merge(t.ctx, { id: a.id, otherId: b.id });
    const undone = async () => {
      const { items } = await Asset.changes(t.ctx, { projectId: project });
      return Asset.undo(t.ctx, { id: items[0]?.id ?? '' });
    };
    expect((await undone()).assets).toMatchObject([
      { id: a.id, promptBy: null, attributes: {} },
      { id: b.id, promptBy: 'person' },
    ]);
    expect(await Asset.get(t.ctx, { id: a.id })).toMatchObject({ promptBy: null, parentId: null });
    await Asset.update(t.ctx, { id: b.id, version: 4, parentId: shelf.id });
    await Asset.merge(t.ctx, { id: b.id, otherId: a.id });
    await undone();
    expect(await Asset.get(t.ctx, { id: b.id })).toMatchObject({ promptBy: 'person', parentId: shelf.id });
  });

  test('a merge is not undone while somebody else has the name of what was merged', async () => {
    const [a, b] = [await aProp('甲盒'), await aProp('乙盒')];
    await Asset.merge(t.ctx, { id: a.id, otherId: b.id });
    const taken = await aProp('乙盒');
    const { items } = await Asset.changes(t.ctx, { projectId: project });
    const undone = () => Asset.undo(t.ctx, { id: items[0]?.id ?? '' });
    await expect(undone()).rejects.toMatchObject({ code: 'NAME_TAKEN' });
    expect(await Asset.get(t.ctx, { id: b.id })).toMatchObject({ status: 'merged' });
    await Asset.update(t.ctx, { id: taken.id, version: taken.version, name: '丙盒' });
    expect((await undone()).assets.map(({ status }) => status)).toEqual(['active', 'active']);
    await expect(aProp('乙盒')).rejects.toMatchObject({ code: 'NAME_TAKEN' });
  });

  test('a change since then must be undone first', async () => {
    const [a, b] = [await aProp(), await aProp()];
    await Asset.merge(t.ctx, { id: a.id, otherId: b.id });
    await Asset.update(t.ctx, { id: a.id, version: 2, description: '后来' });
    const { items } = await Asset.changes(t.ctx, { projectId: project });
    await expect(Asset.undo(t.ctx, { id: items[0]?.id ?? '' })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { asset_id: a.id },
    });
  });

  test('a split takes a form out, and the next run keeps it apart', async () => {
    const { items } = await Asset.list(t.ctx, { projectId: project, search: '顾小川', kind: 'character' });
    const { asset, created } = await Asset.split(t.ctx, { id: items[0]?.id ?? '', forms: ['顾小川'] });
    expect(surfaces(asset)).not.toContain('顾小川');
    expect(created).toMatchObject({ name: '顾小川', status: 'active' });
    await rerun();
    expect(surfaces(await Asset.get(t.ctx, { id: asset.id }))).not.toContain('顾小川');
    expect(await named('顾小川', 'character')).toContain('顾小川');
  });

  test('different kinds and forms that are not there are refused', async () => {
    const prop = await aProp();
    const { items } = await Asset.list(t.ctx, { projectId: project, kind: 'character' });
    await expect(Asset.merge(t.ctx, { id: prop.id, otherId: items[0]?.id ?? '' })).rejects.toMatchObject({
      code: 'MERGE_REFUSED',
    });
    await expect(Asset.split(t.ctx, { id: prop.id, forms: ['没有'] })).rejects.toMatchObject({ code: 'SPLIT_REFUSED' });
  });
});

describe('the review queue', () => {
  /** A proposal as resolution writes it. */
  async function aProposal(of?: AProp[]): Promise<{ id: string; a: string; b: string }> {
    const [a, b] = [of?.[0] ?? (await aProp()), of?.[1] ?? (await aProp())];
    const id = decisionId(project, 'prop', a.name, b.name);
    await DecisionEntity.create({
      tenant: t.ctx.tenant,
      id,
      project,
      kind: 'prop',
      status: 'waiting',
      aForm: a.name,
      bForm: b.name,
      aAsset: a.id,
      bAsset: b.id,
      score: 0.6,
      evidence: [],
      version: 1,
      updatedAt: 1,
    }).go(t.stores.core);
    return { id, a: a.id, b: b.id };
  }

  test('shows what waits, with names', async () => {
    const { id } = await aProposal();
    const { items } = await Asset.decisions(t.as('viewer'), { projectId: project, size: 100 });
    expect(items.find((decision) => decision.id === id)).toMatchObject({
      status: 'waiting',
      a: { name: expect.any(String) },
    });
  });

  test('an accepted proposal merges and can be undone', async () => {
    const { id, a, b } = await aProposal();
    const merged = await Asset.accept(t.ctx, { id, version: 1 });
    expect([a, b]).toContain(merged.id);
    await expect(Asset.accept(t.ctx, { id })).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
    const { items } = await Asset.changes(t.ctx, { projectId: project });
    await Asset.undo(t.ctx, { id: items[0]?.id ?? '' });
    const waiting = await Asset.decisions(t.ctx, { projectId: project, size: 100 });
    expect(waiting.items.map((decision) => decision.id)).toContain(id);
  });

  test('a rejected one stays apart and is decided', async () => {
    const { id, a } = await aProposal();
    expect(await Asset.reject(t.ctx, { id })).toMatchObject({ status: 'rejected' });
    await expect(Asset.reject(t.ctx, { id })).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
    expect(await Asset.get(t.ctx, { id: a })).toMatchObject({ status: 'active' });
  });

  /** Three assets and a proposal for each two of them; the first two are accepted. */
  async function aTriangle() {
    const [x, y, z] = [await aProp(), await aProp(), await aProp()];
    const proposals = [await aProposal([x, y]), await aProposal([y, z]), await aProposal([x, z])] as const;
    await Asset.accept(t.ctx, { id: proposals[0].id });
    const merged = await Asset.accept(t.ctx, { id: proposals[1].id });
    return { merged, last: proposals[2].id };
  }
  const waits = async (id: string) =>
    (await Asset.decisions(t.ctx, { projectId: project, size: 100 })).items.some((decision) => decision.id === id);

  test('a proposal about two that are one by now is accepted as it is', async () => {
    const { merged, last } = await aTriangle();
    expect(await Asset.accept(t.ctx, { id: last })).toMatchObject({ id: merged.id, version: merged.version });
    expect(await waits(last)).toBe(false);
    await expect(Asset.accept(t.ctx, { id: last })).rejects.toMatchObject({ code: 'ALREADY_DECIDED' });
  });

  test('and is not rejected behind the back of the merge: who means that splits', async () => {
    const { merged, last } = await aTriangle();
    await expect(Asset.reject(t.ctx, { id: last })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { asset_id: merged.id },
    });
    expect(await waits(last)).toBe(true);
  });

  test('a stale version decides nothing', async () => {
    const { id } = await aProposal();
    await expect(Asset.accept(t.ctx, { id, version: 7 })).rejects.toMatchObject({ code: 'STALE_VERSION' });
  });
});

describe('others', () => {
  test('viewers read and change nothing', async () => {
    const { id } = await aProp();
    const viewer = t.as('viewer');
    const attempts = [
      Asset.create(viewer, { projectId: project, kind: 'prop', name: '偷' }),
      Asset.update(viewer, { id, version: 1, name: '偷' }),
      Asset.remove(viewer, { id }),
      Asset.restore(viewer, { id }),
      Asset.merge(viewer, { id, otherId: id }),
      Asset.split(viewer, { id, forms: ['x'] }),
      Asset.undo(viewer, { id }),
      Asset.accept(viewer, { id }),
      Asset.reject(viewer, { id }),
    ];
    await allRefused(attempts, { code: 'FORBIDDEN' });
  });

  test('another tenant finds nothing, under any verb', async () => {
    const { id } = await aProp();
    const [a, b] = [await aProp(), await aProp()];
    await Asset.merge(t.ctx, { id: a.id, otherId: b.id });
    const { items } = await Asset.changes(t.ctx, { projectId: project });
    const decision = decisionId(project, 'prop', a.name, b.name);
    const mine = await Project.create(t.other, { title: '别家' });
    const theirs = await Asset.create(t.other, { projectId: mine.id, kind: 'prop', name: '盏' });
    const attempts = [
      Asset.list(t.other, { projectId: project }),
      Asset.get(t.other, { id }),
      Asset.mentions(t.other, { id }),
      Asset.create(t.other, { projectId: project, kind: 'prop', name: '偷' }),
      Asset.update(t.other, { id, version: 1, name: '偷' }),
      Asset.remove(t.other, { id }),
      Asset.restore(t.other, { id }),
      Asset.merge(t.other, { id: theirs.id, otherId: id }),
      Asset.split(t.other, { id, forms: ['x'] }),
      Asset.changes(t.other, { projectId: project }),
      Asset.undo(t.other, { id: items[0]?.id ?? '' }),
      Asset.decisions(t.other, { projectId: project }),
      Asset.accept(t.other, { id: decision }),
      Asset.reject(t.other, { id: decision }),
    ];
    await allRefused(attempts, { code: 'NOT_FOUND', details: {} });
  });
});
