// Checks the parameters of a call against its members, in the words of the service's front door.
import { DynamoFailure, invalid } from './failure.ts';

type Common = { readonly required?: boolean };
export type Field =
  | (Common & {
      readonly kind: 'text';
      readonly values?: readonly string[];
      readonly pattern?: string;
      readonly min?: number;
      readonly max?: number;
    })
  | (Common & { readonly kind: 'flag' })
  | (Common & { readonly kind: 'whole'; readonly min?: number; readonly max?: number })
  /** Attribute names and values; the values are checked by the call itself. */
  | (Common & { readonly kind: 'item' })
  | (Common & { readonly kind: 'map'; readonly of: Field; readonly min?: number; readonly max?: number })
  | (Common & { readonly kind: 'list'; readonly of: Field; readonly min?: number; readonly max?: number })
  | (Common & { readonly kind: 'members'; readonly of: Fields });

export type Fields = Readonly<Record<string, Field>>;

const tokens: Record<string, (content: unknown) => string> = {
  string: () => 'STRING_VALUE',
  number: (content) => (Number.isInteger(content) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE'),
  boolean: (content) => (content ? 'TRUE_VALUE' : 'FALSE_VALUE'),
};

const misshapen = (content: unknown, wanted: string): DynamoFailure => {
  const token = tokens[typeof content];
  const message = token
    ? `${token(content)} cannot be converted to ${wanted}`
    : Array.isArray(content)
      ? `Unrecognized collection type class java.lang.${wanted}`
      : 'Start of structure or map found where not expected';
  return new DynamoFailure('SerializationException', message);
};

const unexpected = (content: unknown): DynamoFailure => {
  const message =
    typeof content === 'object' ? 'Start of structure or map found where not expected' : 'Unexpected field type';
  return new DynamoFailure('SerializationException', message);
};

const shown = (content: unknown): string => {
  if (content === undefined || content === null) return 'null';
  if (Array.isArray(content)) return `[${content.map(shown).join(', ')}]`;
  return typeof content === 'string' ? content : JSON.stringify(content);
};

type Faults = { readonly list: string[] };
/** More are not told at once. */
const TOLD = 10;

const fail = (faults: Faults, content: unknown, path: string, constraint: string): void => {
  const value = shown(content);
  const quoted = value === 'null' ? value : `'${value}'`;
  if (faults.list.length < TOLD)
    faults.list.push(`Value ${quoted} at '${path}' failed to satisfy constraint: Member must ${constraint}`);
};

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const checkBounds = (
  faults: Faults,
  content: unknown,
  path: string,
  size: number,
  { min, max }: { min?: number; max?: number },
  what: string,
): void => {
  if (min !== undefined && size < min) fail(faults, content, path, `have ${what} greater than or equal to ${min}`);
  if (max !== undefined && size > max) fail(faults, content, path, `have ${what} less than or equal to ${max}`);
};

const checkText = (faults: Faults, content: unknown, field: Extract<Field, { kind: 'text' }>, path: string): void => {
  if (typeof content !== 'string') throw misshapen(content, 'String');
  if (field.values && !field.values.includes(content))
    fail(faults, content, path, `satisfy enum value set: [${field.values.join(', ')}]`);
  // A table may be named by its ARN as well.
  if (field.pattern && !content.startsWith('arn:')) {
    if (!new RegExp(`^${field.pattern}$`).test(content))
      fail(faults, content, path, `satisfy regular expression pattern: ${field.pattern}`);
    checkBounds(faults, content, path, content.length, field, 'length');
  } else if (!field.pattern) checkBounds(faults, content, path, content.length, field, 'length');
};

const asObject = (content: unknown): Record<string, unknown> => {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw unexpected(content);
  return content as Record<string, unknown>;
};

const checkField = (faults: Faults, content: unknown, field: Field, path: string): void => {
  switch (field.kind) {
    case 'text':
      checkText(faults, content, field, path);
      return;
    case 'flag':
      if (typeof content !== 'boolean') throw misshapen(content, 'Boolean');
      return;
    case 'whole':
      if (typeof content !== 'number') throw misshapen(content, 'Integer');
      checkBounds(faults, content, path, content, field, 'value');
      return;
    case 'item':
      asObject(content);
      return;
    case 'map': {
      const members = Object.entries(asObject(content));
      checkBounds(faults, content, path, members.length, field, 'length');
      for (const [name, member] of members) checkField(faults, member, field.of, `${path}.${name}.member`);
      return;
    }
    case 'list':
      if (!Array.isArray(content)) throw unexpected(content);
      checkBounds(faults, content, path, content.length, field, 'length');
      content.forEach((member, at) => {
        checkField(faults, member, field.of, `${path}.${at + 1}.member`);
      });
      return;
    case 'members':
      checkFields(faults, asObject(content), field.of, `${path}.`);
  }
};

const checkFields = (faults: Faults, input: Record<string, unknown>, fields: Fields, prefix: string): void => {
  // As on AWS, a member nobody knows is passed over.
  for (const name of Object.keys(input)) if (!Object.hasOwn(fields, name)) delete input[name];
  for (const name in fields) {
    const [content, field] = [input[name], fields[name] as Field];
    if (content !== undefined && content !== null) checkField(faults, content, field, prefix + lower(name));
    else if (field.required) fail(faults, content, prefix + lower(name), 'not be null');
    // JSON null stands for a member that is absent.
    else if (content === null) delete input[name];
  }
};

/** Parameters of the interface before expressions, and what took their place. */
const old: Readonly<Record<string, string>> = {
  Expected: 'ConditionExpression',
  AttributeUpdates: 'UpdateExpression',
  KeyConditions: 'KeyConditionExpression',
  QueryFilter: 'FilterExpression',
  ScanFilter: 'FilterExpression',
  AttributesToGet: 'ProjectionExpression',
  ConditionalOperator: 'ConditionExpression or FilterExpression',
};

/**
 * Checks the shape and the limits of a call's parameters.
 * Throws SerializationException for a wrong type, ValidationException with every fault otherwise.
 */
export const checkParameters = (input: Record<string, unknown>, fields: Fields): void => {
  for (const name in old)
    if (name in input && !(name in fields))
      throw invalid(`The parameter ${name} is not available in the local cloud; use ${old[name]} instead.`);
  const faults: Faults = { list: [] };
  checkFields(faults, input, fields, '');
  const { length } = faults.list;
  if (length > 0)
    throw invalid(`${length} validation error${length > 1 ? 's' : ''} detected: ${faults.list.join('; ')}`);
};
