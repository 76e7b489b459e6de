// Envelope encryption: each text under a data key of its own, the data key wrapped by a key service that binds it to its context.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealContext, Sealer } from './schema.ts';

/** A key service: gives data keys of 32 bytes, plain and wrapped, and unwraps them for the same context only. */
export type DataKeys = {
  generate(context: SealContext): Promise<{ readonly plain: Uint8Array; readonly wrapped: Uint8Array }>;
  unwrap(wrapped: Uint8Array, context: SealContext): Promise<Uint8Array>;
};

/** The sealer over a key service. The context is bound twice: into the wrapped key, and into the text. */
export const envelope = (keys: DataKeys): Sealer => ({
  async seal(text, context) {
    const { plain, wrapped } = await keys.generate(context);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', plain, nonce).setAAD(bound(context));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    plain.fill(0);
    return {
      dataKey: base64(wrapped),
      nonce: base64(nonce),
      tag: base64(cipher.getAuthTag()),
      text: base64(sealed),
    };
  },
  async open(sealed, context) {
    const [nonce, tag] = [Buffer.from(sealed.nonce, 'base64'), Buffer.from(sealed.tag, 'base64')];
    if (nonce.length !== 12 || tag.length !== 16) throw new TypeError('the seal is broken');
    const plain = await keys.unwrap(Buffer.from(sealed.dataKey, 'base64'), context);
    const decipher = createDecipheriv('aes-256-gcm', plain, nonce).setAAD(bound(context));
    decipher.setAuthTag(tag);
    const text = Buffer.concat([decipher.update(Buffer.from(sealed.text, 'base64')), decipher.final()]);
    plain.fill(0);
    return text.toString('utf8');
  },
});

const bound = ({ tenant, provider }: SealContext) => Buffer.from(JSON.stringify({ tenant, provider }));
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
