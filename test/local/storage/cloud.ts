// One S3 and SQS for a test file: its own folder, a free port, one key that is known.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type StorageOptions, startStorage } from '../../../local/storage/index.ts';

export const secrets: Record<string, string> = { 'http-storage': 'secret-of-http-storage', other: 'secret-of-other' };
export const credentials = { accessKeyId: 'http-storage', secretAccessKey: 'secret-of-http-storage' };

export const aFolder = (): string => mkdtempSync(join(tmpdir(), 'storage-'));

/** A running storage with the bucket `media`. `s3()` makes a real client; presigners need WHEN_REQUIRED. */
export const aCloud = async (options: Partial<StorageOptions> = {}) => {
  const directory = options.directory ?? aFolder();
  const storage = await startStorage({ directory, secretOf: (key) => secrets[key], ...options });
  await storage.createBucket('media');
  const clients: { destroy(): void }[] = [];
  return {
    ...storage,
    directory,
    s3: (config: S3ClientConfig = {}) => {
      const client = new S3Client({
        region: 'us-east-1',
        endpoint: storage.url,
        credentials,
        maxAttempts: 1,
        ...config,
      });
      clients.push(client);
      return client;
    },
    sqs: () => {
      const client = new SQSClient({ region: 'us-east-1', endpoint: storage.url, credentials, maxAttempts: 1 });
      clients.push(client);
      return client;
    },
    /** Stops and forgets everything. */
    end: async () => {
      for (const client of clients) client.destroy();
      await storage.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};
