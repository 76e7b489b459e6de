// Query: the items of one partition of a table or an index, in the order of their sort keys.
import { type Compiled, compileExpressions, type Values } from '../expression/compile.ts';
import type { ExpressionInput } from '../expression/dynalite.ts';
import type { KeyTerm } from '../expression/key-condition.ts';
import { invalid, invalidValue } from '../failure.ts';
import { type PageInput, page, placeOf, type Source, sourceOf } from '../paging.ts';
import { checkPaths } from '../schema-check.ts';
import type { Bound, Place, Range } from '../store/reader.ts';
import type { KeyAttribute, Keys } from '../store/table.ts';
import { checkItem } from '../value/check.ts';
import { afterPrefix, compareTexts, keyText } from '../value/order.ts';
import { contentOf, type Item, typeOf, type Value } from '../value/value.ts';
import { onTable } from './access.ts';
import {
  type Access,
  call,
  capacity,
  expression,
  expressionMembers,
  flag,
  indexName,
  item,
  tableName,
} from './call.ts';

type Input = PageInput &
  ExpressionInput & {
    readonly TableName: string;
    readonly IndexName?: string;
    readonly ScanIndexForward?: boolean;
    readonly ExclusiveStartKey?: Item;
  };

const needed = 'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.';

const checkTerm = (term: KeyTerm, attribute: KeyAttribute): void => {
  if (term.values.some((value) => typeOf(value) !== attribute.type))
    throw invalidValue('Condition parameter type does not match schema type');
};

type Terms = { readonly hash: Value; readonly range?: KeyTerm };

/** The conditions on the keys of the source. Throws ValidationException when one is missing or of the wrong kind. */
const termsOf = (bound: ReadonlyMap<string, KeyTerm>, { hash, range }: Keys): Terms => {
  const onHash = bound.get(hash.name);
  if (!range && bound.size > 1) throw invalid('Query key condition not supported');
  if (!onHash) throw invalid(`Query condition missed key schema element: ${hash.name}`);
  checkTerm(onHash, hash);
  if (onHash.operator !== 'EQ') throw invalid('Query key condition not supported');
  const onRange = range && bound.get(range.name);
  if (bound.size > 1 && !onRange) throw invalid(`Query condition missed key schema element: ${range?.name}`);
  if (onRange && range) checkTerm(onRange, range);
  return { hash: onHash.values[0] as Value, ...(onRange && { range: onRange }) };
};

const bounds = ({ operator, values }: KeyTerm): { readonly from?: Bound; readonly to?: Bound } => {
  const [low = '', high = ''] = values.map(keyText);
  const at = (text: string, inclusive: boolean): Bound => ({ text, inclusive });
  switch (operator) {
    case 'EQ':
      return { from: at(low, true), to: at(low, true) };
    case 'LT':
      return { to: at(low, false) };
    case 'LE':
      return { to: at(low, true) };
    case 'GT':
      return { from: at(low, false) };
    case 'GE':
      return { from: at(low, true) };
    case 'BETWEEN':
      return { from: at(low, true), to: at(high, true) };
    case 'BEGINS_WITH': {
      const end = afterPrefix(low);
      return { from: at(low, true), ...(end !== undefined && { to: at(end, false) }) };
    }
  }
};

const within = (text: string, { from, to }: Pick<Range, 'from' | 'to'>): boolean => {
  const [low, high] = [from ? compareTexts(text, from.text) : 1, to ? compareTexts(text, to.text) : -1];
  return (low > 0 || (low === 0 && from?.inclusive === true)) && (high < 0 || (high === 0 && to?.inclusive === true));
};

const startOf = (start: Item, source: Source, range: Range, hasRange: boolean): Place => {
  const fault = checkItem(start);
  if (fault) throw invalid(`The provided starting key is invalid: ${fault.message}`);
  const place = placeOf(start, source);
  const { hash, range: sort } = place.entry ?? place.key;
  if (!hasRange && hash !== range.hash)
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  if (hasRange && !within(sort, range))
    throw invalid('The provided starting key does not match the range key predicate');
  if (hash !== range.hash) throw invalid('The query can return at most one row and cannot be restarted');
  return place;
};

const checkFilter = (compiled: Compiled, { table, index }: Source): void => {
  checkPaths(compiled.projection?.nested, table);
  const { hash, range } = (index ?? table).keys;
  for (const name of [hash.name, range?.name])
    if (name !== undefined && compiled.filter?.heads[name])
      throw invalid(`Filter Expression can only contain non-primary key attributes: Primary key attribute: ${name}`);
  checkPaths(compiled.filter?.nested, table);
};

const compiledKey = (
  input: Input,
): { readonly compiled: Compiled; readonly bound: ReadonlyMap<string, KeyTerm>; readonly values: Values } => {
  if (input.KeyConditionExpression === undefined) throw invalid(needed);
  const compiled = compileExpressions(input);
  const values = input.ExpressionAttributeValues ?? {};
  return { compiled, values, bound: compiled.key?.bind(values) ?? new Map() };
};

export const query = call<Input>({
  parameters: {
    TableName: tableName,
    IndexName: indexName,
    KeyConditionExpression: expression,
    FilterExpression: expression,
    ProjectionExpression: expression,
    ...expressionMembers,
    Select: { kind: 'text', values: ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'] },
    Limit: { kind: 'whole', min: 1 },
    ConsistentRead: flag,
    ScanIndexForward: flag,
    ExclusiveStartKey: item,
    ReturnConsumedCapacity: capacity,
  },
  access: (input, { store }): Access[] => {
    const table = store.catalog.find(input.TableName);
    const keys =
      input.IndexName === undefined ? table?.keys : table?.indexes.find(({ name }) => name === input.IndexName)?.keys;
    const term = keys && compiledKey(input).bound.get(keys.hash.name);
    const content = term?.operator === 'EQ' ? contentOf(term.values[0] as Value) : undefined;
    return [
      {
        ...onTable('Query', input.TableName, input.IndexName),
        ...(typeof content === 'string' && { leadingKeys: [content] }),
      },
    ];
  },
  run: (input, { store }) => {
    const { compiled, bound, values } = compiledKey(input);
    const source = sourceOf(store.catalog.get(input.TableName), input);
    const terms = termsOf(bound, (source.index ?? source.table).keys);
    checkFilter(compiled, source);
    const range: Range = {
      hash: keyText(terms.hash),
      ...(terms.range && bounds(terms.range)),
      descending: input.ScanIndexForward === false,
    };
    const after = input.ExclusiveStartKey && startOf(input.ExclusiveStartKey, source, range, terms.range !== undefined);
    const rows = store.reader.range(source, range, after, input.Limit ?? -1);
    return page(rows, input, { source, compiled, values });
  },
});
