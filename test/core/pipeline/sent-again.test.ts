// A script is deleted and sent again: its episodes are the ones people worked on, not others beside them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadAll } from '../../../core/episode/store.ts';
import * as Impact from '../../../core/impact/index.ts';
import { read } from '../../../core/pipeline/read.ts';
import * as Script from '../../../core/revision/index.ts';
import { formerScript } from '../../../core/revision/inherited.ts';
import { parse } from '../../../core/script/index.ts';
import * as Task from '../../../core/task/index.ts';
import { beforeWrite, breaksOff, overheard } from '../../kit/lagging.ts';
import { Production } from '../../kit/revised.ts';
import { run } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';
import { aScript, lineOf, type Scene, sentence, written } from '../../kit/written.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const base = aScript(3, 2, 4);
const text = written(base);
/** An episode in front, one taken out, a line reworded. */
const nearly = (): string => {
  const script: Scene[][] = structuredClone(base);
  script.splice(1, 1);
  script.unshift([{ place: '新桥', lines: [lineOf(301), lineOf(303)] }]);
  return written(script).replace(sentence(16), `${sentence(16).slice(0, -1)}，好吗？`);
};

let count = 0;
const produced = () => Production.of(t.ctx, `重传 ${++count}`, text);
const begin = async (project: string, rawText: string) =>
  (await Task.parseScript(t.ctx, { projectId: project, rawText })).taskId;
/** The text sent into the project, broken down. */
async function sent(p: Production, rawText: string): Promise<Production> {
  const task = await run(t.ctx, await begin(p.project, rawText));
  expect(task.status).toBe('completed');
  return new Production(t.ctx, p.project, task.scriptId);
}
const stateOf = (shots: { id: string; version: number }[]) => shots.map(({ id, version }) => [id, version]);
const placesOf = async (p: Production) =>
  (await p.episodes()).map(({ number, scriptId, removedIn }) => [number, scriptId, removedIn]);

describe('a script that was deleted and is sent again', () => {
  test('word for word has the episodes it had, with every shot as it was', async () => {
    const p = await produced();
    const [edited, locked] = [await p.edit(sentence(4)), await p.lock(sentence(7))];
    const before = [await p.shots(1), await p.shots(2), await p.shots(3)];
    await Script.remove(t.ctx, { id: p.script });
    const again = await sent(p, text);
    expect(again.script).not.toBe(p.script);
    expect(await placesOf(again)).toEqual([1, 2, 3].map((n) => [n, again.script, null]));
    for (const [i, shots] of before.entries()) expect(stateOf(await again.shots(i + 1))).toEqual(stateOf(shots));
    expect(await again.shotOf(sentence(4))).toMatchObject({ id: edited.id, lens: '40mm' });
    expect(await again.shotOf(sentence(7))).toMatchObject({ id: locked.id, locked: true });
  });

  test('nearly as it was goes on as a revision would, and says so before', async () => {
    const p = await produced();
    const edited = await p.edit(sentence(17));
    const [first, second] = [await p.shots(1), await p.shots(2)];
    await Script.remove(t.ctx, { id: p.script });
    const { id } = await Script.create(t.ctx, { projectId: p.project, rawText: nearly() });
    const { against, episodes, counts } = await Impact.impact(t.ctx, { id, revision: 1 });
    expect([against, episodes.map(({ before, after }) => [before, after])]).toEqual([
      null,
      [
        [null, 1],
        [1, 2],
        [2, 4],
        [3, 3],
      ],
    ]);
    expect(counts.elements.same).toBeGreaterThan(10);
    const again = new Production(t.ctx, p.project, id);
    expect((await again.rerun()).status).toBe('completed');
    expect(await placesOf(again)).toEqual([
      [1, id, null],
      [2, id, null],
      [3, id, null],
      [4, id, 1],
    ]);
    expect((await again.shots(2)).map((shot) => shot.id)).toEqual(first.map((shot) => shot.id));
    expect((await again.shots(4)).map((shot) => shot.id)).toEqual(second.map((shot) => shot.id));
    expect(await again.shotOf(sentence(17))).toMatchObject({ id: edited.id, lens: '40mm', sceneNumber: '3-1' });
    for (const n of [1, 2, 3]) expect((await again.coverage(n)).complete).toBe(true);
    // the episode that left comes back with the next revision
    const later = new Production(t.ctx, p.project, id);
    expect((await later.revise(text)).status).toBe('completed');
    expect((await later.shots(2)).map((shot) => shot.id)).toEqual(second.map((shot) => shot.id));
  });

  test('is another one where it tells another story, and where the first is still there', async () => {
    const p = await produced();
    const before = await p.shots(1);
    const beside = await sent(p, nearly());
    expect((await placesOf(p)).map(([number, script]) => [number, script])).toEqual([
      ...[1, 2, 3].map((n) => [n, p.script]),
      ...[4, 5, 6].map((n) => [n, beside.script]),
    ]);
    await Script.remove(t.ctx, { id: p.script });
    const other = await sent(p, written(aScript(6, 2, 4).slice(4)));
    expect((await placesOf(p)).slice(6)).toEqual([7, 8].map((n) => [n, other.script, null]));
    expect((await placesOf(p))[0]).toEqual([1, p.script, null]);
    expect(stateOf(await p.shots(1))).toEqual(stateOf(before));
  });

  test('gives its episodes back to the first, where that is restored in its place', async () => {
    const p = await produced();
    const before = await p.shots(1);
    await Script.remove(t.ctx, { id: p.script });
    const again = await sent(p, text);
    await Script.remove(t.ctx, { id: again.script });
    expect(await Script.restore(t.ctx, { id: p.script })).not.toHaveProperty('heir');
    expect((await p.rerun()).status).toBe('completed');
    expect(await placesOf(p)).toEqual([1, 2, 3].map((n) => [n, p.script, null]));
    expect(stateOf(await p.shots(1))).toEqual(stateOf(before));
  });
});

