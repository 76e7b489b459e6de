import { commit } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { openVerb } from '../platform/verb.ts';
import { signIn } from './cognito.ts';
import { LoggedIn, Login } from './schema.ts';
import { entryOf, load, seen } from './store.ts';

export const login = openVerb({
  name: 'member.login',
  summary: 'Signs a person in with e-mail and password; answers a token, or the challenge that comes first.',
  input: Login,
  output: LoggedIn,
  run: async (open, { email, password }) => {
    const answer = await signIn(open, { email, password });
    if ('challenge' in answer) return answer;
    const { id, token } = answer;
    const entry = await entryOf(open, id);
    if (!entry) throw new Failure('REGISTRATION_UNFINISHED');
    if (!entry.isActive) throw new Failure('MEMBER_INACTIVE');
    const { tenant, role } = entry;
    const ctx: Ctx = { ...open, tenant, role, actor: { kind: 'user', id, email }, verb: 'member.login' };
    const { name } = await load(ctx, id);
    await commit(ctx, { rows: [seen(ctx, id)], audit: { object: id } });
    return { token, user: { id, email, name, tenantId: tenant, role } };
  },
});
