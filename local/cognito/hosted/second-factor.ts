// /mfa: the code of an authenticator app, after the password.
import { CognitoFailure } from '../failure.ts';
import type { Pool } from '../pool.ts';
import { challengeSecondFactor, needsSecondFactor, proveSecondFactor } from '../second-factor.ts';
import type { User } from '../store/users.ts';
import { completeSignIn } from './authorize.ts';
import { field, form, linkTo } from './form.ts';
import { html } from './html.ts';
import { loginPage } from './login-page.ts';
import { show } from './page.ts';
import { problemOf } from './problem.ts';
import { type LoginRequest, readRequest } from './request.ts';
import type { Answer, Visit } from './visit.ts';
import { words } from './words.ts';

const codePage = (
  visit: Visit,
  { request, session, app, problem }: { request: LoginRequest; session: string; app: string; problem?: string },
): Answer => {
  const say = words[visit.language];
  return show(visit, {
    title: say.secondFactorTitle,
    problem,
    redirectUri: request.redirectUri,
    content: html`<p>${app === '' ? say.secondFactorLead : say.secondFactorLeadOf(app)}</p>${form(
      visit,
      linkTo('/mfa', request),
      html`<input type="hidden" name="session" value="${session}"><input type="hidden" name="app" value="${app}">${field(
        {
          name: 'code',
          label: say.secondFactorCode,
          type: 'text',
          autocomplete: 'one-time-code',
          numeric: true,
          focus: true,
          invalid: problem !== undefined,
        },
      )}<button>${say.goOn}</button>`,
    )}<p class="ways"><a href="${linkTo('/login', request)}">${say.backToSignIn}</a></p><p class="aside">${say.secondFactorLost}</p>`,
  });
};

/** Lets a person in whose password is proven, or asks for the code first. */
export const proceed = (pool: Pool, visit: Visit, request: LoginRequest, user: User): Answer => {
  if (!needsSecondFactor(pool, user)) return completeSignIn(pool, visit, request, user);
  const session = challengeSecondFactor(pool, request.client, user);
  return codePage(visit, { request, session, app: pool.secondFactors.of(user.sub).name });
};

const again: ReadonlySet<string> = new Set(['CodeMismatchException', 'ExpiredCodeException']);

export const postCode = (pool: Pool, visit: Visit): Answer => {
  const request = readRequest(pool, visit.query);
  const say = words[visit.language];
  const get = (name: string): string => visit.form.get(name) ?? '';
  try {
    const user = proveSecondFactor(pool, request.client, get('session'), get('code').replace(/\s/g, ''));
    return completeSignIn(pool, visit, request, user);
  } catch (error) {
    const stays = error instanceof CognitoFailure && again.has(error.code);
    if (!stays) return loginPage(visit, request, { problem: problemOf(say, error) });
    const problem = error.code === 'ExpiredCodeException' ? say.usedCode : say.wrongAppCode;
    return codePage(visit, { request, session: get('session'), app: get('app'), problem });
  }
};
