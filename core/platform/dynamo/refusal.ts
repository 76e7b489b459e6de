// What DynamoDB refuses (Developer Guide, "Error handling with DynamoDB"), by the names it gives.
import { type Attribute, fromItem } from './attribute.ts';

/** Why one action of a transaction was not let through; `Code` is `None` for those that would have been. */
export type CancellationReason = { readonly Code?: string; readonly Item?: Readonly<Record<string, Attribute>> };

type Body = {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
  readonly Item?: Readonly<Record<string, Attribute>>;
  readonly CancellationReasons?: readonly CancellationReason[];
};

export class DynamoRefusal extends Error {
  /** HTTP. */
  readonly status: number;
  /** The row that a condition failed on, where it was asked for. */
  readonly item: Record<string, unknown> | undefined;
  readonly reasons: readonly CancellationReason[] | undefined;

  constructor(status: number, body: Body) {
    super(body.message ?? body.Message ?? `DynamoDB answered ${status}`);
    this.name = body.__type?.split('#').at(-1) ?? 'UnknownError';
    this.status = status;
    this.item = body.Item && fromItem(body.Item);
    this.reasons = body.CancellationReasons;
  }
}

/** Names of refusals that pass by themselves when one comes again later, of STS as well. The SDK has them under throttling too. */
export const throttled: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'TransactionInProgressException',
]);

/** The refusal of that name; undefined when it is something else. */
export const refusedAs = (error: unknown, name: string): DynamoRefusal | undefined =>
  error instanceof DynamoRefusal && error.name === name ? error : undefined;
