import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCloud } from './cloud.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  cloud = await aCloud({
    authorize: (call) => (call.accessKeyId === 'other' ? `${call.action} on ${call.resource}` : undefined),
  });
});
afterAll(() => cloud.end());

const receive = (QueueUrl: string, more: object = {}) =>
  cloud.sqs().send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }));

test('what is sent is received once and gone when deleted', async () => {
  await cloud.createQueue('purge', {});
  const QueueUrl = cloud.queueUrl('purge');
  await cloud.sqs().send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: '1', MessageBody: '一' },
        { Id: '2', MessageBody: '二' },
      ],
    }),
  );
  const { Messages } = await receive(QueueUrl);
  expect(Messages?.map((one) => one.Body).sort()).toEqual(['一', '二']);
  expect((await receive(QueueUrl)).Messages ?? []).toEqual([]);
  for (const { ReceiptHandle } of Messages ?? [])
    await cloud.sqs().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  const { Attributes } = await cloud.sqs().send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
});

test('a message given back at once comes again at once', async () => {
  await cloud.createQueue('back', { VisibilityTimeout: '60' });
  const QueueUrl = cloud.queueUrl('back');
  await cloud.sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }));
  const first = (await receive(QueueUrl)).Messages?.[0];
  await cloud
    .sqs()
    .send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }));
  const second = (await receive(QueueUrl, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] })).Messages?.[0];
  expect(second).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
});

test('a message received too often goes to the dead-letter queue', async () => {
  await cloud.createQueue('purge-dead', {});
  await cloud.createQueue('purge-poison', {
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:purge-dead',
      maxReceiveCount: 2,
    }),
  });
  const QueueUrl = cloud.queueUrl('purge-poison');
  await cloud.sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
  for (let i = 0; i < 2; i++) {
    const { Messages } = await receive(QueueUrl);
    await cloud.sqs().send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: Messages?.[0]?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
  }
  expect((await receive(QueueUrl)).Messages ?? []).toEqual([]);
  expect((await receive(cloud.queueUrl('purge-dead'))).Messages).toMatchObject([{ Body: 'poison' }]);
});

test('a long poll wakes when a message comes', async () => {
  await cloud.createQueue('waiting', {});
  const QueueUrl = cloud.queueUrl('waiting');
  const poll = receive(QueueUrl, { WaitTimeSeconds: 20 });
  await cloud.sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: 'wake' }));
  expect((await poll).Messages).toMatchObject([{ Body: 'wake' }]);
});

test('a message taken by a poll whose caller has gone is there for the next', async () => {
  await cloud.createQueue('gone', { VisibilityTimeout: '600' });
  const QueueUrl = cloud.queueUrl('gone');
  const abort = new AbortController();
  const poll = cloud
    .sqs()
    .send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), { abortSignal: abort.signal });
  // The poll must have reached the queue before its caller leaves.
  await expect.poll(async () => (await receive(QueueUrl, { WaitTimeSeconds: 0 })).Messages ?? []).toEqual([]);
  abort.abort();
  await expect(poll).rejects.toThrow();
  await cloud.sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: 'for the next' }));
  const { Messages } = await receive(QueueUrl, { WaitTimeSeconds: 5 });
  expect(Messages).toMatchObject([{ Body: 'for the next' }]);
});

test('a queue asks who calls and whether they may', async () => {
  const QueueUrl = cloud.queueUrl('purge');
  const as = (accessKeyId: string, secretAccessKey: string) =>
    new SQSClient({
      region: 'us-east-1',
      endpoint: cloud.url,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    });
  const send = new SendMessageCommand({ QueueUrl, MessageBody: 'x' });
  await expect(as('http-storage', 'guess').send(send)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  await expect(as('nobody', 'x').send(send)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  await expect(as('other', 'secret-of-other').send(send)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('sqs:SendMessage on arn:aws:sqs:us-east-1:000000000000:purge'),
  });
  const bare = await fetch(cloud.url, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
  });
  expect(bare.status).toBe(403);
});

test('a queue that is not there, and a call that is not there, are named', async () => {
  const missing = new SendMessageCommand({ QueueUrl: cloud.queueUrl('none'), MessageBody: 'x' });
  await expect(cloud.sqs().send(missing)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  const tag = new TagQueueCommand({ QueueUrl: cloud.queueUrl('purge'), Tags: { a: 'b' } });
  await expect(cloud.sqs().send(tag)).rejects.toMatchObject({
    message: 'TagQueue is not available in the local cloud.',
  });
});