test('work on the deleted one is not gone on with: its episodes are the other one’s by now', async () => {
  const p = await produced();
  const { taskId } = await Task.parseScript(t.ctx, { projectId: p.project, scriptId: p.script, rerun: true });
  await Task.cancel(t.ctx, { id: taskId });
  await Script.remove(t.ctx, { id: p.script });
  const again = await sent(p, text);
  await expect(Task.retry(t.ctx, { id: taskId })).rejects.toMatchObject({ code: 'REVISION_OVERTAKEN' });
  await again.revise(nearly());
  expect((await placesOf(again)).slice(0, 3)).toEqual([1, 2, 3].map((n) => [n, again.script, null]));
});

test('what is being taken over by one that is there is not taken by a third', async () => {
  const p = await produced();
  await Script.remove(t.ctx, { id: p.script });
  const second = await begin(p.project, nearly());
  let writes = 0;
  const breaking = beforeWrite(t.ctx, async () => {
    if (++writes > 2) throw new Error('the connection broke');
  });
  await expect(read(breaking, { task: second, attempt: 1 })).rejects.toThrow('the connection broke');
  await Task.cancel(t.ctx, { id: second });
  const third = await sent(p, text);
  const taken = (await placesOf(p)).filter(([, script]) => script === third.script).map(([number]) => number);
  expect(Math.min(...(taken as number[]))).toBeGreaterThan(3);
  await Task.retry(t.ctx, { id: second });
  const { status, scriptId } = await run(t.ctx, second);
  expect(status).toBe('completed');
  expect((await placesOf(p)).slice(0, 3)).toEqual([1, 2, 3].map((n) => [n, scriptId, null]));
});

test('is looked for among all other scripts of the project at once', async () => {
  const p = await produced();
  const other = await sent(p, written(aScript(6, 2, 4).slice(4)));
  const third = await sent(p, written(aScript(8, 2, 4).slice(7)));
  await Script.remove(t.ctx, { id: p.script });
  const rows = await loadAll(t.ctx, p.project);
  expect(new Set(rows.map(({ script }) => script))).toEqual(new Set([p.script, other.script, third.script]));
  const asked: string[] = [];
  const coming = { script: 'scr_new', folder: '', load: async () => parse(new TextEncoder().encode(text), 'a.txt') };
  const former = await formerScript(
    overheard(t.ctx, (operation) => asked.push(operation)),
    rows,
    coming,
  );
  expect(former?.id).toBe(p.script);
  expect(asked).toEqual(['BatchGetItem']);
});

test('wherever the taking over breaks off, the next attempt ends where an unbroken one does', async () => {
  let breaks = 0;
  for (let at = 1, isBroken = true; isBroken; at++) {
    const p = await produced();
    const edited = await p.edit(sentence(17));
    const ids = new Set((await p.rows(3)).map(({ id }) => id));
    await Script.remove(t.ctx, { id: p.script });
    const task = await begin(p.project, nearly());
    isBroken = await breaksOff(t.ctx, at, (ctx) => read(ctx, { task, attempt: 1 }));
    const { status, scriptId } = await run(t.ctx, task);
    expect(status).toBe('completed');
    expect(await placesOf(p)).toEqual([
      [1, scriptId, null],
      [2, scriptId, null],
      [3, scriptId, null],
      [4, scriptId, 1],
    ]);
    expect(await p.shotOf(sentence(17))).toMatchObject({ id: edited.id, lens: '40mm', sceneNumber: '3-1' });
    // the shots of the episode that left, and those whose words are in the script
    const kept = (await p.rows(4)).filter(({ id }) => ids.has(id)).length;
    expect(kept).toBeGreaterThanOrEqual(ids.size - 1);
    breaks = at;
  }
  expect(breaks).toBeGreaterThan(5);
}, 600_000);
