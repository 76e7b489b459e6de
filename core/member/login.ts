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
import { seen } from './store.ts';

export const login = openVerb({
  name: 'member.login',
  summary: 'Signs a person in with e-mail and password; answers a token, or the challenge that comes first.',
  input: Login,
  output: LoggedIn,
  run: async (ctx, asked) => admitted(ctx, 'member.login', await counting(ctx, asked.email, () => signIn(ctx, asked))),
});

export const challenge = openVerb({
  name: 'member.challenge',
  summary: 'Answers the challenge of a sign-in: the code of an authenticator app, or a new password.',
  input: AnswerChallenge,
  output: LoggedIn,
  run: async (ctx, asked) => {
    if (asked.name === 'NEW_PASSWORD_REQUIRED') mustBeStrong(asked.answer, asked);
    return admitted(ctx, 'member.challenge', await counting(ctx, asked.email, () => answerChallenge(ctx, asked)));
  },
});

/**
 * Lets a proven person in and notes when. Rows that were not there when the address changed follow it now.
 * Throws REGISTRATION_UNFINISHED, MEMBER_INACTIVE.
 */
async function admitted(open: OpenCtx, verb: string, answer: Answer) {
  if ('challenge' in answer) return answer;
  const { id, session, email, token } = answer;
  const entry = await entryOf(open, id);
  if (!entry) throw new Failure('REGISTRATION_UNFINISHED');
  if (!entry.isActive) throw new Failure('MEMBER_INACTIVE');
  const ctx = await acting(open, { ...entry, email: email ?? entry.email }, verb);
  const rows = [seen(ctx, id, ctx.actor.email), Session.beginning(ctx, id, session)];
  if (email !== undefined && email !== entry.email) rows.push(personMoving(ctx, id, email));
  await commit(ctx, { rows, audit: { object: id } });
  const { tenant: tenantId, role, name } = entry;
  return { token, user: { id, email: email ?? entry.email, name, tenantId, role } };
}
