// Lists by cursor. A cursor holds sort keys and a hash of tenant + query; partition keys are rebuilt here, so no cursor can leave its tenant.
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Ctx, Table } from './ctx.ts';
import { QueryCommand } from './dynamo/command.ts';
import { Failure } from './failure.ts';

/** Query fields every list takes. `size`: how many, 1–100. */
export const PageInput = z.object({
  cursor: z.string().max(2000).optional(),
  size: z.coerce.number().int().min(1).max(100).default(20),
  page: z.coerce.number().int().min(1).optional(),
});
export type PageInput = z.infer<typeof PageInput>;

/** The shape every list answers; `nextCursor` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    pagination: z.object({ page: z.int(), size: z.int(), total: z.int(), pages: z.int() }).optional(),
    nextCursor: z.string().nullable(),
  });

export type Page<T> = {
  items: T[];
  /** How many rows of the list come before this page. */
  passed: number;
  pagination?: { page: number; size: number; total: number; pages: number };
  nextCursor: string | null;
};

type On = { table?: Table; query: RowQuery; reader: RowReader; about: string; order?: 'asc' | 'desc' };

/** What an ElectroDB query knows about itself: `.params()` makes DocumentClient input, its entity reads rows back. */
type RowQuery = { params(options: { table: string; limit?: number; order?: 'asc' | 'desc' }): unknown };
// Rows are written through the same entity, so what it reads back has the row type the caller names.
type RowReader = { parse(response: { Items: never[] }): { data: unknown } };
type QueryParams = {
  IndexName?: string;
  ExpressionAttributeNames: Record<string, string>;
  ExpressionAttributeValues: Record<string, unknown>;
};

/**
 * One page of a query on the caller's tenant: behind a cursor, or by its number, then with the totals. `about` names the list and
 * its filters, and binds the cursor to them. Throws INVALID_CURSOR for a cursor that is damaged, of another query or of another tenant.
 */
export async function pageThrough<T>(
  ctx: Ctx,
  on: On,
  { page, ...input }: { cursor?: string | undefined; size: number; page?: number | undefined },
): Promise<Page<T>> {
  return page !== undefined && input.cursor === undefined
    ? pageNumbered<T>(ctx, on, { page, size: input.size })
    : pageBehind<T>(ctx, on, input);
}

async function pageBehind<T>(ctx: Ctx, on: On, input: { cursor?: string | undefined; size: number }): Promise<Page<T>> {
  const { client, table } = on.table ?? ctx.stores.core;
  const params = on.query.params({ table, limit: input.size, order: on.order ?? 'asc' }) as QueryParams;
  const bound = hash(`${ctx.tenant}\n${on.about}`);
  const start = input.cursor === undefined ? undefined : startKey(ctx, params, readCursor(input.cursor, bound).keys);
  const passed = input.cursor === undefined ? 0 : readCursor(input.cursor, bound).passed;
  const items: T[] = [];
  let last = start;
  // a filter leaves some rows out: asked again for what the page still lacks, so that it never holds more
  for (let round = 0; round === 0 || (last && items.length < input.size && round < maxRounds); round++) {
    const query = new QueryCommand({
      TableName: table,
      ...params,
      Limit: input.size - items.length,
      ...(last && { ExclusiveStartKey: last }),
    });
    const answer = await client.send(query).catch(refusing(input.cursor));
    items.push(...(on.reader.parse({ Items: (answer.Items ?? []) as never[] }).data as T[]));
    last = answer.LastEvaluatedKey;
  }
  return { items, passed, nextCursor: last ? cursorOf(last, bound, passed + items.length) : null };
}

/** What the table says of a place that is none of the list: made up by whoever sent the cursor. */
const refusing =
  (cursor: string | undefined) =>
  (error: Error): never => {
    throw cursor !== undefined && error.name === 'ValidationException'
      ? new Failure('INVALID_CURSOR', {}, error)
      : error;
  };

/** Queries one page of a filtered list may take; a page that is short then has a cursor all the same. */
const maxRounds = 20;

type Counted = { count: number; last: Record<string, unknown> | undefined };

/**
 * Page number `page` with the totals. Rows before and after it are counted, not fetched; long lists are walked by cursor, and the
 * cursor of a numbered page goes on there.
 */
async function pageNumbered<T>(ctx: Ctx, on: On, input: { page: number; size: number }): Promise<Page<T>> {
  const { page, size } = input;
  const { client, table } = on.table ?? ctx.stores.core;
  const params = on.query.params({ table, order: on.order ?? 'asc' }) as QueryParams;
  const counted = async (limit: number, from?: Record<string, unknown>): Promise<Counted> => {
    let [count, last] = [0, from];
    do {
      const Limit = limit - count;
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          ...params,
          Select: 'COUNT',
          ...(Number.isFinite(Limit) && { Limit }),
          ...(last && { ExclusiveStartKey: last }),
        }),
      );
      count += answer.Count ?? 0;
      last = answer.LastEvaluatedKey;
    } while (last && count < limit);
    return { count, last };
  };
  const before: Counted = page === 1 ? { count: 0, last: undefined } : await counted((page - 1) * size);
  const beyond = page > 1 && !before.last;
  const total = beyond ? before.count : before.count + (await counted(Number.POSITIVE_INFINITY, before.last)).count;
  const cursor = before.last && cursorOf(before.last, hash(`${ctx.tenant}\n${on.about}`), before.count);
  const shown: Page<T> = beyond
    ? { items: [], passed: before.count, nextCursor: null }
    : await pageBehind<T>(ctx, on, { cursor, size });
  return { ...shown, pagination: { page, size, total, pages: Math.ceil(total / size) } };
}

