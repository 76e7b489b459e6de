// The frame of every page of the hosted login: language, brand, messages, and headers that let nothing else in.
import { cookie } from './cookie.ts';
import { Html, html } from './html.ts';
import { style, styleHash } from './style.ts';
import { type Answer, CSRF_COOKIE, type Visit } from './visit.ts';
import { words } from './words.ts';

export type Said = {
  /** What went wrong: read out at once. */
  readonly problem?: string | undefined;
  /** What went well. */
  readonly notice?: string | undefined;
};

export type Page = Said & {
  readonly title: string;
  readonly content: Html;
  /** Where a form's answer may send the browser in the end: browsers hold redirects against form-action too. */
  readonly redirectUri?: string | undefined;
  readonly status?: number;
};

const originOf = (uri: string): string => {
  const { origin, protocol } = new URL(uri);
  return origin === 'null' ? protocol : origin;
};

const policy = (redirectUri: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src '${styleHash}'`,
    `form-action 'self'${redirectUri === undefined ? '' : ` ${originOf(redirectUri)}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

/** This very page in the other language. */
const otherLanguage = (visit: Visit): string => {
  const query = new URLSearchParams(visit.query);
  query.set('lang', visit.language === 'zh' ? 'en' : 'zh-CN');
  return `${visit.path}?${query.toString()}`;
};

const frame = (visit: Visit, page: Page): Html => {
  const say = words[visit.language];
  return html`<!doctype html>
<html lang="${visit.language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${page.title}</title><style>${new Html(style)}</style></head>
<body><main>
<div class="brand"><span>Scriptloom</span>${
    visit.method === 'GET' || visit.path === '/login'
      ? html`<a href="${otherLanguage(visit)}" hreflang="${visit.language === 'zh' ? 'en' : 'zh-CN'}">${say.otherLanguage}</a>`
      : undefined
  }</div>
<div class="card"><h1>${page.title}</h1>
${page.problem === undefined ? undefined : html`<p class="say problem" role="alert" id="problem">${page.problem}</p>`}
${page.notice === undefined ? undefined : html`<p class="say notice" role="status">${page.notice}</p>`}
${page.content}</div>
<footer>${say.local}${visit.mailUrl === undefined ? undefined : html` <a href="${visit.mailUrl}" target="_blank" rel="noopener noreferrer">${say.mails}</a>`}</footer>
</main></body></html>`;
};

const answer = (visit: Visit, page: Page): Answer => ({
  status: page.status ?? (page.problem === undefined ? 200 : 400),
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-language': visit.language === 'zh' ? 'zh-CN' : 'en',
    'content-security-policy': policy(page.redirectUri),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    // Not no-referrer: browsers would then send `Origin: null` with our own forms.
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
    'set-cookie': cookie(CSRF_COOKIE, visit.csrf),
  },
  body: frame(visit, page).text,
});

/** A page; in place of a form that was stale, it says so. */
export const show = (visit: Visit, page: Page): Answer =>
  answer(visit, visit.stale ? { ...page, problem: words[visit.language].stale, status: 403 } : page);
