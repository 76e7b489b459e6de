// The tenant's rows in the core and the ephemeral table. Audit lines lie in a table of their own, where nothing is deleted; the head of
// their chain stays in the core table, so that the chain can still be verified.
import { commit, maxWrites, type Write } from '../../platform/commit.ts';
import type { Ctx, Table } from '../../platform/ctx.ts';
import { QueryCommand } from '../../platform/dynamo/command.ts';
import { Failure } from '../../platform/failure.ts';
import type { RowKey } from '../../platform/together.ts';
import type { Counting } from './end-access.ts';

const kept: ReadonlySet<string> = new Set(['AUDIT#HEAD']);

/** Commits of one portion: some thousands of rows, well within the time of the function. */
const commitsAtOnce = 60;
const perCommit = maxWrites - 1;

/** Removes a portion of the rows, each commit with its count; answers how many that were. None: nothing is left. */
export async function removeRows(ctx: Ctx, counting: Counting): Promise<number> {
  let removed = 0;
  for (const table of [ctx.stores.core, ctx.stores.ephemeral])
    for await (const keys of pagesOf(ctx, table))
      for (let at = 0; at < keys.length; at += perCommit) {
        if (removed >= commitsAtOnce * perCommit) return removed;
        const some = keys.slice(at, at + perCommit);
        try {
          await commit(ctx, { rows: [...some.map((key) => deleting(table, key)), ...counting({ rows: some.length })] });
        } catch (error) {
          // a table that is busy lets the portion end here, so that tries are counted from the last one that got on
          if (removed > 0 && error instanceof Failure && error.code === 'BUSY') return removed;
          throw error;
        }
        removed += some.length;
      }
  return removed;
}

/** The commit throws BUSY when somebody else just removed it: the portion is done over then, and counts what it removes itself. */
const deleting = ({ table: TableName }: Table, Key: RowKey): Write => ({
  item: { Delete: { TableName, Key, ConditionExpression: 'attribute_exists(pk)' } },
  refused: () => new Failure('BUSY'),
});

/** Keys of the tenant's rows as they stand now, page after page (1 MB of rows each). */
async function* pagesOf({ tenant }: Ctx, { client, table }: Table): AsyncGenerator<RowKey[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `T#${tenant}` },
        ProjectionExpression: 'pk, sk',
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield (Items as RowKey[]).filter(({ sk }) => !kept.has(sk));
    start = LastEvaluatedKey;
  } while (start);
}
