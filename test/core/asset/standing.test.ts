// After a merge the shots still name the old asset; whoever reads them is told which one stands for it now.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import { renamedForms } from '../../../core/asset/renamed.ts';
import { standingOf } from '../../../core/asset/standing.ts';
import * as Episode from '../../../core/episode/index.ts';
import * as Shot from '../../../core/shot/index.ts';
import { drama } from '../../kit/drama.ts';
import { Production } from '../../kit/revised.ts';
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

describe('a run that makes two one', () => {
  let t: ATenant;
  beforeAll(async () => {
    t = await aTenant();
  });
  afterAll(() => t.stop());

  const told = drama
    .replace('顾言之（VO）', '顾小川（VO）')
    .replace('人物：顾言之\n△顾言之从', '人物：顾小川\n△顾小川从');
  const untold = told.replace('，本名顾小川', '').replace('我还是叫顾小川的时候', '我还小的时候');
  const line = '十年了';
  let count = 0;
  const produced = (text: string) => Production.of(t.ctx, `雨巷 ${++count}`, text);
  const person = async ({ project }: Production, name: string, status?: 'deleted') =>
    (await Asset.list(t.ctx, { projectId: project, kind: 'character', status, size: 100 })).items.find(
      (one) => one.name === name,
    )?.id;
  const speakers = async (p: Production) => (await p.shotOf(line)).lines.flatMap((one) => one.speakerAssetIds);

  async function joined() {
    const p = await produced(untold);
    const [lawyer, boy] = [await person(p, '顾言之'), await person(p, '顾小川')];
    await p.lock(line);
    expect([lawyer, boy]).toEqual([expect.any(String), expect.any(String)]);
    expect(await speakers(p)).toEqual([boy]);
    await p.revise(untold.replace('律师。', '律师，本名顾小川。'));
    expect([await person(p, '顾言之'), await person(p, '顾小川', 'deleted')]).toEqual([lawyer, boy]);
    return { p, lawyer: lawyer ?? '', boy: boy ?? '' };
  }

  test('is followed by locked shots, until a later run finds two again', async () => {
    const { p, lawyer, boy } = await joined();
    expect(await speakers(p)).toEqual([lawyer]);
    expect((await p.coverage(2)).issues).toEqual([]);
    await p.rerun();
    expect(await speakers(p)).toEqual([lawyer]);
    await p.revise(untold);
    expect(await person(p, '顾小川')).toBe(boy);
    expect(await speakers(p)).toEqual([boy]);
    expect((await p.coverage(2)).issues).toEqual([]);
  });

  test('is followed until a person brings the one back', async () => {
    const { p, boy } = await joined();
    await Asset.restore(t.ctx, { id: boy });
    expect(await speakers(p)).toEqual([boy]);
  });

  test('and what an undone split had made is followed to the asset it was part of', async () => {
    const p = await produced(told);
    const lawyer = (await person(p, '顾言之')) ?? '';
    const { created } = await Asset.split(t.ctx, { id: lawyer, forms: ['顾小川'] });
    const shows = async (asset: string) =>
      (await p.shots(2)).filter(({ blocking }) => blocking.some(({ assetId }) => assetId === asset));
    const [{ id, version, blocking } = { id: '', version: 0, blocking: [] }] = await shows(lawyer);
    const young = blocking.map((one) => (one.assetId === lawyer ? { ...one, assetId: created.id } : one));
    await Shot.update(t.ctx, { id, version, content: { blocking: young } });
    expect((await shows(created.id)).map((shot) => shot.id)).toEqual([id]);
    const { items } = await Asset.changes(t.ctx, { projectId: p.project });
    await Asset.undo(t.ctx, { id: items[0]?.id ?? '' });
    expect(await shows(created.id)).toEqual([]);
    expect((await shows(lawyer)).map((shot) => shot.id)).toContain(id);
    expect((await p.coverage(2)).issues).toEqual([]);
  });
});

test('a name that the script changes is not given to one asset where another has it by hand', () => {
  const named = (id: string, name: string, surface: string) =>
    ({ id, kind: 'character', status: 'active', name, forms: [{ surface, count: 1, episodes: [1] }] }) as never;
  const rename = { kind: 'character', before: '林昭', after: '沈昭' } as const;
  expect(renamedForms([named('a', '林昭', '林昭'), named('b', '沈昭', '阿昭')], [rename])).toEqual([]);
  expect(renamedForms([named('a', '林昭', '林昭')], [rename])).toMatchObject([{ next: { name: '沈昭' } }]);
});
