// KMS as the AWS SDK meets it: what is sealed opens for its key and its context, for those who may, and for nobody else.
import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  type KMSClient,
} from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AVault, aVault } from './vault.ts';

let vault: AVault;
let kms: KMSClient;
beforeAll(async () => {
  vault = await aVault();
  kms = vault.kms();
});
afterAll(() => vault.end());

const words = new TextEncoder();
const context = { tenant: '01t', provider: 'openai' };

const sealed = async (Plaintext: string, EncryptionContext: Record<string, string> = context, client = kms) =>
  (
    await client.send(
      new EncryptCommand({ KeyId: vault.keyArn('Key'), Plaintext: words.encode(Plaintext), EncryptionContext }),
    )
  ).CiphertextBlob;

const opened = async (CiphertextBlob: Uint8Array | undefined, more: object = {}, client = kms) => {
  const { Plaintext } = await client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context, ...more }));
  return new TextDecoder().decode(Plaintext);
};

describe('what is sealed', () => {
  test('opens again, with or without the key named, and is never the same twice', async () => {
    const [first, second] = [await sealed('a key'), await sealed('a key')];
    expect(Buffer.from(first ?? []).equals(Buffer.from(second ?? []))).toBe(false);
    expect(Buffer.from(first ?? []).includes('a key')).toBe(false);
    for (const KeyId of [undefined, vault.keyArn('Key'), vault.keyArn('Key').split('/')[1], 'alias/ours'])
      expect(await opened(first, { KeyId })).toBe('a key');
  });

  test('opens for its own context alone, in whatever order it is said', async () => {
    const blob = await sealed('a key');
    expect(await opened(blob, { EncryptionContext: { provider: 'openai', tenant: '01t' } })).toBe('a key');
    const others = [{}, { tenant: '01t' }, { ...context, tenant: '02t' }, { ...context, more: '' }];
    for (const EncryptionContext of [
      ...others,
      { tenant: 'openai', provider: '01t' },
      { tenan: 't01t', provider: 'openai' },
    ])
      await expect(opened(blob, { EncryptionContext })).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  test('opens for any bytes and any context', async () => {
    const named = fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), fc.string({ maxLength: 40 }), {
      maxKeys: 5,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 4096 }),
        named,
        async (Plaintext, EncryptionContext) => {
          const KeyId = vault.keyArn('Other');
          const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }));
          const answer = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
          expect(Buffer.from(answer.Plaintext ?? []).equals(Buffer.from(Plaintext))).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('does not open when a byte is another, or with another key', async () => {
    const blob = Buffer.from((await sealed('a key')) ?? []);
    for (const at of [2, 40, blob.length - 1]) {
      const broken = Buffer.from(blob);
      broken[at] = (broken[at] ?? 0) ^ 1;
      await expect(opened(broken)).rejects.toMatchObject({
        name: expect.stringMatching(/^(InvalidCiphertext|AccessDenied)Exception$/),
      });
    }
    for (const cut of [1, 20, blob.length - 1])
      await expect(opened(blob.subarray(0, cut))).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    await expect(opened(blob, { KeyId: vault.keyArn('Other') })).rejects.toMatchObject({
      name: 'IncorrectKeyException',
    });
  });
});

describe('data keys', () => {
  test('come plain and wrapped, of the length that was asked for', async () => {
    for (const [asked, length] of [
      [{ KeySpec: 'AES_256' }, 32],
      [{ KeySpec: 'AES_128' }, 16],
      [{ NumberOfBytes: 64 }, 64],
    ] as const) {
      const command = new GenerateDataKeyCommand({ KeyId: 'alias/ours', EncryptionContext: context, ...asked });
      const { Plaintext, CiphertextBlob, KeyId } = await kms.send(command);
      expect(KeyId).toBe(vault.keyArn('Key'));
      expect(Plaintext).toHaveLength(length);
      const answer = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
      expect(Buffer.from(answer.Plaintext ?? []).equals(Buffer.from(Plaintext ?? []))).toBe(true);
    }
  });
});

