// InitiateAuth, RespondToAuthChallenge.
import { type CognitoFailure, invalid, notAuthorized } from '../failure.ts';
import { checkPolicy, hashPassword } from '../password.ts';
import { clientOf, type Pool } from '../pool.ts';
import type { ClientSettings } from '../settings.ts';
import { provePassword } from '../sign-in.ts';
import type { User } from '../store/users.ts';
import { API_SCOPE, beginSession, issueTokens, type Tokens } from '../tokens.ts';
import type { TriggerSource } from '../triggers.ts';
import { type Input, parameter, text, texts } from './input.ts';

/** As InitiateAuth answers a sign-in. */
export const authenticated = (tokens: Tokens & { refresh?: string }): object => ({
  ChallengeParameters: {},
  AuthenticationResult: {
    AccessToken: tokens.access,
    ExpiresIn: tokens.expiresIn,
    IdToken: tokens.id,
    TokenType: 'Bearer',
    ...(tokens.refresh === undefined ? {} : { RefreshToken: tokens.refresh }),
  },
});

/** How long the answer to a challenge may take, in milliseconds (Cognito's default is 3 minutes). */
const CHALLENGE_LIFE = 3 * 60_000;

/** A session in which the user may set a password of their own. */
export const challengeNewPassword = (pool: Pool, client: ClientSettings, user: User): string =>
  pool.sessions.issueTicket('new-password', {
    sub: user.sub,
    detail: { client: client.id },
    expires: pool.now() + CHALLENGE_LIFE,
  });

const newPasswordRequired = (session: string, user: User): object => ({
  ChallengeName: 'NEW_PASSWORD_REQUIRED',
  Session: session,
  ChallengeParameters: {
    USER_ID_FOR_SRP: user.sub,
    requiredAttributes: '[]',
    userAttributes: JSON.stringify(user.attributes),
  },
});

const withPassword = async (
  pool: Pool,
  client: ClientSettings,
  parameters: Record<string, string>,
): Promise<object> => {
  const user = await provePassword(pool, client, parameter(parameters, 'USERNAME'), parameter(parameters, 'PASSWORD'));
  if (user.status === 'FORCE_CHANGE_PASSWORD')
    return newPasswordRequired(challengeNewPassword(pool, client, user), user);
  const source: TriggerSource = 'TokenGeneration_Authentication';
  return authenticated(await beginSession(pool, { user, client, scope: API_SCOPE, source }));
};

/** New tokens for a refresh token; shared with /oauth2/token, which says `hosted`. Throws NotAuthorizedException. */
export const refresh = async (
  pool: Pool,
  client: ClientSettings,
  token: string,
  hosted = false,
): Promise<Tokens & { scope: string }> => {
  const session = pool.sessions.byRefreshToken(token);
  if (!session || session.client !== client.id) throw notAuthorized('Invalid Refresh Token');
  if (session.revoked) throw notAuthorized('Refresh Token has been revoked');
  if (session.expires <= pool.now()) throw notAuthorized('Refresh Token has expired');
  const user = pool.users.get(session.sub);
  if (!user) throw notAuthorized('Invalid Refresh Token');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const source: TriggerSource = 'TokenGeneration_RefreshTokens';
  const tokens = await issueTokens(pool, { user, client, session, source, ...(hosted && { hosted: {} }) });
  return { ...tokens, scope: session.scope };
};

const flows: Record<
  string,
  {
    allowedBy: string;
    run: (pool: Pool, client: ClientSettings, parameters: Record<string, string>) => Promise<object>;
  }
> = {
  USER_PASSWORD_AUTH: { allowedBy: 'ALLOW_USER_PASSWORD_AUTH', run: withPassword },
  REFRESH_TOKEN_AUTH: {
    allowedBy: 'ALLOW_REFRESH_TOKEN_AUTH',
    run: async (pool, client, parameters) =>
      authenticated(await refresh(pool, client, parameter(parameters, 'REFRESH_TOKEN'))),
  },
};

/** What this emulator leaves out is said plainly, and differs from what the client's settings forbid. */
const unavailable = (flow: string): CognitoFailure =>
  invalid(`AuthFlow ${flow} is not available locally; use USER_PASSWORD_AUTH or REFRESH_TOKEN_AUTH.`);

export const initiateAuth = async (pool: Pool, input: Input): Promise<object> => {
  const client = clientOf(pool, text(input, 'ClientId'));
  const name = text(input, 'AuthFlow');
  const flow = flows[name === 'REFRESH_TOKEN' ? 'REFRESH_TOKEN_AUTH' : name];
  if (!flow) throw unavailable(name);
  if (!client.flows.includes(flow.allowedBy)) throw invalid(`${name} flow not enabled for this client`);
  return flow.run(pool, client, texts(input, 'AuthParameters'));
};

/** Sets the password a challenge asked for and confirms the user. Throws NotAuthorized- or InvalidPasswordException. */
export const answerNewPassword = async (
  pool: Pool,
  client: ClientSettings,
  session: string,
  password: string,
): Promise<User> => {
  const ticket = pool.sessions.readTicket('new-password', session, pool.now());
  const user = ticket && pool.users.get(ticket.sub);
  if (!user || ticket.detail.client !== client.id)
    throw notAuthorized('Invalid session for the user, session is expired.');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  checkPolicy(password, pool.settings.passwordPolicy);
  const hashed = await hashPassword(password);
  if (!pool.sessions.spendTicket('new-password', session, pool.now()))
    throw notAuthorized('Invalid session for the user, session is expired.');
  pool.users.setPassword(user.sub, hashed, pool.now());
  return pool.users.get(user.sub) ?? user;
};

export const respondToAuthChallenge = async (pool: Pool, input: Input): Promise<object> => {
  const client = clientOf(pool, text(input, 'ClientId'));
  const challenge = text(input, 'ChallengeName');
  if (challenge !== 'NEW_PASSWORD_REQUIRED')
    throw invalid(`ChallengeName ${challenge} is not available locally; NEW_PASSWORD_REQUIRED is.`);
  const responses = texts(input, 'ChallengeResponses');
  parameter(responses, 'USERNAME');
  const user = await answerNewPassword(pool, client, text(input, 'Session'), parameter(responses, 'NEW_PASSWORD'));
  return authenticated(
    await beginSession(pool, { user, client, scope: API_SCOPE, source: 'TokenGeneration_NewPasswordChallenge' }),
  );
};
