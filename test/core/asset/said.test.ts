// What a person says of who is who holds at the next run, whatever name the person gave.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import { drama } from '../../kit/drama.ts';
import { Production } from '../../kit/revised.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

/** 顾言之 goes by four names here. */
const manyNames = drama
  .replace('本名顾小川', '本名顾小川，街坊都叫他顾先生，人称顾三少')
  .replace('顾言之（低声）：', '林晚：顾先生，顾三少。\n顾言之（低声）：');
let count = 0;
const produced = (text = drama) => Production.of(t.ctx, `称呼 ${++count}`, text);
const people = async ({ project }: Production) =>
  (await Asset.list(t.ctx, { projectId: project, kind: 'character', size: 100 })).items;
const called = async (p: Production, form: string) => {
  const found = (await people(p)).filter(({ forms }) => forms.some(({ surface }) => surface === form));
  expect(found).toHaveLength(1);
  return found[0]!;
};
const surfaces = ({ forms }: { forms: { surface: string; count: number }[] }) =>
  forms.flatMap(({ surface, count: times }) => (times > 0 ? [surface] : [])).sort();
const rename = async (p: Production, form: string, name: string) => {
  const { id, version } = await called(p, form);
  return Asset.update(t.ctx, { id, version, name });
};
const newestChange = async ({ project }: Production) =>
  (await Asset.changes(t.ctx, { projectId: project })).items[0]?.id ?? '';

/** 听雪 and 大娘 are only called so by others: they say who is meant, and make nobody of their own. */
const calling = `《绣坊》

第1集

1-1 日 内 绣坊
人物：柳听雪、沈砚、周大娘
沈砚：听雪，你来了。
柳听雪：大娘，我来取线。
周大娘：都在那边。

第2集

2-1 夜 内 绣坊
人物：柳听雪、沈砚
沈砚：听雪，走吧。
柳听雪：走。
`;

describe('a merge', () => {
  test('into one of two leaves it the name it was merged into, whoever is named more often', async () => {
    const p = await produced();
    const [aunt, heroine] = [await called(p, '秦姨'), await called(p, '林晚')];
    await Asset.merge(t.ctx, { id: aunt.id, otherId: heroine.id });
    await p.rerun();
    expect(await called(p, '林晚')).toMatchObject({ id: aunt.id, name: '秦姨' });
  });

  test('of somebody who was given another name by hand holds', async () => {
    const p = await produced();
    const heroine = await rename(p, '林晚', '女主');
    const aunt = await rename(p, '秦姨', '阿姨');
    await Asset.merge(t.ctx, { id: heroine.id, otherId: aunt.id });
    await p.rerun();
    expect(await called(p, '秦姨')).toMatchObject({ id: heroine.id, name: '女主' });
    expect(await people(p)).toHaveLength(2);
  });

  test('of what was split before joins all its names again', async () => {
    const p = await produced(manyNames);
    const { id } = await called(p, '顾言之');
    const { created } = await Asset.split(t.ctx, { id, forms: ['顾小川', '顾三少'] });
    await p.rerun();
    await Asset.merge(t.ctx, { id, otherId: created.id });
    await p.rerun();
    expect(surfaces(await called(p, '顾言之'))).toEqual(['顾三少', '顾先生', '顾小川', '顾言之'].sort());
  });

  test('undone leaves those apart whom a person had split before', async () => {
    const p = await produced(manyNames);
    const { id } = await called(p, '顾言之');
    const { created } = await Asset.split(t.ctx, { id, forms: ['顾小川', '顾三少'] });
    await Asset.merge(t.ctx, { id, otherId: created.id });
    await Asset.undo(t.ctx, { id: await newestChange(p) });
    await p.rerun();
    expect(surfaces(await called(p, '顾言之'))).toEqual(['顾先生', '顾言之'].sort());
    expect(await called(p, '顾三少')).toMatchObject({ id: created.id });
  });
});

