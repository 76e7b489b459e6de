// Everything that hangs on a project, by where it lies. What counts what was done and paid stays: usage, its daily totals, the audit.
import type { Ctx } from '../platform/ctx.ts';
import { DeleteCommand, QueryCommand } from '../platform/dynamo/command.ts';
import type { RowKey } from '../platform/together.ts';

/** Rows that name their project in a field beside their own id. Those of files go with the bytes they took (core/file/purge.ts). */
const naming = ['SCRIPT', 'REVISION', 'ASSET', 'DECISION', 'CHANGE', 'SNAPSHOT', 'COMMENT', 'TASK'] as const;

/** Rows whose sort key begins with the project. */
const beginning = (project: string): string[] => [
  `EPISODE#${project}#`,
  `STORYBOARD#${project}#`,
  `SHOT#sht_${project.slice(4)}_`,
  `LIBRARY#${project}`,
  `MERGES#${project}`,
  `SHARE#${project}#`,
  `UNIQUE#ASSET#${project}#`,
  `WORKING#${project}`,
];

/** Deletes at once; a portion takes some ten milliseconds. */
const together = 25;

/** Removes every row that hangs on a project. Cut off, it goes on with what is left. */
export async function purgeRows(ctx: Ctx, project: string): Promise<void> {
  for (const prefix of beginning(project)) for await (const keys of keysOf(ctx, prefix)) await removed(ctx, keys);
  for (const kind of naming)
    for await (const keys of keysOf(ctx, `${kind}#`, project)) {
      // what a task may spend lies beside it, and goes before it
      if (kind === 'TASK')
        await removed(
          ctx,
          keys.map(({ pk, sk }) => ({ pk, sk: sk.replace(/^TASK/, 'BUDGET') })),
        );
      await removed(ctx, keys);
    }
}

async function* keysOf({ tenant, stores }: Ctx, prefix: string, project?: string): AsyncGenerator<RowKey[]> {
  const { client, table } = stores.core;
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ProjectionExpression: 'pk, sk',
        ExpressionAttributeValues: { ':pk': `T#${tenant}`, ':prefix': prefix, ...(project && { ':project': project }) },
        ...(project && {
          FilterExpression: '#project = :project',
          ExpressionAttributeNames: { '#project': 'project' },
        }),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield (page.Items ?? []) as RowKey[];
    start = page.LastEvaluatedKey;
  } while (start);
}

async function removed({ stores }: Ctx, keys: readonly RowKey[]): Promise<void> {
  const { client, table } = stores.core;
  for (let at = 0; at < keys.length; at += together)
    await Promise.all(
      keys.slice(at, at + together).map((Key) => client.send(new DeleteCommand({ TableName: table, Key }))),
    );
}
