// One user pool for a test file: its own folder, a free port, a mailbox, a clock that can be moved, triggers as functions.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type CognitoOptions, type Mail, startCognito } from '../../../local/cognito/index.ts';

export const clientId = 'webclient';
export const password = 'Correct-horse-9';

type Trigger = (event: {
  triggerSource: string;
  userName: string;
  request: Record<string, unknown>;
  response: Record<string, unknown>;
}) => unknown;

export const client: CognitoOptions['clients'][number] = {
  id: clientId,
  name: 'web',
  callbackUrls: ['http://localhost:5173/callback'],
  logoutUrls: ['http://localhost:5173/'],
  scopes: ['openid', 'email', 'profile'],
  accessTokenMinutes: 60,
  idTokenMinutes: 60,
  refreshTokenDays: 7,
  flows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
};

export const aFolder = (): string => mkdtempSync(join(tmpdir(), 'cognito-'));

export const aPool = async (
  options: Partial<Omit<CognitoOptions, 'pool'>> & {
    pool?: Partial<CognitoOptions['pool']>;
    preToken?: Trigger;
    preSignUp?: Trigger;
  } = {},
) => {
  const directory = options.directory ?? aFolder();
  const mailbox: Mail[] = [];
  const clock = { ahead: 0 };
  const triggers = { preToken: options.preToken, preSignUp: options.preSignUp };
  const { pool, preToken: _, preSignUp: __, ...rest } = options;
  const cognito = await startCognito({
    directory,
    region: 'us-east-1',
    clients: [client],
    invokeTrigger: async (name, event) =>
      triggers[name as keyof typeof triggers]?.(structuredClone(event) as Parameters<Trigger>[0]),
    mail: (message) => mailbox.push(message),
    clock: () => Date.now() + clock.ahead,
    ...rest,
    pool: {
      id: 'us-east-1_localpool',
      passwordPolicy: { MinimumLength: 10, RequireSymbols: false },
      autoVerify: ['email'],
      triggers: {
        ...(triggers.preToken ? { preTokenGeneration: 'preToken' } : {}),
        ...(triggers.preSignUp ? { preSignUp: 'preSignUp' } : {}),
      },
      preTokenVersion: 'V2_0',
      mfa: 'OFF',
      ...pool,
    },
  });
  const api = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: cognito.url,
    credentials: { accessKeyId: 'http-auth', secretAccessKey: 'secret-of-http-auth' },
    maxAttempts: 1,
  });
  return {
    ...cognito,
    directory,
    api,
    mailbox,
    clock,
    /** The six digits of the last mail to an address. */
    codeFor: (email: string) => /\d{6}/.exec(mailbox.findLast(({ to }) => to === email)?.text ?? '')?.[0] ?? '',
    end: async () => {
      api.destroy();
      await cognito.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** Somebody who has signed up and proven the address. */
export const aPerson = async (pool: Awaited<ReturnType<typeof aPool>>, email: string) => {
  const UserAttributes = [{ Name: 'name', Value: '李砚' }];
  const { UserSub: sub = '' } = await pool.api.send(
    new SignUpCommand({ ClientId: clientId, Username: email, Password: password, UserAttributes }),
  );
  const ConfirmationCode = pool.codeFor(email);
  await pool.api.send(new ConfirmSignUpCommand({ ClientId: clientId, Username: email, ConfirmationCode }));
  return { email, sub };
};
