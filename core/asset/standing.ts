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

/** A pair of those. */
export const follows = (from: string, into: string): string => `${from}>${into}`;

/** Notes merges, or with DELETE takes them back. Those of several at once do not stand in each other's way. */
export const noting = (ctx: Ctx, verb: 'ADD' | 'DELETE', project: string, pairs: readonly string[]): Write => ({
  item: {
    Update: {
      TableName: ctx.stores.core.table,
      Key: mergesKey(ctx, project),
      UpdateExpression: `${verb} pairs :pairs`,
      ExpressionAttributeValues: { ':pairs': new Set(pairs) },
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

type Now = {
  /** Id of an asset that is there no more → id of the one that has its forms now. */
  readonly gone: ReadonlyMap<string, string>;
  /** Ids of assets that stand for themselves. */
  readonly there: readonly string[];
};

/** What is to be noted, and what is to be taken back, so that `now` is followed. Each is a write to one row: they go into two commits. */
export function renoting(ctx: Ctx, project: string, { pairs = new Set() }: MergesRow, now: Now): Write[] {
  const wanted = new Set([...now.gone].map(([from, into]) => follows(from, into)));
  const there = new Set(now.there);
  const isOver = (pair: string, [from = ''] = pair.split('>')) =>
    there.has(from) || (now.gone.has(from) && !wanted.has(pair));
  const added = [...wanted].filter((pair) => !pairs.has(pair));
  const over = [...pairs].filter((pair) => isOver(pair));
  return [
    ...(added.length > 0 ? [noting(ctx, 'ADD', project, added)] : []),
    ...(over.length > 0 ? [noting(ctx, 'DELETE', project, over)] : []),
  ];
}

/** The merges of a project as they stand. */
export const standingIn = async (ctx: Ctx, project: string): Promise<Standing> =>
  standingOf(await mergesOf(ctx, project));

/** The merges of a project as they lie. */
export async function mergesOf(ctx: Ctx, project: string): Promise<MergesRow> {
  const { client, table } = ctx.stores.core;
  const { Item = {} } = await client.send(
    new GetCommand({ TableName: table, Key: mergesKey(ctx, project), ConsistentRead: true }),
  );
  return Item as MergesRow;
}
