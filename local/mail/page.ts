// The page that shows the mails: what people of this machine read instead of their mailbox.
import { createHash } from 'node:crypto';
import { Html, html } from '../cognito/hosted/html.ts';
import type { KeptMail } from './mailbox.ts';

const style = `
:root{color-scheme:light dark;--paper:#f6f4ef;--card:#fff;--ink:#1f2328;--soft:#5b6470;--line:#cfd3d8;--brand:#9c3d1c}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--card:#1e2125;--ink:#eceef0;--soft:#a5aeb8;--line:#454c54;--brand:#f0906a}}
*{box-sizing:border-box}
body{margin:0;padding:1.5rem 1rem;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:44rem;margin:0 auto}
h1{font-size:1.35rem;margin:0 0 .25rem}
p{margin:0 0 1.25rem;color:var(--soft)}
article{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.25rem;margin:0 0 1rem}
header{display:flex;flex-wrap:wrap;gap:.1rem 1rem;justify-content:space-between;color:var(--soft);font-size:.875rem;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:.25rem 0 .5rem;overflow-wrap:anywhere}
pre{margin:0;font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}
`;

const shown = ({ at, to, subject, text }: KeptMail): string =>
  html`<article><header><span>${to}</span><time>${new Date(at).toISOString().replace('T', ' ').slice(0, 19)} UTC</time></header><h2>${subject}</h2><pre>${text}</pre></article>`
    .text;

/** Content-Security-Policy of the page: its own sheet and nothing else. */
export const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`;

export const mailPage = (mails: readonly KeptMail[]): string =>
  html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Scriptloom 邮件 · mail</title><style>${new Html(style)}</style></head>
<body><main><h1>邮件 · Mail</h1><p>本机不会真正发出邮件，都在这里，最新的在前。· This machine sends no mail: it is all here, newest first.</p>
${mails.length === 0 ? html`<p>还没有邮件。· There is none yet.</p>` : new Html(mails.map(shown).join('\n'))}
</main></body></html>`.text;
