// The one way to write: rows, one audit line and events in one TransactWriteItems, or nothing at all.
import type { AuditNote } from './audit.ts';
import type { Ctx, Table } from './ctx.ts';
import { EventRow, eventRow, type Fact } from './event.ts';
import { Failure, notFound } from './failure.ts';
import { newId } from './id.ts';
import { linePut } from './note.ts';
import { within } from './reach.ts';
import { type Item, transact } from './transact.ts';

/** One row of a commit, and what its failed condition means to the caller (by default: changed meanwhile, or gone). */
export type Write = {
  readonly item: Item;
  readonly refused?: (current: Record<string, unknown> | undefined) => Failure;
};

/** What an ElectroDB operation knows about itself. */
type Operation = { params(options: { table: string }): unknown };

/** Rows a commit can hold beside the audit line and its events: DynamoDB takes 100 actions and 4 MB in a transaction. */
export const maxWrites = 90;
const maxBytes = 3_000_000;

/** Rows in as few commits as they fit into; never none. */
export function inCommits(rows: readonly Write[]): Write[][] {
  const commits: Write[][] = [[]];
  let bytes = 0;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row.item));
    const last = commits.at(-1) ?? [];
    if (last.length < maxWrites && (bytes + size <= maxBytes || last.length === 0)) {
      last.push(row);
      bytes += size;
    } else {
      commits.push([row]);
      bytes = size;
    }
  }
  return commits;
}

/** Commits rows in portions, without a line or a fact; none is no commit. Cut off, the portions before are written. Throws as `commit` does. */
export async function commitAll(ctx: Ctx, rows: readonly Write[]): Promise<void> {
  for (const some of inCommits(rows)) if (some.length > 0) await commit(ctx, { rows: some });
}

/** Put, from `Entity.create(row)` or `Entity.put(row).where(…)`. */
export const putting = (on: Table, operation: Operation, refused?: Write['refused']): Write => ({
  item: { Put: withOld(operation.params({ table: on.table })) as Item['Put'] },
  ...(refused && { refused }),
});

/** Update, from `Entity.patch(key).set(…)`. */
export const patching = (on: Table, operation: Operation, refused?: Write['refused']): Write => ({
  item: { Update: withOld(operation.params({ table: on.table })) as Item['Update'] },
  ...(refused && { refused }),
});

/** Delete, from `Entity.remove(key)` or `Entity.delete(key)`. */
export const removing = (on: Table, operation: Operation, refused?: Write['refused']): Write => ({
  item: { Delete: withOld(operation.params({ table: on.table })) as Item['Delete'] },
  ...(refused && { refused }),
});

const withOld = (params: unknown) => ({
  ...(params as object),
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

/**
 * Commits rows with their audit line and facts. System steps (progress, sweeps) may leave `audit` out.
 * Throws what the failed row's `refused` says; by default STALE_VERSION with `current_version`, or NOT_FOUND. BUSY when others keep winning.
 * NOT_FOUND or FORBIDDEN, with nothing written, when the change is of a project out of reach.
 */
export async function commit(ctx: Ctx, change: { rows: Write[]; audit?: AuditNote; facts?: Fact[] }): Promise<void> {
  const { table } = ctx.stores.core;
  const now = ctx.now();
  for (const { project } of [...(change.audit ? [change.audit] : []), ...(change.facts ?? [])])
    if (project) within(ctx, project);
  const items = change.rows.map(({ item }) => item);
  if (change.audit) items.push({ Put: linePut(ctx, change.audit) });
  for (const fact of change.facts ?? [])
    items.push({
      Put: EventRow.put(eventRow(ctx.tenant, ctx.actor.id, fact, newId('evt', now), now)).params({
        table,
      }) as Item['Put'],
    });
  await transact(
    ctx.stores.core.client,
    items,
    (index, current) => change.rows[index]?.refused?.(current) ?? changedMeanwhile(current),
  );
}

const changedMeanwhile = (current: Record<string, unknown> | undefined): Failure =>
  current ? new Failure('STALE_VERSION', { current_version: current.version ?? null }) : notFound();
