// Secrets Manager as the AWS SDK meets it: versions and their stages, who may read them, and what is left on the disk.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AVault, aVault } from './vault.ts';

let vault: AVault;
let secrets: SecretsManagerClient;
beforeAll(async () => {
  vault = await aVault();
  secrets = vault.secrets();
});
afterAll(() => vault.end());

const get = (SecretId: string, more: object = {}, client = secrets) =>
  client.send(new GetSecretValueCommand({ SecretId, ...more }));
const put = (SecretId: string, SecretString: string, more: object = {}, client = secrets) =>
  client.send(new PutSecretValueCommand({ SecretId, SecretString, ...more }));

const token = (text: string) => text.padEnd(32, '0');

describe('a secret', () => {
  test('holds what the template says, under its name, its ARN and its ARN without the tail', async () => {
    const { ARN = '', VersionStages } = await get('platform');
    expect(VersionStages).toEqual(['AWSCURRENT']);
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:platform-\w{6}$/);
    for (const id of [ARN, ARN.slice(0, -7)])
      expect(await get(id)).toMatchObject({ SecretString: '{}', Name: 'platform' });
  });

  test('that was never given a value has none', async () => {
    await expect(get('bare')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('AWSCURRENT'),
    });
    await put('bare', 'now it has');
    expect(await get('bare')).toMatchObject({ SecretString: 'now it has' });
  });

  test('holds bytes as well, and not both', async () => {
    const SecretBinary = new Uint8Array([0, 255, 1]);
    await secrets.send(new PutSecretValueCommand({ SecretId: 'bare', SecretBinary }));
    expect([...((await get('bare')).SecretBinary ?? [])]).toEqual([0, 255, 1]);
    for (const more of [{ SecretBinary }, { SecretString: undefined }])
      await expect(put('bare', 'text', more)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  test('that was rotated answers the new value, and the one before under its stage and its id', async () => {
    const first = await put('platform', 'one', { ClientRequestToken: token('first') });
    await put('platform', 'two');
    expect(await get('platform')).toMatchObject({ SecretString: 'two', VersionStages: ['AWSCURRENT'] });
    expect(await get('platform', { VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'one' });
    expect(await get('platform', { VersionId: first.VersionId })).toMatchObject({ VersionStages: ['AWSPREVIOUS'] });
    await put('platform', 'three', { VersionStages: ['AWSPENDING'] });
    expect(await get('platform')).toMatchObject({ SecretString: 'two' });
    expect(await get('platform', { VersionStage: 'AWSPENDING' })).toMatchObject({ SecretString: 'three' });
    const described = await secrets.send(new DescribeSecretCommand({ SecretId: 'platform' }));
    expect(described).toMatchObject({ Name: 'platform', Description: 'keys', KmsKeyId: vault.keyArn('Key') });
    expect(
      Object.values(described.VersionIdsToStages ?? {})
        .flat()
        .toSorted(),
    ).toEqual(['AWSCURRENT', 'AWSPENDING', 'AWSPREVIOUS']);
  });

  test('put twice with one token is put once; another value under it is refused', async () => {
    const ClientRequestToken = token('again');
    await put('bare', 'same', { ClientRequestToken });
    await put('bare', 'same', { ClientRequestToken });
    await expect(put('bare', 'other', { ClientRequestToken })).rejects.toMatchObject({
      name: 'ResourceExistsException',
    });
    expect(await get('bare')).toMatchObject({ SecretString: 'same' });
  });

  test('of another name, another version or another call is not there', async () => {
    await expect(get('nobody')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(get('bare', { VersionId: token('none') })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(put('bare', '')).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(secrets.send(new ListSecretsCommand({}))).rejects.toMatchObject({ name: 'UnknownOperationException' });
    expect(vault.faults).toEqual([]);
  });
});

describe('who may', () => {
  test('read it: a role with the grant and, through it, the key', async () => {
    expect(await get('platform', {}, vault.secrets('reader'))).toHaveProperty('SecretString');
    await expect(get('platform', {}, vault.secrets('halfway'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: 'Access to KMS is not allowed',
    });
  });

  test('not read another, not write, and not read without a grant: also one that is not there', async () => {
    const refused = { name: 'AccessDeniedException', message: expect.stringContaining('is not authorized to perform') };
    await expect(get('bare', {}, vault.secrets('reader'))).rejects.toMatchObject(refused);
    await expect(get('nobody', {}, vault.secrets('reader'))).rejects.toMatchObject(refused);
    await expect(get('platform', {}, vault.secrets('sealer'))).rejects.toMatchObject(refused);
    await expect(put('platform', 'mine', {}, vault.secrets('reader'))).rejects.toMatchObject(refused);
  });
});

describe('on the disk', () => {
  test('no value lies in plain, and nobody else of the machine may read the file', async () => {
    await put('platform', 'sk-canary-0123456789');
    for (const name of readdirSync(vault.folder).filter((file) => file.startsWith('vault.sqlite'))) {
      const path = join(vault.folder, name);
      expect(readFileSync(path).includes('sk-canary')).toBe(false);
      if (process.platform !== 'win32') expect([name, statSync(path).mode & 0o077]).toEqual([name, 0]);
    }
  });

  test('values outlive a restart and a template that says the same; one that says another is heard', async () => {
    const own = await aVault();
    try {
      await put('platform', 'typed in', {}, own.secrets());
      await own.restart();
      expect(await get('platform', {}, own.secrets())).toMatchObject({ SecretString: 'typed in' });
      const Properties = { Name: 'platform', SecretString: '{"new":1}' };
      await own.restart({ Platform: { Type: 'AWS::SecretsManager::Secret', Properties } });
      expect(await get('platform', {}, own.secrets())).toMatchObject({ SecretString: '{"new":1}' });
      expect(await get('platform', { VersionStage: 'AWSPREVIOUS' }, own.secrets())).toMatchObject({
        SecretString: 'typed in',
      });
    } finally {
      await own.end();
    }
  });

  test('a secret that was deleted from the template is gone', async () => {
    const own = await aVault();
    try {
      await own.restart({ Bare: undefined });
      await expect(get('bare', {}, own.secrets())).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    } finally {
      await own.end();
    }
  });
});
