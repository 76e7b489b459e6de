// The end of a tenant: its grace, and then nothing of it left but that it was there; the neighbour untouched, whoever dies on the way.
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Settings from '../../../core/ai/settings/index.ts';
import * as ApiKey from '../../../core/apikey/index.ts';
import * as Audit from '../../../core/audit/index.ts';
import { link } from '../../../core/audit/link.ts';
import { tellRefusals } from '../../../core/audit/refusals.ts';
import { linesBehind } from '../../../core/audit/store.ts';
import * as File from '../../../core/file/index.ts';
import * as Invitation from '../../../core/invitation/index.ts';
import { findMembership, personWriting } from '../../../core/member/directory.ts';
import { joining } from '../../../core/member/store.ts';
import { putBlob, tenantKey } from '../../../core/platform/blob.ts';
import { commit } from '../../../core/platform/commit.ts';
import type { Ctx } from '../../../core/platform/ctx.ts';
import { DeleteCommand, PutCommand } from '../../../core/platform/dynamo/command.ts';
import { Failure } from '../../../core/platform/failure.ts';
import { newTenantId, platformTenant } from '../../../core/platform/id.ts';
import * as Project from '../../../core/project/index.ts';
import * as Revision from '../../../core/revision/index.ts';
import { dropSocket, keepSocket } from '../../../core/socket/index.ts';
import * as Task from '../../../core/task/index.ts';
import { beginClosing, findClosure, takeBack } from '../../../core/tenancy/index.ts';
import { type OffboardInput, offboard } from '../../../core/tenancy/offboard/index.ts';
import { removeRows } from '../../../core/tenancy/offboard/remove-rows.ts';
import * as Tenant from '../../../core/tenant/index.ts';
import { aStage, type Stage } from '../../ai/stage.ts';
import { played } from '../../kit/machine.ts';
import { aStock } from '../../kit/stock.ts';
import { letters } from '../../kit/tenant.ts';

/** What stands nowhere but in things of the tenant that goes. */
const canaries = ['青瓷茶壶', '林晚', 'guest-canary@example.com', 'canary-key', 'sk-canary-closing', '金丝雀影业'];
const shared = 'usr-both';

const hungUp: string[] = [];
const hangUp = async (connection: string): Promise<void> => {
  hungUp.push(connection);
  // as functions/runtime/push.ts does before it ends a connection
  await dropSocket(s.t.ctx, s.ctx.tenant, connection);
};

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

/** Everything that a tenant can have, with work under way. */
async function furnished(ctx: Stage['ctx']): Promise<void> {
  const before = await Tenant.load(ctx);
  await Tenant.update(ctx, { version: before.version, name: '金丝雀影业', subdomain: `goes-${ctx.tenant.slice(-8)}` });
  const ids = await aStock(ctx);
  const [owner, both] = [ctx.actor.id, shared];
  for (const [id, role] of [
    [owner, 'owner'],
    [both, 'editor'],
  ] as const)
    await commit(ctx, {
      rows: [
        ...(id === both
          ? []
          : [personWriting(ctx, { user: id, email: `${id}@example.com`, name: id, tenant: ctx.tenant }, undefined)]),
        ...joining(ctx, { id, email: `${id}@example.com`, name: '林晚', role }),
      ],
    });
  await Invitation.create(ctx, { email: 'guest-canary@example.com', role: 'viewer' });
  await ApiKey.create(ctx, { name: 'canary-key', scopes: ['project:read'] });
  await Settings.addKey(ctx, { provider: 'openai', label: '自有', key: 'sk-canary-closing' });
  const key = tenantKey(ctx, 'projects', ids.projects ?? '', 'note.txt');
  for (const text of ['青瓷茶壶', '青瓷茶壶，又一版']) await putBlob(ctx, key, text, 'text/plain');
  const gone = tenantKey(ctx, 'projects', ids.projects ?? '', 'gone.txt');
  await putBlob(ctx, gone, '青瓷茶壶', 'text/plain');
  await ctx.stores.s3.send(new DeleteObjectCommand({ Bucket: ctx.stores.bucket, Key: gone }));
  expect((await everyVersion(ctx.tenant)).filter((one) => one === key || one === gone)).toHaveLength(4);
  await File.chunk(ctx, {
    projectId: ids.projects ?? '',
    fileName: 'b.fountain',
    fileType: 'script',
    fileSize: 9_000_000,
    contentType: 'text/plain',
  });
  await Task.parseScript(ctx, { projectId: ids.projects ?? '', scriptId: ids.scripts ?? '', rerun: true });
}

