// A new revision of a script that people have worked on: only what changed is made again, and nothing they did is lost.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import { renewBoards } from '../../../core/pipeline/boards.ts';
import { drama } from '../../kit/drama.ts';
import { Production } from '../../kit/revised.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { aScript, lineOf, type Scene, sentence, written } from '../../kit/written.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const base = aScript(3, 3, 6);
/** Number of the line `line` of a scene. */
const lineAt = (episode: number, scene: number, line: number) =>
  sentence(((episode - 1) * 3 + scene - 1) * 6 + line - 1);
let count = 0;
const produced = () => Production.of(t.ctx, `修订 ${++count}`, written(base));
const changed = (edit: (script: Scene[][]) => void): string => {
  const script = structuredClone(base);
  edit(script);
  return written(script);
};
const idsOf = (shots: { id: string }[]) => shots.map(({ id }) => id);
const stateOf = (shots: { id: string; version: number }[]) => shots.map(({ id, version }) => [id, version]);

async function allComplete(p: Production): Promise<void> {
  for (const { number, removedIn } of await p.episodes())
    if (removedIn === null) expect((await p.coverage(number)).complete).toBe(true);
}

describe('one line reworded', () => {
  test('touches the shots of its scene alone; its own shot stays the same one', async () => {
    const p = await produced();
    const before = [await p.shots(1), await p.shots(2), await p.shots(3)];
    const own = await p.shotOf(lineAt(2, 2, 3));
    const task = await p.revise(written(base).replace(lineAt(2, 2, 3), `${lineAt(2, 2, 3).slice(0, -1)}，好吗？`));
    expect(task).toMatchObject({ status: 'completed', result: { cached: { extract: 2, storyboard: 2 } } });
    expect(stateOf(await p.shots(1))).toEqual(stateOf(before[0]!));
    expect(stateOf(await p.shots(3))).toEqual(stateOf(before[2]!));
    const elsewhere = (shots: (typeof before)[0]) => shots.filter(({ sceneNumber }) => sceneNumber !== '2-2');
    expect(stateOf(elsewhere(await p.shots(2)))).toEqual(stateOf(elsewhere(before[1]!)));
    expect((await p.shotOf('，好吗？')).id).toBe(own.id);
    await allComplete(p);
  });

  test('is followed by an edited shot, and let go by a locked one, which is listed', async () => {
    const p = await produced();
    const [edited, locked] = [await p.edit(lineAt(1, 1, 2)), await p.lock(lineAt(1, 2, 2))];
    const words = [lineAt(1, 1, 2), lineAt(1, 2, 2)].map(
      (line) => [line, `${line.slice(0, 6)}，从此不同了。`] as const,
    );
    await p.revise(words.reduce((text, [old, now]) => text.replace(old, now), written(base)));
    expect(await p.shotOf(words[0]![1])).toMatchObject({ id: edited.id, lens: '40mm', edited: true });
    const still = (await p.shots(1)).find(({ id }) => id === locked.id);
    expect(still).toMatchObject({ locked: true, lines: [{ text: words[1]![0] }] });
    expect((await p.shotOf(words[1]![1])).id).not.toBe(locked.id);
    const { unanchored } = await p.board(1);
    expect(unanchored).toEqual([{ shotId: locked.id, elementIds: [locked.lines[0]!.elementId], reason: 'words' }]);
    await allComplete(p);
  });
});

