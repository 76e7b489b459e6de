// A provider's failure, in the closed taxonomy of the gateway.
import type { FailureKind, ProviderId, TokenUsage } from './schema.ts';

export type FailureFacts = {
  readonly kind: FailureKind;
  readonly provider: ProviderId;
  readonly httpStatus?: number;
  /** The provider's own word, e.g. `insufficient_quota`. Never a message: messages quote prompts and keys. */
  readonly providerCode?: string;
  readonly requestId?: string;
  readonly retryAfterMs?: number;
  /** The setting the provider refused, by the provider's name for it. */
  readonly field?: string;
  /** Where moderation struck. */
  readonly stage?: 'input' | 'output';
  /** Tokens that were used all the same. */
  readonly usage?: TokenUsage;
  /** The answer was on its way when the line was cut: it was made, and nobody counted it. */
  readonly isCut?: true;
};

/** Whether it was waited for in vain; a provider's own word of a timeout comes with a status. */
export const isTimeout = ({ facts }: ProviderFailure): boolean =>
  facts.providerCode === 'timeout' && facts.httpStatus === undefined;

export class ProviderFailure extends Error {
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts, cause?: unknown) {
    super(`${facts.provider}: ${facts.kind}${facts.providerCode ? ` (${facts.providerCode})` : ''}`, { cause });
    this.name = 'ProviderFailure';
    this.facts = facts;
  }
}