type Row = Record<string, unknown>;

/** All rows of all tables, by table. */
async function everyRow(): Promise<{ table: string; row: Row }[]> {
  const client = new DynamoDBClient({});
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const found: { table: string; row: Row }[] = [];
    for (const table of TableNames) {
      let start: ScanCommand['input']['ExclusiveStartKey'];
      do {
        const page = await client.send(
          new ScanCommand({ TableName: table, ...(start && { ExclusiveStartKey: start }) }),
        );
        found.push(...(page.Items ?? []).map((item) => ({ table, row: unmarshall(item) })));
        start = page.LastEvaluatedKey;
      } while (start);
    }
    return found;
  } finally {
    client.destroy();
  }
}

/** Keys and words of all objects. */
async function everyObject(): Promise<{ key: string; text: string }[]> {
  const { s3, bucket: Bucket } = s.t.stores;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return Promise.all(
    Contents.map(async ({ Key = '' }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return { key: Key, text: (await Body?.transformToString()) ?? '' };
    }),
  );
}

/** Keys of all versions of a tenant's objects, and of the markers of deleted ones. */
async function everyVersion(tenant: string): Promise<string[]> {
  const { s3, bucket: Bucket } = s.t.stores;
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  return [...Versions, ...DeleteMarkers].map(({ Key = '' }) => Key).filter((key) => key.includes(tenant));
}

const seen = async (tenant: string) => {
  const [rows, objects] = await Promise.all([everyRow(), everyObject()]);
  return {
    rows: rows.filter(({ row }) => row.pk === `T#${tenant}`).map(({ table, row }) => JSON.stringify([table, row])),
    objects: objects.filter(({ key }) => key.includes(tenant)),
    directory: rows.filter(
      ({ table, row }) => table === 'directory' && JSON.stringify(row).includes(tenant) && row.pk !== `USER#${shared}`,
    ),
  };
};

const runs = (ctx: Ctx, before: (input: OffboardInput) => Promise<void> | void = () => undefined) => ({
  task: async (input: OffboardInput) => {
    await before(input);
    return offboard({ ...ctx, actor: { kind: 'system', id: 'offboarding' } }, input, hangUp);
  },
  now: ctx.now,
  pass: s.t.pass,
});

const closed = async (ctx: Ctx) => {
  const { id: closing } = await beginClosing(ctx, { by: 'owner', reason: 'we stop' });
  return { tenant: ctx.tenant, closing };
};

