// All expressions of a request, parsed: conditions by our own grammar, updates and projections by dynalite's.
import { invalid } from '../failure.ts';
import type { Value } from '../value/value.ts';
import { dynalite, type ExpressionInput, type Parsed, type ParsedCondition } from './dynalite.ts';
import { parseCondition } from './parse-condition.ts';
import { ExpressionFault } from './tokens.ts';

const conditions = {
  ConditionExpression: '_condition',
  KeyConditionExpression: '_keyCondition',
  FilterExpression: '_filter',
} as const;

export const expressionTexts = [
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
] as const;

/** Longest expression, in bytes ("Quotas in Amazon DynamoDB", Expression parameters). */
const LONGEST = 4096;

const checkNames = (
  member: 'ExpressionAttributeNames' | 'ExpressionAttributeValues',
  given: object,
  sign: '#' | ':',
) => {
  const names = Object.keys(given);
  if (names.length === 0) throw invalid(`${member} must not be empty`);
  for (const name of names)
    if (!new RegExp(`^${sign}[0-9a-zA-Z_]+$`).test(name))
      throw invalid(`${member} contains invalid key: Syntax error; key: "${name}"`);
};

const pick = <T>(given: Readonly<Record<string, T>>, wanted: ReadonlySet<string>): Record<string, T> | undefined => {
  const found = Object.entries(given).filter(([name]) => wanted.has(name));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
};

type Named = { readonly names: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, Value>> };

/** Has dynalite parse one text, which is shown the names and values that the text uses. */
const byDynalite = (
  member: 'UpdateExpression' | 'ProjectionExpression',
  text: string | undefined,
  { names, values }: Named,
  used: Set<string>,
): Parsed => {
  if (text === undefined) return {};
  const mentioned = new Set(text.match(/[#:][0-9a-zA-Z_]+/g));
  const [ExpressionAttributeNames, ExpressionAttributeValues] = [pick(names, mentioned), pick(values, mentioned)];
  const parsed: Parsed = {
    [member]: text,
    ...(ExpressionAttributeNames && { ExpressionAttributeNames }),
    ...(ExpressionAttributeValues && { ExpressionAttributeValues }),
  };
  const fault = dynalite.validateExpressions(parsed);
  if (fault) throw invalid(fault);
  for (const name of mentioned) used.add(name);
  return parsed;
};

const byOwn = (member: keyof typeof conditions, text: string | undefined, given: Named, used: Set<string>): Parsed => {
  if (text === undefined) return {};
  try {
    const parsed: ParsedCondition = parseCondition(text, { ...given, used });
    return { [conditions[member]]: parsed };
  } catch (error) {
    throw error instanceof ExpressionFault ? invalid(`Invalid ${member}: ${error.message}`) : error;
  }
};

const checkUsed = (member: string, given: object, used: ReadonlySet<string>): void => {
  const unused = Object.keys(given).filter((name) => !used.has(name));
  if (unused.length > 0)
    throw invalid(`Value provided in ${member} unused in expressions: keys: {${unused.join(', ')}}`);
};

/** Parses every expression of a request, its values being checked. Throws ValidationException. */
export const parseExpressions = (input: ExpressionInput): Parsed => {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = input;
  for (const text of expressionTexts) {
    const size = Buffer.byteLength(input[text] ?? '');
    if (size > LONGEST)
      throw invalid(`Invalid ${text}: Expression size has exceeded the maximum allowed size; expression size: ${size}`);
  }
  if (names) checkNames('ExpressionAttributeNames', names, '#');
  if (values) checkNames('ExpressionAttributeValues', values, ':');
  const given = { names: names ?? {}, values: values ?? {} };
  const used = new Set<string>();
  const parsed: Parsed = {
    ...byDynalite('UpdateExpression', input.UpdateExpression, given, used),
    ...byOwn('ConditionExpression', input.ConditionExpression, given, used),
    ...byOwn('KeyConditionExpression', input.KeyConditionExpression, given, used),
    ...byOwn('FilterExpression', input.FilterExpression, given, used),
    ...byDynalite('ProjectionExpression', input.ProjectionExpression, given, used),
  };
  checkUsed('ExpressionAttributeNames', given.names, used);
  checkUsed('ExpressionAttributeValues', given.values, used);
  return parsed;
};
