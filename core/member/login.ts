// Signing in: with a password, and through what Cognito may ask after it.
import { answerChallenge, mustBeStrong, signIn } from '../identity/index.ts';
import { openVerb } from '../platform/verb.ts';
import { counting } from './failed-sign-ins.ts';
import { letIn } from './let-in.ts';
import { AnswerChallenge, LoggedIn, Login } from './schema.ts';

export const login = openVerb({
  name: 'member.login',
  summary: 'Signs a person in with e-mail and password; answers a token, or the challenge that comes first.',
  input: Login,
  output: LoggedIn,
  run: (ctx, asked) => counting(ctx, asked.email, async () => letIn(ctx, 'member.login', await signIn(ctx, asked))),
});

export const challenge = openVerb({
  name: 'member.challenge',
  summary: 'Answers the challenge of a sign-in: the code of an authenticator app, or a new password.',
  input: AnswerChallenge,
  output: LoggedIn,
  run: async (ctx, asked) => {
    if (asked.name === 'NEW_PASSWORD_REQUIRED') mustBeStrong(asked.answer, asked);
    return counting(ctx, asked.email, async () => letIn(ctx, 'member.challenge', await answerChallenge(ctx, asked)));
  },
});