describe('a tenant that is closed', () => {
  let neighbour: Awaited<ReturnType<typeof seen>>;
  let states: string[];
  let closing: string;
  /** What each step answered the first time and the second. */
  const twice: string[] = [];

  beforeAll(async () => {
    await furnished(s.ctx);
    const other = s.as(s.t.other);
    await commit(other, {
      rows: [
        personWriting(
          other,
          { user: shared, email: 'both@example.com', name: '两处', tenant: other.tenant },
          undefined,
        ),
        ...joining(other, { id: shared, email: 'both@example.com', name: '两处', role: 'editor' }),
      ],
    });
    await putBlob(other, tenantKey(other, 'projects', 'prj_x', 'note.txt'), '邻居', 'text/plain');
    neighbour = await seen(other.tenant);
    const input = await closed(s.ctx);
    closing = input.closing;
    const world = runs(s.ctx);
    ({ states } = await played('tenant-offboarding', input, {
      ...world,
      // each step dies after its work is done, and is done over
      task: async (given: OffboardInput) => {
        // somebody listens to the last
        const listening = {
          tenant: s.ctx.tenant,
          user: s.ctx.actor.id,
          locale: 'en',
          role: 'owner',
          reach: {},
        } as const;
        if (given.step === 'stop-work') await keepSocket(s.ctx, `con-${s.ctx.tenant}`, listening);
        await world.task(given);
        const again = await world.task(given);
        twice.push(given.step);
        return again;
      },
    }));
  });

  test('waits for the end of its grace, tells its members and then goes step by step', () => {
    expect(states.at(-1)).toBe('Tenant closed');
    expect(states.filter((state) => state.startsWith('Wait'))).toEqual(['Wait for the end of grace']);
    expect(new Set(twice)).toEqual(
      new Set(['tell', 'end-grace', 'stop-work', 'end-access', 'remove-files', 'remove-rows', 'close']),
    );
    const told = letters.filter(({ subject }) => subject.includes('金丝雀影业 is being closed'));
    expect(new Set(told.map(({ to }) => to))).toContain(`${s.ctx.actor.id}@example.com`);
    expect(told[0]?.text).toContain('cannot be restored');
  });

  test('leaves nothing but its tombstone, its audit and the head of its chain', async () => {
    const { rows, objects, directory } = await seen(s.ctx.tenant);
    const kept = rows.map((text) => JSON.parse(text) as [string, Row]);
    expect(kept.filter(([table]) => table !== 'audit').map(([table, { sk }]) => [table, sk])).toEqual(
      [['core', 'AUDIT#HEAD']].filter(() => kept.some(([, { sk }]) => sk === 'AUDIT#HEAD')),
    );
    expect([objects, await everyVersion(s.ctx.tenant)]).toEqual([[], []]);
    // the person stays: an account is nobody's but his
    const wanted = ['TENANT CLOSURE', 'TENANT ENTRY', `TENANTS ${s.ctx.tenant}`, 'USER ENTRY'];
    const left = directory.map(({ row }) => `${String(row.pk).split('#')[0]} ${String(row.sk)}`);
    expect(left.toSorted()).toEqual(wanted);
  });

  test('is in no row and no object outside of the audit', async () => {
    const elsewhere = (await everyRow()).filter(({ table }) => table !== 'audit');
    const text = JSON.stringify([elsewhere, await everyObject()]);
    for (const canary of canaries) expect(text).not.toContain(canary);
  });

  test('says when, why and how much', async () => {
    const closure = await findClosure(s.ctx, s.ctx.tenant);
    expect(closure).toMatchObject({
      id: closing,
      phase: 'closed',
      by: 'owner',
      reason: 'we stop',
      from: 'active',
      invitations: 1,
      keys: 1,
      modelKeys: 1,
      sockets: 1,
    });
    expect(closure?.members).toBeGreaterThanOrEqual(3);
    expect(closure?.rows).toBeGreaterThan(50);
    expect(closure?.files).toBeGreaterThan(3);
    expect(closure?.bytes).toBeGreaterThan(1000);
    expect(await Tenant.findEntry(s.ctx, s.ctx.tenant)).toMatchObject({ status: 'closed', name: '' });
    expect(hungUp).toEqual([`con-${s.ctx.tenant}`]);
  });

  test('is told once in its own audit and once in the platform’s, and its chain holds', async () => {
    const own = await Audit.list(s.ctx, { verb: 'tenant.offboarding', size: 100 });
    expect(own.items.filter(({ after }) => after?.status === 'closed')).toHaveLength(1);
    const platform: Ctx = { ...s.ctx, tenant: platformTenant };
    const { items } = await Audit.list(platform, { object: s.ctx.tenant });
    expect(items).toMatchObject([{ after: { status: 'closed', reason: 'we stop', invitations: 1 } }]);
    const lines = [];
    for await (const line of linesBehind(s.ctx, '')) lines.push(line);
    await link(s.ctx, lines);
    expect(await Audit.verify(s.ctx, {})).toMatchObject({ state: 'intact', lines: lines.length });
  });

  test('leaves the neighbour as it was, and whoever is in both there', async () => {
    const now = await seen(s.t.other.tenant);
    expect(now.rows.toSorted()).toEqual(neighbour.rows.toSorted());
    expect(now.objects).toEqual(neighbour.objects);
    expect(await findMembership(s.ctx, shared, s.t.other.tenant)).toMatchObject({ isActive: true });
    expect(await findMembership(s.ctx, shared, s.ctx.tenant)).toBeUndefined();
  });

  test('is left alone by what reminders still lead to', async () => {
    const before = await seen(s.ctx.tenant);
    const looked: ((ctx: Ctx, id: string) => Promise<unknown>)[] = [
      File.closeForgotten,
      Project.purgeDue,
      Revision.purgeDue,
      tellRefusals,
      Task.find,
      Tenant.expire,
    ];
    for (const look of looked) await look(s.ctx, 'none_01j');
    expect(await seen(s.ctx.tenant)).toEqual(before);
  });

  test('cannot be closed again, nor be taken back', async () => {
    await expect(beginClosing(s.ctx, { by: 'platform', reason: 'again' })).rejects.toMatchObject({
      code: 'STATUS_REFUSED',
    });
    await expect(takeBack(s.ctx, 'platform')).rejects.toMatchObject({ code: 'REOPEN_TOO_LATE' });
    expect(await offboard(s.ctx, { tenant: s.ctx.tenant, closing, step: 'remove-rows' }, hangUp)).toMatchObject({
      goes: false,
    });
  });
});

