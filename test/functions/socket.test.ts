// Progress sockets at the functions: who is let in, and whose connection is ended by what.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBRecord } from 'aws-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { belonging, reassigning } from '../../core/member/directory.ts';
import { commit } from '../../core/platform/commit.ts';
import type { Ctx } from '../../core/platform/ctx.ts';
import * as Session from '../../core/session/index.ts';
import * as Socket from '../../core/socket/index.ts';
import { handler as socket } from '../../functions/http/socket.ts';
import { push } from '../../functions/runtime/push.ts';
import { handler as publish } from '../../functions/streams/publish.ts';
import { rowsOf } from '../ai/stage.ts';
import { type ATenant, aTenant } from '../kit/tenant.ts';

let t: ATenant;
let api: Server;
/** What was asked of the management API. */
const asked: string[] = [];
/** Connections that it says are gone. */
const gone = new Set<string>();
beforeAll(async () => {
  t = await aTenant();
  api = createServer(({ method, url }, answer) => {
    const path = decodeURIComponent(url ?? '');
    asked.push(`${method} ${path}`);
    if (gone.has(path.split('/').at(-1) ?? '')) answer.writeHead(410, { 'x-amzn-errortype': 'GoneException' });
    answer.end();
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  process.env.SOCKET_ENDPOINT = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
});
afterAll(async () => {
  api.close();
  await t.stop();
});

/** A member who is signed in. */
async function aMember(id: string): Promise<Ctx> {
  const session = `ses-${id}`;
  await commit(t.ctx, {
    rows: [
      belonging(t.ctx, { user: id, role: 'editor', projects: {}, isActive: true }),
      Session.beginning(t.ctx, id, session),
    ],
  });
  return { ...t.as('editor'), session, actor: { kind: 'user', id } };
}

const come = (routeKey: string, connectionId: string, more: object = {}) =>
  socket({ requestContext: { routeKey, connectionId, requestId: 'req_1' }, ...more });
const open = async (ctx: Ctx, connection: string) => {
  const { ticket } = await Socket.openTicket(ctx, {});
  return (await come('$connect', connection, { queryStringParameters: { ticket } })).statusCode;
};

/** The stream brings what was announced of somebody. */
async function published(subject: string): Promise<void> {
  const Records = (await rowsOf(t.ctx, `EVENT#${subject}#`)).map(
    (row, at): DynamoDBRecord => ({
      eventName: 'INSERT',
      dynamodb: {
        SequenceNumber: String(at + 1),
        NewImage: marshall(row) as NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>,
      },
    }),
  );
  expect(Records.length).toBeGreaterThan(0);
  expect(await publish({ Records }, { awsRequestId: 'req' } as Context, () => undefined)).toEqual({
    batchItemFailures: [],
  });
}

test('a member is let in; once removed no ticket lets him in', async () => {
  const member = await aMember('usr-out');
  expect(await open(member, 'out-1')).toBe(200);
  await commit(t.ctx, { rows: [reassigning(t.ctx, 'usr-out', { isActive: false })] });
  expect(await open(member, 'out-2')).toBe(403);
});

test('the end of a sign-in hangs up on the person, and on nobody else', async () => {
  const [one, other] = [await aMember('usr-one'), await aMember('usr-other')];
  expect([await open(one, 'one-1'), await open(other, 'other-1')]).toEqual([200, 200]);
  await Session.end(one, { id: one.session ?? '' });
  await published('usr-one');
  expect(asked).toEqual(['DELETE /@connections/one-1']);
  expect((await Socket.socketsOf(t.ctx)).map(({ connection }) => connection)).not.toContain('one-1');
  expect(await open(one, 'one-2')).toBe(403);
  expect(await Socket.listener(t.anyone, 'other-1')).toMatchObject({ user: 'usr-other' });
});

test('a message on a connection whose time is over ends it', async () => {
  asked.length = 0;
  const until = Date.now() - 1000;
  await Socket.keepSocket(t.anyone, 'over', { tenant: t.ctx.tenant, user: 'adm', locale: 'en', role: 'viewer', until });
  const body = JSON.stringify({ action: 'resume', task_id: 'tsk_1' });
  expect(await come('$default', 'over', { body })).toEqual({ statusCode: 200 });
  expect(asked).toEqual(['DELETE /@connections/over']);
});

test('what is pushed while a socket is being opened ends it for nobody; one that was open and is gone is forgotten', async () => {
  const member = await aMember('usr-opening');
  expect(await open(member, 'opening')).toBe(200);
  gone.add('opening');
  const listens = async () => (await Socket.socketsOf(t.ctx)).some(({ connection }) => connection === 'opening');
  const at = Date.now();
  // API Gateway knows a connection only once its $connect was answered
  await push(t.anyone, t.ctx.tenant, 'opening', { type: 'task.progressed' });
  expect([await listens(), (await Socket.listener(t.anyone, 'opening'))?.user]).toEqual([true, 'usr-opening']);
  await push({ ...t.anyone, now: () => at + 60_000 }, t.ctx.tenant, 'opening', { type: 'task.progressed' });
  expect([await listens(), await Socket.listener(t.anyone, 'opening')]).toEqual([false, undefined]);
});
