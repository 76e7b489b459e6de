// TransactWriteItems, sent again where others were in the way.
import { fromItem } from './dynamo/attribute.ts';
import { type Documents, TransactWriteCommand, type TransactWriteCommandInput } from './dynamo/command.ts';
import { DynamoRefusal } from './dynamo/refusal.ts';
import { Failure } from './failure.ts';
import { pause } from './pause.ts';

export type Item = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Reasons that pass. The client tries throttled calls again by itself, but not transactions that were cancelled for it. */
const passing: ReadonlySet<string> = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/**
 * Writes all of these items or nothing. Throws what `refusal` makes of the first failed condition: the place of its item, and the row that
 * is there, where that was asked for; BUSY when others keep winning.
 */
export async function transact(
  client: Documents,
  items: Item[],
  refusal: (index: number, current?: Record<string, unknown>) => Failure,
) {
  for (let attempt = 0; ; attempt++) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: items }));
      return;
    } catch (error) {
      const reasons = error instanceof DynamoRefusal ? error.reasons : undefined;
      if (!reasons) throw error;
      const at = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
      if (at >= 0) {
        const old = reasons[at]?.Item;
        throw refusal(at, old && fromItem(old));
      }
      if (!reasons.some(({ Code }) => passing.has(Code ?? ''))) throw error;
      if (attempt >= 5) throw new Failure('BUSY', {}, error);
      await pause(attempt);
    }
  }
}
