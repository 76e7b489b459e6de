// Whose token it is, and what he may now. A token that is not good, or of somebody who is no member any more, gives nobody: the function
// behind the route then refuses in the house envelope.
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import { standingOf } from '../../core/member/directory.ts';
import type { Principal } from '../runtime/exchange.ts';
import { stores } from '../runtime/stores.ts';
import { type Holder, holderOf } from '../runtime/token.ts';

export async function handler(
  event: Pick<APIGatewayRequestAuthorizerEventV2, 'headers'>,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<Principal>> {
  const [, token] = /^Bearer (\S+)$/i.exec(event.headers?.authorization ?? '') ?? [];
  const holder = token && (await holderOf(token));
  return { isAuthorized: true, context: (holder && (await principalOf(holder))) || {} };
}

/** What the directory says now of whom the token names; undefined when he is no member of its tenant. */
async function principalOf({ tenant, user, email }: Holder): Promise<Principal | undefined> {
  const standing = await standingOf({ stores }, user, tenant);
  if (!standing) return undefined;
  const { role, projects, tenant: entry } = standing;
  const readOnly = entry.status === 'suspended' || entry.status === 'closing';
  return {
    tenant_id: tenant,
    user_id: user,
    role,
    ...(email !== undefined && { email }),
    ...(Object.keys(projects).length > 0 && { reach: JSON.stringify(projects) }),
    ...(readOnly && { read_only: entry.status }),
  };
}
