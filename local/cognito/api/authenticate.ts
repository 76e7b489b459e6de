// InitiateAuth, RespondToAuthChallenge.
import { type CognitoFailure, invalid, notAuthorized } from '../failure.ts';
import { checkPolicy, hashPassword } from '../password.ts';
import { clientOf, type Pool } from '../pool.ts';
import { CHALLENGE_LIFE, challengeSecondFactor, needsSecondFactor, proveSecondFactor } from '../second-factor.ts';
import type { ClientSettings } from '../settings.ts';
import { provePassword } from '../sign-in.ts';
import type { User } from '../store/users.ts';
import { API_SCOPE, beginSession, type Tokens } from '../tokens.ts';
import type { TriggerSource } from '../triggers.ts';
import { type Input, parameter, text, texts } from './input.ts';
import { refresh } from './refresh.ts';

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

/** The challenge for a code of the person's app, or undefined when none is asked for. */
const secondFactorAsked = (pool: Pool, client: ClientSettings, user: User): object | undefined =>
  needsSecondFactor(pool, user)
    ? {
        ChallengeName: 'SOFTWARE_TOKEN_MFA',
        Session: challengeSecondFactor(pool, client, user),
        ChallengeParameters: {
          USER_ID_FOR_SRP: user.sub,
          FRIENDLY_DEVICE_NAME: pool.secondFactors.of(user.sub).name,
        },
      }
    : undefined;

/** Tokens for a proven person, or the challenge that comes before them. */
const proceed = async (
  pool: Pool,
  client: ClientSettings,
  user: User,
  { source, metadata }: { source: TriggerSource; metadata?: Record<string, string> },
): Promise<object> =>
  secondFactorAsked(pool, client, user) ??
  authenticated(await beginSession(pool, { user, client, scope: API_SCOPE, source, ...(metadata && { metadata }) }));

const withPassword = async (
  pool: Pool,
  client: ClientSettings,
  parameters: Record<string, string>,
): Promise<object> => {
  const user = await provePassword(pool, client, parameter(parameters, 'USERNAME'), parameter(parameters, 'PASSWORD'));
  if (user.status === 'FORCE_CHANGE_PASSWORD')
    return newPasswordRequired(challengeNewPassword(pool, client, user), user);
  return proceed(pool, client, user, { source: 'TokenGeneration_Authentication' });
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

type Answering = { session: string; responses: Record<string, string>; metadata: Record<string, string> };

const challenges: Record<string, (pool: Pool, client: ClientSettings, answering: Answering) => Promise<object>> = {
  NEW_PASSWORD_REQUIRED: async (pool, client, { session, responses, metadata }) => {
    const user = await answerNewPassword(pool, client, session, parameter(responses, 'NEW_PASSWORD'));
    return proceed(pool, client, user, { source: 'TokenGeneration_NewPasswordChallenge', metadata });
  },
  SOFTWARE_TOKEN_MFA: async (pool, client, { session, responses, metadata }) => {
    const user = proveSecondFactor(pool, client, session, parameter(responses, 'SOFTWARE_TOKEN_MFA_CODE'));
    const source: TriggerSource = 'TokenGeneration_Authentication';
    return authenticated(await beginSession(pool, { user, client, scope: API_SCOPE, source, metadata }));
  },
};

/** Its ClientMetadata reaches the pre-token trigger, that of InitiateAuth does not (API Reference, both). */
export const respondToAuthChallenge = async (pool: Pool, input: Input): Promise<object> => {
  const client = clientOf(pool, text(input, 'ClientId'));
  const name = text(input, 'ChallengeName');
  const challenge = Object.hasOwn(challenges, name) ? challenges[name] : undefined;
  if (!challenge)
    throw invalid(`ChallengeName ${name} is not available locally; ${Object.keys(challenges).join(' and ')} are.`);
  const responses = texts(input, 'ChallengeResponses');
  parameter(responses, 'USERNAME');
  return challenge(pool, client, {
    session: text(input, 'Session'),
    responses,
    metadata: texts(input, 'ClientMetadata'),
  });
};
