// What clients write of a shot: put back as it was read, changed where it differs, refused where it could be lost; and many at one board.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import type { Failure } from '../../../core/platform/failure.ts';
import * as Shot from '../../../core/shot/index.ts';
import { makeBoard, shotsIn } from '../../kit/board.ts';
import { overtaken } from '../../kit/lagging.ts';
import { meanwhile } from '../../kit/meanwhile.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

type ShotInfo = Awaited<ReturnType<typeof shotsIn>>[number];

let t: ATenant;
let board: Awaited<ReturnType<typeof makeBoard>>;
beforeAll(async () => {
  t = await aTenant();
  board = await makeBoard(t.ctx, '写镜头');
});
afterAll(() => t.stop());

const shotAt = async (place: number): Promise<ShotInfo> => (await shotsIn(t.ctx, board.id))[place]!;
const read = (id: string) => Shot.shot(t.ctx, { id });
/** What a put is refused with, as people read it. */
const refused = (input: object): Promise<Failure> =>
  Shot.update(t.ctx, input as never).then(
    () => Promise.reject(new Error('it was taken')),
    (error: Failure) => error,
  );

describe('a shot that is put back', () => {
  test('as it was read, from a list or by itself, is the shot it was', async () => {
    const listed = await shotAt(2);
    for (const shot of [listed, await read(listed.id)]) {
      const { id, version } = shot;
      const answer = await Shot.update(t.ctx, { id, version, content: shot, note: shot.note, status: shot.status });
      expect(answer).toEqual(await read(listed.id));
      expect(await read(listed.id)).toMatchObject({ version: listed.version, edited: false, promptBy: null });
    }
  });

  test('with one field changed is changed in that field, and a person wrote no prompts of it', async () => {
    const before = await read((await shotAt(1)).id);
    const { id, version } = before;
    await Shot.update(t.ctx, { id, version, content: { ...before, size: 'ECU' } });
    const after = await read(id);
    expect(after).toEqual({ ...before, size: 'ECU', edited: true, version: version + 1, updatedAt: after.updatedAt });
    expect(await Shot.update(t.ctx, { id, version: after.version, content: { size: 'ECU' } })).toEqual(after);
  });

  test('goes by its version alone, though others were put before it and its copy is of an earlier save', async () => {
    const { id: of, shots } = await makeBoard(t.ctx, '旧副本');
    const { id, version } = shots[2]!;
    const copy = (await shotsIn(t.ctx, of))[2]!;
    await Shot.insert(t.ctx, { id: of, content: {} });
    const first = await Shot.update(t.ctx, { id, version, content: { ...copy, title: '一' } });
    const again = await Shot.update(t.ctx, { id, version: first.version, content: { ...copy, title: '二' } });
    expect(again).toMatchObject({ title: '二', version: version + 2, edited: true });
  });

  test('with nothing said takes no version, and another version is refused all the same', async () => {
    const { id, version } = await shotAt(0);
    for (const nothing of [{}, { content: {} }, { note: '' }])
      expect(await Shot.update(t.ctx, { id, version, ...nothing })).toMatchObject({ version });
    expect(await refused({ id, version: version + 1 })).toMatchObject({ code: 'STALE_VERSION' });
  });

  test('beside content is refused, with where its fields belong', async () => {
    const shot = await read((await shotAt(0)).id);
    const { id, version } = shot;
    for (const [field, input] of [
      ['size', { size: 'ECU', action: '我改的' }],
      ['location_asset_id', { locationAssetId: '' }],
      ['locked', { locked: true }],
      ['scene_id', shot],
    ] as const) {
      const refusal = await refused({ ...input, id, version });
      expect(refusal).toMatchObject({ code: 'INVALID_REQUEST', status: 400 });
      expect(refusal.say('en')).toContain(`${field}: fields of a shot go under content`);
    }
    expect(await read(id)).toEqual(shot);
  });

  test.each([
    ['lines', []],
    ['scene_id', 'nope'],
    ['element_ids', ['x']],
    ['unsourced', '我加的'],
    ['locked', true],
  ])('with another %s is refused by name', async (field, value) => {
    const { id, version } = (await shotsIn(t.ctx, board.id)).find(({ lines }) => lines.length > 0)!;
    const name = field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const refusal = await refused({ id, version, content: { size: 'ECU', [name]: value } });
    expect(refusal).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(refusal.say('en')).toContain(`content.${field}: it cannot be changed here`);
    expect(refusal.say('zh-CN')).toContain(`content.${field}：不能在此修改`);
    expect(await read(id)).toMatchObject({ version });
  });

  test.each(['shotSize', 'lines'])('a new shot with %s, which is not written, is refused by name', async (name) => {
    const content = { title: '空镜', [name]: [] };
    await expect(Shot.insert(t.ctx, { id: board.id, content })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      details: { reason: expect.stringContaining(name === 'lines' ? 'content.lines' : 'content.shot_size') },
    });
    await expect(Shot.insert(t.ctx, { id: board.id, content: {}, size: 'CU' } as never)).rejects.toMatchObject({
      details: { reason: expect.stringMatching(/^size: fields of a shot go under content/) },
    });
  });
});

