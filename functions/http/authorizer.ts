// Whose token or API key it is, and what he may now. One that is not good gives nobody; one of a sign-in that was ended, or of somebody who
// is no member any more, says so: the function behind the route refuses both in the house envelope, and tells the tenant of the latter.
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import { platformGroup } from '../../core/admin/group.ts';
import { impersonationOf, saysImpersonation } from '../../core/admin/looking.ts';
import { type Holder as KeyHolder, holderOf as keyHolderOf } from '../../core/apikey/holder.ts';
import { saysKey } from '../../core/apikey/secret.ts';
import { leads, standingOf } from '../../core/member/directory.ts';
import type { OpenCtx } from '../../core/platform/ctx.ts';
import type { TenantEntry } from '../../core/tenant/directory.ts';
import * as Tenant from '../../core/tenant/index.ts';
import { bearerOf } from '../runtime/bearer.ts';
import type { Principal } from '../runtime/exchange.ts';
import { noteSignIn, signInOf } from '../runtime/session.ts';
import { openStores } from '../runtime/stores.ts';
import { type Holder, holderOf } from '../runtime/token.ts';

export async function handler(
  event: Pick<APIGatewayRequestAuthorizerEventV2, 'headers'> & Partial<APIGatewayRequestAuthorizerEventV2>,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<Principal>> {
  const token = bearerOf(event.headers);
  if (token && saysKey(token)) return { isAuthorized: true, context: await ofKey(token) };
  if (token && saysImpersonation(token)) return { isAuthorized: true, context: (await lookerOf(token)) ?? {} };
  const holder = token && (await holderOf(token));
  if (!holder) return { isAuthorized: true, context: {} };
  const open = openOf(event);
  const [signIn, principal] = await Promise.all([signInOf(open, holder), ofPerson(holder)]);
  if (!principal) return { isAuthorized: true, context: {} };
  const opens = principal.refused === undefined && signIn && (await noteSignIn(open, holder, signIn, principal));
  return { isAuthorized: true, context: opens ? principal : { ...principal, refused: 'INVALID_TOKEN' } };
}

/** The context in which a sign-in is looked at. */
const openOf = ({ headers, requestContext }: Partial<APIGatewayRequestAuthorizerEventV2>): OpenCtx => ({
  stores: openStores,
  requestId: requestContext?.requestId ?? '',
  from: { ip: requestContext?.http.sourceIp ?? '', agent: headers?.['user-agent'] ?? '' },
  locale: 'zh-CN',
  now: Date.now,
});

/** What the directory says now of an API key. */
async function ofKey(text: string): Promise<Principal> {
  const found = await keyHolderOf({ stores: openStores }, text);
  if (!found || isClosed(found.tenant)) return { refused: 'INVALID_KEY' };
  const { tenant, id, scopes, projects, addresses, until, requestsPerMinute } = found.key;
  const key: KeyHolder = { tenant, id, scopes, projects, addresses, until, requestsPerMinute };
  return { tenant_id: tenant, key: JSON.stringify(key), ...ofTenant(found.tenant) };
}

/** Nobody is anybody in a tenant that is not there any more. */
const isClosed = ({ status }: TenantEntry): boolean => status === 'closed';

const readOnlyStatus: ReadonlySet<string> = new Set(['onboarding', 'suspended', 'closing']);

/** How often a tenant may come, whether it is read only, and where it lies. */
function ofTenant(entry: TenantEntry): Principal {
  const readOnly = readOnlyStatus.has(entry.status);
  return {
    rate: String(Tenant.limitsOf(entry).requestsPerMinute),
    ...(readOnly && { read_only: entry.status }),
    ...(entry.tier && { tier: entry.tier }),
  };
}

/** Somebody of the platform who looks at a tenant, as a viewer of it would. */
async function lookerOf(token: string): Promise<Principal | undefined> {
  const found = await impersonationOf({ stores: openStores, now: Date.now }, token);
  const entry = found && (await Tenant.findEntry({ stores: openStores }, found.tenant));
  if (!entry || isClosed(entry)) return undefined;
  const { tenant, admin, until } = found;
  const looking = { read_only: 'looking', looking_until: String(until) };
  return { ...ofTenant(entry), tenant_id: tenant, user_id: admin, role: 'viewer', ...looking };
}

/** What the directory says now of whom the token names: refused when he is a member of its tenant no more; undefined when there is no such tenant. */
async function ofPerson({ tenant, user, email, session, groups }: Holder): Promise<Principal | undefined> {
  const standing = await standingOf({ stores: openStores }, user, tenant);
  if (!standing || isClosed(standing.tenant)) return undefined;
  const { isActive, role, projects, tenant: entry, mfa } = standing;
  const who = { tenant_id: tenant, user_id: user, session_id: session, ...(email !== undefined && { email }) };
  if (!isActive) return { ...ofTenant(entry), ...who, role: 'guest', refused: 'INVALID_TOKEN' };
  return {
    ...ofTenant(entry),
    ...who,
    role,
    ...(Object.keys(projects).length > 0 && { reach: JSON.stringify(projects) }),
    ...(groups.includes(platformGroup) && { platform: mfa ? 'mfa' : 'without_mfa' }),
    ...(entry.mfaRequired && leads(role) && !mfa && { mfa_missing: 'true' }),
  };
}