describe('who may', () => {
  test('a role with a tenant in its condition seals and opens with a tenant in the context, and not otherwise', async () => {
    const sealer = vault.kms('sealer');
    expect(await opened(await sealed('a key', context, sealer), {}, sealer)).toBe('a key');
    const contexts: Record<string, string>[] = [{}, { tenant: '01t' }, { ...context, table: 'x' }];
    for (const other of contexts) {
      const refused = {
        name: 'AccessDeniedException',
        message: expect.stringMatching(/not authorized to perform: kms:Encrypt/),
      };
      await expect(sealed('a key', other, sealer)).rejects.toMatchObject(refused);
    }
    const Plaintext = words.encode('a key');
    await expect(
      sealer.send(new EncryptCommand({ KeyId: vault.keyArn('Other'), Plaintext, EncryptionContext: context })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('a role that is told a key by its alias uses that key, however the call names it, and no other', async () => {
    const naming = vault.kms('naming');
    const Plaintext = words.encode('a key');
    for (const KeyId of ['alias/ours', vault.keyArn('Key')]) {
      const { CiphertextBlob } = await naming.send(new EncryptCommand({ KeyId, Plaintext }));
      const { Plaintext: plain } = await naming.send(new DecryptCommand({ CiphertextBlob }));
      expect(new TextDecoder().decode(plain)).toBe('a key');
    }
    const other = new EncryptCommand({ KeyId: vault.keyArn('Other'), Plaintext });
    await expect(naming.send(other)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('a role without a grant, a wrong secret and an unknown key are refused', async () => {
    await expect(sealed('a key', context, vault.kms('halfway'))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(sealed('a key', context, vault.kms('sealer', 'guess'))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    await expect(sealed('a key', context, vault.kms('invented', 'guess'))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });
});

describe('what is refused in the words of AWS', () => {
  const asked = (more: object) =>
    kms.send(new EncryptCommand({ KeyId: vault.keyArn('Key'), Plaintext: words.encode('x'), ...more }));

  test.each([
    ['a key nobody has', { KeyId: '1234' }, 'NotFoundException'],
    ['an alias nobody has', { KeyId: 'alias/theirs' }, 'NotFoundException'],
    ['nothing to seal', { Plaintext: new Uint8Array() }, 'ValidationException'],
    ['more than four kilobytes', { Plaintext: new Uint8Array(4097) }, 'ValidationException'],
    ['a member that is not known here', { DryRun: true }, 'ValidationException'],
  ])('%s', async (_, more, name) => {
    await expect(asked(more)).rejects.toMatchObject({ name });
  });

  test('a key that is switched off seals nothing; a call that is not known answers so', async () => {
    await expect(asked({ KeyId: vault.keyArn('Off') })).rejects.toMatchObject({ name: 'DisabledException' });
    const mac = new GenerateMacCommand({
      KeyId: 'alias/ours',
      Message: words.encode('x'),
      MacAlgorithm: 'HMAC_SHA_256',
    });
    await expect(kms.send(mac)).rejects.toMatchObject({ name: 'UnknownOperationException' });
    await expect(kms.send(new GenerateDataKeyCommand({ KeyId: 'alias/ours' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    expect(vault.faults).toEqual([]);
  });

  test('a body that was changed on the way, and none signed at all', async () => {
    const endpoint = await kms.config.endpoint?.();
    const url = `http://${endpoint?.hostname}:${endpoint?.port}/`;
    const headers = { 'x-amz-target': 'TrentService.Encrypt', 'content-type': 'application/x-amz-json-1.1' };
    const unsigned = await fetch(url, { method: 'POST', headers, body: '{}' });
    expect([unsigned.status, await unsigned.json()]).toMatchObject([
      400,
      { __type: 'MissingAuthenticationTokenException' },
    ]);
    const changing = vault.kms();
    changing.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string };
        request.body = request.body.replace('tenant', 'tenanu');
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await expect(sealed('a key', context, changing)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
  });
});

describe('after a restart', () => {
  test('what was sealed opens; with a key that is gone from the template it does not', async () => {
    const own = await aVault();
    try {
      const seal = (KeyId: string) =>
        own.kms().send(new EncryptCommand({ KeyId, Plaintext: words.encode('a key'), EncryptionContext: context }));
      const [mine, other] = [await seal(own.keyArn('Key')), await seal(own.keyArn('Other'))];
      await own.restart();
      expect(await opened(mine.CiphertextBlob, {}, own.kms())).toBe('a key');
      await own.restart({ Other: undefined });
      await expect(opened(other.CiphertextBlob, {}, own.kms())).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      await own.restart();
      expect(await opened(other.CiphertextBlob, {}, own.kms())).toBe('a key');
    } finally {
      await own.end();
    }
  });
});
