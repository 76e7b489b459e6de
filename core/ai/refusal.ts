// What a provider's failure means to people: one code, whose sentence says what to do.
import { Failure, type FailureCode } from '../platform/failure.ts';
import type { ProviderFailure } from './provider-failure.ts';
import type { FailureKind } from './schema.ts';

const codes: Readonly<Record<FailureKind, FailureCode>> = {
  retryable: 'PROVIDER_UNREACHABLE',
  rate_limited: 'PROVIDER_BUSY',
  quota: 'PROVIDER_QUOTA',
  auth: 'PROVIDER_KEY_REFUSED',
  moderation: 'PROMPT_BLOCKED',
  invalid: 'MODEL_REQUEST_REFUSED',
  invalid_output: 'MODEL_ANSWER_UNUSABLE',
  truncated: 'MODEL_ANSWER_TRUNCATED',
};

/** The code of a kind of failure, where nothing more is known of it. */
export const codeOfKind = (kind: FailureKind): FailureCode => codes[kind];

/** The failure people see. Details name provider, model and the provider's own code: nothing of keys or prompts. */
export function refusalOf(failure: ProviderFailure, model: string): Failure {
  const { kind, provider, providerCode, field, stage, requestId } = failure.facts;
  const details = { provider, model, provider_code: providerCode, field, stage, provider_request: requestId };
  return new Failure(
    codeOf(failure),
    { ...details, ...(kind === 'invalid' && { reason: providerCode ?? '' }) },
    failure,
  );
}

function codeOf({ facts }: ProviderFailure): FailureCode {
  if (facts.kind !== 'invalid') return codes[facts.kind];
  if (facts.providerCode === 'ADDRESS_REFUSED' || facts.providerCode === 'ERR_INVALID_URL') return 'BASE_URL_REFUSED';
  // a path that is not there or a model that is not there: both are the model's name to people
  const isModel = facts.httpStatus === 404 || /model/i.test(`${facts.providerCode ?? ''} ${facts.field ?? ''}`);
  return isModel ? 'MODEL_UNKNOWN' : codes.invalid;
}
