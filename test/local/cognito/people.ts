// What people do through the API, in one word each, and the answers that come again and again.
import * as idp from '@aws-sdk/client-cognito-identity-provider';
import { codeAt } from '../../../local/cognito/totp.ts';
import { type aPool, client, clientId, password } from './pool.ts';

export const UserPoolId = 'us-east-1_localpool';
/** A client that tells who exists, and one that lets nobody in by password. */
export const clients = [
  client,
  { ...client, id: 'legacyclient', preventUserExistenceErrors: false },
  { ...client, id: 'refreshonly', flows: ['ALLOW_REFRESH_TOKEN_AUTH'] },
];

export const notAuthorized = (message: string) => ({ name: 'NotAuthorizedException', message });
export const incorrect = notAuthorized('Incorrect username or password.');

export const callsOf = (pool: Awaited<ReturnType<typeof aPool>>) => ({
  signIn: async (USERNAME: string, PASSWORD = password, ClientId = clientId) => {
    const AuthParameters = { USERNAME, PASSWORD };
    const command = new idp.InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    return (await pool.api.send(command)).AuthenticationResult ?? {};
  },
  refresh: (REFRESH_TOKEN = '', ClientId = clientId) =>
    pool.api.send(
      new idp.InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN } }),
    ),
  signUp: (Username: string, Password = password, UserAttributes: idp.AttributeType[] = []) =>
    pool.api.send(new idp.SignUpCommand({ ClientId: clientId, Username, Password, UserAttributes })),
  confirm: (Username: string, ConfirmationCode: string, ClientId = clientId) =>
    pool.api.send(new idp.ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode })),
});

/** Gives a person an authenticator app; answers how to read its next code. */
export const enrolled = async (pool: Awaited<ReturnType<typeof aPool>>, email: string): Promise<() => string> => {
  const { AccessToken } = await callsOf(pool).signIn(email);
  const { SecretCode = '' } = await pool.api.send(new idp.AssociateSoftwareTokenCommand({ AccessToken }));
  const now = () => Date.now() + pool.clock.ahead;
  await pool.api.send(new idp.VerifySoftwareTokenCommand({ AccessToken, UserCode: codeAt(SecretCode, now()) }));
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  await pool.api.send(new idp.SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
  return () => {
    // no code is taken twice
    pool.clock.ahead += 30_000;
    return codeAt(SecretCode, now());
  };
};
