// What happens by itself: verbs leave reminders, the stream orders, the sweep and the purge follow them.
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Audit from '../../core/audit/index.ts';
import * as File from '../../core/file/index.ts';
import { headBlob, putBlob, tenantKey } from '../../core/platform/blob.ts';
import { due, remind } from '../../core/platform/reminder.ts';
import * as Project from '../../core/project/index.ts';
import * as Task from '../../core/task/index.ts';
import { hold, release, usage } from '../../core/tenant/index.ts';
import { handler as ended } from '../../functions/events/execution-ended.ts';
import { handler as purge } from '../../functions/queues/purge.ts';
import { handler as sweep } from '../../functions/schedules/sweep.ts';
import { handler as publish } from '../../functions/streams/publish.ts';
import { drama } from '../kit/drama.ts';
import { type ATenant, aTenant, bucket, type Ground, standing } from '../kit/tenant.ts';
import { aFile, announce, put, text } from '../kit/upload.ts';

let t: ATenant;
let project: string;
let sqs: SQSClient;
let queue: string;
let ground: Ground;
beforeAll(async () => {
  t = await aTenant();
  project = (await Project.create(t.ctx, { title: '雨巷' })).id;
  sqs = new SQSClient({});
  ground = await standing();
  queue = ground.queueUrl('purge');
  Object.assign(process.env, {
    MEDIA_BUCKET: bucket,
    PURGE_QUEUE_URL: queue,
  });
});
afterAll(async () => {
  sqs.destroy();
  await ground.stop();
  await t.stop();
});

const context = { awsRequestId: 'test', getRemainingTimeInMillis: () => 60_000 } as unknown as Context;

/** A fact as the table stream tells it. */
const fact = (type: string, subject: string, detail: object = {}): DynamoDBStreamEvent => ({
  Records: [
    {
      eventID: '1',
      eventName: 'INSERT',
      dynamodb: {
        SequenceNumber: '1',
        NewImage: marshall({ __edb_e__: 'event', tenant: t.ctx.tenant, id: 'evt', type, subject, detail }) as never,
      },
    },
  ],
});

const orders = async () => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queue, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  return Messages.map(({ Body = '' }) => Body);
};
const asQueue = (bodies: string[]): SQSEvent => ({
  Records: bodies.map((body, at) => ({ messageId: `m${at}`, body }) as SQSRecord),
});

/** Ids of what is due in so many hours. */
async function dueIn(hours: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of due({ ...t.anyone, now: () => Date.now() + hours * 3_600_000 })) ids.push(id);
  return ids;
}

describe('work that was started', () => {
  test('is looked after half an hour later, also where its announcement got lost', async () => {
    const { id } = await Project.create(t.ctx, { title: '失联' });
    const { taskId } = await Task.parseScript(t.ctx, { projectId: id, rawText: drama });
    expect(await dueIn(0.4)).not.toContain(taskId);
    expect(await dueIn(0.6)).toContain(taskId);
    await Task.cancel(t.ctx, { id: taskId });
  });

  test('and is over gives back what a step that died held of the month’s calls, and is looked at again as long as some are held', async () => {
    const look = async () => {
      await remind(t.anyone, { kind: 'task', tenant: t.ctx.tenant, id: 'tsk_over' }, Date.now() - 1000);
      await sweep({ id: 'calls' });
      return (await usage(t.ctx, {})).quotas.find(({ quota }) => quota === 'ai_calls')?.reserved;
    };
    await hold(t.ctx, 'dead', 'ai_calls', 1, -1);
    await hold(t.ctx, 'alive', 'ai_calls', 1, 60_000);
    expect(await look()).toBe(1);
    expect(await dueIn(0.6)).toContain('tsk_over');
    await release(t.ctx, 'alive');
    expect(await look()).toBe(0);
  });
});