describe('a scene', () => {
  test('put in leaves the others their shots, under their new numbers', async () => {
    const p = await produced();
    const edited = await p.edit(lineAt(1, 2, 3));
    const before = await p.shots(1);
    const task = await p.revise(
      changed((script) => script[0]!.splice(1, 0, { place: '新桥', lines: [lineOf(301), lineOf(303)] })),
    );
    expect(task.status).toBe('completed');
    const after = await p.shots(1);
    const old = after.filter(({ id }) => before.some((shot) => shot.id === id));
    expect(idsOf(old)).toEqual(idsOf(before));
    expect(new Set(after.filter((shot) => !old.includes(shot)).map((shot) => shot.sceneNumber))).toEqual(
      new Set(['1-2']),
    );
    expect(after.find(({ id }) => id === edited.id)).toMatchObject({ sceneNumber: '1-3', lens: '40mm', edited: true });
    expect((await p.board(1)).unanchored).toEqual([]);
    await allComplete(p);
  });

  test('moved to another episode takes its shots along', async () => {
    const p = await produced();
    const [edited, locked] = [await p.edit(lineAt(1, 2, 2)), await p.lock(lineAt(1, 2, 5))];
    const before = await p.shots(1);
    const moving = before.filter(({ sceneNumber }) => sceneNumber === '1-2');
    await p.revise(changed((script) => script[2]!.push(...script[0]!.splice(1, 1))));
    const there = (await p.shots(3)).filter(({ sceneNumber }) => sceneNumber === '3-4');
    expect(idsOf(there)).toEqual(idsOf(moving));
    expect(there.find(({ id }) => id === edited.id)).toMatchObject({ lens: '40mm', edited: true });
    expect(there.find(({ id }) => id === locked.id)).toMatchObject({ locked: true });
    expect(idsOf(await p.shots(1))).toEqual(idsOf(before.filter((shot) => !moving.includes(shot))));
    await allComplete(p);
  });

  test('taken out takes its generated shots with it; those a person worked on stay and are listed', async () => {
    const p = await produced();
    const [edited, locked] = [await p.edit(lineAt(1, 2, 2)), await p.lock(lineAt(1, 2, 5))];
    const before = await p.shots(1);
    await p.revise(changed((script) => script[0]!.splice(1, 1)));
    const after = await p.shots(1);
    const others = before.filter(({ sceneNumber }) => sceneNumber !== '1-2');
    expect(new Set(idsOf(after))).toEqual(new Set([...idsOf(others), edited.id, locked.id]));
    const { unanchored, coverage } = await p.board(1);
    expect(unanchored.map(({ shotId, reason }) => [shotId, reason])).toEqual([
      [edited.id, 'words'],
      [locked.id, 'words'],
    ]);
    expect(coverage.complete).toBe(true);
  });

  test('put back finds the shots that were listed', async () => {
    const p = await produced();
    const edited = await p.edit(lineAt(1, 2, 2));
    await p.revise(changed((script) => script[0]!.splice(1, 1)));
    await p.revise(written(base));
    const { unanchored, coverage } = await p.board(1);
    expect([unanchored, coverage.complete]).toEqual([[], true]);
    expect(await p.shotOf(lineAt(1, 2, 2))).toMatchObject({ id: edited.id, lens: '40mm', sceneNumber: '1-2' });
  });
});

describe('an episode', () => {
  test('put in front leaves the others their storyboards, under their new numbers', async () => {
    const p = await produced();
    const edited = await p.edit(lineAt(1, 2, 3));
    const before = [await p.shots(1), await p.shots(2), await p.shots(3)];
    const task = await p.revise(
      changed((script) => script.unshift([{ place: '新桥', lines: [lineOf(301), lineOf(303)] }])),
    );
    expect(task).toMatchObject({ status: 'completed', result: { episodes: 4 } });
    for (const [i, shots] of before.entries()) expect(idsOf(await p.shots(i + 2))).toEqual(idsOf(shots));
    expect((await p.shots(2)).find(({ id }) => id === edited.id)).toMatchObject({ sceneNumber: '2-2', lens: '40mm' });
    const [first] = await p.shots(1);
    expect(before.flat().some(({ id }) => id === first?.id)).toBe(false);
    await allComplete(p);
  });

  test('moved to another place keeps its storyboard', async () => {
    const p = await produced();
    const edited = await p.edit(lineAt(1, 2, 3));
    const before = [await p.shots(1), await p.shots(2), await p.shots(3)];
    await p.revise(changed((script) => script.push(script.shift()!)));
    expect(idsOf(await p.shots(1))).toEqual(idsOf(before[1]!));
    expect(idsOf(await p.shots(2))).toEqual(idsOf(before[2]!));
    expect(idsOf(await p.shots(3))).toEqual(idsOf(before[0]!));
    expect((await p.shots(3)).find(({ id }) => id === edited.id)).toMatchObject({ lens: '40mm', edited: true });
    await allComplete(p);
  });

  test('split in two shares its shots out', async () => {
    const p = await produced();
    const edited = await p.edit(lineAt(1, 3, 3));
    const before = [await p.shots(1), await p.shots(2)];
    await p.revise(changed((script) => script.splice(1, 0, script[0]!.splice(2))));
    const [first, second] = [await p.shots(1), await p.shots(2)];
    expect(idsOf([...first, ...second])).toEqual(idsOf(before[0]!));
    expect(second.find(({ id }) => id === edited.id)).toMatchObject({ lens: '40mm', sceneNumber: '2-1' });
    expect(idsOf(await p.shots(3))).toEqual(idsOf(before[1]!));
    await allComplete(p);
  });

  test('taken out is kept under a number of its own, with its storyboard, and comes back when the script has it again', async () => {
    const p = await produced();
    const edited = await p.edit(lineAt(2, 2, 3));
    const before = [await p.shots(2), await p.shots(3)];
    const task = await p.revise(changed((script) => script.splice(1, 1)));
    expect(task).toMatchObject({ status: 'completed', result: { episodes: 2, scenes: 6 } });
    const episodes = await p.episodes();
    expect(episodes.map(({ number, revision, removedIn }) => [number, revision, removedIn])).toEqual([
      [1, 2, null],
      [2, 2, null],
      [4, 1, 2],
    ]);
    expect(idsOf(await p.shots(2))).toEqual(idsOf(before[1]!));
    expect(stateOf(await p.shots(4)).map(([id]) => id)).toEqual(idsOf(before[0]!));
    expect(await p.board(4)).toMatchObject({ shots: before[0]!.length, coverage: { complete: true }, unanchored: [] });
    const { items } = await Asset.list(t.ctx, { projectId: p.project, kind: 'location', size: 100 });
    expect(items.map(({ name }) => name)).not.toContain('第4街');
    await p.revise(written(base));
    expect((await p.episodes()).map(({ number, removedIn }) => [number, removedIn])).toEqual([
      [1, null],
      [2, null],
      [3, null],
    ]);
    expect(idsOf(await p.shots(2))).toEqual(idsOf(before[0]!));
    expect((await p.shots(2)).find(({ id }) => id === edited.id)).toMatchObject({ lens: '40mm', edited: true });
    await allComplete(p);
  });
});

