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

describe('a merge', () => {
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
