// Signing in: with a password, and through what Cognito may ask after it.
import { type Answer, answerChallenge, mustBeStrong, signIn } from '../identity/index.ts';
import { commit } from '../platform/commit.ts';
import type { OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { openVerb } from '../platform/verb.ts';
import * as Session from '../session/index.ts';
import { acting } from './acting.ts';
import { entryOf, personMoving } from './directory.ts';
import { counting } from './failed-sign-ins.ts';
import { AnswerChallenge, LoggedIn, Login } from './schema.ts';
import { addressOf, seen } from './store.ts';

export const login = openVerb({
  name: 'member.login',
  summary: 'Signs a person in with e-mail and password; answers a token, or the challenge that comes first.',
  input: Login,
  output: LoggedIn,
  run: (ctx, asked) => counting(ctx, asked.email, async () => admitted(ctx, 'member.login', await signIn(ctx, asked))),
});

export const challenge = openVerb({
  name: 'member.challenge',
  summary: 'Answers the challenge of a sign-in: the code of an authenticator app, or a new password.',
  input: AnswerChallenge,
  output: LoggedIn,
  run: async (ctx, asked) => {
    if (asked.name === 'NEW_PASSWORD_REQUIRED') mustBeStrong(asked.answer, asked);
    return counting(ctx, asked.email, async () => admitted(ctx, 'member.challenge', await answerChallenge(ctx, asked)));
  },
});

/**
 * Lets a proven person in and notes when. Rows that were not there when the address changed follow it now; the line says so.
 * Throws REGISTRATION_UNFINISHED, MEMBER_INACTIVE.
 */
async function admitted(open: OpenCtx, verb: string, answer: Answer) {
  if ('challenge' in answer) return answer;
  const { id, session, token } = answer;
  const entry = await entryOf(open, id);
  if (!entry) throw new Failure('REGISTRATION_UNFINISHED');
  if (!entry.isActive) throw new Failure('MEMBER_INACTIVE');
  const { tenant: tenantId, role, name, email: known } = entry;
  const email = answer.email ?? known;
  const ctx = await acting(open, { ...entry, email }, verb, session);
  const old = [await addressOf(ctx, id), known].find((one) => one !== undefined && one !== email);
  const rows = [seen(ctx, id, email), Session.beginning(ctx, id, session)];
  if (email !== known) rows.push(personMoving(ctx, id, email));
  const moved = old !== undefined && { before: { email: old }, after: { email } };
  await commit(ctx, { rows, audit: { object: id, ...moved } });
  return { token, user: { id, email, name, tenantId, role } };
}
