// Checks values that come in: their shape, their limits, the one spelling of numbers.
// The texts are those of the service (dynalite compared them with it).
import { DynamoFailure } from '../failure.ts';
import { NotANumber, normalNumber } from './number.ts';

type Loose = Record<string, unknown>;

/** Deepest nesting of lists and maps ("Quotas in Amazon DynamoDB", Nested attribute depth). */
const DEEPEST = 32;

const misshapen = (message: string): DynamoFailure => new DynamoFailure('SerializationException', message);

const asText = (content: unknown): string => {
  if (typeof content === 'string') return content;
  if (typeof content === 'number') throw misshapen('NUMBER_VALUE cannot be converted to String');
  if (typeof content === 'boolean')
    throw misshapen(`${content ? 'TRUE_VALUE' : 'FALSE_VALUE'} cannot be converted to String`);
  if (Array.isArray(content)) throw misshapen('Unrecognized collection type class java.lang.String');
  throw misshapen('Start of structure or map found where not expected');
};

const asBinary = (content: unknown): string => {
  const text = asText(content);
  if (text.length % 4)
    throw misshapen(`Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw misshapen('Invalid Base64 character detected');
  return text;
};

const asFlag = (content: unknown): boolean => {
  if (typeof content === 'boolean') return content;
  throw misshapen('Unexpected token received from parser');
};

const asList = (content: unknown): unknown[] => {
  if (Array.isArray(content)) return content;
  if (typeof content === 'object') throw misshapen('Start of structure or map found where not expected');
  throw misshapen('Unexpected field type');
};

const numberIn = (container: Loose | unknown[], at: string | number): string | undefined => {
  const place = container as Record<string | number, unknown>;
  try {
    place[at] = normalNumber(asText(place[at]));
    return undefined;
  } catch (error) {
    if (error instanceof NotANumber) return error.message;
    throw error;
  }
};

const invalidValue = (text: string): string => `One or more parameter values were invalid: ${text}`;

const setOf =
  (
    named: { empty: string; twice: (members: readonly unknown[]) => string },
    member: (list: unknown[], at: number) => string | undefined,
  ) =>
  (value: Loose, type: string): string | undefined => {
    const list = asList(value[type]);
    if (list.length === 0) return invalidValue(named.empty);
    for (let at = 0; at < list.length; at++) {
      const message = member(list, at);
      if (message !== undefined) return message;
    }
    return new Set(list).size < list.length ? named.twice(list) : undefined;
  };

const plain = (check: (content: unknown) => unknown) => (list: unknown[], at: number) => {
  check(list[at]);
  return undefined;
};

type Check = (value: Loose, type: string, depth: number) => string | undefined;

const checks: Record<string, Check> = {
  S: (value) => void asText(value.S),
  N: (value) => numberIn(value, 'N'),
  B: (value) => void asBinary(value.B),
  BOOL: (value) => void asFlag(value.BOOL),
  NULL: (value) =>
    asFlag(value.NULL) ? undefined : invalidValue('Null attribute value types must have the value of true'),
  SS: setOf(
    {
      empty: 'An string set  may not be empty',
      twice: (all) => invalidValue(`Input collection [${all.join(', ')}] contains duplicates.`),
    },
    plain(asText),
  ),
  NS: setOf(
    { empty: 'An number set  may not be empty', twice: () => 'Input collection contains duplicates' },
    numberIn,
  ),
  BS: setOf(
    {
      empty: 'Binary sets should not be empty',
      twice: (all) => invalidValue(`Input collection [${all.join(', ')}]of type BS contains duplicates.`),
    },
    plain(asBinary),
  ),
  L: (value, _, depth) => {
    for (const member of asList(value.L)) {
      const message = checkValue(member, depth + 1);
      if (message !== undefined) return message;
    }
    return undefined;
  },
  M: (value, _, depth) => checkMembers(asMap(value.M, 'AttributeValue'), depth + 1),
};

const asMap = (content: unknown, of: string): Loose => {
  if (typeof content !== 'object' || content === null) throw misshapen('Unexpected field type');
  if (Array.isArray(content))
    throw misshapen(
      `Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.${of}>`,
    );
  return content as Loose;
};

const checkMembers = (members: Loose, depth: number): string | undefined => {
  for (const name in members) {
    const message = checkValue(members[name], depth);
    if (message !== undefined) return message;
  }
  return undefined;
};

/**
 * Checks one value and spells its numbers in place. Answers why it is not valid, or undefined.
 * Throws SerializationException when it has not even the shape of a value.
 */
const checkValue = (content: unknown, depth = 1): string | undefined => {
  if (typeof content !== 'object' || content === null) throw misshapen('Unexpected value type in payload');
  if (Array.isArray(content))
    throw misshapen('Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue');
  if (depth > DEEPEST + 1)
    return 'Nesting Levels have exceeded supported limits: Attributes cannot have more than 32 nesting levels';
  const value = content as Loose;
  let types = 0;
  for (const type in value) {
    const check = Object.hasOwn(checks, type) ? checks[type] : undefined;
    if (!check || value[type] === null || value[type] === undefined) {
      // As on AWS, a member nobody knows is passed over.
      delete value[type];
      continue;
    }
    types++;
    const message = check(value, type, depth);
    if (message !== undefined) return message;
  }
  if (types === 0) return 'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes';
  if (types > 1)
    return 'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes';
  return undefined;
};

/** Checks all attributes of an item, a key or the values of an expression; answers the first fault and where it is. */
export const checkItem = (content: unknown): { readonly message: string; readonly attribute: string } | undefined => {
  const item = asMap(content, 'AttributeValue');
  for (const attribute in item) {
    const message = checkValue(item[attribute]);
    if (message !== undefined) return { message, attribute };
  }
  return undefined;
};
