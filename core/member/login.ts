// Signing in: with a password, and through what Cognito may ask after it.
import { commit } from '../platform/commit.ts';
import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { openVerb } from '../platform/verb.ts';
import { type Answer, answerChallenge, signIn } from './cognito.ts';
import { entryOf } from './directory.ts';
import { AnswerChallenge, LoggedIn, Login } from './schema.ts';
import { load, seen } from './store.ts';

export const login = openVerb({
  name: 'member.login',
  summary: 'Signs a person in with e-mail and password; answers a token, or the challenge that comes first.',
  input: Login,
  output: LoggedIn,
  run: async (ctx, asked) => admitted(ctx, 'member.login', await signIn(ctx, asked)),
});

export const challenge = openVerb({
  name: 'member.challenge',
  summary: 'Answers the challenge of a sign-in: the code of an authenticator app, or a new password.',
  input: AnswerChallenge,
  output: LoggedIn,
  run: async (ctx, asked) => admitted(ctx, 'member.challenge', await answerChallenge(ctx, asked)),
});

/** Lets a proven person in and notes when. Throws REGISTRATION_UNFINISHED, MEMBER_INACTIVE. */
async function admitted(open: OpenCtx, verb: string, answer: Answer) {
  if ('challenge' in answer) return answer;
  const { id, token } = answer;
  const entry = await entryOf(open, id);
  if (!entry) throw new Failure('REGISTRATION_UNFINISHED');
  if (!entry.isActive) throw new Failure('MEMBER_INACTIVE');
  const { tenant, role, email } = entry;
  const ctx: Ctx = { ...open, tenant, role, actor: { kind: 'user', id, email }, verb };
  const { name } = await load(ctx, id);
  await commit(ctx, { rows: [seen(ctx, id)], audit: { object: id } });
  return { token, user: { id, email, name, tenantId: tenant, role } };
}
