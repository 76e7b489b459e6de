// The page that asks for the code which proves an address.
import { field, form, linkTo } from './form.ts';
import { html } from './html.ts';
import { type Said, show } from './page.ts';
import type { LoginRequest } from './request.ts';
import type { Answer, Visit } from './visit.ts';
import { words } from './words.ts';

export const confirmPage = (visit: Visit, request: LoginRequest, said: Said = {}): Answer => {
  const say = words[visit.language];
  const email = visit.form.get('username') ?? '';
  return show(visit, {
    title: say.confirm,
    ...said,
    redirectUri: request.redirectUri,
    content: html`${form(
      visit,
      linkTo('/confirmUser', request),
      html`${field({ name: 'username', label: say.email, type: 'email', autocomplete: 'username', value: email, focus: email === '' })}
${field({ name: 'code', label: say.code, type: 'text', autocomplete: 'one-time-code', numeric: true, focus: email !== '' })}
<button>${say.goOn}</button>`,
    )}<div class="ways">${form(
      visit,
      linkTo('/resendcode', request),
      html`<input type="hidden" name="username" value="${email}"><button class="plain">${say.sendAgain}</button>`,
    )}<a href="${linkTo('/login', request)}">${say.backToSignIn}</a></div>`,
  });
};
