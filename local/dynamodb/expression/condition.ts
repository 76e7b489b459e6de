// Conditions and filters: a parsed expression becomes one function of an item and the values of a request.
import { compareValues, sameValue } from '../value/order.ts';
import { contentOf, type Item, typeOf, type Value } from '../value/value.ts';
import type { Operand, Term } from './dynalite.ts';
import { type Names, type Read, readPlain, type Values } from './operand.ts';

/** Whether an item meets a condition; an item that does not exist is `{}`. */
export type Meets = (item: Item, values: Values) => boolean;

type Test = (subject: Value | undefined, others: readonly (Value | undefined)[]) => boolean;

/** Length of a string, bytes of a binary, members of anything else; undefined for scalars without a size. */
const sizeOf = (value: Value | undefined): Value | undefined => {
  if (!value) return undefined;
  if ('S' in value) return { N: String(value.S.length) };
  if ('B' in value) return { N: String(Buffer.byteLength(value.B, 'base64')) };
  if ('M' in value) return { N: String(Object.keys(value.M).length) };
  const content = contentOf(value);
  return Array.isArray(content) ? { N: String(content.length) } : undefined;
};

const ordered =
  (holds: (order: number) => boolean): Test =>
  (subject, [other]) => {
    const order = subject && other && compareValues(subject, other);
    return order !== undefined && holds(order);
  };

const equal: Test = (subject, [other]) => subject !== undefined && other !== undefined && sameValue(subject, other);

const beginsWith: Test = (subject, [prefix]) => {
  if (!subject || !prefix) return false;
  if ('S' in subject && 'S' in prefix) return subject.S.startsWith(prefix.S);
  if (!('B' in subject && 'B' in prefix)) return false;
  const start = Buffer.from(prefix.B, 'base64');
  return Buffer.from(subject.B, 'base64').subarray(0, start.length).equals(start);
};

const contains: Test = (subject, [part]) => {
  if (!subject || !part) return false;
  if ('S' in subject && 'S' in part) return subject.S.includes(part.S);
  if ('B' in subject && 'B' in part) return Buffer.from(subject.B, 'base64').includes(Buffer.from(part.B, 'base64'));
  if ('L' in subject) return subject.L.some((member) => sameValue(member, part));
  if ('SS' in subject && 'S' in part) return subject.SS.includes(part.S);
  if ('NS' in subject && 'N' in part) return subject.NS.includes(part.N);
  return 'BS' in subject && 'B' in part && subject.BS.includes(part.B);
};

const between: Test = (subject, [low, high]) => {
  if (!subject || !low || !high) return false;
  const [fromLow, fromHigh] = [compareValues(subject, low), compareValues(subject, high)];
  return fromLow !== undefined && fromHigh !== undefined && fromLow >= 0 && fromHigh <= 0;
};

const tests: Record<string, Test> = {
  '=': equal,
  // An attribute that is not there differs from every value.
  '<>': (subject, others) => !equal(subject, others),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  between,
  in: (subject, others) => others.some((other) => equal(subject, [other])),
  attribute_exists: (subject) => subject !== undefined,
  attribute_not_exists: (subject) => subject === undefined,
  attribute_type: (subject, [type]) => !!subject && !!type && typeOf(subject) === contentOf(type),
  begins_with: beginsWith,
  contains,
};

const reader = (operand: Operand, names: Names): Read => {
  const plain = readPlain(operand, names);
  if (plain) return plain;
  // The grammar lets nothing but `size(…)` stand where a value is wanted.
  const inner = reader((operand as Term).args[0] as Operand, names);
  return (item, values) => sizeOf(inner(item, values));
};

/** Makes the function of a parsed condition. */
export const conditionOf = (term: Term, names: Names): Meets => {
  if (term.type === 'and' || term.type === 'or' || term.type === 'not') {
    const [one, other] = term.args.map((arg) => conditionOf(arg as Term, names)) as [Meets, Meets];
    if (term.type === 'and') return (item, values) => one(item, values) && other(item, values);
    if (term.type === 'or') return (item, values) => one(item, values) || other(item, values);
    return (item, values) => !one(item, values);
  }
  const test = tests[term.type === 'function' ? (term.name as string) : term.type] as Test;
  const [subject, ...others] = term.args.map((arg) => reader(arg, names)) as [Read, ...Read[]];
  return (item, values) =>
    test(
      subject(item, values),
      others.map((other) => other(item, values)),
    );
};
