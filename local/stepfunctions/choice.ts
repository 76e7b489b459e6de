// Choice rules: one comparison each, or And, Or, Not of rules.
import { invalidPath, StateFailure } from './failure.ts';
import { checkPath, readPath } from './path.ts';

type Rule = Record<string, unknown>;

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern.replace(/\\(.)|(\*)|([.+?^${}()|[\]])/g, (_, escaped, star, mark) => (escaped ? `\\${escaped}` : star ? '.*' : `\\${mark}`))}$`,
    's',
  );

const timestamp = (value: unknown): number =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;

const ordered: Record<string, (one: never, other: never) => boolean> = {
  Equals: (one, other) => one === other,
  LessThan: (one, other) => one < other,
  GreaterThan: (one, other) => one > other,
  LessThanEquals: (one, other) => one <= other,
  GreaterThanEquals: (one, other) => one >= other,
};

/** `StringLessThan` → its kind and its order; undefined when it is not a comparison of that form. */
const comparison = (operator: string): ((value: unknown, wanted: unknown) => boolean) | undefined => {
  const [, kind, order = ''] = /^(String|Numeric|Boolean|Timestamp)(\w+)$/.exec(operator) ?? [];
  const holds = ordered[order];
  if (!kind || !holds) return undefined;
  const type = { String: 'string', Numeric: 'number', Boolean: 'boolean' }[kind];
  if (type)
    return (value, wanted) => typeof value === type && typeof wanted === type && holds(value as never, wanted as never);
  return (value, wanted) => holds(timestamp(value) as never, timestamp(wanted) as never);
};

const types: Record<string, (value: unknown) => boolean> = {
  IsNull: (value) => value === null,
  IsPresent: (value) => value !== undefined,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => !Number.isNaN(timestamp(value)),
};

const test = (operator: string, value: unknown, wanted: unknown): boolean => {
  if (operator === 'StringMatches') return typeof value === 'string' && wildcard(String(wanted)).test(value);
  const compare = comparison(operator);
  if (compare) return compare(value, wanted);
  throw new StateFailure('States.Runtime', `${operator} is not a comparison.`);
};

/** Throws an Error for a rule with a comparison that is not known, or with none. */
export function checkRule({ Comment: _comment, ...rule }: Rule): void {
  const inner = [rule.And, rule.Or, rule.Not && [rule.Not]].find(Array.isArray) as Rule[] | undefined;
  if (inner) {
    inner.forEach(checkRule);
    return;
  }
  const { Variable: variable, ...operators } = rule;
  const [operator = '', ...more] = Object.keys(operators);
  if (typeof variable !== 'string' || operator === '' || more.length)
    throw new Error(`a choice rule needs a Variable and one comparison, not ${JSON.stringify(rule)}`);
  checkPath(variable);
  const plain = operator.endsWith('Path') ? operator.slice(0, -4) : operator;
  const known = operator in types || plain === 'StringMatches' || comparison(plain) !== undefined;
  if (!known) throw new Error(`${operator} is not a comparison that is known here`);
  if (plain !== operator) checkPath(String(rule[operator]));
}

/** Whether a rule holds for the state's input. */
export function holds(rule: Rule, input: unknown, context: unknown): boolean {
  const all = (rules: unknown): Rule[] => rules as Rule[];
  if (rule.And) return all(rule.And).every((inner) => holds(inner, input, context));
  if (rule.Or) return all(rule.Or).some((inner) => holds(inner, input, context));
  if (rule.Not) return !holds(rule.Not as Rule, input, context);
  const variable = String(rule.Variable);
  const value = readPath(variable, input, context);
  const operator = Object.keys(rule).find((name) => !['Variable', 'Next', 'Comment'].includes(name)) ?? '';
  const is = types[operator];
  if (is) return is(value) === rule[operator];
  if (value === undefined) throw invalidPath(variable);
  const byPath = operator.endsWith('Path');
  const wanted = byPath ? readPath(String(rule[operator]), input, context) : rule[operator];
  return test(byPath ? operator.slice(0, -4) : operator, value, wanted);
}
