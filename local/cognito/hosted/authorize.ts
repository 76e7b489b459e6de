// GET /oauth2/authorize, and the code a sign-in ends with.
import { randomUUID } from 'node:crypto';
import type { Pool } from '../pool.ts';
import type { User } from '../store/users.ts';
import { redirect, withParameters } from './answer.ts';
import { cookie } from './cookie.ts';
import { type LoginRequest, RequestRefused, readRequest } from './request.ts';
import type { Answer, Visit } from './visit.ts';

/** As Cognito names it. */
export const SESSION_COOKIE = 'cognito';
/** Seconds a browser stays signed in (Developer Guide, "managed login session": one hour). */
const SESSION_LIFE = 3600;
/** How long a code may be exchanged, in milliseconds (Developer Guide, "Token endpoint": five minutes). */
const CODE_LIFE = 5 * 60_000;

const grantCode = (pool: Pool, request: LoginRequest, from: { user: User; authTime: number }): string => {
  const code = pool.sessions.issueTicket('authorization-code', {
    sub: from.user.sub,
    detail: {
      client: request.client.id,
      redirectUri: request.redirectUri,
      scope: request.scope,
      nonce: request.nonce ?? '',
      challenge: request.challenge ?? '',
      authTime: String(from.authTime),
      origin: randomUUID(),
    },
    expires: pool.now() + CODE_LIFE,
  });
  return withParameters(request.redirectUri, { code, state: request.state });
};

/** Who is signed in in this browser; somebody disabled or deleted since is not. */
const signedIn = (pool: Pool, visit: Visit): { user: User; authTime: number } | undefined => {
  const ticket = pool.sessions.readTicket('browser', visit.cookies.get(SESSION_COOKIE) ?? '', pool.now());
  const user = ticket && pool.users.get(ticket.sub);
  return user?.enabled && user.status === 'CONFIRMED' ? { user, authTime: Number(ticket?.detail.authTime) } : undefined;
};

/** Begins a browser session in place of the one there was, and sends the browser back with a code. */
export const completeSignIn = (pool: Pool, visit: Visit, request: LoginRequest, user: User): Answer => {
  pool.sessions.dropTicket(visit.cookies.get(SESSION_COOKIE) ?? '');
  const authTime = Math.floor(pool.now() / 1000);
  const secret = pool.sessions.issueTicket('browser', {
    sub: user.sub,
    detail: { authTime: String(authTime) },
    expires: pool.now() + SESSION_LIFE * 1000,
  });
  return redirect(grantCode(pool, request, { user, authTime }), [cookie(SESSION_COOKIE, secret, SESSION_LIFE)]);
};

/** A code at once for a browser that is signed in, else the way to the login page. */
export const authorize = (pool: Pool, visit: Visit): Answer => {
  const request = readRequest(pool, visit.query);
  const session = request.prompt === 'login' ? undefined : signedIn(pool, visit);
  if (session) return redirect(grantCode(pool, request, session));
  if (request.prompt === 'none') {
    const error = 'login_required';
    throw new RequestRefused(error, withParameters(request.redirectUri, { error, state: request.state }));
  }
  return redirect(`/login?${request.query}`);
};