/** A tenant of its own for each of these. */
async function aSmallTenant(): Promise<Ctx> {
  const ctx: Ctx = { ...s.t.ctx, tenant: newTenantId(s.t.ctx.now()) };
  await commit(ctx, { rows: Tenant.founding(ctx, '小') });
  for (let at = 0; at < 3; at++) {
    await commit(ctx, {
      rows: joining(ctx, { id: `usr-${at}`, email: `${at}@example.com`, name: `${at}`, role: 'editor' }),
    });
    await putBlob(ctx, tenantKey(ctx, `note-${at}`), 'x');
  }
  await commit(ctx, { rows: joining(ctx, { id: 'usr-o', email: 'o@example.com', name: 'o', role: 'owner' }) });
  return ctx;
}

describe('within its grace', () => {
  test('a closing is taken back: the tenant is what it was, and the machine finds nothing to do', async () => {
    const ctx = await aSmallTenant();
    await Tenant.changeStatus(ctx, 'suspended', 'unpaid');
    const input = await (async () => {
      const { id, until } = await beginClosing(ctx, { by: 'platform', reason: 'unpaid for a year' });
      expect((await Tenant.load(ctx)).closesAt).toBe(until);
      return { tenant: ctx.tenant, closing: id };
    })();
    await expect(takeBack(ctx, 'owner')).rejects.toMatchObject({ code: 'REOPEN_REFUSED' });
    expect(await takeBack(ctx, 'platform')).toMatchObject({ status: 'suspended' });
    expect([(await Tenant.load(ctx)).status, (await Tenant.findEntry(ctx, ctx.tenant))?.status]).toEqual([
      'suspended',
      'suspended',
    ]);
    expect((await Tenant.load(ctx)).closesAt).toBeUndefined();
    await expect(takeBack(ctx, 'platform')).rejects.toMatchObject({ code: 'STATUS_REFUSED' });
    const { states } = await played('tenant-offboarding', input, runs(ctx));
    expect(states.at(-1)).toBe('Nothing to do');
    expect(await Tenant.load(ctx)).toMatchObject({ name: '小' });
  });

  test('it is closed once; another closing after it was taken back has an execution of its own', async () => {
    const ctx = await aSmallTenant();
    const first = await closed(ctx);
    await expect(beginClosing(ctx, { by: 'owner', reason: 'again' })).rejects.toMatchObject({
      code: 'CLOSING_ALREADY',
    });
    await takeBack(ctx, 'owner');
    const second = await closed(ctx);
    expect(second.closing).not.toBe(first.closing);
    // the first one wakes up, for whatever reason
    const { states } = await played('tenant-offboarding', first, runs(ctx));
    expect(states.at(-1)).toBe('Nothing to do');
    expect(await Tenant.load(ctx)).toMatchObject({ status: 'closing' });
  });

  test('whoever comes too late is told so, and nothing is removed before', async () => {
    const ctx = await aSmallTenant();
    const input = await closed(ctx);
    let refused: unknown;
    await played('tenant-offboarding', input, {
      ...runs(ctx, async ({ step }) => {
        if (step !== 'stop-work') return;
        expect((await seen(ctx.tenant)).objects).toHaveLength(3);
        refused = await takeBack(ctx, 'owner').catch((error: unknown) => error);
      }),
    });
    expect(refused).toMatchObject({ code: 'REOPEN_TOO_LATE' });
  });
});

