// Before Cognito signs a token: tenant and role of the person, from the directory. Somebody switched off gets none.
import type { PreTokenGenerationV2TriggerEvent } from 'aws-lambda';
import { entryOf } from '../../core/member/store.ts';
import { stores } from '../runtime/stores.ts';

export async function handler(event: PreTokenGenerationV2TriggerEvent): Promise<PreTokenGenerationV2TriggerEvent> {
  const entry = await entryOf({ stores }, event.request.userAttributes.sub ?? event.userName);
  // a registration that was cut off: a token without a tenant opens nothing, and registering again goes on from here
  if (!entry) return event;
  if (!entry.isActive) throw new Error('MEMBER_INACTIVE');
  const claims = { tenant_id: entry.tenant, role: entry.role };
  event.response.claimsAndScopeOverrideDetails = {
    accessTokenGeneration: { claimsToAddOrOverride: { ...claims, email: entry.email } },
    idTokenGeneration: { claimsToAddOrOverride: claims },
  };
  return event;
}
