import { refusedAs } from './dynamo/refusal.ts';

/** Whether a conditional write was let through. What else went wrong is thrown. */
export async function held(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (refusedAs(error, 'ConditionalCheckFailedException') || refusedAs(error, 'TransactionCanceledException'))
      return false;
    throw error;
  }
}