/** All rows of a query, page after page, as they stand now; an index follows its table within moments. For lists that are bounded by nature (the assets of a project, the shots of an episode). */
export const everything = <T>(ctx: Pick<Ctx, 'stores'>, query: RowQuery, reader: RowReader): Promise<T[]> =>
  everythingOn<T>(ctx.stores.core, query, reader);

/** The same on another table. */
export async function everythingOn<T>(on: Table, query: RowQuery, reader: RowReader): Promise<T[]> {
  const items: T[] = [];
  for await (const row of eachRow<T>(query, reader, on)) items.push(row);
  return items;
}

/** The rows of a query one after the other; a table is read as it stands now. For lists that may be long, and need not be read to their end. */
export async function* eachRow<T>(query: RowQuery, reader: RowReader, on: Table): AsyncGenerator<T> {
  const params = query.params({ table: on.table }) as QueryParams;
  const consistency = params.IndexName === undefined && { ConsistentRead: true };
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await on.client.send(
      new QueryCommand({ TableName: on.table, ...params, ...consistency, ...(start && { ExclusiveStartKey: start }) }),
    );
    yield* reader.parse({ Items: (answer.Items ?? []) as never[] }).data as T[];
    start = answer.LastEvaluatedKey;
  } while (start);
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16);

function cursorOf(key: Record<string, unknown>, bound: string, passed: number): string {
  const sortKeys = Object.fromEntries(Object.entries(key).filter(([name]) => !name.endsWith('pk')));
  return Buffer.from(JSON.stringify([bound, sortKeys, passed])).toString('base64url');
}

function startKey(ctx: Ctx, params: QueryParams, sortKeys: Record<string, unknown>): Record<string, unknown> {
  const start: Record<string, unknown> = { pk: `T#${ctx.tenant}`, ...sortKeys };
  if (params.IndexName) start[`${params.IndexName}pk`] = params.ExpressionAttributeValues[':pk'];
  return start;
}

const CursorParts = z.tuple([
  z.string(),
  z.strictObject({
    sk: z.string(),
    gsi1sk: z.string().optional(),
    gsi2sk: z.string().optional(),
    gsi3sk: z.string().optional(),
  }),
  z.int().min(0),
]);

function readCursor(cursor: string, bound: string): { keys: Record<string, unknown>; passed: number } {
  try {
    const [from, keys, passed] = CursorParts.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (from === bound) return { keys, passed };
  } catch (cause) {
    throw new Failure('INVALID_CURSOR', {}, cause);
  }
  throw new Failure('INVALID_CURSOR');
}

/** A cursor of one's own: a place in what `about` names, and how much lies before it. */
export const cursorAt = (ctx: Ctx, about: string, place: string, passed: number): string =>
  cursorOf({ sk: place }, hash(`${ctx.tenant}\n${about}`), passed);

/** The place again. Throws INVALID_CURSOR for a cursor that is damaged, of something else or of another tenant. */
export function placeOfCursor(ctx: Ctx, about: string, cursor: string): { place: string; passed: number } {
  const { keys, passed } = readCursor(cursor, hash(`${ctx.tenant}\n${about}`));
  return { place: String(keys.sk), passed };
}

/** Where the items of a list stand in it: texts in the order of their bytes, or against it. */
type Standing<T> = { readonly placeOf: (item: T) => string; readonly order?: 'asc' | 'desc' };

/**
 * A page of a list that is computed, not queried: its cursor holds how much lies before it, and with `standing` the place it ends at, so that
 * what leaves the list meanwhile hides nothing. `total` and pages are known, so they are told.
 */
export function pageOfList<T>(ctx: Ctx, items: T[], about: string, input: PageInput, standing?: Standing<T>) {
  const bound = hash(`${ctx.tenant}\n${about}`);
  const { size } = input;
  const start =
    input.cursor === undefined
      ? ((input.page ?? 1) - 1) * size
      : startBehind(items, readCursor(input.cursor, bound), standing);
  const shown = items.slice(start, start + size);
  const more = start + size < items.length;
  return {
    items: shown,
    pagination: {
      page: Math.floor(start / size) + 1,
      size,
      total: items.length,
      pages: Math.ceil(items.length / size),
    },
    nextCursor: more
      ? cursorOf({ sk: standing ? standing.placeOf(shown.at(-1) as T) : '' }, bound, start + size)
      : null,
  };
}

function startBehind<T>(
  items: readonly T[],
  { keys, passed }: ReturnType<typeof readCursor>,
  standing: Standing<T> | undefined,
): number {
  // one given out before lists had places
  if (!standing || keys.sk === '') return passed;
  const { placeOf, order = 'asc' } = standing;
  const place = Buffer.from(String(keys.sk));
  const start = items.findIndex(
    (item) => Buffer.compare(Buffer.from(placeOf(item)), place) === (order === 'asc' ? 1 : -1),
  );
  return start === -1 ? items.length : start;
}
