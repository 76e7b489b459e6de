// The calls of KMS in use: Encrypt, Decrypt, GenerateDataKey. Source of shapes and limits: KMS API Reference.
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { type Ask, CallRefused, type JsonService } from '../json-door.ts';
import type { KeyPlan } from '../template/key.ts';
import { conditionsOf, type EncryptionContext } from './context.ts';
import type { Named, Ring } from './ring.ts';

const missing = (issue: { readonly input?: unknown }): string | undefined =>
  issue.input === undefined ? 'Member must not be null' : undefined;

const keyId = z.string({ error: missing }).min(1, 'Member must have length greater than or equal to 1').max(2048);
const bytes = (limit: number) =>
  z
    .base64({ error: missing })
    .transform((text) => Buffer.from(text, 'base64'))
    .refine(({ length }) => length >= 1, 'Member must have length greater than or equal to 1')
    .refine(({ length }) => length <= limit, `Member must have length less than or equal to ${limit}`);
const context = z.record(z.string(), z.string()).default({});
const algorithm = z.literal('SYMMETRIC_DEFAULT').optional();

const shapes = {
  Encrypt: z.strictObject({
    KeyId: keyId,
    Plaintext: bytes(4096),
    EncryptionContext: context,
    EncryptionAlgorithm: algorithm,
  }),
  Decrypt: z.strictObject({
    CiphertextBlob: bytes(6144),
    KeyId: keyId.optional(),
    EncryptionContext: context,
    EncryptionAlgorithm: algorithm,
  }),
  GenerateDataKey: z.strictObject({
    KeyId: keyId,
    EncryptionContext: context,
    KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
    NumberOfBytes: z.int().min(1).max(1024).optional(),
  }),
};

type Shapes = typeof shapes;

/** Throws ValidationException naming the member, as AWS does; a member we do not know is named too. */
const read = <Name extends keyof Shapes>(name: Name, input: unknown): z.output<Shapes[Name]> => {
  const result = shapes[name].safeParse(input);
  if (result.success) return result.data as z.output<Shapes[Name]>;
  const [issue] = result.error.issues;
  const member =
    issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : (issue?.path.map(String).join('.') ?? '');
  const said = issue?.code === 'unrecognized_keys' ? 'it is not available in the local cloud' : issue?.message;
  const at = member.charAt(0).toLowerCase() + member.slice(1);
  const message = `1 validation error detected: Value at '${at}' failed to satisfy constraint: ${said}`;
  throw new CallRefused('ValidationException', message);
};

/** Asks whether the caller may do this with a key, and answers the key. */
const allowing =
  ({ aliasesOf }: Ring) =>
  (ask: Ask, action: string, { key, alias }: Named, given: EncryptionContext): KeyPlan => {
    ask(`kms:${action}`, key.arn, conditionsOf(given, { alias, aliases: aliasesOf(key) }));
    return key;
  };

const wrong = 'The key ID in the request does not identify a CMK that can perform this operation.';

const dataKeyLength = ({ KeySpec, NumberOfBytes }: z.output<Shapes['GenerateDataKey']>): number => {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined))
    throw new CallRefused('ValidationException', 'Please specify either number of bytes or key spec.');
  return NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32);
};

export const kms = (ring: Ring, allowed = allowing(ring)): JsonService => ({
  name: 'kms',
  target: 'TrentService',
  calls: {
    Encrypt: (input, ask) => {
      const { KeyId, Plaintext, EncryptionContext } = read('Encrypt', input);
      const key = allowed(ask, 'Encrypt', ring.find(KeyId), EncryptionContext);
      return {
        CiphertextBlob: ring.seal(key, Plaintext, EncryptionContext).toString('base64'),
        KeyId: key.arn,
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    },
    Decrypt: (input, ask) => {
      const { CiphertextBlob, KeyId, EncryptionContext } = read('Decrypt', input);
      const named = KeyId === undefined ? undefined : ring.find(KeyId);
      const key = ring.keyOf(CiphertextBlob);
      allowed(ask, 'Decrypt', named ?? { key }, EncryptionContext);
      if (named && named.key.id !== key.id) throw new CallRefused('IncorrectKeyException', wrong);
      return {
        Plaintext: ring.open(CiphertextBlob, EncryptionContext).toString('base64'),
        KeyId: key.arn,
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    },
    GenerateDataKey: (input, ask) => {
      const given = read('GenerateDataKey', input);
      const plain = randomBytes(dataKeyLength(given));
      const key = allowed(ask, 'GenerateDataKey', ring.find(given.KeyId), given.EncryptionContext);
      return {
        CiphertextBlob: ring.seal(key, plain, given.EncryptionContext).toString('base64'),
        Plaintext: plain.toString('base64'),
        KeyId: key.arn,
      };
    },
  },
});
