// Looking at what was done: by whom, to what, which verb and when; as a list, as a file; and what refused accesses leave.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropExport, exported, list } from '../../../core/audit/index.ts';
import type { ProofRecord } from '../../../core/audit/proof.ts';
import { noteRefusal, tellRefusals } from '../../../core/audit/refusals.ts';
import { headBlob } from '../../../core/platform/blob.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { QueryCommand } from '../../../core/platform/dynamo/command.ts';
import { noteAlone } from '../../../core/platform/note.ts';
import { due } from '../../../core/platform/reminder.ts';
import * as Project from '../../../core/project/index.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

let t: ATenant;
let [first, second] = ['', ''];
let between = 0;
beforeAll(async () => {
  // refusals are counted by the minute: it begins one
  t = await aTenant({ at: Math.ceil(Date.now() / 60_000) * 60_000 });
  first = (await Project.create(t.ctx, { title: '锦灯记' })).id;
  t.pass(60_000);
  between = t.ctx.now();
  t.pass(60_000);
  second = (await Project.create(t.as('producer'), { title: '=HYPERLINK("x")' })).id;
  await Project.update(t.as('producer'), { id: second, version: 1, stage: 'assets' });
});
afterAll(() => t.stop());

const verbs = async (sought: Parameters<typeof list>[1]) => (await list(t.ctx, sought)).items.map(({ verb }) => verb);

