// The encryption context of a call: what binds a ciphertext, and what policies may ask about.
import type { RequestContext } from '../iam/condition.ts';
import { account } from '../template/identity.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The context as additional authenticated data: the same bytes in whatever order the pairs came, and for no other pairs. */
export const authenticated = (head: Uint8Array, context: EncryptionContext): Buffer =>
  Buffer.concat([
    head,
    ...Object.keys(context)
      .toSorted(byBytes)
      .flatMap((name) => [name, context[name] ?? ''].map(measured)),
  ]);

const measured = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** Condition keys of KMS. Source: KMS Developer Guide, "Condition keys for AWS KMS". */
export const conditionsOf = (
  context: EncryptionContext,
  more: {
    /** As the call named the key. */
    readonly alias?: string | undefined;
    /** All aliases of the key. */
    readonly aliases?: readonly string[];
    readonly service?: string;
  } = {},
): RequestContext => ({
  'kms:CallerAccount': [account],
  ...Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]])),
  ...(Object.keys(context).length > 0 && { 'kms:EncryptionContextKeys': Object.keys(context) }),
  ...(more.alias !== undefined && { 'kms:RequestAlias': [more.alias] }),
  ...(more.aliases?.length && { 'kms:ResourceAliases': more.aliases }),
  ...(more.service !== undefined && { 'kms:ViaService': [more.service] }),
});
