// How the chain is kept: blocks and one link a line beside the lines, where nothing can be changed, and the head in the core table, which
// a function that may write blocks cannot take back either without the other: a tail that was cut off is told by the head.
import { Entity } from 'electrodb';
import type { Ctx } from '../platform/ctx.ts';
import { QueryCommand } from '../platform/dynamo/command.ts';
import { byTenant, number, text } from '../platform/keys.ts';
import { together } from '../platform/together.ts';
import { type Block, beginning, type Head, type RawLine } from './block.ts';

const pad = 12;

export const BlockEntity = new Entity({
  model: { entity: 'audit-block', version: '1', service: 'scriptloom' },
  attributes: {
    tenant: text,
    /** `n` in figures of one width: sorts like the number. */
    place: text,
    n: number,
    previous: { type: 'string', required: true },
    lines: { type: 'any', required: true },
    at: number,
    hash: text,
  },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['place'], template: 'BLOCK#${place}', casing: 'none' } },
  },
});

/** That a line is in a block, and in which: a line that the stream brings twice is linked once. Ends with the line. */
export const LinkEntity = new Entity({
  model: { entity: 'audit-link', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, id: text, block: number, expires_at: number },
  indexes: {
    primary: { pk: byTenant, sk: { field: 'sk', composite: ['id'], template: 'LINK#${id}', casing: 'none' } },
  },
});

export const HeadEntity = new Entity({
  model: { entity: 'audit-head', version: '1', service: 'scriptloom' },
  attributes: { tenant: text, n: number, hash: text },
  indexes: { primary: { pk: byTenant, sk: { field: 'sk', composite: [], template: 'AUDIT#HEAD', casing: 'none' } } },
});

export const placeOf = (n: number): string => String(n).padStart(pad, '0');

/** The head as the core table has it. */
export async function loadHead(ctx: Ctx): Promise<Head> {
  const { data } = await HeadEntity.get({ tenant: ctx.tenant }).go({ ...ctx.stores.core, consistent: true });
  return data ?? beginning;
}

/** The block of that number, or undefined. */
export async function findBlock(ctx: Ctx, n: number): Promise<Block | undefined> {
  const { data } = await BlockEntity.get({ tenant: ctx.tenant, place: placeOf(n) }).go({
    ...ctx.stores.audit,
    consistent: true,
  });
  return (data as Block | null) ?? undefined;
}

/** Rows of one kind behind a sort key, in order, as they stand now. */
async function* rowsBehind<T>({ tenant, stores }: Ctx, kind: string, place: string): AsyncGenerator<T> {
  const { client, table } = stores.audit;
  const behind = `${kind}${place}`;
  let start: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :behind AND :last',
      ExpressionAttributeValues: { ':pk': `T#${tenant}`, ':behind': behind, ':last': `${kind}~` },
      ConsistentRead: true,
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Items = [], LastEvaluatedKey } = await client.send(command);
    for (const row of Items) if (row.sk !== behind) yield row as T;
    start = LastEvaluatedKey;
  } while (start);
}

/** Blocks behind number `n`, in order. */
export const blocksBehind = (ctx: Ctx, n: number): AsyncGenerator<Block> => rowsBehind(ctx, 'BLOCK#', placeOf(n));

/** Lines behind an id, or from the first, by id; with every attribute, as they were hashed. */
export const linesBehind = (ctx: Ctx, id: string): AsyncGenerator<RawLine> => rowsBehind(ctx, 'AUDIT#', id);

/** How many keys one BatchGetItem takes. */
const atOnce = 100;

async function fetched(ctx: Ctx, keys: readonly string[]): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (let at = 0; at < keys.length; at += atOnce) {
    const some = keys.slice(at, at + atOnce).map((sk) => ({ pk: `T#${ctx.tenant}`, sk }));
    found.push(...(await together(ctx.stores.audit, some)).filter((row) => row !== undefined));
  }
  return found;
}

/** Those of these lines that are there. */
export const linesOf = async (ctx: Ctx, ids: readonly string[]): Promise<RawLine[]> =>
  (await fetched(
    ctx,
    ids.map((id) => `AUDIT#${id}`),
  )) as RawLine[];

/** Blocks of these numbers, those that are there, in order. */
export const blocksOf = async (ctx: Ctx, numbers: readonly number[]): Promise<Block[]> =>
  (await fetched(
    ctx,
    numbers.map((n) => `BLOCK#${placeOf(n)}`),
  )) as Block[];

/** In which block each of these lines is said to be. */
export const linksOf = async (ctx: Ctx, ids: readonly string[]): Promise<{ id: string; block: number }[]> =>
  (await fetched(
    ctx,
    ids.map((id) => `LINK#${id}`),
  )) as { id: string; block: number }[];
