// Before Cognito signs a token: the tenant it is for and the person's role there, from the directory. Somebody switched off gets none, and
// the refusal names him to whoever asked Cognito (core/identity/sign-in.ts): a refresh token alone tells nobody whose it is. A token opens
// nothing at Cognito itself, neither address nor second factor nor the account, unless a refresh asked for one that does.
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { accountScope } from '../../core/identity/token.ts';
import { entryOf } from '../../core/member/directory.ts';
import { openStores } from '../runtime/stores.ts';

export async function handler(event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> {
  const { userAttributes, clientMetadata } = event.request;
  const user = userAttributes.sub ?? event.userName;
  // a refresh may ask for a tenant: another one than that worked in last
  const entry = await entryOf({ stores: openStores }, user, clientMetadata?.tenant_id);
  // a registration that was cut off: a token without a tenant opens nothing, and registering again goes on from here
  if (!entry) {
    event.response.claimsAndScopeOverrideDetails = { accessTokenGeneration: { scopesToSuppress: [accountScope] } };
    return event;
  }
  if (!entry.isActive) throw new Error(`MEMBER_INACTIVE ${user}`);
  const claims = { tenant_id: entry.tenant, role: entry.role };
  event.response.claimsAndScopeOverrideDetails = {
    accessTokenGeneration: {
      claimsToAddOrOverride: { ...claims, email: userAttributes.email?.toLowerCase() ?? entry.email },
      scopesToSuppress: clientMetadata?.account === 'true' ? [] : [accountScope],
    },
    idTokenGeneration: { claimsToAddOrOverride: claims },
  };
  return event;
}