describe('an upload nobody completes', () => {
  test('is remembered for a day from when it is announced', async () => {
    const { fileId } = await announce(t.ctx, project, text('abc'));
    expect(await dueIn(23)).not.toContain(fileId);
    expect(await dueIn(25)).toContain(fileId);
  });

  test('is closed by the sweep when its time has come, once', async () => {
    const { fileId } = await announce(t.ctx, project, text('abc'));
    await remind(t.anyone, { kind: 'upload', tenant: t.ctx.tenant, id: fileId }, Date.now() - 1000);
    expect(await sweep({ id: 'one' })).toEqual({ looked: 1, failed: 0 });
    await expect(File.callback(t.ctx, { fileId, uploadStatus: 'success' })).rejects.toMatchObject({
      code: 'UPLOAD_CLOSED',
    });
    expect(await sweep({ id: 'two' })).toEqual({ looked: 0, failed: 0 });
  });

  test('that was completed meanwhile, or is gone, is left alone', async () => {
    const { id } = await aFile(t.ctx, project);
    for (const one of [id, 'fil_gone'])
      await remind(t.anyone, { kind: 'upload', tenant: t.ctx.tenant, id: one }, Date.now() - 1000);
    expect(await sweep({})).toEqual({ looked: 2, failed: 0 });
    expect(await File.url(t.ctx, { fileId: id })).toMatchObject({ status: 'stored' });
  });
});

describe('a deleted file', () => {
  test('is ordered to be purged by the stream and purged by the queue, however often', async () => {
    const { id, storageKey } = await aFile(t.ctx, project);
    await File.remove(t.ctx, { fileId: id });
    await publish(fact('file.deleted', id), context, () => undefined);
    const bodies = await orders();
    expect(bodies.map((body) => JSON.parse(body))).toMatchObject([{ tenant: t.ctx.tenant, subject: id }]);
    expect(await headBlob(t.ctx, storageKey)).toBeDefined();
    for (let times = 0; times < 2; times++)
      expect(await purge(asQueue(bodies), context, () => undefined)).toEqual({ batchItemFailures: [] });
    expect(await headBlob(t.ctx, storageKey)).toBeUndefined();
  });

  test("an order with another tenant's name purges nothing of this one", async () => {
    const { id, storageKey } = await aFile(t.ctx, project);
    await File.remove(t.ctx, { fileId: id });
    const body = JSON.stringify({ tenant: t.other.tenant, type: 'file.deleted', subject: id, detail: {} });
    await purge(asQueue([body]), context, () => undefined);
    expect(await headBlob(t.ctx, storageKey)).toBeDefined();
  });

  test('an order that cannot be read comes back, the others are carried out', async () => {
    const { id, storageKey } = await aFile(t.ctx, project);
    await File.remove(t.ctx, { fileId: id });
    const good = JSON.stringify({ tenant: t.ctx.tenant, type: 'file.deleted', subject: id, detail: {} });
    const answer = await purge(asQueue(['nonsense', good]), context, () => undefined);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(await headBlob(t.ctx, storageKey)).toBeUndefined();
  });
});

describe('a link to upload that outlives its file', () => {
  const bytes = text('abc');
  const purged = async (bodies: string[]) =>
    expect(await purge(asQueue(bodies), context, () => undefined)).toEqual({ batchItemFailures: [] });

  test('brings nothing that stays: a deleted file is purged once more when the link is dead', async () => {
    const ticket = await announce(t.ctx, project, bytes);
    await File.remove(t.ctx, { fileId: ticket.fileId });
    await purged([JSON.stringify({ tenant: t.ctx.tenant, type: 'file.deleted', subject: ticket.fileId, detail: {} })]);
    expect((await put(ticket, bytes)).ok).toBe(true);
    expect(await headBlob(t.ctx, ticket.storageKey)).toBeDefined();
    await remind(t.anyone, { kind: 'upload', tenant: t.ctx.tenant, id: ticket.fileId }, Date.now() - 1000);
    expect(await sweep({ id: 'late' })).toEqual({ looked: 1, failed: 0 });
    await purged(await orders());
    expect(await headBlob(t.ctx, ticket.storageKey)).toBeUndefined();
  });

  test('nor does one of a project that was ended; one that stands is left alone', async () => {
    const { id } = await Project.create(t.ctx, { title: '晚到' });
    const ticket = await announce(t.ctx, id, bytes);
    await Project.remove(t.ctx, { id });
    await Project.purge(t.ctx, { id });
    const order = JSON.stringify({ tenant: t.ctx.tenant, type: 'project.purged', subject: id, detail: {} });
    await purged([order]);
    expect((await put(ticket, bytes)).ok).toBe(true);
    expect(await dueIn(1.9)).not.toContain(id);
    expect(await dueIn(3)).toContain(id);
    for (const one of [id, project])
      await remind(t.anyone, { kind: 'purged', tenant: t.ctx.tenant, id: one }, Date.now() - 1000);
    expect(await sweep({ id: 'links' })).toEqual({ looked: 2, failed: 0 });
    const bodies = await orders();
    expect(bodies.map((body) => JSON.parse(body).subject)).toEqual([id]);
    await purged(bodies);
    expect(await headBlob(t.ctx, ticket.storageKey)).toBeUndefined();
  });
});

