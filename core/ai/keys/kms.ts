// Data keys of AWS KMS. The encryption context is what the key policy admits a tenant by, and what CloudTrail shows.
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { DataKeys } from './envelope.ts';

let shared: KMSClient | undefined;
const client = (): KMSClient => (shared ??= new KMSClient({}));

/** @param keyId id or ARN of the KMS key. */
export const kmsKeys = (keyId: string): DataKeys => ({
  async generate(context) {
    const command = new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: context });
    const { Plaintext, CiphertextBlob } = await client().send(command);
    return { plain: given(Plaintext), wrapped: given(CiphertextBlob) };
  },
  async unwrap(wrapped, context) {
    const command = new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: context });
    const { Plaintext } = await client().send(command);
    return given(Plaintext);
  },
});

function given(bytes: Uint8Array | undefined): Uint8Array {
  if (!bytes) throw new Error('KMS answered no key');
  return bytes;
}
