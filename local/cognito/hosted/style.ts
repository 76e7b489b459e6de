// The look of the hosted login: one sheet, light and dark, no script, no font or picture from elsewhere.
import { createHash } from 'node:crypto';

export const style = `
:root{color-scheme:light dark;--paper:#f6f4ef;--card:#fff;--ink:#1f2328;--soft:#5b6470;--line:#cfd3d8;--brand:#9c3d1c;--brand-ink:#fff;--bad:#a1161f;--bad-bg:#fdecec;--good:#12602f;--good-bg:#e7f5ec}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--card:#1e2125;--ink:#eceef0;--soft:#a5aeb8;--line:#454c54;--brand:#f0906a;--brand-ink:#1c0f09;--bad:#ffb3b3;--bad-bg:#45191c;--good:#a6e3b8;--good-bg:#16341f}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem 1rem;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{width:100%;max-width:25rem}
.brand{display:flex;justify-content:space-between;align-items:center;margin:0 .25rem .75rem;font-weight:600;letter-spacing:.02em}
.brand span::before{content:"";display:inline-block;width:.8em;height:.8em;margin-right:.5em;border-radius:.2em;background:linear-gradient(135deg,var(--brand) 50%,var(--soft) 50%)}
.brand a{font-weight:400;font-size:.9rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.75rem}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 1.1rem}
p{margin:0 0 1rem}
label{display:block;font-weight:600;margin:0 0 .3rem}
input{display:block;width:100%;min-height:2.75rem;padding:.5rem .75rem;margin:0 0 1rem;border:1px solid var(--soft);border-radius:.45rem;background:var(--card);color:inherit;font:inherit}
input[inputmode=numeric]{font-size:1.15rem;font-variant-numeric:tabular-nums;letter-spacing:.18em}
input[aria-invalid=true]{border-color:var(--bad)}
.hint{display:block;color:var(--soft);font-size:.875rem;margin:-.65rem 0 1rem}
button{width:100%;min-height:2.75rem;padding:.5rem 1rem;border:0;border-radius:.45rem;background:var(--brand);color:var(--brand-ink);font:inherit;font-weight:600;cursor:pointer}
button.plain{width:auto;min-height:2rem;padding:.25rem 0;background:none;color:var(--brand);font-weight:400;text-decoration:underline}
a{color:var(--brand)}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
.say{border-radius:.45rem;padding:.65rem .85rem}
.problem{color:var(--bad);background:var(--bad-bg)}
.notice{color:var(--good);background:var(--good-bg)}
.ways{margin:1.1rem 0 0;display:flex;flex-wrap:wrap;gap:.35rem 1.25rem;align-items:center;justify-content:space-between;font-size:.95rem}
.aside{margin:.75rem 0 0;color:var(--soft);font-size:.875rem}
.card>:last-child{margin-bottom:0}
.code{color:var(--soft);font-size:.875rem}
footer a{white-space:nowrap}
footer{margin:.9rem .25rem 0;color:var(--soft);font-size:.8125rem;line-height:1.5}
`;

/** For the Content-Security-Policy: this sheet and no other. */
export const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
