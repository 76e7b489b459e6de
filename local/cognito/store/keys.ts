// The signing key of a pool: made once, kept with the users, so that tokens outlive a restart.
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import type { Database } from './database.ts';

export type SigningKey = {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicJwk: JWK;
};

/** The key of the pool; made on first use. */
export const signingKeyOf = async (db: Database, now: number): Promise<SigningKey> => {
  const row = db.one('SELECT * FROM key ORDER BY created DESC LIMIT 1');
  const kid = row ? String(row.kid) : randomBytes(32).toString('base64');
  const privateKey = row
    ? createPrivateKey({ key: JSON.parse(String(row.jwk)), format: 'jwk' })
    : (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey;
  if (!row) db.run('INSERT INTO key VALUES (?, ?, ?)', kid, JSON.stringify(privateKey.export({ format: 'jwk' })), now);
  const publicKey = createPublicKey(privateKey);
  const { n, e } = publicKey.export({ format: 'jwk' });
  return {
    kid,
    privateKey,
    publicKey,
    publicJwk: { alg: 'RS256', e: e ?? '', kid, kty: 'RSA', n: n ?? '', use: 'sig' },
  };
};
