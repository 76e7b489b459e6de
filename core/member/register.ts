import { isProven, mustBeStrong, resendCode, signIn, signUp, userOf } from '../identity/index.ts';
import { admitted, invitationOf } from '../invitation/accept.ts';
import { commit } from '../platform/commit.ts';
import { actingFor, type OpenCtx } from '../platform/ctx.ts';
import { evenly } from '../platform/evenly.ts';
import { Failure } from '../platform/failure.ts';
import { newTenantId } from '../platform/id.ts';
import { tell } from '../platform/mail.ts';
import { openVerb } from '../platform/verb.ts';
import { words } from '../platform/words.ts';
import * as Tenant from '../tenant/index.ts';
import { type Entry, entryOf, personWriting } from './directory.ts';
import { counting } from './failed-sign-ins.ts';
import { letIn } from './let-in.ts';
import { noteRefused } from './refused.ts';
import { Register, Registered } from './schema.ts';
import { joining } from './store.ts';

/** Milliseconds a registration takes at least where a code is mailed: longer than either way of it, so that time does not tell which it was. */
const least = 1_000;

export const register = openVerb({
  name: 'member.register',
  summary:
    'Registers a person with a new tenant, or in the one of an invitation; where the stage asks for an e-mail code, the token comes after it.',
  input: Register,
  output: Registered,
  run: async (ctx, asked) => {
    // before a user is made of it
    if (asked.invitation !== undefined) await invitationOf(ctx, asked.email, asked.invitation);
    mustBeStrong(asked.password, asked);
    if (!ctx.stores.pool.confirms) return atOnce(ctx, asked);
    return evenly(least, () => byCode(ctx, asked));
  },
});

type Answer = Awaited<ReturnType<typeof welcomed>>;

/** Where addresses are believed. Throws EMAIL_TAKEN, WEAK_PASSWORD. */
async function atOnce(ctx: OpenCtx, asked: Register): Promise<Answer> {
  const made = await signedUp(ctx, asked);
  if (made) return welcomed(ctx, asked, await placed(ctx, made, asked, undefined));
  const id = await proven(ctx, asked);
  if (id === undefined) throw new Failure('EMAIL_TAKEN');
  return goneOn(ctx, asked, id);
}

/**
 * Where a code is mailed: who does not know the password is answered alike, whether the address was free or not; its owner is told.
 * Throws WEAK_PASSWORD; EMAIL_TAKEN to who knows the password and could sign in.
 */
async function byCode(ctx: OpenCtx, asked: Register) {
  const alike = { user: { email: asked.email, name: asked.name }, confirmationRequired: true };
  const made = await signedUp(ctx, asked);
  if (made) {
    await placed(ctx, made, asked, undefined);
    return alike;
  }
  const id = await proven(ctx, asked);
  const user = await userOf(ctx, asked.email);
  if (id !== undefined && user?.confirmed) return goneOn(ctx, asked, id);
  const known = id === undefined ? undefined : await entryOf(ctx, id);
  if (id !== undefined && !known?.isActive) await placed(ctx, id, asked, known);
  if (user && !user.confirmed) await resendCode(ctx, asked.email);
  else if (user) await tell(ctx.stores.mail, somebodyTried(asked.email));
  return alike;
}

/** The subject of the new Cognito user; undefined when the address is taken. */
async function signedUp(ctx: OpenCtx, asked: Register): Promise<string | undefined> {
  try {
    return (await signUp(ctx, asked)).id;
  } catch (error) {
    if (error instanceof Failure && error.code === 'EMAIL_TAKEN') return undefined;
    throw error;
  }
}

/**
 * The subject of the user of a taken address, for whoever knows its password, and of nobody else; a password that is not his is counted
 * as a sign-in that failed. The code of an authenticator app is asked for at the sign-in that comes after: without it nobody is let in by
 * what is written here.
 */
async function proven(ctx: OpenCtx, asked: Register): Promise<string | undefined> {
  const isHis = await counting(ctx, asked.email, () => knows(ctx, asked)).catch(unproven);
  return isHis ? (await userOf(ctx, asked.email))?.id : undefined;
}

