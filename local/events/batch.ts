// One batch of stream records until it is done with: retried, cut at the reported record, halved, given up — as the mapping says.

export type StreamOutcome =
  | { readonly done: true }
  /** Index of the first record that failed; those before it are done with. */
  | { readonly done: false; readonly failedAt: number };

export type BatchRules = {
  readonly bisect: boolean;
  /** Attempts after the first; -1 is without end. */
  readonly retries: number;
};

export type BatchWorld<Item> = {
  readonly invoke: (records: readonly Item[]) => Promise<StreamOutcome>;
  /** Everything up to and including this record is done with. */
  readonly advance: (record: Item) => void;
  /** The records are given up after `attempts`. */
  readonly giveUp: (records: readonly Item[], attempts: number) => Promise<void>;
  /** Waits before attempt `attempt` (1 is the first retry). Rejects when the cloud stops. */
  readonly backOff: (attempt: number) => Promise<void>;
};

type Pending<Item> = { readonly records: readonly Item[]; readonly attempts: number };

/**
 * Works `records` off in order. A batch that is halved or cut starts counting its attempts anew, as on AWS.
 * Rejects only when the world does: what is not advanced past by then comes again.
 */
export async function settle<Item>(
  records: readonly Item[],
  rules: BatchRules,
  world: BatchWorld<Item>,
): Promise<void> {
  const line: Pending<Item>[] = [{ records, attempts: 0 }];
  for (let pending = line.shift(); pending; pending = line.shift()) {
    const { records: batch, attempts } = pending;
    const last = batch.at(-1);
    if (last === undefined) continue;
    const outcome = await world.invoke(batch);
    if (outcome.done) {
      world.advance(last);
      continue;
    }
    const { failedAt } = outcome;
    const before = batch[failedAt - 1];
    if (before !== undefined) {
      world.advance(before);
      line.unshift({ records: batch.slice(failedAt), attempts: 0 });
      continue;
    }
    if (rules.bisect && batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      line.unshift({ records: batch.slice(0, middle), attempts: 0 }, { records: batch.slice(middle), attempts: 0 });
    } else if (rules.retries >= 0 && attempts >= rules.retries) {
      await world.giveUp(batch, attempts + 1);
      world.advance(last);
      continue;
    } else line.unshift({ records: batch, attempts: attempts + 1 });
    await world.backOff(attempts + 1);
  }
}
