// What the endpoints an application calls have in common: the public client, form fields given once, errors of RFC 6749 §5.2.
import type { Pool } from '../pool.ts';
import type { ClientSettings } from '../settings.ts';
import type { Visit } from './visit.ts';

export type OAuthCode =
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_token_type';

export class OAuthRefused extends Error {
  readonly code: OAuthCode;
  constructor(code: OAuthCode, message = '') {
    super(message);
    this.name = 'OAuthRefused';
    this.code = code;
  }
}

/** A form field that must be there, once. Throws OAuthRefused invalid_request. */
export const required = (form: URLSearchParams, name: string): string => {
  const [value, ...more] = form.getAll(name);
  if (value && more.length === 0) return value;
  throw new OAuthRefused('invalid_request');
};

/** The client that calls. It has no secret, so one that sends any is not it. Throws OAuthRefused invalid_client. */
export const publicClient = (pool: Pool, visit: Visit): ClientSettings => {
  const client = pool.clients.get(required(visit.form, 'client_id'));
  if (!client || visit.authorization !== undefined || visit.form.has('client_secret'))
    throw new OAuthRefused('invalid_client');
  return client;
};
