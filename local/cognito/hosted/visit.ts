// One request to the hosted login as its pages see it, and what they answer.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie } from './cookie.ts';
import { type Language, languageOf } from './language.ts';

export type Visit = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Fields of a posted form. */
  readonly form: URLSearchParams;
  readonly cookies: ReadonlyMap<string, string>;
  readonly authorization: string | undefined;
  readonly language: Language;
  /** Where the mails of this machine are read. */
  readonly mailUrl: string | undefined;
  /** Stands in the browser's cookie and in every form; a page of another site knows neither. */
  readonly csrf: string;
  /** Whether the browser says that this comes from one of our own pages; true when it says nothing. */
  readonly own: boolean;
  /** The posted form was not one of ours for this browser, and was not looked at. */
  readonly stale?: true;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
};

export const CSRF_COOKIE = 'cognito-csrf';

const ownPage = (request: IncomingMessage): boolean => {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  return (origin === undefined || origin === `http://${host}`) && (site === undefined || site === 'same-origin');
};

/** The browser's own, when it has one of the kind we give out; else a new one, which no form holds yet. */
const csrfOf = (cookies: ReadonlyMap<string, string>): string => {
  const kept = cookies.get(CSRF_COOKIE) ?? '';
  return /^[\w-]{43}$/.test(kept) ? kept : randomBytes(32).toString('base64url');
};

type Sent = { readonly body: string; readonly mailUrl: string | undefined };

export const readVisit = (request: IncomingMessage, url: URL, { body, mailUrl }: Sent): Visit => {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  const cookies = parseCookie(request.headers.cookie ?? '');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    form: new URLSearchParams(isForm ? body : ''),
    cookies,
    authorization: request.headers.authorization,
    language: languageOf(url.searchParams.get('lang'), request.headers['accept-language']),
    mailUrl,
    csrf: csrfOf(cookies),
    own: ownPage(request),
  };
};

/** Whether a posted form is one we gave to this browser. */
export const isOurForm = (visit: Visit): boolean => {
  const [has, wants] = [Buffer.from(visit.form.get('_csrf') ?? ''), Buffer.from(visit.csrf)];
  return visit.own && has.length === wants.length && timingSafeEqual(has, wants);
};
