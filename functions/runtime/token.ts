// Access tokens of our user pool: signature, issuer, client, time, and the tenant our trigger wrote into them.
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod';
import { isTenantId } from '../../core/platform/id.ts';
import { env, envIfSet } from './env.ts';

const Claims = z.object({
  token_use: z.literal('access'),
  client_id: z.string(),
  sub: z.string().min(1),
  tenant_id: z.string().refine(isTenantId),
  email: z.string().optional(),
  origin_jti: z.string().min(1),
  auth_time: z.int(),
  'cognito:groups': z.array(z.string()).default([]),
});

const issuer = () => `https://cognito-idp.${env('AWS_REGION')}.amazonaws.com/${env('USER_POOL_ID')}`;

const keySet = () => {
  const endpoint = envIfSet('AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER');
  const base = endpoint ? `${endpoint}/${env('USER_POOL_ID')}` : issuer();
  return createRemoteJWKSet(new URL(`${base}/.well-known/jwks.json`));
};
let shared: ReturnType<typeof keySet> | undefined;
const keys = () => (shared ??= keySet());

/** Whom a token names, and for which tenant. What he may there is not taken from the token: it may have changed since. */
export type Holder = {
  readonly tenant: string;
  readonly user: string;
  readonly email: string | undefined;
  /** The sign-in the token is of. */
  readonly session: string;
  /** Epoch seconds at which that sign-in was made. */
  readonly authTime: number;
  /** Groups of the pool the person was in when the token was written. */
  readonly groups: readonly string[];
};

/** Who holds the token, or undefined when it is not good. Throws when the keys of the pool cannot be fetched: nobody is judged then. */
export async function holderOf(token: string): Promise<Holder | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys(), { issuer: issuer(), algorithms: ['RS256'] });
    const claims = Claims.safeParse(payload);
    if (!claims.success || claims.data.client_id !== env('USER_POOL_CLIENT_ID')) return undefined;
    const {
      tenant_id: tenant,
      sub: user,
      email,
      origin_jti: session,
      auth_time: authTime,
      'cognito:groups': groups,
    } = claims.data;
    return { tenant, user, email, session, authTime, groups };
  } catch (error) {
    if (isVerdict(error)) return undefined;
    throw error;
  }
}

/** Whether the error is about the token. What else jose throws is about reaching the keys. */
const isVerdict = (error: unknown): boolean =>
  error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC');
