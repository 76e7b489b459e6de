// Whose token it is. A token that is not good gives nobody: the function behind the route then refuses in the house envelope.
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import type { Principal } from '../runtime/exchange.ts';
import { principalOf } from '../runtime/token.ts';

export async function handler(
  event: Pick<APIGatewayRequestAuthorizerEventV2, 'headers'>,
): Promise<APIGatewaySimpleAuthorizerWithContextResult<Principal>> {
  const [, token] = /^Bearer (\S+)$/i.exec(event.headers?.authorization ?? '') ?? [];
  return { isAuthorized: true, context: (token && (await principalOf(token))) || {} };
}
