// The calls of the user pool API there are. A name that is not here answers that it is not available locally.
import { CognitoFailure } from '../failure.ts';
import type { Pool } from '../pool.ts';
import { initiateAuth, respondToAuthChallenge } from './authenticate.ts';
import type { Input } from './input.ts';
import { confirmSignUp, resendConfirmationCode, signUp } from './sign-up.ts';

export type ApiCall = {
  /** IAM calls are signed and judged on the pool's ARN; the others are public. */
  readonly iam: boolean;
  readonly run: (pool: Pool, input: Input) => Promise<object>;
};

const open = (run: ApiCall['run']): ApiCall => ({ iam: false, run });

const calls: Readonly<Record<string, ApiCall>> = {
  SignUp: open(signUp),
  ConfirmSignUp: open(confirmSignUp),
  ResendConfirmationCode: open(resendConfirmationCode),
  InitiateAuth: open(initiateAuth),
  RespondToAuthChallenge: open(respondToAuthChallenge),
};

/** The call of a name. Throws UnknownOperationException, naming the call and the ones there are. */
export const callNamed = (name: string): ApiCall => {
  const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (call) return call;
  throw new CognitoFailure(
    'UnknownOperationException',
    `${name || 'A call without X-Amz-Target'} is not available locally. There are: ${Object.keys(calls).sort().join(', ')}.`,
  );
};