/** Whether the password of a taken address was given. Throws what `signIn` throws where it was not. */
async function knows(ctx: OpenCtx, asked: Register): Promise<boolean> {
  try {
    const answer = await signIn(ctx, asked);
    // it comes after the right password
    return 'token' in answer || answer.challenge.name === 'SOFTWARE_TOKEN_MFA';
  } catch (error) {
    // not confirmed yet, or in no tenant any more: the password was right
    if (error instanceof Failure && (error.code === 'NOT_CONFIRMED' || isProven(error))) return true;
    throw error;
  }
}

/** Why somebody is not let in is not told here. */
function unproven(error: unknown): false {
  if (error instanceof Failure) return false;
  throw error;
}

/**
 * Goes on with a registration that was cut off, or takes somebody who is in no tenant into the next one; who has an authenticator app
 * signs in after it, with a code. Throws EMAIL_TAKEN.
 */
async function goneOn(ctx: OpenCtx, asked: Register, id: string): Promise<Answer> {
  const known = await entryOf(ctx, id);
  if (known?.isActive) {
    // the right password: what a sign-in with it would have told
    await noteRefused(ctx, { user: id }, 'member.register', 'EMAIL_TAKEN');
    throw new Failure('EMAIL_TAKEN');
  }
  return welcomed(ctx, asked, await placed(ctx, id, asked, known));
}

/** Whoever is given a token has signed in. */
async function welcomed(ctx: OpenCtx, asked: Register, { user: id, tenant, role }: Founded) {
  const user = { id, email: asked.email, name: asked.name, tenantId: tenant, role };
  const answer = await letIn(ctx, 'member.login', await signIn(ctx, asked));
  return { user, ...('token' in answer && { token: answer.token }), confirmationRequired: false };
}

const somebodyTried = (to: string) => ({
  to,
  subject: words('有人用您的邮箱注册 Scriptloom', 'Somebody registered with your address'),
  text: words(
    '有人（可能是您）试图用此邮箱注册。该邮箱已有账号：请直接登录，或在登录页选择“忘记密码”。若非本人操作，可忽略此邮件。',
    'Somebody, perhaps you, tried to register with this address. It has an account: sign in, or choose “forgot password”. If it was not you, nothing has to be done.',
  ),
});

type Founded = Pick<Entry, 'user' | 'tenant' | 'role'>;

/** In the tenant that invited, or in one of his own. */
const placed = (open: OpenCtx, id: string, asked: Register, known: Entry | undefined): Promise<Founded> =>
  asked.invitation === undefined ? found(open, id, asked, known) : join(open, id, asked, known);

/** Founds the tenant with this person as its owner. */
async function found(
  open: OpenCtx,
  id: string,
  { email, name, tenantName }: Register,
  known: Entry | undefined,
): Promise<Founded> {
  const tenant = newTenantId(open.now());
  const actor = { kind: 'user', id, email } as const;
  const ctx = await actingFor(open, { tenant, role: 'owner', actor, verb: 'member.register' });
  await commit(ctx, {
    rows: [
      personWriting(ctx, { user: id, email, name, tenant }, known),
      ...Tenant.founding(ctx, tenantName ?? name),
      ...joining(ctx, { id, email, name, role: 'owner' }),
    ],
    audit: { object: id, after: { role: 'owner' } },
    facts: [{ type: 'tenant.registered', subject: tenant }],
  });
  return { user: id, tenant, role: 'owner' };
}

/** Makes this person a member of the tenant that invited. */
async function join(open: OpenCtx, id: string, { email, name, invitation = '' }: Register, known: Entry | undefined) {
  const invited = await invitationOf(open, email, invitation);
  const { ctx } = invited;
  const { tenant } = ctx;
  const person = personWriting(ctx, { user: id, email, name, tenant }, known);
  const { role } = await admitted(invited, { user: id, email, name }, [person]);
  return { user: id, tenant, role };
}
