// What was answered before a kill is there after it, and nothing is there by half.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { aCloud, aFolder, credentials } from './cloud.ts';

const program = `
  import { startStorage } from '${new URL('../../../local/storage/index.ts', import.meta.url).href}';
  const storage = await startStorage({ directory: process.argv[1], secretOf: () => '${credentials.secretAccessKey}' });
  await storage.createBucket('media');
  await storage.createQueue('work', {});
  console.log(storage.url + ' ' + storage.queueUrl('work'));
`;

/** A storage in a process of its own, so that it can be killed. */
const aProcess = async (directory: string): Promise<{ child: ChildProcess; url: string; queueUrl: string }> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  const [url = '', queueUrl = ''] = String(line).trim().split(' ');
  return { child, url, queueUrl };
};

test('after kill -9 in a storm of writes every object is one of those written, and every confirmed write is there', async () => {
  const directory = aFolder();
  const { child, url, queueUrl } = await aProcess(directory);
  const config = { region: 'us-east-1', endpoint: url, credentials, maxAttempts: 1 };
  const [s3, sqs] = [new S3Client(config), new SQSClient(config)];
  const confirmed = new Map<string, number>();
  const sent = new Set<string>();
  const writer = async (n: number): Promise<void> => {
    for (let i = 0; ; i++) {
      const body = `${i}`.padEnd(2000 + i, `${i % 10}`);
      await s3.send(new PutObjectCommand({ Bucket: 'media', Key: `key-${n}`, Body: body }));
      confirmed.set(`key-${n}`, i);
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: `${n}/${i}` }));
      sent.add(`${n}/${i}`);
      if (sent.size > 60) child.kill('SIGKILL');
    }
  };
  await Promise.allSettled([0, 1, 2, 3].map(writer));

  const cloud = await aCloud({ directory });
  for (const [Key, i] of confirmed) {
    const text =
      (await (await cloud.s3().send(new GetObjectCommand({ Bucket: 'media', Key }))).Body?.transformToString()) ?? '';
    const found = Number.parseInt(text, 10);
    const number = [i, i + 1].find((one) => text === `${one}`.padEnd(2000 + one, `${one % 10}`));
    expect(number, `${Key} holds write ${found}, ${i} was confirmed`).toBeDefined();
  }
  const received = new Set<string>();
  for (;;) {
    const { Messages } = await cloud
      .sqs()
      .send(new ReceiveMessageCommand({ QueueUrl: cloud.queueUrl('work'), MaxNumberOfMessages: 10 }));
    if (!Messages?.length) break;
    for (const one of Messages) received.add(one.Body ?? '');
  }
  for (const one of sent) expect(received).toContain(one);
  const files = readdirSync(join(directory, 'objects'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  expect(files).toHaveLength(confirmed.size);
  s3.destroy();
  sqs.destroy();
  await cloud.end();
});

test('a restart on another port finds objects and queues, and the queues have the new address', async () => {
  const directory = aFolder();
  const first = await aCloud({ directory });
  await first.createQueue('jobs', {});
  await first.s3().send(new PutObjectCommand({ Bucket: 'media', Key: 'kept', Body: '留' }));
  await first.sqs().send(new SendMessageCommand({ QueueUrl: first.queueUrl('jobs'), MessageBody: 'kept' }));
  await first.stop();
  const second = await aCloud({ directory });
  expect(
    await (await second.s3().send(new GetObjectCommand({ Bucket: 'media', Key: 'kept' }))).Body?.transformToString(),
  ).toBe('留');
  const { Messages } = await second.sqs().send(new ReceiveMessageCommand({ QueueUrl: second.queueUrl('jobs') }));
  expect(Messages).toMatchObject([{ Body: 'kept' }]);
  await second.end();
});
