// The page that asks for address and password.
import { field, form, linkTo } from './form.ts';
import { html } from './html.ts';
import { type Said, show } from './page.ts';
import type { LoginRequest } from './request.ts';
import type { Answer, Visit } from './visit.ts';
import { words } from './words.ts';

export const loginPage = (visit: Visit, request: LoginRequest, said: Said = {}): Answer => {
  const say = words[visit.language];
  const email = visit.form.get('username') ?? request.loginHint ?? '';
  const invalid = said.problem !== undefined;
  return show(visit, {
    title: say.signInTitle,
    ...said,
    redirectUri: request.redirectUri,
    content: html`${form(
      visit,
      linkTo('/login', request),
      html`${field({ name: 'username', label: say.email, type: 'email', autocomplete: 'username', value: email, focus: email === '', invalid })}
${field({ name: 'password', label: say.password, type: 'password', autocomplete: 'current-password', focus: email !== '', invalid })}
<button>${say.signIn}</button>`,
    )}
<p class="ways"><a href="${linkTo('/forgotPassword', request)}">${say.forgot}</a>
<span>${say.noAccount} <a href="${linkTo('/signup', request)}">${say.signUp}</a></span></p>`,
  });
};
