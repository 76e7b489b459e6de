// Tokens that must not be believed.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';

const claimsOf = (access: string): JWTPayload =>
  JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString()) as JWTPayload;

/** The same claims, signed by somebody else. */
export async function forged(access: string): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256');
  const [header = ''] = access.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  return new SignJWT(claimsOf(access)).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
}

/** The same claims without a signature. */
export const unsigned = (access: string): string =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${access.split('.')[1]}.`;

/** The same claims with some of them changed, truly signed by the pool whose state lies in `state`. */
export async function resigned(access: string, change: JWTPayload, state: string): Promise<string> {
  const database = new DatabaseSync(join(state, 'cognito', 'pool.sqlite'), { readOnly: true });
  const { kid, jwk } = database.prepare('SELECT kid, jwk FROM key').get() as { kid: string; jwk: string };
  database.close();
  const key = await importJWK(JSON.parse(jwk) as JWK, 'RS256');
  return new SignJWT({ ...claimsOf(access), ...change }).setProtectedHeader({ alg: 'RS256', kid }).sign(key);
}
