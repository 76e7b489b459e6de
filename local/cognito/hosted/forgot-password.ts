// /forgotPassword and /confirmForgotPassword.
import { confirmForgotPassword, forgotPassword } from '../api/forgot-password.ts';
import type { Pool } from '../pool.ts';
import { field, form, linkTo, policyHint } from './form.ts';
import { html } from './html.ts';
import { loginPage } from './login-page.ts';
import { show } from './page.ts';
import { problemOf } from './problem.ts';
import { type LoginRequest, readRequest } from './request.ts';
import type { Answer, Visit } from './visit.ts';
import { words } from './words.ts';

const forgotPage = (visit: Visit, request: LoginRequest, problem?: string): Answer => {
  const say = words[visit.language];
  return show(visit, {
    title: say.forgotTitle,
    problem,
    content: html`<p>${say.forgotLead}</p>${form(
      visit,
      linkTo('/forgotPassword', request),
      html`${field({ name: 'username', label: say.email, type: 'email', autocomplete: 'username', value: visit.form.get('username') ?? '', focus: true })}
<button>${say.sendCode}</button>`,
    )}<p class="ways"><a href="${linkTo('/login', request)}">${say.backToSignIn}</a></p>`,
  });
};

const resetPage = (
  pool: Pool,
  visit: Visit,
  said: { request: LoginRequest; problem?: string; notice?: string },
): Answer => {
  const { request, ...messages } = said;
  const say = words[visit.language];
  const typed = (name: string): string => visit.form.get(name) ?? '';
  return show(visit, {
    title: say.reset,
    ...messages,
    content: html`${form(
      visit,
      linkTo('/confirmForgotPassword', request),
      html`${field({ name: 'username', label: say.email, type: 'email', autocomplete: 'username', value: typed('username') })}
${field({ name: 'code', label: say.code, type: 'text', autocomplete: 'one-time-code', numeric: true, value: typed('code'), focus: true })}
${field({ name: 'password', label: say.newPassword, type: 'password', autocomplete: 'new-password', hint: policyHint(say, pool.settings.passwordPolicy) })}
<button>${say.save}</button>`,
    )}<p class="ways"><a href="${linkTo('/forgotPassword', request)}">${say.sendAgain}</a>
<a href="${linkTo('/login', request)}">${say.backToSignIn}</a></p>`,
  });
};

/** The pages hide who exists even where the client's setting does not. */
const hiding = (request: LoginRequest) => ({ ...request.client, preventUserExistenceErrors: true });

export const showForgot = (pool: Pool, visit: Visit): Answer => forgotPage(visit, readRequest(pool, visit.query));

export const postForgot = (pool: Pool, visit: Visit): Answer => {
  const request = readRequest(pool, visit.query);
  const say = words[visit.language];
  const email = visit.form.get('username')?.trim() ?? '';
  try {
    forgotPassword(pool, hiding(request), email);
    return resetPage(pool, visit, { request, notice: say.resetSent });
  } catch (error) {
    return forgotPage(visit, request, problemOf(say, error));
  }
};

export const postReset = async (pool: Pool, visit: Visit): Promise<Answer> => {
  const request = readRequest(pool, visit.query);
  const say = words[visit.language];
  const get = (name: string): string => visit.form.get(name) ?? '';
  try {
    const given = { name: get('username').trim(), code: get('code').trim(), password: get('password') };
    await confirmForgotPassword(pool, hiding(request), given);
    return loginPage(visit, request, { notice: say.passwordChanged });
  } catch (error) {
    return resetPage(pool, visit, { request, problem: problemOf(say, error) });
  }
};
