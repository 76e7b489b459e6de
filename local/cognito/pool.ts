// A running pool: settings, stores and the world around it. Every call works on one of these.
import { CognitoFailure } from './failure.ts';
import type { ClientSettings, Mail, PoolSettings } from './settings.ts';
import type { Codes } from './store/codes.ts';
import type { SigningKey } from './store/keys.ts';
import type { SecondFactors } from './store/second-factors.ts';
import type { Sessions } from './store/sessions.ts';
import type { Shadows } from './store/shadows.ts';
import type { User, Users } from './store/users.ts';

export type Pool = {
  readonly settings: PoolSettings;
  readonly region: string;
  readonly issuer: string;
  /** Where this pool listens: http://127.0.0.1:port */
  readonly origin: string;
  readonly clients: ReadonlyMap<string, ClientSettings>;
  readonly users: Users;
  readonly codes: Codes;
  readonly sessions: Sessions;
  readonly shadows: Shadows;
  readonly secondFactors: SecondFactors;
  readonly key: SigningKey;
  readonly invokeTrigger: (functionName: string, event: unknown) => Promise<unknown>;
  readonly mail: (message: Mail) => void;
  readonly mailUrl: string | undefined;
  /** epoch ms */
  readonly now: () => number;
};

/** Throws ResourceNotFoundException. */
export const clientOf = (pool: Pool, id: string): ClientSettings => {
  const client = pool.clients.get(id);
  if (!client) throw new CognitoFailure('ResourceNotFoundException', `User pool client ${id} does not exist.`);
  return client;
};

/** Whether this client hides who exists (PreventUserExistenceErrors). */
export const hides = (client: ClientSettings): boolean => client.preventUserExistenceErrors ?? true;

/** Attributes as the API lists them. */
export const attributeList = (user: User): { Name: string; Value: string }[] =>
  Object.entries({ ...user.attributes, sub: user.sub }).map(([Name, Value]) => ({ Name, Value }));

/** What GetUser and AdminGetUser say of a second factor. */
export const mfaSettings = (pool: Pool, user: User): object => {
  const { enabled, preferred } = pool.secondFactors.of(user.sub);
  return {
    ...(preferred && { PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' }),
    ...(enabled && { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] }),
  };
};

/** `a***@e***`, as Cognito tells where a code went. */
export const masked = (email: string): string => {
  const [name = '', domain = ''] = email.split('@');
  return `${name.slice(0, 1)}***@${domain.slice(0, 1)}***`;
};
