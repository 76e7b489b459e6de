// What a new revision would do is told before anything is begun, and is what then happens.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import * as Impact from '../../../core/impact/index.ts';
import * as Script from '../../../core/revision/index.ts';
import { Production } from '../../kit/revised.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { acted, anyActs, aScript, lineOf, type Scene, sentence, written } from '../../kit/written.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const base = aScript(3, 3, 6);
const lineAt = (episode: number, scene: number, line: number) =>
  sentence(((episode - 1) * 3 + scene - 1) * 6 + line - 1);
let count = 0;
const produced = () => Production.of(t.ctx, `影响 ${++count}`, written(base));
const impactOf = (p: Production, revision: number) => Impact.impact(t.ctx, { id: p.script, revision });
const none = { same: 0, changed: 0, moved: 0, added: 0, removed: 0 };

describe('the impact of a revision', () => {
  test('tells scenes, episodes and shots, and what of a person’s work is kept and what is not', async () => {
    const p = await produced();
    const [locked, edited, cut] = [
      await p.lock(lineAt(1, 1, 2)),
      await p.edit(lineAt(1, 1, 5)),
      await p.edit(lineAt(2, 2, 2)),
    ];
    const plain = await p.shotOf(lineAt(1, 1, 3));
    const script = structuredClone(base);
    for (const line of [1, 2, 4]) script[0]![0]!.lines[line] = `${script[0]![0]!.lines[line]!.slice(0, -3)}，变了。`;
    script[1]!.splice(1, 1);
    script.splice(2, 0, [{ place: '新桥', lines: [lineOf(301), lineOf(303)] }]);
    const revision = await p.upload(written(script));
    const told = await impactOf(p, revision);
    expect(told).toMatchObject({ revision: 2, against: 1, counts: { elements: { changed: 3 } }, renames: [] });
    expect(told.counts.scenes).toEqual({ ...none, same: 7, changed: 1, removed: 1, added: 1 });
    expect(told.episodes.map(({ status, before, after }) => [status, before, after])).toEqual([
      ['changed', 1, 1],
      ['changed', 2, 2],
      ['added', null, 3],
      ['same', 3, 4],
    ]);
    expect(told.scenes.map(({ status, before, after }) => [status, before?.number, after?.number])).toEqual([
      ['changed', '1-1', '1-1'],
      ['removed', '2-2', undefined],
      ['added', undefined, '3-1'],
    ]);
    const of = (id: string) => told.shots.find(({ shotId }) => shotId === id);
    expect(of(locked.id)).toMatchObject({ outcome: 'unanchored', reason: 'words', locked: true });
    expect(of(cut.id)).toMatchObject({
      outcome: 'unanchored',
      reason: 'words',
      edited: true,
      episode: 2,
      toEpisode: 2,
    });
    expect(of(edited.id)).toMatchObject({ outcome: 'reworded', elementIds: [edited.lines[0]?.elementId] });
    expect(of(plain.id)).toMatchObject({ outcome: 'remade', locked: false, edited: false });
    expect(
      told.shots
        .filter(({ episode }) => episode === 3)
        .every(({ outcome, toEpisode }) => outcome === 'moved' && toEpisode === 4),
    ).toBe(true);
    expect(told.price).toMatchObject({ provider: 'builtin', lines: [], total: { calls: 0, micros: 0 } });
    expect(told.leftOff).toEqual({ scenes: 0, assets: 0, shots: 0 });
  });

  test('names the assets that lose places or names', async () => {
    const p = await produced();
    const script = structuredClone(base);
    script[1]!.splice(1, 1);
    const { assets } = await impactOf(p, await p.upload(written(script)));
    const place = assets.find(({ name }) => name === '第4街');
    expect(place).toMatchObject({ kind: 'location', mentions: 1, mentionsGone: 1, formsGone: ['第4街'], leaves: true });
    const person = assets.find(({ name }) => name === '林晚');
    expect(person).toMatchObject({ kind: 'character', formsGone: [], leaves: false });
    expect(person!.mentionsGone).toBeGreaterThan(0);
    expect(person!.mentionsGone).toBeLessThan(person!.mentions);
    await p.rerun();
    const names = (await Asset.list(t.ctx, { projectId: p.project, size: 100 })).items.map(({ name }) => name);
    expect(assets.filter(({ leaves }) => leaves).map(({ name }) => name)).toEqual(['第4街']);
    expect(names).not.toContain('第4街');
  });

  test('tells a name that was changed throughout, and whose it is', async () => {
    const p = await produced();
    const { renames, assets } = await impactOf(p, await p.upload(written(base).replaceAll('林晚', '林婉')));
    expect(renames).toEqual([{ kind: 'character', before: '林晚', after: '林婉' }]);
    expect(assets.find(({ name }) => name === '林晚')).toMatchObject({ renamedTo: '林婉', leaves: false });
  });

  test('tells an episode that leaves the script, and where it is kept', async () => {
    const p = await produced();
    const shots = (await p.shots(1)).length;
    const told = await impactOf(p, await p.upload(written(base.slice(1))));
    expect(told.episodes.map(({ status, before, after }) => [status, before, after])).toEqual([
      ['removed', 1, 4],
      ['same', 2, 1],
      ['same', 3, 2],
    ]);
    expect(told.counts.shots.left).toBe(shots);
    await p.rerun();
    expect((await p.episodes()).map(({ number, removedIn }) => [number, removedIn])).toEqual([
      [1, null],
      [2, null],
      [4, 2],
    ]);
  });

  test('of one that was broken down is nothing more, and its changes are still told', async () => {
    const p = await produced();
    await p.revise(written(base).replace(lineAt(2, 2, 3), `${lineAt(2, 2, 3)}好吗？`));
    const told = await impactOf(p, 2);
    expect((await impactOf(p, 1)).price).toBeNull();
    expect(told).toMatchObject({ against: 1, shots: [], assets: [], counts: { elements: { changed: 1 } } });
    expect(told.counts.shots).toMatchObject({ stay: 0, remade: 0 });
    expect(await impactOf(p, 1)).toMatchObject({ against: null, shots: [], counts: { scenes: { ...none, added: 9 } } });
  });

  test('is told of a script that nothing was made of yet', async () => {
    const { project } = await produced();
    const { id } = await Script.create(t.ctx, { projectId: project, rawText: written(base), title: '草稿' });
    await Script.revise(t.ctx, { id, rawText: written(base.slice(0, 2)) });
    expect(await Impact.impact(t.ctx, { id, revision: 2 })).toMatchObject({
      against: 1,
      counts: { scenes: { ...none, same: 6, removed: 3 } },
      shots: [],
    });
    const { newest } = await Script.get(t.ctx, { id });
    expect(newest.status).toBe('pending');
  });
});

