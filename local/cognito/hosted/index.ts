// The hosted login: which page or endpoint answers what, and what is said when one refuses.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../read-body.ts';
import type { Pool } from '../pool.ts';
import { crossOrigin, json, redirect } from './answer.ts';
import { authorize } from './authorize.ts';
import { discovery } from './discovery.ts';
import { postForgot, postReset, showForgot } from './forgot-password.ts';
import { html } from './html.ts';
import { postLogin, postNewPassword, showLogin } from './login.ts';
import { logout } from './logout.ts';
import { OAuthRefused } from './oauth.ts';
import { show } from './page.ts';
import { RequestRefused } from './request.ts';
import { revoke } from './revoke.ts';
import { postCode } from './second-factor.ts';
import { postConfirm, postResend, postSignUp, showSignUp } from './sign-up.ts';
import { token } from './token.ts';
import { userInfo } from './user-info.ts';
import { type Answer, isOurForm, readVisit, type Visit } from './visit.ts';
import { words } from './words.ts';

type Handler = (pool: Pool, visit: Visit) => Answer | Promise<Answer>;

/** Pages a person sees; those that take a form have it checked first. A form's own page is where a stale one goes back to. */
const pages: Readonly<Record<string, { readonly GET: Handler; readonly POST?: Handler }>> = {
  '/oauth2/authorize': { GET: authorize },
  '/login': { GET: showLogin, POST: postLogin },
  '/mfa': { GET: showLogin, POST: postCode },
  '/newPassword': { GET: showLogin, POST: postNewPassword },
  '/signup': { GET: showSignUp, POST: postSignUp },
  '/confirmUser': { GET: showLogin, POST: postConfirm },
  '/resendcode': { GET: showLogin, POST: postResend },
  '/forgotPassword': { GET: showForgot, POST: postForgot },
  '/confirmForgotPassword': { GET: showForgot, POST: postReset },
  '/logout': { GET: logout },
};

/** What an application calls. */
const endpoints: Readonly<Record<string, { readonly GET?: Handler; readonly POST?: Handler }>> = {
  '/oauth2/token': { POST: token },
  '/oauth2/userInfo': { GET: userInfo, POST: userInfo },
  '/oauth2/revoke': { POST: revoke },
};

const errorPage = (visit: Visit, code: string, status = 400): Answer => {
  const say = words[visit.language];
  const found = say[code as keyof typeof say];
  const problem = typeof found === 'string' ? found : say.failed;
  return show(visit, { title: say.errorTitle, problem, status, content: html`<p class="code">${code}</p>` });
};

const statusOf: Readonly<Record<string, number>> = { invalid_client: 401, invalid_token: 401, insufficient_scope: 403 };

const refused = (error: OAuthRefused): Answer => {
  const body = { error: error.code, ...(error.message !== '' && { error_description: error.message }) };
  const status = statusOf[error.code] ?? 400;
  return json(
    status,
    body,
    error.code === 'invalid_token' ? { 'www-authenticate': `Bearer error="invalid_token"` } : {},
  );
};

const run = async (pool: Pool, visit: Visit): Promise<Answer | undefined> => {
  if (visit.path === `/${pool.settings.id}/.well-known/openid-configuration`) return discovery(pool);
  if (visit.path === `/${pool.settings.id}/.well-known/jwks.json`) return json(200, { keys: [pool.key.publicJwk] });
  const endpoint = Object.hasOwn(endpoints, visit.path) ? endpoints[visit.path] : undefined;
  if (endpoint && visit.method === 'OPTIONS') return { status: 204, headers: crossOrigin, body: '' };
  const page = Object.hasOwn(pages, visit.path) ? pages[visit.path] : undefined;
  const method = visit.method === 'HEAD' ? 'GET' : visit.method;
  if (method !== 'GET' && method !== 'POST') return undefined;
  const handler = (endpoint ?? page)?.[method];
  if (!handler) return undefined;
  if (page && method === 'POST' && !isOurForm(visit))
    return page.GET(pool, { ...visit, form: new URLSearchParams(), stale: true });
  return handler(pool, visit);
};

const answered = async (pool: Pool, visit: Visit): Promise<Answer | undefined> => {
  try {
    return await run(pool, visit);
  } catch (error) {
    if (error instanceof OAuthRefused) return refused(error);
    if (error instanceof RequestRefused)
      return error.location === undefined ? errorPage(visit, error.code) : redirect(error.location);
    process.stderr.write(`cognito: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return Object.hasOwn(endpoints, visit.path)
      ? json(500, { error: 'server_error' })
      : errorPage(visit, 'failed', 500);
  }
};

/** Answers one request to the hosted login; never throws. */
export const hostedDoor =
  (pool: Pool) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(`${pool.origin}${request.url?.startsWith('/') ? request.url : '/'}`);
    const body = (await readBody(request).catch(() => undefined)) ?? '';
    const visit = readVisit(request, url, { body, mailUrl: pool.mailUrl });
    const answer = (await answered(pool, visit)) ?? {
      status: 404,
      headers: { 'content-type': 'text/plain' },
      body: 'Not found',
    };
    response.writeHead(answer.status, answer.headers as Record<string, string>);
    response.end(visit.method === 'HEAD' ? undefined : answer.body);
  };
