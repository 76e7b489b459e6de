import { commit } from '../platform/commit.ts';
import type { Ctx, OpenCtx } from '../platform/ctx.ts';
import { Failure } from '../platform/failure.ts';
import { newTenantId } from '../platform/id.ts';
import { openVerb } from '../platform/verb.ts';
import * as Tenant from '../tenant/index.ts';
import { resendCode, signIn, signUp, subjectOf } from './cognito.ts';
import { type Entry, entryOf, personWriting } from './directory.ts';
import { Register, Registered } from './schema.ts';
import { joining } from './store.ts';

export const register = openVerb({
  name: 'member.register',
  summary: 'Registers a person with a new tenant; where the stage asks for an e-mail code, the token comes after it.',
  input: Register,
  output: Registered,
  run: async (ctx, asked) => {
    const { id, confirmed } = await userOf(ctx, asked);
    const known = await entryOf(ctx, id);
    if (known?.isActive && confirmed) throw new Failure('EMAIL_TAKEN');
    const { tenant, role } = known?.isActive ? known : await found(ctx, id, asked, known);
    const user = { id, email: asked.email, name: asked.name, tenantId: tenant, role };
    if (!confirmed) {
      if (known?.isActive) await resendCode(ctx, asked.email);
      return { user, confirmationRequired: true };
    }
    const answer = await signIn(ctx, asked);
    return 'token' in answer
      ? { user, token: answer.token, confirmationRequired: false }
      : { user, confirmationRequired: false };
  },
});

/**
 * The Cognito user of a registration: a new one, or the one of a registration that was cut off, for whoever knows its password.
 * Throws EMAIL_TAKEN, WEAK_PASSWORD.
 */
async function userOf(ctx: OpenCtx, asked: Register): Promise<{ id: string; confirmed: boolean }> {
  try {
    return await signUp(ctx, asked);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'EMAIL_TAKEN') throw error;
    return proven(ctx, asked, error);
  }
}

async function proven(ctx: OpenCtx, asked: Register, taken: Failure): Promise<{ id: string; confirmed: boolean }> {
  try {
    const answer = await signIn(ctx, asked);
    if ('token' in answer) return { id: answer.id, confirmed: true };
  } catch (error) {
    if (error instanceof Failure && error.code === 'NOT_CONFIRMED')
      return { id: await subjectOf(ctx, asked.email), confirmed: false };
  }
  throw taken;
}

/** Founds the tenant with this person as its owner. */
async function found(
  open: OpenCtx,
  id: string,
  { email, name, tenantName }: Register,
  known: Entry | undefined,
): Promise<Pick<Entry, 'tenant' | 'role'>> {
  const tenant = newTenantId(open.now());
  const ctx: Ctx = {
    ...open,
    tenant,
    role: 'owner',
    actor: { kind: 'user', id, email },
    verb: 'member.register',
  };
  await commit(ctx, {
    rows: [
      personWriting(ctx, { user: id, email, name, tenant }, known),
      ...Tenant.founding(ctx, tenantName ?? name),
      ...joining(ctx, { id, email, name, role: 'owner' }),
    ],
    audit: { object: id, after: { role: 'owner' } },
    facts: [{ type: 'tenant.registered', subject: tenant }],
  });
  return { tenant, role: 'owner' };
}
