// What the board says of its shots, while several people change them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '../../core/platform/ctx.ts';
import * as Shot from '../../core/shot/index.ts';
import { makeBoard, shotsIn } from '../kit/board.ts';
import { frozen, lagging, outpaced } from '../kit/lagging.ts';
import { type ATenant, aTenant } from '../kit/tenant.ts';

let t: ATenant;
beforeAll(async () => {
  t = await aTenant();
});
afterAll(() => t.stop());

const aBoard = (title: string) => makeBoard(t.ctx, title);
const shotsOf = (id: string) => shotsIn(t.ctx, id);
type AShot = Awaited<ReturnType<typeof shotsOf>>[0];
const lasting = (ctx: Ctx, { id, version }: AShot, duration: number) =>
  Shot.update(ctx, { id, version, content: { duration } });

/** The board tells the seconds and the issues of its shots as they are now. */
async function agrees(id: string): Promise<void> {
  const [{ seconds, coverage, shots: count }, shots] = [await Shot.get(t.ctx, { id }), await shotsOf(id)];
  expect(seconds).toBeCloseTo(
    shots.reduce((sum, { duration }) => sum + duration, 0),
    5,
  );
  const { complete, issues } = await Shot.coverage(t.ctx, { id });
  expect([coverage.complete, coverage.issues, count]).toEqual([complete, issues.length, shots.length]);
}

test('two people who change the length of two shots at once are both counted', async () => {
  const { id, shots } = await aBoard('两人');
  const [one, two] = shots.filter(({ lines }) => lines.length > 0);
  const first = outpaced(t.ctx, () => lasting(t.ctx, two!, 0.2));
  await lasting(first, one!, 0.3);
  expect((await shotsOf(id)).flatMap(({ id: shot, duration }) => (duration < 1 ? [[shot, duration]] : []))).toEqual([
    [one!.id, 0.3],
    [two!.id, 0.2],
  ]);
  await agrees(id);
});

test('so are many', async () => {
  const { id, shots } = await aBoard('许多人');
  await Promise.all(shots.map((shot, at) => lasting(t.ctx, shot, at + 2)));
  await agrees(id);
});

test.each([
  ['does not show the shot yet', (ctx: Ctx) => lagging(ctx, 400)],
  ['shows the shot as it was', frozen],
])('a length changed right behind another is counted, though the index %s', async (how, indexed) => {
  const { id, shots } = await aBoard(`索引 ${how}`);
  const behind = indexed(t.ctx);
  await lasting(behind, shots[0]!, 12);
  await lasting(behind, shots[1]!, 13);
  await agrees(id);
  await Shot.move(behind, { id: shots[0]!.id, afterId: shots[2]!.id });
  await agrees(id);
});

test('what is not counted costs one read and one write', async () => {
  const { id, shots } = await aBoard('备注');
  const [shot] = shots;
  const sent: string[] = [];
  const { core } = t.ctx.stores;
  const send = (command: { operation: string }) => {
    sent.push(command.operation);
    return core.client.send(command as never);
  };
  const client = new Proxy(core.client, { get: (on, name) => (name === 'send' ? send : Reflect.get(on, name)) });
  const counting: Ctx = { ...t.ctx, stores: { ...t.ctx.stores, core: { ...core, client } } };
  await Shot.update(counting, { id: shot!.id, version: shot!.version, note: '灯再暗一点' });
  expect(sent).toEqual(['BatchGetItem', 'TransactWriteItems']);
  await agrees(id);
});

test('of two at the same shot the slower one is told, and the board tells what the first one made of it', async () => {
  const { id, shots } = await aBoard('同一个镜头');
  const slower = outpaced(t.ctx, () => lasting(t.ctx, shots[0]!, 9));
  await expect(lasting(slower, shots[0]!, 4)).rejects.toMatchObject({
    code: 'STALE_VERSION',
    details: { current_version: shots[0]!.version + 1 },
  });
  expect((await shotsOf(id))[0]).toMatchObject({ duration: 9 });
  await agrees(id);
});