test('a storyboard that tells the same already is left alone', async () => {
  const p = await produced();
  const { version } = await p.board(1);
  await renewBoards(t.ctx, p.project, new Set([1]));
  expect((await p.board(1)).version).toBe(version);
});

test('an episode of which every line went into others is kept without a storyboard', async () => {
  const p = await produced();
  const before = await p.shots(2);
  await p.revise(
    changed((script) => {
      script[0]!.push(...script[1]!);
      script[1] = aScript(4, 3, 6)[3]!;
    }),
  );
  const left = (await p.episodes()).filter(({ removedIn }) => removedIn !== null);
  expect(left).toHaveLength(1);
  expect(idsOf(await p.shots(1))).toEqual(expect.arrayContaining(idsOf(before)));
  await expect(p.board(left[0]!.number)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await allComplete(p);
});

describe('a person under another name', () => {
  test('stays the asset they were, merges included, and their shots stay', async () => {
    const p = await Production.of(t.ctx, '改名', drama);
    const find = async (search: string) =>
      (await Asset.list(t.ctx, { projectId: p.project, kind: 'character', search })).items[0]!;
    const [lin, qin] = [await find('林晚'), await find('秦姨')];
    await Asset.update(t.ctx, { id: lin.id, version: lin.version, description: '总穿一件旧毛衣' });
    const merged = await Asset.merge(t.ctx, { id: (await find('林晚')).id, otherId: qin.id });
    const [locked, edited] = [await p.lock('您要找的书'), await p.edit('小林老板，他又来了')];
    const task = await p.revise(drama.replaceAll('林晚', '林婉'));
    expect(task.status).toBe('completed');
    const now = await find('林婉');
    expect(now).toMatchObject({ id: merged.id, name: '林婉', description: '总穿一件旧毛衣' });
    expect(now.forms.map(({ surface }) => surface)).toEqual(expect.arrayContaining(['林婉', '秦姨']));
    expect((await p.shots(1)).find(({ id }) => id === locked.id)).toMatchObject({
      locked: true,
      lines: [{ speakers: ['林婉'] }],
    });
    expect((await p.shots(1)).find(({ id }) => id === edited.id)).toMatchObject({ lens: '40mm', edited: true });
    expect((await p.board(1)).unanchored).toEqual([]);
    await allComplete(p);
  });

  test('stays the asset they were also after an episode left the script', async () => {
    const p = await Production.of(t.ctx, '少一集', drama);
    const find = async (search: string) =>
      (await Asset.list(t.ctx, { projectId: p.project, kind: 'character', search })).items[0]!;
    const { id } = await find('林晚');
    const [shorter = ''] = drama.split('第2集');
    await p.revise(shorter);
    const task = await p.revise(shorter.replaceAll('林晚', '林婉'));
    expect(task.status).toBe('completed');
    expect(await find('林婉')).toMatchObject({ id, name: '林婉' });
    expect((await p.episodes()).map(({ removedIn }) => removedIn)).toEqual([null, 2]);
  });

  test('stays one where a person made two one and the script changes both names', async () => {
    const p = await Production.of(t.ctx, '都改名', drama);
    const people = async () => (await Asset.list(t.ctx, { projectId: p.project, kind: 'character', size: 100 })).items;
    const find = async (name: string) => (await people()).find((asset) => asset.name === name)!;
    const merged = await Asset.merge(t.ctx, { id: (await find('林晚')).id, otherId: (await find('秦姨')).id });
    const task = await p.revise(drama.replaceAll('林晚', '林婉').replaceAll('秦姨', '秦婶'));
    expect(task.status).toBe('completed');
    const now = await find('林婉');
    expect(now.id).toBe(merged.id);
    expect(now.forms.map(({ surface }) => surface)).toEqual(expect.arrayContaining(['林婉', '秦婶']));
    expect((await people()).map(({ name }) => name).sort()).toEqual(['林婉', '顾言之'].sort());
    await allComplete(p);
  });
});
