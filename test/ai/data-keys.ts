// A key service in this process: wraps data keys under a master key, bound to a context as KMS binds them.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataKeys } from '../../core/ai/keys/envelope.ts';
import type { SealContext } from '../../core/ai/keys/schema.ts';

export function dataKeys(): DataKeys {
  const master = randomBytes(32);
  const bound = ({ tenant, provider }: SealContext) => Buffer.from(`${tenant}/${provider}`);
  return {
    generate: (context) => {
      const [plain, nonce] = [randomBytes(32), randomBytes(12)];
      const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(bound(context));
      const text = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Promise.resolve({ plain, wrapped: Buffer.concat([nonce, cipher.getAuthTag(), text]) });
    },
    unwrap: async (wrapped, context) => {
      const bytes = Buffer.from(wrapped);
      const decipher = createDecipheriv('aes-256-gcm', master, bytes.subarray(0, 12)).setAAD(bound(context));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
    },
  };
}
