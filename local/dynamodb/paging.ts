// Pages of Query and Scan: how far one goes, what of it is shown, where the next one starts.
import { consumed, readUnits } from './capacity.ts';
import type { Compiled, Values } from './expression/compile.ts';
import { invalid } from './failure.ts';
import { keyTexts } from './store/key.ts';
import type { Found, Place } from './store/reader.ts';
import type { Index, Table } from './store/table.ts';
import { keyText } from './value/order.ts';
import { itemSize, LARGEST_PAGE } from './value/size.ts';
import { attributeOf, type Item, typeOf } from './value/value.ts';
import { keyNames, pick, projected } from './view.ts';

export type Source = { readonly table: Table; readonly index?: Index };

export type PageInput = {
  readonly Select?: string;
  readonly Limit?: number;
  readonly ConsistentRead?: boolean;
  readonly ReturnConsumedCapacity?: string;
};

/** The index asked for. Throws ValidationException when it is not there or cannot answer so. */
export const sourceOf = (
  table: Table,
  input: PageInput & { readonly IndexName?: string; readonly ProjectionExpression?: string },
): Source => {
  checkSelect(input);
  if (input.IndexName === undefined) {
    if (input.Select === 'ALL_PROJECTED_ATTRIBUTES')
      throw invalid(
        'One or more parameter values were invalid: ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
      );
    return { table };
  }
  const index = table.indexes.find(({ name }) => name === input.IndexName);
  if (!index) throw invalid(`The table does not have the specified index: ${input.IndexName}`);
  if (input.ConsistentRead) throw invalid('Consistent reads are not supported on global secondary indexes');
  if (input.Select === 'ALL_ATTRIBUTES' && index.projection.ProjectionType !== 'ALL')
    throw invalid(
      'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ' +
        `${index.name} because its projection type is not ALL`,
    );
  return { table, index };
};

const checkSelect = ({
  Select,
  ProjectionExpression,
}: {
  readonly Select?: string;
  readonly ProjectionExpression?: string;
}): void => {
  if (ProjectionExpression !== undefined && Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES')
    throw invalid(
      `Cannot specify the ProjectionExpression when choosing to get ${Select === 'COUNT' ? 'only the Count' : Select}`,
    );
  if (Select === 'SPECIFIC_ATTRIBUTES' && ProjectionExpression === undefined)
    throw invalid('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
};

const badStart = (): Error => invalid('The provided starting key is invalid');

/** The place of an ExclusiveStartKey. Throws ValidationException when it is no key of the table (and index). */
export const placeOf = (start: Item, { table, index }: Source): Place => {
  const names = keyNames(table, index);
  if (Object.keys(start).length !== names.length || names.some((name) => !attributeOf(start, name))) throw badStart();
  const own = keyTexts(pick(start, keyNames(table)), table.keys);
  if (!index) return { key: own };
  const [hash, range] = [index.keys.hash, index.keys.range].map((key) => {
    const value = key && attributeOf(start, key.name);
    if (value && typeOf(value) !== key?.type) throw badStart();
    return value ? keyText(value) : '';
  }) as [string, string];
  return { key: own, entry: { hash, range } };
};

type Shown = { readonly source: Source; readonly compiled: Compiled; readonly values: Values };

type Read = { scanned: number; bytes: number; last: Uint8Array | undefined; readonly shown: Uint8Array[] };

const itemOf = (body: Uint8Array): Item =>
  JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString()) as Item;

const show = (
  found: Found,
  { source, compiled, values }: Shown,
): { readonly body: Uint8Array | undefined; readonly size: number } => {
  const { table, index } = source;
  const { filter, projection } = compiled;
  const partial = index !== undefined && index.projection.ProjectionType !== 'ALL';
  if (!filter && !projection && !partial) return found;
  const whole = itemOf(found.body);
  const item = partial ? projected(whole, table, index) : whole;
  const size = partial ? itemSize(item) : found.size;
  if (filter && !filter.meets(item, values)) return { body: undefined, size };
  if (!projection && !partial) return found;
  return { body: Buffer.from(JSON.stringify(projection ? projection.project(item) : item)), size };
};

/** Looks at rows until the limit of the request or the size of a page is reached; answers the body. */
export const page = (rows: Iterable<Found>, input: PageInput, what: Shown): Buffer => {
  const read: Read = { scanned: 0, bytes: 0, last: undefined, shown: [] };
  let more = false;
  for (const found of rows) {
    const { body, size } = show(found, what);
    if (read.scanned > 0 && read.bytes + size > LARGEST_PAGE) {
      more = true;
      break;
    }
    read.scanned++;
    read.bytes += size;
    read.last = found.body;
    if (body !== undefined) read.shown.push(body);
    if (read.scanned === input.Limit) {
      more = true;
      break;
    }
  }
  return answer(read, more, input, what.source);
};

const comma = Buffer.from(',');

const answer = (
  { scanned, bytes, last, shown }: Read,
  more: boolean,
  input: PageInput,
  { table, index }: Source,
): Buffer => {
  const units = readUnits(bytes, input.ConsistentRead === true);
  const spent = index ? { table: 0, indexes: { [index.name]: units } } : { table: units, indexes: {} };
  const used = consumed(input.ReturnConsumedCapacity, table.name, () => spent);
  const next = more && last !== undefined ? JSON.stringify(pick(itemOf(last), keyNames(table, index))) : undefined;
  const items = input.Select === 'COUNT' ? undefined : shown.flatMap((body, at) => (at === 0 ? [body] : [comma, body]));
  const head = `{"Count":${shown.length},"ScannedCount":${scanned}${items ? ',"Items":[' : ''}`;
  const members = [next && `"LastEvaluatedKey":${next}`, used && `"ConsumedCapacity":${JSON.stringify(used)}`];
  const tail = `${items ? ']' : ''}${members.map((member) => (member ? `,${member}` : '')).join('')}}`;
  return Buffer.concat([Buffer.from(head), ...(items ?? []), Buffer.from(tail)]);
};
