// Data keys of AWS KMS. The encryption context is what the key policy admits a tenant by, and what CloudTrail shows.
import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { DataKeys } from './envelope.ts';

/** @param keyId id or ARN of the KMS key. @param client with the credentials of the tenant whose keys are sealed. */
export const kmsKeys = (keyId: string, client: KMSClient): DataKeys => ({
  async generate(context) {
    const command = new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: context });
    const { Plaintext, CiphertextBlob } = await client.send(command);
    return { plain: given(Plaintext), wrapped: given(CiphertextBlob) };
  },
  async unwrap(wrapped, context) {
    const command = new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: context });
    const { Plaintext } = await client.send(command);
    return given(Plaintext);
  },
});

function given(bytes: Uint8Array | undefined): Uint8Array {
  if (!bytes) throw new Error('KMS answered no key');
  return bytes;
}