describe('a step that fails for good', () => {
  test('leaves its reason, and the platform goes on with the closing', async () => {
    const ctx = await aSmallTenant();
    const input = await closed(ctx);
    const { error } = await played(
      'tenant-offboarding',
      input,
      runs(ctx, ({ step }) => {
        if (step === 'remove-files') throw new Error('the bucket is away');
      }),
    );
    expect(error).toBe('ClosingFailed');
    expect(await findClosure(ctx, ctx.tenant)).toMatchObject({
      phase: 'removing',
      failed: { step: 'end-access', code: 'TENANCY_STEP_FAILED' },
    });
    await expect(beginClosing(ctx, { by: 'owner', reason: 'again' })).rejects.toMatchObject({
      code: 'CLOSING_ALREADY',
    });
    const { id: closing } = await beginClosing(ctx, { by: 'platform', reason: 'the bucket is back' });
    const { states } = await played('tenant-offboarding', { tenant: ctx.tenant, closing }, runs(ctx));
    expect(states.at(-1)).toBe('Tenant closed');
    expect(await findClosure(ctx, ctx.tenant)).toMatchObject({
      phase: 'closed',
      members: 4,
      files: 3,
      rows: expect.any(Number),
    });
    expect((await seen(ctx.tenant)).objects).toEqual([]);
  });

  test('and one whose execution was lost is gone on with when it has said nothing for an hour', async () => {
    const ctx = await aSmallTenant();
    const { until } = await beginClosing(ctx, { by: 'owner', reason: 'we stop' });
    const first = (await findClosure(ctx, ctx.tenant))?.id ?? '';
    const again = (by: 'owner' | 'platform', at: number) =>
      beginClosing({ ...ctx, now: () => at }, { by, reason: 'nobody goes on' });
    await expect(again('platform', until + 1000)).rejects.toMatchObject({ code: 'CLOSING_ALREADY' });
    const then: Ctx = { ...ctx, now: () => until + 1000 };
    await offboard(then, { tenant: ctx.tenant, closing: first, step: 'end-grace' }, hangUp);
    await expect(again('platform', until + 3_600_000)).rejects.toMatchObject({ code: 'CLOSING_ALREADY' });
    const late = until + 3_601_000;
    await expect(again('owner', late)).rejects.toMatchObject({ code: 'CLOSING_ALREADY' });
    const tries = await Promise.allSettled([again('platform', late), again('platform', late)]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    // the one that was lost wakes up after all
    expect(await offboard(then, { tenant: ctx.tenant, closing: first, step: 'end-access' }, hangUp)).toMatchObject({
      goes: false,
    });
    const closing = (await findClosure(ctx, ctx.tenant))?.id ?? '';
    const { states } = await played('tenant-offboarding', { tenant: ctx.tenant, closing }, runs(ctx));
    expect([closing === first, states.at(-1)]).toEqual([false, 'Tenant closed']);
  });

  test('ends its portion where a table is busy, with what it has removed', async () => {
    const ctx = await aSmallTenant();
    const { client, table: TableName } = ctx.stores.core;
    const Item = { pk: `T#${ctx.tenant}` };
    for (let at = 0; at < 100; at++)
      await client.send(new PutCommand({ TableName, Item: { ...Item, sk: `ROW#${at}` } }));
    const busyFrom = (commits: number) => {
      let left = commits;
      return () => {
        if (left-- === 0) throw new Failure('BUSY');
        return [];
      };
    };
    expect(await removeRows(ctx, busyFrom(1))).toBeGreaterThan(50);
    await expect(removeRows(ctx, busyFrom(0))).rejects.toMatchObject({ code: 'BUSY' });
  });

  test('keeps what work has used until it settled, also where the rows of it are gone in a later execution', async () => {
    const ctx = await aSmallTenant();
    const { closing } = await closed(ctx);
    const input = { tenant: ctx.tenant, closing };
    const { client, table: TableName } = ctx.stores.core;
    const counts = { calls: 2, hits: 0, failed: 0, input: 1, output: 1, cached: 0, micros: 70, spent: 7, ms: 1 };
    const of = { tenant: ctx.tenant, day: '2026-11-28', project: 'prj_1', provider: 'p', model: 'm', mode: 'own' };
    const Key = { pk: `T#${ctx.tenant}`, sk: 'USAGEDAY#2026-11-28#prj_1#p#own#CNY#m' };
    await offboard(ctx, { ...input, step: 'end-grace' }, hangUp);
    const Item = { ...Key, ...of, ...counts, currency: 'CNY', __edb_e__: 'usage-total', __edb_v__: '1' };
    await client.send(new PutCommand({ TableName, Item }));
    await offboard(ctx, { ...input, step: 'remove-files' }, hangUp);
    await client.send(new DeleteCommand({ TableName, Key }));
    for (const step of ['end-grace', 'remove-files']) await offboard(ctx, { ...input, step }, hangUp);
    const used = { month: '2026-11', currency: 'CNY', calls: 2, micros: 70, spent: 7 };
    expect((await findClosure(ctx, ctx.tenant))?.usage).toEqual([used]);
  });

  test('waits as long for work when stopping it is done over', async () => {
    const small = await aSmallTenant();
    const stores = { ...small.stores, closing: { graceSeconds: 1, settleSeconds: 900 } };
    const { closing } = await closed(small);
    for (let times = 0; times < 2; times++)
      expect(
        await offboard({ ...small, stores }, { tenant: small.tenant, closing, step: 'stop-work' }, hangUp),
      ).toMatchObject({ seconds: 900 });
  });

  test('wherever it is cut off between two writes, it ends the same and counts nothing twice', async () => {
    const counts = async (dies: number) => {
      const ctx = await aSmallTenant();
      const input = await closed(ctx);
      let left = dies;
      const { client } = ctx.stores.core;
      const dying = new Proxy(client, {
        get: (on, name) =>
          name === 'send'
            ? async (command: { constructor: { name: string } }) => {
                const answer = await on.send(command as never);
                if (command.constructor.name === 'TransactWriteCommand' && --left === 0) throw new Error('killed');
                return answer;
              }
            : Reflect.get(on, name),
      });
      const stores = { ...ctx.stores, core: { ...ctx.stores.core, client: dying } };
      const mortal: Ctx = { ...ctx, stores: { ...stores, of: async () => mortal.stores } };
      const { states } = await played('tenant-offboarding', input, runs(mortal));
      expect(states.at(-1)).toBe('Tenant closed');
      const { members, files, rows, bytes } = (await findClosure(ctx, ctx.tenant)) ?? {};
      return { members, files, rows, bytes };
    };
    const whole = await counts(0);
    expect(whole).toMatchObject({ members: 4, files: 3 });
    for (let dies = 1; dies <= 9; dies++) expect([dies, await counts(dies)]).toEqual([dies, whole]);
  });
});
