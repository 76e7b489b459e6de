// /login: address and password, and the password of their own for people who were given one.
import { answerNewPassword, challengeNewPassword } from '../api/authenticate.ts';
import { CognitoFailure } from '../failure.ts';
import type { Pool } from '../pool.ts';
import { provePassword } from '../sign-in.ts';
import { confirmPage } from './confirm-page.ts';
import { field, form, linkTo, policyHint } from './form.ts';
import { html } from './html.ts';
import { loginPage } from './login-page.ts';
import { show } from './page.ts';
import { problemOf } from './problem.ts';
import { type LoginRequest, readRequest } from './request.ts';
import { proceed } from './second-factor.ts';
import type { Answer, Visit } from './visit.ts';
import { words } from './words.ts';

const newPasswordPage = (
  pool: Pool,
  visit: Visit,
  { request, session, problem }: { request: LoginRequest; session: string; problem?: string },
): Answer => {
  const say = words[visit.language];
  return show(visit, {
    title: say.newPasswordTitle,
    problem,
    redirectUri: request.redirectUri,
    content: html`<p>${say.newPasswordLead}</p>${form(
      visit,
      linkTo('/newPassword', request),
      html`<input type="hidden" name="session" value="${session}">${field({
        name: 'password',
        label: say.newPassword,
        type: 'password',
        autocomplete: 'new-password',
        hint: policyHint(say, pool.settings.passwordPolicy),
        focus: true,
        invalid: problem !== undefined,
      })}<button>${say.save}</button>`,
    )}`,
  });
};

export const showLogin = (pool: Pool, visit: Visit): Answer => loginPage(visit, readRequest(pool, visit.query));

export const postLogin = async (pool: Pool, visit: Visit): Promise<Answer> => {
  const request = readRequest(pool, visit.query);
  const [name, password] = [visit.form.get('username')?.trim() ?? '', visit.form.get('password') ?? ''];
  try {
    const user = await provePassword(pool, request.client, name, password);
    if (user.status !== 'FORCE_CHANGE_PASSWORD') return proceed(pool, visit, request, user);
    return newPasswordPage(pool, visit, { request, session: challengeNewPassword(pool, request.client, user) });
  } catch (error) {
    const problem = problemOf(words[visit.language], error);
    const unconfirmed = error instanceof CognitoFailure && error.code === 'UserNotConfirmedException';
    return unconfirmed ? confirmPage(visit, request, { problem }) : loginPage(visit, request, { problem });
  }
};

export const postNewPassword = async (pool: Pool, visit: Visit): Promise<Answer> => {
  const request = readRequest(pool, visit.query);
  const [session, password] = [visit.form.get('session') ?? '', visit.form.get('password') ?? ''];
  try {
    const user = await answerNewPassword(pool, request.client, session, password);
    return proceed(pool, visit, request, user);
  } catch (error) {
    const problem = problemOf(words[visit.language], error);
    const weak = error instanceof CognitoFailure && error.code === 'InvalidPasswordException';
    return weak ? newPasswordPage(pool, visit, { request, session, problem }) : loginPage(visit, request, { problem });
  }
};
