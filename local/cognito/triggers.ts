// Lambda triggers of a pool: the events as Cognito sends them, the failures as Cognito words them.
import { CognitoFailure } from './failure.ts';
import type { User } from './store/users.ts';

export type TriggerSource =
  | 'PreSignUp_SignUp'
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_NewPasswordChallenge'
  | 'TokenGeneration_RefreshTokens';

export type TriggerCall = {
  readonly functionName: string;
  readonly source: TriggerSource;
  readonly version: '1' | '2';
  readonly region: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly userName: string;
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown>;
};

/** Cognito waits 5 s and tries three times (User Guide, "Important considerations" of Lambda triggers); we wait as long in one. */
const PATIENCE = 15_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const within = async <T>(work: Promise<T>, milliseconds: number, late: () => Error): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
};

/** Runs a trigger and answers the `response` it gave back. Throws UserLambdaValidation-, UnexpectedLambda- or InvalidLambdaResponseException. */
export const runTrigger = async (
  invoke: (functionName: string, event: unknown) => Promise<unknown>,
  call: TriggerCall,
): Promise<Record<string, unknown>> => {
  const name = call.source.startsWith('PreSignUp') ? 'PreSignUp' : 'PreTokenGeneration';
  const event = {
    version: call.version,
    triggerSource: call.source,
    region: call.region,
    userPoolId: call.poolId,
    userName: call.userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: call.clientId },
    request: call.request,
    response: call.response,
  };
  const late = () =>
    new CognitoFailure(
      'UnexpectedLambdaException',
      `${name} invocation failed due to error Socket timeout while invoking Lambda function.`,
    );
  const answer = await within(
    invoke(call.functionName, event).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      throw new CognitoFailure('UserLambdaValidationException', `${name} failed with error ${message}.`);
    }),
    PATIENCE,
    late,
  );
  const response = isObject(answer) ? answer.response : undefined;
  if (!isObject(response)) throw new CognitoFailure('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  return response;
};

/** `request.userAttributes` of an event: all text, the status among them. */
export const userAttributes = (user: User): Record<string, string> => ({
  sub: user.sub,
  'cognito:user_status': user.status,
  ...user.attributes,
});
