// Whose token it is, and what he may now. A token that is not good, or of somebody who is no member any more, gives nobody: the function
// behind the route then refuses in the house envelope.
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import { leads, standingOf } from '../../core/member/directory.ts';
import type { Principal } from '../runtime/exchange.ts';
import { sessionHolds } from '../runtime/session.ts';
import { openStores } from '../runtime/stores.ts';
import { type Holder, holderOf } from '../runtime/token.ts';

export async function handler(
  event: Pick<APIGatewayRequestAuthorizerEventV2, 'headers'> & Partial<APIGatewayRequestAuthorizerEventV2>,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<Principal>> {
  const [, token] = /^Bearer (\S+)$/i.exec(event.headers?.authorization ?? '') ?? [];
  const holder = token && (await holderOf(token));
  if (!holder) return { isAuthorized: true, context: {} };
  const from = { ip: event.requestContext?.http.sourceIp ?? '', agent: event.headers?.['user-agent'] ?? '' };
  const [holds, principal] = await Promise.all([sessionHolds(holder, from), principalOf(holder)]);
  return { isAuthorized: true, context: (holds && principal) || {} };
}

/** What the directory says now of whom the token names; undefined when he is no member of its tenant. */
async function principalOf({ tenant, user, email, session }: Holder): Promise<Principal | undefined> {
  const standing = await standingOf({ stores: openStores }, user, tenant);
  if (!standing) return undefined;
  const { role, projects, tenant: entry, mfa } = standing;
  const readOnly = entry.status === 'suspended' || entry.status === 'closing';
  return {
    tenant_id: tenant,
    user_id: user,
    role,
    ...(email !== undefined && { email }),
    ...(Object.keys(projects).length > 0 && { reach: JSON.stringify(projects) }),
    ...(readOnly && { read_only: entry.status }),
    session_id: session,
    ...(entry.mfaRequired && leads(role) && !mfa && { mfa_missing: 'true' }),
  };
}
