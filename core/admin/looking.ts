// Sessions of the platform that look at a tenant, as the directory keeps them: under the hash of their token.
import { createHash } from 'node:crypto';
import { Entity } from 'electrodb';
import type { OpenCtx } from '../platform/ctx.ts';
import { leadingBy, number, text } from '../platform/keys.ts';

/** What the token of such a session begins with. */
export const prefix = 'slp_';

export const ImpersonationEntity = new Entity({
  model: { entity: 'directory-impersonation', version: '1', service: 'scriptloom' },
  attributes: { hash: text, tenant: text, admin: text, until: number, expires_at: number },
  indexes: {
    primary: leadingBy('hash', 'IMPERSONATION'),
  },
});

export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Whether a bearer token says that it is such a session. */
export const saysImpersonation = (token: string): boolean => token.startsWith(prefix);

/** Which tenant a session looks at, and who looks; undefined when there is none or its time is over. */
export async function impersonationOf({ stores, now }: Pick<OpenCtx, 'stores' | 'now'>, token: string) {
  const { data } = await ImpersonationEntity.get({ hash: hashOf(token) }).go({ ...stores.directory, consistent: true });
  return data && data.until > now() ? { tenant: data.tenant, admin: data.admin, until: data.until } : undefined;
}