describe('whatever was done to the script', () => {
  test('each shot fares as it was told', async () => {
    const hands = fc.array(fc.tuple(fc.constantFrom('edit' as const, 'lock' as const), fc.nat(53)), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(anyActs, hands, async (acts, mine) => {
        const p = await produced();
        for (const [hand, n] of mine) await p[hand](sentence(n)).catch(refusedAsLocked);
        const before = new Map((await p.rows()).map((row) => [row.id, row]));
        const told = await impactOf(p, await p.upload(written(acts.reduce<Scene[][]>(acted, base))));
        const task = await p.rerun();
        expect(task.status).toBe('completed');
        const after = new Map((await p.rows()).map((row) => [row.id, row]));
        for (const { shotId, outcome, toEpisode } of told.shots) {
          const now = after.get(shotId);
          if (outcome === 'dropped') expect(now).toBeUndefined();
          else if (outcome !== 'remade') expect(now?.board.endsWith(`_${toEpisode}`)).toBe(true);
        }
        for (const [id, row] of before) if (row.locked || row.edited) expect(after.has(id)).toBe(true);
        const present = (await p.episodes()).filter(({ removedIn }) => removedIn === null);
        const boards = await Promise.all(present.map(({ number }) => p.board(number)));
        const listed = told.shots.filter(({ outcome }) => outcome === 'unanchored').map(({ shotId }) => shotId);
        for (const { shotId } of boards.flatMap(({ unanchored }) => unanchored)) expect(listed).toContain(shotId);
        expect(boards.every(({ coverage }) => coverage.complete)).toBe(true);
      }),
      { numRuns: 8 },
    );
  }, 240_000);
});

const refusedAsLocked = (error: unknown) => expect(error).toMatchObject({ code: 'SHOT_LOCKED' });

describe('the impact is refused', () => {
  test('for a revision that is none, or of another tenant', async () => {
    const p = await produced();
    await expect(impactOf(p, 9)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(Impact.impact(t.other, { id: p.script, revision: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('with the reason where the revision cannot be read', async () => {
    const p = await produced();
    const noise = await p.upload('\u0001\u0002\u0000\u0003\u0004'.repeat(40));
    await expect(impactOf(p, noise)).rejects.toMatchObject({ code: 'BINARY_FILE' });
    await p.rerun();
    await expect(impactOf(p, noise)).rejects.toMatchObject({ code: 'BINARY_FILE' });
    const large = await p.upload('△下雨。\n'.repeat(400_000));
    await expect(impactOf(p, large)).rejects.toMatchObject({ code: 'SCRIPT_NOT_READ' });
  });

  test('to nobody who may read the script', async () => {
    const p = await produced();
    const { against, counts } = await Impact.impact(t.as('viewer'), { id: p.script, revision: 1 });
    expect([against, counts.scenes.added]).toEqual([null, 9]);
  });
});