describe('a deleted project', () => {
  test('has what runs on it stopped, and is kept until it can be restored no longer', async () => {
    const { id } = await Project.create(t.ctx, { title: '误删' });
    const { taskId } = await Task.parseScript(t.ctx, { projectId: id, rawText: drama });
    const { storageKey } = await aFile(t.ctx, id);
    await Project.remove(t.ctx, { id });
    await publish(fact('project.deleted', id), context, () => undefined);
    await purge(asQueue(await orders()), context, () => undefined);
    expect(await Task.find(t.ctx, taskId)).toMatchObject({ status: 'cancelled' });
    expect(await headBlob(t.ctx, storageKey)).toBeDefined();
    expect(await dueIn(29.9 * 24)).not.toContain(id);
    expect(await dueIn(30.1 * 24)).toContain(id);
    await remind(t.anyone, { kind: 'project', tenant: t.ctx.tenant, id }, Date.now() - 1000);
    await sweep({ id: 'too early' });
    expect(await Project.restore(t.ctx, { id })).toMatchObject({ status: 'active' });
  });

  test('that is ended is purged with what runs on it stopped, and once more when nothing can be at work any more', async () => {
    const { id } = await Project.create(t.ctx, { title: '将删' });
    const { taskId } = await Task.parseScript(t.ctx, { projectId: id, rawText: drama });
    const written = tenantKey(t.ctx, 'projects', id, 'breakdown', 'extract', 'a.json');
    await putBlob(t.ctx, written, '{}');
    await Project.remove(t.ctx, { id });
    await Project.purge(t.ctx, { id });
    await publish(fact('project.purged', id), context, () => undefined);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: ['ApproximateNumberOfMessagesDelayed'] }),
    );
    expect(Attributes).toEqual({ ApproximateNumberOfMessagesDelayed: '1' });
    const bodies = await orders();
    expect(bodies).toHaveLength(1);
    await purge(asQueue(bodies), context, () => undefined);
    await expect(Task.get(t.ctx, { id: taskId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await headBlob(t.ctx, written)).toBeUndefined();
    // a step that was at work then
    await putBlob(t.ctx, written, '{}');
    expect(await purge(asQueue(bodies), context, () => undefined)).toEqual({ batchItemFailures: [] });
    expect(await headBlob(t.ctx, written)).toBeUndefined();
  });
});

test('the end of an execution whose task was purged with its project is nothing to close', async () => {
  const input = JSON.stringify({ tenant: t.ctx.tenant, task: 'tsk_gone', attempt: 1 });
  await expect(ended({ id: 'evt', detail: { status: 'ABORTED', input } })).resolves.toBeUndefined();
});

test('an export of the audit is taken away when its day is over', async () => {
  const { presignedUrl } = await Audit.exported(t.ctx, {});
  const key = decodeURIComponent(new URL(presignedUrl).pathname).replace(`/${bucket}/`, '');
  const id = key.split('/').at(-1) ?? '';
  expect(await dueIn(23)).not.toContain(id);
  await remind(t.anyone, { kind: 'export', tenant: t.ctx.tenant, id }, Date.now() - 1000);
  await sweep({ id: 'exports' });
  const bodies = await orders();
  expect(bodies.map((body) => JSON.parse(body))).toMatchObject([{ type: 'audit.exported', subject: id }]);
  expect(await headBlob(t.ctx, key)).toBeDefined();
  expect(await purge(asQueue(bodies), context, () => undefined)).toEqual({ batchItemFailures: [] });
  expect(await headBlob(t.ctx, key)).toBeUndefined();
});
