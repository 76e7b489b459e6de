// /logout: ends the browser session, then goes to the application's own address or to the login page.
import type { Pool } from '../pool.ts';
import { redirect } from './answer.ts';
import { SESSION_COOKIE } from './authorize.ts';
import { cookie } from './cookie.ts';
import { RequestRefused, readRequest } from './request.ts';
import type { Answer, Visit } from './visit.ts';

/** Where to go afterwards (Developer Guide, "Logout endpoint"). Throws RequestRefused before anything has ended. */
const destination = (pool: Pool, query: URLSearchParams): string => {
  if (!query.has('logout_uri')) return `/login?${readRequest(pool, query).query}`;
  const client = pool.clients.get(query.get('client_id') ?? '');
  if (!client) throw new RequestRefused('invalid_client');
  const [uri = '', ...more] = query.getAll('logout_uri');
  if (more.length > 0 || !client.logoutUrls.includes(uri)) throw new RequestRefused('logout_mismatch');
  return uri;
};

export const logout = (pool: Pool, visit: Visit): Answer => {
  const location = destination(pool, visit.query);
  pool.sessions.dropTicket(visit.cookies.get(SESSION_COOKIE) ?? '');
  return redirect(location, [cookie(SESSION_COOKIE, '', 0)]);
};
