// After a merge the shots still name the old asset; whoever reads them is told which one stands for it now.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import { standingOf } from '../../../core/asset/standing.ts';
import * as Episode from '../../../core/episode/index.ts';
import * as Shot from '../../../core/shot/index.ts';
import { drama } from '../../kit/drama.ts';
import { aBreakdown } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

describe('what stands for an asset', () => {
  test('is the asset it was merged into, over several merges', () => {
    const standing = standingOf({ pairs: new Set(['a>b', 'b>c']) });
    expect(['a', 'b', 'c', 'd', ''].map(standing)).toEqual(['c', 'c', 'c', 'd', '']);
  });

  test('is itself where nothing was merged, or where merges go in a circle', () => {
    expect(standingOf({})('a')).toBe('a');
    expect(standingOf({ pairs: new Set(['a>b', 'b>a']) })('a')).toBe('a');
  });
});

describe('a merge in the library', () => {
  let t: ATenant;
  let project: string;
  let boards: string[];
  beforeAll(async () => {
    t = await aTenant();
    ({ project } = await aBreakdown(t.ctx, '雨巷', drama));
    const { items } = await Episode.list(t.ctx, { projectId: project, size: 10 });
    boards = await Promise.all(items.map(async ({ id }) => (await Shot.ofEpisode(t.ctx, { id })).id));
  });
  afterAll(() => t.stop());

  const idOf = async (name: string, kind: 'character' | 'location') =>
    (await Asset.list(t.ctx, { projectId: project, kind, size: 100 })).items.find((one) => one.name === name)?.id ?? '';
  const shotsOf = async () =>
    (await Promise.all(boards.map((id) => Shot.shots(t.ctx, { id, size: 100 })))).flatMap(({ items }) => items);
  const namedBy = (shots: Awaited<ReturnType<typeof shotsOf>>) =>
    new Set(
      shots.flatMap((shot) => [
        shot.locationAssetId,
        ...shot.propAssetIds,
        ...shot.blocking.map(({ assetId }) => assetId),
        ...shot.lines.flatMap(({ speakerAssetIds }) => speakerAssetIds),
      ]),
    );
  const issues = async () =>
    (await Promise.all(boards.map((id) => Shot.coverage(t.ctx, { id })))).flatMap((report) => report.issues);

  test('is followed by shots, coverage and exports, and undone with it', async () => {
    const [aunt, lawyer, keeper] = [
      await idOf('秦姨', 'character'),
      await idOf('顾言之', 'character'),
      await idOf('林晚', 'character'),
    ];
    expect([...namedBy(await shotsOf())]).toEqual(expect.arrayContaining([aunt, lawyer, keeper]));
    await Asset.merge(t.ctx, { id: lawyer, otherId: aunt });
    await Asset.merge(t.ctx, { id: keeper, otherId: lawyer });

    const shots = await shotsOf();
    expect(namedBy(shots).has(aunt) || namedBy(shots).has(lawyer)).toBe(false);
    expect(namedBy(shots).has(keeper)).toBe(true);
    for (const { blocking } of shots)
      expect(blocking.filter(({ assetId }) => assetId === keeper).length).toBeLessThanOrEqual(1);
    expect(await issues()).toEqual([]);
    const first = shots.find(({ blocking }) => blocking.length > 0);
    expect(await Shot.shot(t.ctx, { id: first?.id ?? '' })).toMatchObject({ blocking: first?.blocking });
    const { body } = await Shot.exported(t.ctx, { id: boards[1] ?? '', format: 'json' });
    expect([body.includes(aunt), body.includes(lawyer), body.includes(keeper)]).toEqual([false, false, true]);

    const { items } = await Asset.changes(t.ctx, { projectId: project });
    for (const { id } of items) await Asset.undo(t.ctx, { id });
    expect([...namedBy(await shotsOf())]).toEqual(expect.arrayContaining([aunt, lawyer, keeper]));
    expect(await issues()).toEqual([]);
  });

  test('of two places leaves every shot where its scene is', async () => {
    const [shop, lane] = [await idOf('旧书店', 'location'), await idOf('雨巷', 'location')];
    await Asset.merge(t.ctx, { id: shop, otherId: lane });
    expect(namedBy(await shotsOf()).has(lane)).toBe(false);
    expect(await issues()).toEqual([]);
  });

  test('is followed in the answer to an edit, which leaves the ids of the shot as they were', async () => {
    const aunt = await idOf('秦姨', 'character');
    const keeper = await idOf('林晚', 'character');
    const before = (await shotsOf()).find(({ blocking }) => blocking.some(({ assetId }) => assetId === aunt));
    await Asset.merge(t.ctx, { id: keeper, otherId: aunt });
    const edited = await Shot.update(t.ctx, {
      id: before?.id ?? '',
      version: before?.version,
      content: { title: '巷口' },
    });
    expect(edited.blocking.map(({ assetId }) => assetId)).toContain(keeper);
    const [latest] = (await Asset.changes(t.ctx, { projectId: project })).items;
    await Asset.undo(t.ctx, { id: latest?.id ?? '' });
    expect((await Shot.shot(t.ctx, { id: edited.id })).blocking).toEqual(before?.blocking);
  });
});
