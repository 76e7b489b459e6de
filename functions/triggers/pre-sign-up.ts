// Before Cognito makes a user: whether the stage asks for a code by e-mail, or believes the address at once.
import type { PreSignUpTriggerEvent } from 'aws-lambda';
import { env } from '../runtime/env.ts';

export async function handler(event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> {
  const believed = env('SIGN_UP_CONFIRMATION') === 'none';
  event.response.autoConfirmUser = believed;
  event.response.autoVerifyEmail = believed;
  return event;
}