describe('lines', () => {
  test('are found by actor, object, verb and time, newest first', async () => {
    expect(await verbs({})).toEqual(['project.update', 'project.create', 'project.create']);
    expect(await verbs({ object: second })).toEqual(['project.update', 'project.create']);
    expect(await verbs({ actor: t.ctx.actor.id })).toEqual(['project.create']);
    expect(await verbs({ verb: 'project.create' })).toHaveLength(2);
    expect(await verbs({ verb: 'project.create', actor: t.as('producer').actor.id })).toHaveLength(1);
    expect(await verbs({ object: second, verb: 'project.update' })).toHaveLength(1);
    expect(await verbs({ to: between })).toEqual(['project.create']);
    expect(await verbs({ from: between, verb: 'project.create' })).toHaveLength(1);
  });

  test.each([{}, { verb: 'project.create' }, { object: 'prj_1' }, { actor: 'usr_1' }])(
    'of a time that ends before it begins are not looked for, by %o neither',
    async (more) => {
      const sought = { ...more, from: 9_999_999_999_999, to: 1 };
      const refused = { code: 'INVALID_REQUEST', details: { reason: { en: expect.stringContaining('from') } } };
      await expect(list(t.ctx, sought)).rejects.toMatchObject(refused);
      await expect(exported(t.ctx, sought)).rejects.toMatchObject(refused);
    },
  );

  test('of one moment in which nothing was done are none', async () => {
    expect(await verbs({ object: first, from: between, to: between })).toEqual([]);
  });

  test('tell who, from where, what and what changed', async () => {
    const { items } = await list(t.ctx, { object: second, verb: 'project.update' });
    expect(items[0]).toMatchObject({
      actor: t.as('producer').actor.id,
      actorKind: 'user',
      role: 'producer',
      ip: '203.0.113.7',
      agent: 'Test/1.0',
      project: second,
      before: { stage: 'script' },
      after: { stage: 'assets' },
    });
  });

  test('are paged, each once, and a cursor is good for its own search alone', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list(t.ctx, { size: 1, verb: 'project.create', ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ object }) => object));
      cursor = page.nextCursor ?? undefined;
      if (cursor) await expect(list(t.ctx, { size: 1, cursor })).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
      if (cursor)
        await expect(list(t.other, { size: 1, verb: 'project.create', cursor })).rejects.toMatchObject({
          code: 'INVALID_CURSOR',
        });
    } while (cursor);
    expect(seen).toEqual([second, first]);
  });

  test('are not seen by another tenant, nor by those who do not lead', async () => {
    expect((await list(t.other, { object: first })).items).toEqual([]);
    await expect(list(t.as('producer'), {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(exported(t.as('viewer'), {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

/** The file that an export is. */
async function fileOf(ctx: Ctx, asked: Parameters<typeof exported>[1]) {
  const answer = await exported(ctx, asked);
  const bytes = Buffer.from(await (await fetch(answer.presignedUrl)).arrayBuffer());
  expect(bytes.length).toBe(answer.bytes);
  return { ...answer, body: bytes.toString('utf8') };
}
const recordsOf = (body: string) =>
  body
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row) as ProofRecord);
const linesIn = (records: ProofRecord[]) => records.flatMap((one) => (one.kind === 'line' ? [one.line] : []));

describe('an export', () => {
  test('holds every line, oldest first, and leaves one itself', async () => {
    const { body, contentType, lines, nextCursor } = await fileOf(t.ctx, { format: 'jsonl', to: t.ctx.now() });
    expect([contentType, lines, nextCursor]).toEqual(['application/jsonl; charset=utf-8', 3, null]);
    expect(linesIn(recordsOf(body)).map(({ object }) => object)).toEqual([first, second, second]);
    const { items } = await list(t.ctx, { verb: 'audit.export' });
    expect(items).toMatchObject([{ object: t.ctx.tenant, after: { format: 'jsonl', lines: 3 } }]);
  });

  test('as csv is safe to open: no cell is a formula, commas and quote marks stay in their cell', async () => {
    const { body } = await fileOf(t.ctx, { object: second });
    const lines = body.split('\r\n');
    expect(lines[0]).toBe('\uFEFFat,verb,actor,actorKind,role,object,project,ip,agent,before,after,requestId,id');
    expect(lines).toHaveLength(4);
    expect(body).toContain('"{""title"":""=HYPERLINK(\\""x\\"")""}"');
    expect(body).not.toMatch(/(^|,)[=+@-]/m);
  });

  test('may be larger than an answer, and goes on in another file where it would be too large for one', async () => {
    const ctx: Ctx = { ...t.other, verb: 'test.long' };
    const after = { list: Array.from({ length: 400 }, () => '长'.repeat(300)) };
    await Promise.all(Array.from({ length: 30 }, () => noteAlone(ctx, { object: 'long', after })));
    const parts = [await fileOf(ctx, { object: 'long', format: 'jsonl' })];
    for (let next = parts[0]?.nextCursor; next; next = parts.at(-1)?.nextCursor ?? null)
      parts.push(await fileOf(ctx, { object: 'long', format: 'jsonl', cursor: next }));
    expect(parts.map(({ bytes }) => bytes > 1_000_000 && bytes < 11_000_000)).toEqual([true, true]);
    const ids = parts.flatMap(({ body }) => linesIn(recordsOf(body)).map(({ id }) => id));
    expect([ids.length, new Set(ids).size, ids.toSorted().join() === ids.join()]).toEqual([30, 30, true]);
    const cursor = parts[0]?.nextCursor ?? '';
    for (const [who, sought] of [
      [t.ctx, { object: 'long' }],
      [ctx, { object: 'other' }],
      [ctx, {}],
    ] as const)
      await expect(exported(who, { ...sought, format: 'jsonl', cursor })).rejects.toMatchObject({
        code: 'INVALID_CURSOR',
      });
  });

  test('lies among the tenant’s own objects for a day, and is taken away then', async () => {
    const { presignedUrl } = await exported(t.ctx, {});
    const key = decodeURIComponent(new URL(presignedUrl).pathname).replace(/^\/media\//, '');
    expect(key).toMatch(new RegExp(`^tenants/${t.ctx.tenant}/audit/exp_[0-9a-z]{26}\\.csv$`));
    const name = key.split('/').at(-1) ?? '';
    const later = { ...t.ctx, now: () => t.ctx.now() + 86_400_000 };
    const kept: string[] = [];
    for await (const { kind, id } of due(later)) if (kind === 'export') kept.push(id);
    expect(kept).toContain(name);
    for (let times = 0; times < 2; times++) await dropExport(t.ctx, name);
    expect(await headBlob(t.ctx, key)).toBeUndefined();
  });
});

describe('refused accesses', () => {
  const refusals = async () => (await list(t.ctx, { verb: 'access.refused' })).items;
  const refuse = (who: Ctx, verb = 'project.get') => noteRefusal(who, { verb, object: 'prj_x', code: 'NOT_FOUND' });

  test('are one line for each person, verb and minute, and not one is lost in the count', async () => {
    const viewer = t.as('viewer');
    for (let at = 0; at < 5; at++) await refuse(viewer);
    await Promise.all(Array.from({ length: 6 }, () => refuse(viewer)));
    await refuse(viewer, 'project.update');
    await refuse(t.as('editor'));
    expect((await refusals()).map(({ after }) => after?.count)).toEqual([1, 1, 1]);
    t.pass(60_000);
    await refuse(viewer);
    const [newest] = await refusals();
    expect(newest).toMatchObject({
      actor: viewer.actor.id,
      role: 'viewer',
      object: 'prj_x',
      after: { verb: 'project.get', refused: 'NOT_FOUND', count: 11 },
    });
    await refuse(viewer);
    const elsewhere = { ...viewer, session: 'ses_stolen', from: { ip: '198.51.100.9', agent: 'curl/8' } };
    await noteRefusal(elsewhere, { verb: 'project.get', object: 'prj_y', code: 'TENANT_SUSPENDED' });
    t.pass(3_600_000);
    const system: Ctx = { ...t.ctx, role: 'owner', actor: { kind: 'system', id: 'sweep' } };
    for await (const { kind, id, done } of due(system)) {
      if (kind !== 'refusals') continue;
      await tellRefusals(system, id);
      await tellRefusals(system, id);
      await done();
    }
    const told = (await refusals()).filter(({ actor }) => actor === viewer.actor.id);
    // counted ones are told with what the last of them asked for, and from where
    expect(told[0]).toMatchObject({
      role: 'viewer',
      actorKind: 'user',
      object: 'prj_y',
      ip: '198.51.100.9',
      agent: 'curl/8',
      after: { count: 2, refused: 'TENANT_SUSPENDED' },
    });
    const { Items = [] } = await t.stores.audit.client.send(
      new QueryCommand({
        TableName: t.stores.audit.table,
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: '#session = :session',
        ExpressionAttributeNames: { '#session': 'session' },
        ExpressionAttributeValues: { ':pk': `T#${t.ctx.tenant}`, ':session': 'ses_stolen' },
      }),
    );
    expect(Items.map(({ id }) => id)).toEqual([told[0]?.id]);
    const all = told.filter(({ after }) => after?.verb === 'project.get').map(({ after }) => Number(after?.count));
    expect(all.reduce((sum, count) => sum + count)).toBe(14);
  });
});
