// Hashes of signatures are those of the standard library, however the data comes.
import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Sha256 } from '../../functions/runtime/sha256.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const chunks = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 });
const secrets = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.uint8Array({ minLength: 1, maxLength: 200 }),
);

test('a hash is the hash of all that was given, and the same when it is asked for again', () =>
  fc.assert(
    fc.asyncProperty(chunks, async (given) => {
      const one = new Sha256();
      for (const chunk of given) one.update(chunk);
      const expected = createHash('sha256').update(Buffer.concat(given)).digest('hex');
      expect(hex(await one.digest())).toBe(expected);
      expect(hex(await one.digest())).toBe(expected);
    }),
  ));

test('with a secret it is the HMAC; after a reset it begins anew', () =>
  fc.assert(
    fc.asyncProperty(secrets, chunks, async (secret, given) => {
      const one = new Sha256(secret);
      one.update('what was before');
      one.reset();
      for (const chunk of given) one.update(chunk);
      expect(hex(await one.digest())).toBe(createHmac('sha256', secret).update(Buffer.concat(given)).digest('hex'));
    }),
  ));