describe('the assets a shot names', () => {
  const someBlocking = { name: '谁', side: 'left', facing: 'camera', variant: '' } as const;

  test.each([
    ['location_asset_id', (id: string) => ({ locationAssetId: id })],
    ['prop_asset_ids', (id: string) => ({ propAssetIds: [id] })],
    ['blocking.asset_id', (id: string) => ({ blocking: [{ ...someBlocking, assetId: id }] })],
  ])('must be of its project: %s', async (field, naming) => {
    const elsewhere = await makeBoard(t.ctx, `别处 ${field}`);
    const strange = (await Asset.list(t.ctx, { projectId: elsewhere.project })).items[0]!;
    const foreign = await makeBoard(t.other, `别家 ${field}`);
    const theirs = (await Asset.list(t.other, { projectId: foreign.project })).items[0]!;
    const gone = await Asset.create(t.ctx, { projectId: board.project, kind: 'prop', name: `灯 ${field}` });
    await Asset.remove(t.ctx, { id: gone.id });
    const { id, version } = await shotAt(0);
    for (const named of ['ast_nope', strange.id, theirs.id, gone.id]) {
      const refusal = expect.objectContaining({ code: 'INVALID_REQUEST', status: 400 });
      const content = naming(named);
      const failure = await refused({ id, version, content });
      expect(failure).toEqual(refusal);
      expect(failure.say('en')).toContain(`content.${field}: the project has no asset ${named}`);
      await expect(Shot.insert(t.ctx, { id: board.id, content })).rejects.toEqual(refusal);
    }
    expect(await read(id)).toMatchObject({ version });
  });

  test('are taken when the project has them, and stay where they are gone by now', async () => {
    const lamp = await Asset.create(t.ctx, { projectId: board.project, kind: 'prop', name: '提灯' });
    const { id, version, propAssetIds } = await shotAt(0);
    const unknown = { ...someBlocking, assetId: '' };
    const held = { propAssetIds: [...propAssetIds, lamp.id], blocking: [unknown] };
    expect(await Shot.update(t.ctx, { id, version, content: held })).toMatchObject(held);
    await Asset.remove(t.ctx, { id: lamp.id });
    const fewer = { propAssetIds: [lamp.id] };
    expect(await Shot.update(t.ctx, { id, version: version + 1, content: fewer })).toMatchObject(fewer);
  });
});

test('what a change answers is the shot as it is read after, to the millisecond', async () => {
  let clock = Date.now();
  const ctx = { ...t.ctx, now: () => ++clock };
  const { shots } = await makeBoard(ctx, '毫秒');
  const { id, version } = shots[0]!;
  expect(await Shot.update(ctx, { id, version, content: { title: '改', duration: 9 } })).toEqual(await read(id));
  expect(await Shot.lock(ctx, { id, locked: true })).toEqual(await read(id));
  await Shot.lock(ctx, { id, locked: false });
  const moved = await Shot.move(ctx, { id, afterId: shots[2]!.id });
  expect(moved.shots).toMatchObject([{ ...(await read(id)), number: 3 }]);
});

describe('two people at one storyboard', () => {
  const besides = (act: () => unknown) => meanwhile(t.ctx, act);

  test('who insert, move or delete at the same moment both get what they asked for', async () => {
    const { id, shots } = await makeBoard(t.ctx, '两人');
    const insert = (title: string, afterId: string, ctx = t.ctx) =>
      Shot.insert(ctx, { id, afterId, content: { title } });
    const [first, second, third, last] = [shots[0]!, shots[1]!, shots[2]!, shots.at(-1)!];
    await insert(
      '甲',
      last.id,
      besides(() => insert('乙', last.id)),
    );
    await Shot.move(
      besides(() => insert('丙', second.id)),
      { id: first.id, version: first.version, afterId: second.id },
    );
    await Shot.remove(
      besides(() => insert('丁', second.id)),
      { id: third.id, version: third.version },
    );
    const after = await shotsIn(t.ctx, id);
    const made = after.filter(({ title }) => ['甲', '乙', '丙', '丁'].includes(title));
    expect(made).toHaveLength(4);
    expect(after).toHaveLength(shots.length + 3);
    expect(after.map((shot) => shot.id)).not.toContain(third.id);
    expect(await Shot.get(t.ctx, { id })).toMatchObject({ shots: after.length });
  });

  test('six of them at once leave a board with six more', async () => {
    const { id, shots } = await makeBoard(t.ctx, '六人');
    const all = ['一', '二', '三', '四', '五', '六'].map((title) =>
      Shot.insert(t.ctx, { id, afterId: shots[0]!.id, content: { title } }),
    );
    expect((await Promise.all(all)).map(({ shots: made }) => made.some(({ edited }) => edited))).not.toContain(false);
    expect(await Shot.get(t.ctx, { id })).toMatchObject({ shots: shots.length + 6 });
  });

  test('the one who read the board while it grew looks at it again at once', async () => {
    const { id, shots } = await makeBoard(t.ctx, '边看边改');
    const insert = (ctx: Ctx) => Shot.insert(ctx, { id, afterId: shots[0]!.id, content: {} });
    const alone = overtaken(t.ctx, 'STORYBOARD', async () => undefined);
    await insert(alone.ctx);
    const amid = overtaken(t.ctx, 'STORYBOARD', () => insert(t.ctx));
    await insert(amid.ctx);
    expect(amid.asked()).toBe(alone.asked() + 1);
    expect(await Shot.get(t.ctx, { id })).toMatchObject({ shots: shots.length + 3 });
  });

  test('the one whose shot is another by now is told its version', async () => {
    const { shots } = await makeBoard(t.ctx, '同一镜头');
    const { id, version } = shots[0]!;
    const slower = besides(() => Shot.update(t.ctx, { id, version, content: { title: '先改' } }));
    await expect(Shot.move(slower, { id, version, afterId: shots[2]!.id })).rejects.toMatchObject({
      code: 'STALE_VERSION',
      details: { current_version: version + 1 },
    });
    const gone = besides(() => Shot.remove(t.ctx, { id }));
    await expect(Shot.move(gone, { id, afterId: shots[2]!.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
