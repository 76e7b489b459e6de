// /signup, /confirmUser, /resendcode. An address that is taken is answered like a free one; its owner gets a mail.
import { askPreSignUp, confirmSignUp, newAttributes, resendConfirmationCode, signUp } from '../api/sign-up.ts';
import { CognitoFailure } from '../failure.ts';
import { checkPolicy, hashPassword } from '../password.ts';
import type { Pool } from '../pool.ts';
import { provePassword } from '../sign-in.ts';
import { completeSignIn } from './authorize.ts';
import { confirmPage } from './confirm-page.ts';
import { field, form, linkTo, policyHint } from './form.ts';
import { html } from './html.ts';
import { loginPage } from './login-page.ts';
import { show } from './page.ts';
import { problemOf } from './problem.ts';
import { type LoginRequest, readRequest } from './request.ts';
import type { Answer, Visit } from './visit.ts';
import { words } from './words.ts';

const signUpPage = (pool: Pool, visit: Visit, request: LoginRequest, problem?: string): Answer => {
  const say = words[visit.language];
  const typed = (name: string): string => visit.form.get(name) ?? '';
  return show(visit, {
    title: say.signUp,
    problem,
    redirectUri: request.redirectUri,
    content: html`${form(
      visit,
      linkTo('/signup', request),
      html`${field({ name: 'username', label: say.email, type: 'email', autocomplete: 'username', value: typed('username'), focus: true })}
${field({ name: 'name', label: say.name, type: 'text', autocomplete: 'name', value: typed('name') })}
${field({ name: 'password', label: say.password, type: 'password', autocomplete: 'new-password', hint: policyHint(say, pool.settings.passwordPolicy) })}
<button>${say.signUp}</button>`,
    )}<p class="ways"><span>${say.haveAccount} <a href="${linkTo('/login', request)}">${say.signIn}</a></span></p>`,
  });
};

/** The same work, the same codes counted, the same answer as for a new address. */
const pretendSignUp = async (pool: Pool, request: LoginRequest, email: string, password: string): Promise<void> => {
  const owner = pool.users.named(email);
  const verdict = await askPreSignUp(pool, {
    clientId: request.client.id,
    sub: crypto.randomUUID(),
    attributes: newAttributes(email, {}),
    validation: {},
    metadata: {},
  });
  // Where nobody has to prove an address, the next page cannot be the same.
  if (verdict.confirm) throw new CognitoFailure('UsernameExistsException', 'An account with the given email exists.');
  await hashPassword(password);
  pool.shadows.codes.issue(pool.shadows.of(email, pool.now()).sub, 'sign-up', pool.now());
  pool.mail({
    to: owner?.attributes.email ?? email,
    subject: 'You have an account already',
    text: 'Somebody, perhaps you, tried to create an account with this address. It has one: sign in, or reset the password.',
  });
};

export const showSignUp = (pool: Pool, visit: Visit): Answer => signUpPage(pool, visit, readRequest(pool, visit.query));

export const postSignUp = async (pool: Pool, visit: Visit): Promise<Answer> => {
  const request = readRequest(pool, visit.query);
  const say = words[visit.language];
  const [email, password] = [visit.form.get('username')?.trim() ?? '', visit.form.get('password') ?? ''];
  const name = visit.form.get('name')?.trim() ?? '';
  try {
    newAttributes(email, {});
    checkPolicy(password, pool.settings.passwordPolicy);
    if (pool.users.named(email)) await pretendSignUp(pool, request, email, password);
    else {
      const attributes = name === '' ? [] : [{ Name: 'name', Value: name }];
      const input = { ClientId: request.client.id, Username: email, Password: password, UserAttributes: attributes };
      const { UserConfirmed } = (await signUp(pool, input)) as { UserConfirmed: boolean };
      if (UserConfirmed)
        return completeSignIn(pool, visit, request, await provePassword(pool, request.client, email, password));
    }
    return confirmPage(visit, request, { notice: say.codeSent });
  } catch (error) {
    return signUpPage(pool, visit, request, problemOf(say, error));
  }
};

/** Whether this address waits for a code; if not, its shadow is asked in its place. */
const waiting = (pool: Pool, email: string): boolean => {
  const user = pool.users.named(email);
  return user?.enabled === true && user.status === 'UNCONFIRMED';
};

export const postConfirm = async (pool: Pool, visit: Visit): Promise<Answer> => {
  const request = readRequest(pool, visit.query);
  const say = words[visit.language];
  const [email, code] = [visit.form.get('username')?.trim() ?? '', visit.form.get('code')?.trim() ?? ''];
  try {
    if (!waiting(pool, email)) {
      pool.shadows.codes.spend(pool.shadows.of(email, pool.now()).sub, 'sign-up', code, pool.now());
      return confirmPage(visit, request, { problem: say.wrongCode });
    }
    await confirmSignUp(pool, { ClientId: request.client.id, Username: email, ConfirmationCode: code || ' ' });
    return loginPage(visit, request, { notice: say.confirmed });
  } catch (error) {
    return confirmPage(visit, request, { problem: problemOf(say, error) });
  }
};

export const postResend = async (pool: Pool, visit: Visit): Promise<Answer> => {
  const request = readRequest(pool, visit.query);
  const say = words[visit.language];
  const email = visit.form.get('username')?.trim() ?? '';
  try {
    if (waiting(pool, email)) await resendConfirmationCode(pool, { ClientId: request.client.id, Username: email });
    else pool.shadows.codes.issue(pool.shadows.of(email, pool.now()).sub, 'sign-up', pool.now());
    return confirmPage(visit, request, { notice: say.codeSent });
  } catch (error) {
    return confirmPage(visit, request, { problem: problemOf(say, error) });
  }
};
