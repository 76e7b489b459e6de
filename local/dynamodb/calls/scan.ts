// Scan: all items of a table or an index, or one segment of them.
import { crc32 } from 'node:zlib';
import { compileExpressions } from '../expression/compile.ts';
import type { ExpressionInput } from '../expression/dynalite.ts';
import { invalid } from '../failure.ts';
import { type PageInput, page, placeOf, sourceOf } from '../paging.ts';
import { checkPaths } from '../schema-check.ts';
import type { Found } from '../store/reader.ts';
import { checkItem } from '../value/check.ts';
import type { Item } from '../value/value.ts';
import { onTable } from './access.ts';
import { call, capacity, expression, expressionMembers, flag, indexName, item, tableName } from './call.ts';

type Input = PageInput &
  ExpressionInput & {
    readonly TableName: string;
    readonly IndexName?: string;
    readonly ExclusiveStartKey?: Item;
    readonly Segment?: number;
    readonly TotalSegments?: number;
  };

const checkSegments = ({ Segment, TotalSegments }: Input): void => {
  const missing = (name: string, other: string) =>
    invalid(`The ${name} parameter is required but was not present in the request when ${other} parameter is present`);
  if (Segment !== undefined && TotalSegments === undefined) throw missing('TotalSegments', 'Segment');
  if (Segment === undefined && TotalSegments !== undefined) throw missing('Segment', 'TotalSegments');
  if (Segment !== undefined && TotalSegments !== undefined && Segment >= TotalSegments)
    throw invalid(
      'The Segment parameter is zero-based and must be less than parameter TotalSegments: ' +
        `Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    );
};

/** A partition belongs to one segment, whole. */
const inSegment = function* (rows: Iterable<Found>, segment: number, total: number): Generator<Found> {
  for (const found of rows) if (crc32(found.pk) % total === segment) yield found;
};

export const scan = call<Input>({
  parameters: {
    TableName: tableName,
    IndexName: indexName,
    FilterExpression: expression,
    ProjectionExpression: expression,
    ...expressionMembers,
    Select: { kind: 'text', values: ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'] },
    Limit: { kind: 'whole', min: 1 },
    ConsistentRead: flag,
    ExclusiveStartKey: item,
    Segment: { kind: 'whole', min: 0, max: 999_999 },
    TotalSegments: { kind: 'whole', min: 1, max: 1_000_000 },
    ReturnConsumedCapacity: capacity,
  },
  access: (input) => [onTable('Scan', input.TableName, input.IndexName)],
  run: (input, { store }) => {
    checkSegments(input);
    const compiled = compileExpressions(input);
    const source = sourceOf(store.catalog.get(input.TableName), input);
    checkPaths(compiled.projection?.nested, source.table);
    checkPaths(compiled.filter?.nested, source.table);
    const fault = input.ExclusiveStartKey && checkItem(input.ExclusiveStartKey);
    if (fault) throw invalid(`The provided starting key is invalid: ${fault.message}`);
    const after = input.ExclusiveStartKey && placeOf(input.ExclusiveStartKey, source);
    const all = store.reader.all(source, after);
    const rows = input.TotalSegments === undefined ? all : inSegment(all, input.Segment ?? 0, input.TotalSegments);
    return page(rows, input, { source, compiled, values: input.ExpressionAttributeValues ?? {} });
  },
});
