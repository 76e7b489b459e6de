// The keys of the plan and their material, kept in the state folder. Material is made once and never leaves; what it sealed says which key.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { CallRefused } from '../json-door.ts';
import { account, region } from '../template/identity.ts';
import type { AliasPlan, KeyPlan } from '../template/key.ts';
import { authenticated, type EncryptionContext } from './context.ts';

/** A key as a call named it. */
export type Named = { readonly key: KeyPlan; readonly alias?: string };

export type Ring = {
  /** By id, ARN, alias or alias ARN. Throws NotFoundException. */
  readonly find: (name: string) => Named;
  /** Names of all aliases of a key. */
  readonly aliasesOf: (key: KeyPlan) => readonly string[];
  /** The key a blob was sealed with. Throws InvalidCiphertextException, or AccessDeniedException when the key is gone. */
  readonly keyOf: (blob: Uint8Array) => KeyPlan;
  /** Throws DisabledException. */
  readonly seal: (key: KeyPlan, plain: Uint8Array, context: EncryptionContext) => Buffer;
  /** Throws DisabledException, InvalidCiphertextException. */
  readonly open: (blob: Uint8Array, context: EncryptionContext) => Buffer;
};

/** version, length of the key's id, the id; then nonce, tag, text. */
const VERSION = 1;
const [NONCE, TAG] = [12, 16];

// AWS gives this error without a message.
const invalid = () => new CallRefused('InvalidCiphertextException');
const gone =
  'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.';

const arnOf = (resource: string): string => `arn:aws:kms:${region}:${account}:${resource}`;

const idIn = (blob: Uint8Array): string => {
  const [version, length = 0] = blob;
  if (version !== VERSION || blob.length < 2 + length + NONCE + TAG) throw invalid();
  return Buffer.from(blob.subarray(2, 2 + length)).toString('latin1');
};

/** Makes material for each key of the plan that has none yet; that of keys the plan no longer has is kept. */
const makeMaterial = (database: DatabaseSync, keys: readonly KeyPlan[]): void => {
  // material that is lost takes all it sealed with it: it is on the disk before anything is sealed
  database.exec('PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS material (id TEXT PRIMARY KEY, bytes BLOB)');
  const insert = database.prepare('INSERT OR IGNORE INTO material (id, bytes) VALUES (?, ?)');
  for (const { id } of keys) insert.run(id, randomBytes(32));
};

export function openRing(
  database: DatabaseSync,
  { keys, aliases }: { keys: readonly KeyPlan[]; aliases: readonly AliasPlan[] },
): Ring {
  makeMaterial(database, keys);
  const select = database.prepare('SELECT bytes FROM material WHERE id = ?');
  const materialOf = ({ id, arn, enabled }: KeyPlan): Uint8Array => {
    if (!enabled) throw new CallRefused('DisabledException', `${arn} is disabled.`);
    return select.get(id)?.bytes as Uint8Array;
  };
  const byId = (id: string) => keys.find((key) => key.id === id);
  const find = (name: string): Named => {
    const resource = name.startsWith(arnOf('')) ? name.slice(arnOf('').length) : name;
    if (resource.startsWith('alias/')) {
      const target = aliases.find((alias) => alias.name === resource)?.key;
      const key = target === undefined ? undefined : keys.find(({ id, arn }) => id === target || arn === target);
      if (key) return { key, alias: resource };
      throw new CallRefused('NotFoundException', `Alias ${arnOf(resource)} is not found.`);
    }
    const key = byId(resource.replace(/^key\//, ''));
    if (key) return { key };
    const shown = name.startsWith('arn:') ? name : arnOf(`key/${name}`);
    throw new CallRefused('NotFoundException', `Key '${shown}' does not exist`);
  };
  const aliasesOf = ({ id, arn }: KeyPlan): string[] =>
    aliases.flatMap(({ name, key }) => (key === id || key === arn ? [name] : []));
  const keyOf = (blob: Uint8Array): KeyPlan => {
    const key = byId(idIn(blob));
    if (!key) throw new CallRefused('AccessDeniedException', gone);
    return key;
  };
  return {
    find,
    aliasesOf,
    keyOf,
    seal: (key, plain, context) => {
      const head = Buffer.concat([Buffer.from([VERSION, key.id.length]), Buffer.from(key.id, 'latin1')]);
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', materialOf(key), nonce).setAAD(authenticated(head, context));
      const text = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([head, nonce, cipher.getAuthTag(), text]);
    },
    open: (blob, context) => {
      const key = keyOf(blob);
      const at = 2 + key.id.length;
      const [head, nonce, tag] = [blob.subarray(0, at), blob.subarray(at, at + NONCE), blob.subarray(at + NONCE)];
      const decipher = createDecipheriv('aes-256-gcm', materialOf(key), nonce);
      decipher.setAAD(authenticated(head, context)).setAuthTag(tag.subarray(0, TAG));
      try {
        return Buffer.concat([decipher.update(tag.subarray(TAG)), decipher.final()]);
      } catch {
        throw invalid();
      }
    },
  };
}