describe('a merge that runs went on from', () => {
  test('is undone all the same: both are there again, with what people said of them, and the next run leaves them so', async () => {
    const p = await produced();
    const [aunt, gu] = [await called(p, '秦姨'), await called(p, '顾言之')];
    await Asset.update(t.ctx, { id: aunt.id, version: aunt.version, description: '开书店的' });
    await Asset.update(t.ctx, { id: gu.id, version: gu.version, description: '来找书的' });
    await Asset.merge(t.ctx, { id: aunt.id, otherId: gu.id });
    await p.revise(drama.replace('秦姨', '林晚，秦姨'));
    const one = await called(p, '秦姨');
    expect(surfaces(one)).toEqual(expect.arrayContaining(['秦姨', ...surfaces(gu)]));
    // by the run: the update made it 2, the merge 3
    expect(one.version).toBeGreaterThan(3);
    const { assets } = await Asset.undo(t.ctx, { id: await newestChange(p) });
    expect(assets).toMatchObject([
      { id: aunt.id, name: '秦姨', status: 'active', description: '开书店的' },
      { id: gu.id, name: '顾言之', status: 'active', description: '来找书的', mergedInto: null },
    ]);
    expect(assets.map(surfaces)).toEqual([surfaces(aunt), surfaces(gu)]);
    await p.rerun();
    const again = await Promise.all([aunt, gu].map(({ id }) => Asset.get(t.ctx, { id })));
    expect(again.map(({ status }) => status)).toEqual(['active', 'active']);
    expect(again.map(surfaces)).toEqual([surfaces(aunt), surfaces(gu)]);
    expect(again.map(({ description }) => description)).toEqual(['开书店的', '来找书的']);
  });

  test('is not, once a person changed the one, or merged another into it, since', async () => {
    const p = await produced();
    const [aunt, gu, heroine] = [await called(p, '秦姨'), await called(p, '顾言之'), await called(p, '林晚')];
    await Asset.merge(t.ctx, { id: aunt.id, otherId: gu.id });
    const first = await newestChange(p);
    const merged = await Asset.merge(t.ctx, { id: aunt.id, otherId: heroine.id });
    await p.revise(drama.replace('秦姨', '林晚，秦姨'));
    await expect(Asset.undo(t.ctx, { id: first })).rejects.toMatchObject({ code: 'CONFLICT' });
    await Asset.undo(t.ctx, { id: await newestChange(p) });
    const { version } = await Asset.get(t.ctx, { id: aunt.id });
    expect(version).toBeGreaterThan(merged.version);
    await Asset.update(t.ctx, { id: aunt.id, version, importance: 'minor', description: '她' });
    await expect(Asset.undo(t.ctx, { id: first })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a split', () => {
  test('into an asset with a name of its own holds, and so does the name', async () => {
    const p = await produced();
    const { id } = await called(p, '顾小川');
    const { created } = await Asset.split(t.ctx, { id, forms: ['顾小川'], name: '少年顾' });
    await p.rerun();
    expect(await called(p, '顾小川')).toMatchObject({ id: created.id, name: '少年顾' });
    expect(await called(p, '顾言之')).toMatchObject({ id, name: '顾言之' });
  });

  test('from an asset with a name of its own leaves it that name', async () => {
    const p = await produced(manyNames);
    const { id } = await called(p, '顾小川');
    const { created } = await Asset.split(t.ctx, { id, forms: ['顾小川', '顾三少'], name: '少年顾' });
    const { asset } = await Asset.split(t.ctx, { id: created.id, forms: ['顾三少'] });
    expect(asset).toMatchObject({ name: '少年顾' });
  });

  test('of several names keeps each of them away, and together', async () => {
    const p = await produced(manyNames);
    const { id } = await called(p, '顾言之');
    expect(surfaces(await called(p, '顾言之'))).toEqual(['顾三少', '顾先生', '顾小川', '顾言之'].sort());
    const { created } = await Asset.split(t.ctx, { id, forms: ['顾小川', '顾三少'] });
    await p.rerun();
    expect(surfaces(await called(p, '顾言之'))).toEqual(['顾先生', '顾言之'].sort());
    expect(surfaces(await called(p, '顾小川'))).toEqual(['顾三少', '顾小川'].sort());
    expect(await called(p, '顾三少')).toMatchObject({ id: created.id });
  });

  test.each(['听雪', '大娘'])(
    'of %s, which nobody is by himself, stays with its places in the script',
    async (form) => {
      const p = await produced(calling);
      const { id } = await called(p, form);
      const { created } = await Asset.split(t.ctx, { id, forms: [form] });
      const places = async () =>
        (await Asset.mentions(t.ctx, { id: created.id })).items.map(({ elementId, quote }) => [elementId, quote]);
      const before = await places();
      expect(before.length).toBeGreaterThan(0);
      await p.rerun();
      expect(await called(p, form)).toEqual(created);
      expect(await places()).toEqual(before);
      const { items } = await Asset.mentions(t.ctx, { id, size: 100 });
      expect(items.filter(({ surface }) => surface === form)).toEqual([]);
      await Asset.undo(t.ctx, { id: await newestChange(p) });
      await p.rerun();
      expect(await called(p, form)).toMatchObject({ id });
    },
  );

  test('of the name that it is known by in the script leaves each its own', async () => {
    const p = await produced();
    const [aunt, heroine] = [await called(p, '秦姨'), await called(p, '林晚')];
    await Asset.merge(t.ctx, { id: aunt.id, otherId: heroine.id });
    await p.rerun();
    const { created } = await Asset.split(t.ctx, { id: aunt.id, forms: ['林晚', '小林老板'] });
    await p.rerun();
    expect(await called(p, '秦姨')).toMatchObject({ id: aunt.id, name: '秦姨' });
    expect(await called(p, '林晚')).toMatchObject({ id: created.id, name: '林晚' });
  });

  test('of a name follows the script: it is counted as often as a revision has it, also not at all', async () => {
    const p = await produced(calling);
    const { created } = await Asset.split(t.ctx, { id: (await called(p, '听雪')).id, forms: ['听雪'] });
    expect(created).toMatchObject({ forms: [{ surface: '听雪', count: 2, episodes: [1, 2] }], episodes: [1, 2] });
    await p.revise(calling.replace('听雪，走吧', '走吧'));
    expect(await called(p, '听雪')).toMatchObject({ id: created.id, forms: [{ count: 1 }], episodes: [1] });
    await p.revise(calling.replaceAll('沈砚：听雪，', '沈砚：'));
    expect(await called(p, '听雪')).toMatchObject({ id: created.id, forms: [{ count: 0 }], episodes: [] });
  });

  test('undone is forgotten: the next run joins the names on the word of the script', async () => {
    const p = await produced(manyNames);
    const { id } = await called(p, '顾言之');
    await Asset.split(t.ctx, { id, forms: ['顾小川', '顾三少'] });
    await Asset.undo(t.ctx, { id: await newestChange(p) });
    await p.rerun();
    expect(surfaces(await called(p, '顾言之'))).toEqual(['顾三少', '顾先生', '顾小川', '顾言之'].sort());
    const { items } = await Asset.decisions(t.ctx, { projectId: p.project, size: 100 });
    expect(items).toEqual([]);
  });

  test('of two whom a person merged parts them again', async () => {
    const p = await produced();
    const [heroine, aunt] = [await rename(p, '林晚', '女主'), await called(p, '秦姨')];
    await Asset.merge(t.ctx, { id: heroine.id, otherId: aunt.id });
    await p.rerun();
    await Asset.split(t.ctx, { id: heroine.id, forms: ['秦姨'], name: '裁缝' });
    await p.rerun();
    expect(await called(p, '秦姨')).toMatchObject({ name: '裁缝' });
    expect(await called(p, '林晚')).toMatchObject({ id: heroine.id, name: '女主' });
  });
});
