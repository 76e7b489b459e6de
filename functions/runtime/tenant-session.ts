// Credentials of a tenant: the function's data role, taken with the tenant as session tag. They reach this tenant's data and nothing else.
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { isTenantId } from '../../core/platform/id.ts';
import { once } from '../../core/platform/once.ts';
import { awsKeys, env } from './env.ts';

export type Session = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
};

/** Seconds: the longest a role may be taken for by another role (IAM User Guide, "role chaining"). */
const sessionSeconds = 3600;
/** Ms before its end at which a session is renewed: longer than any request or answer is under way. */
const renewMs = 5 * 60_000;
/** Ms that the session may be old which signs an address: the address lives as long as the session that is left. */
const youngMs = 60_000;

const client = once(() => new STSClient({ region: env('AWS_REGION'), credentials: async () => awsKeys() }));

async function assume(tenant: string): Promise<Session> {
  if (!isTenantId(tenant)) throw new TypeError('a session is taken for a tenant');
  const { Credentials: given } = await client().send(
    new AssumeRoleCommand({
      RoleArn: env('DATA_ROLE_ARN'),
      RoleSessionName: tenant,
      DurationSeconds: sessionSeconds,
      Tags: [{ Key: 'tenantId', Value: tenant }],
    }),
  );
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken || !given.Expiration)
    throw new Error('STS answered no credentials');
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: given.Expiration,
  };
}

export type TenantSession = {
  /** Good for five minutes at least. */
  readonly credentials: () => Promise<Session>;
  /** Whole seconds that are left of a session taken within the last minute; from now on it is the one of `credentials`. */
  readonly signedSeconds: () => Promise<number>;
};

/** The session of a tenant: taken when first needed, renewed in time, by one call for all who wait. */
export function tenantSession(tenant: string, take = assume, now = Date.now): TenantSession {
  let held: { readonly session: Session; readonly at: number } | undefined;
  let taking: Promise<Session> | undefined;
  const renew = (): Promise<Session> => {
    taking ??= take(tenant)
      .then((session) => {
        held = { session, at: now() };
        return session;
      })
      .finally(() => {
        taking = undefined;
      });
    return taking;
  };
  const left = (session: Session) => session.expiration.getTime() - now();
  return {
    credentials: async () => (held && left(held.session) > renewMs ? held.session : renew()),
    signedSeconds: async () => {
      const session = held && now() - held.at <= youngMs && left(held.session) > renewMs ? held.session : await renew();
      return Math.floor(left(session) / 1000);
    },
  };
}
