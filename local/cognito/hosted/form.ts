// Parts of the forms: they post to a page of ours with the application's request in the address.
import { defaultPolicy } from '../password.ts';
import type { PasswordPolicy } from '../settings.ts';
import { type Html, html } from './html.ts';
import type { LoginRequest } from './request.ts';
import type { Visit } from './visit.ts';
import type { Words } from './words.ts';

/** Address of another page for the same request. */
export const linkTo = (path: string, request: LoginRequest): string => `${path}?${request.query}`;

export const form = (visit: Visit, action: string, content: Html): Html =>
  html`<form method="post" action="${action}"><input type="hidden" name="_csrf" value="${visit.csrf}">${content}</form>`;

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly type: 'email' | 'password' | 'text';
  readonly autocomplete: string;
  readonly value?: string | undefined;
  readonly hint?: string;
  readonly numeric?: true;
  readonly focus?: boolean;
  readonly invalid?: boolean;
};

/** A labelled field that must be filled in. Passwords are never written back into a page. */
export const field = (one: Field): Html => {
  const described = [one.hint === undefined ? '' : `${one.name}-hint`, one.invalid ? 'problem' : ''].join(' ').trim();
  return html`<label for="${one.name}">${one.label}</label>
<input id="${one.name}" name="${one.name}" type="${one.type}" autocomplete="${one.autocomplete}" maxlength="256" required value="${
    one.type === 'password' ? '' : one.value
  }"${one.numeric ? html` inputmode="numeric"` : undefined}${one.focus ? html` autofocus` : undefined}${
    one.invalid ? html` aria-invalid="true"` : undefined
  }${described === '' ? undefined : html` aria-describedby="${described}"`}>
${one.hint === undefined ? undefined : html`<small class="hint" id="${one.name}-hint">${one.hint}</small>`}`;
};

/** What the pool asks of a password, as one line. */
export const policyHint = (say: Words, policy: PasswordPolicy): string => {
  const rules = { ...defaultPolicy, ...policy };
  const needs = [
    say.long(rules.MinimumLength),
    ...(rules.RequireUppercase ? [say.upper] : []),
    ...(rules.RequireLowercase ? [say.lower] : []),
    ...(rules.RequireNumbers ? [say.digit] : []),
    ...(rules.RequireSymbols ? [say.symbol] : []),
  ];
  return say.policy + needs.join(say.comma);
};
