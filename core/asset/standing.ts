// Merges are followed: shots keep the id they were given, and whoever reads one learns which asset stands for it now.
import type { Write } from '../platform/commit.ts';
import type { Ctx } from '../platform/ctx.ts';
import { GetCommand } from '../platform/dynamo/command.ts';

/** The id of the asset that stands for an id now; the id itself where it was never merged. */
export type Standing = (id: string) => string;

/** One row a project with all its merges as a set, `<merged>><survivor>`, so that reading a shot costs one key more. */
export type MergesRow = { readonly pairs?: ReadonlySet<string> };

/** Where the merges of a project lie. */
export const mergesKey = (ctx: Ctx, project: string) => ({ pk: `T#${ctx.tenant}`, sk: `MERGES#${project}` });

/** Notes a merge, or with DELETE takes it back. Merges at once do not stand in each other's way. */
export const noting = (ctx: Ctx, verb: 'ADD' | 'DELETE', project: string, from: string, into: string): Write => ({
  item: {
    Update: {
      TableName: ctx.stores.core.table,
      Key: mergesKey(ctx, project),
      UpdateExpression: `${verb} pairs :pairs`,
      ExpressionAttributeValues: { ':pairs': new Set([`${from}>${into}`]) },
    },
  },
});

/** Follows merges, over several steps where a survivor was merged again. */
export function standingOf({ pairs = new Set() }: MergesRow): Standing {
  const into = new Map([...pairs].map((pair) => pair.split('>') as [string, string]));
  return (id) => {
    let now = id;
    for (let steps = 0; steps <= into.size; steps += 1) {
      const next = into.get(now);
      if (next === undefined) return now;
      now = next;
    }
    return id;
  };
}

/** The merges of a project as they stand. */
export async function standingIn(ctx: Ctx, project: string): Promise<Standing> {
  const { client, table } = ctx.stores.core;
  const { Item = {} } = await client.send(
    new GetCommand({ TableName: table, Key: mergesKey(ctx, project), ConsistentRead: true }),
  );
  return standingOf(Item as MergesRow);
}
