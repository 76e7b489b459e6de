// Key conditions of Query: the partition key's value and a range of the sort key.
import { invalid } from '../failure.ts';
import { compareValues } from '../value/order.ts';
import { contentOf, typeOf, type Value } from '../value/value.ts';
import { dynalite, type ParsedCondition } from './dynalite.ts';
import type { Names, Values } from './operand.ts';

type KeyOperator = 'EQ' | 'LT' | 'LE' | 'GT' | 'GE' | 'BETWEEN' | 'BEGINS_WITH';

export type KeyTerm = { readonly operator: KeyOperator; readonly values: readonly Value[] };

export type KeyCondition = {
  readonly nested: Readonly<Record<string, boolean>>;
  /** The condition on each attribute, with the values of this request. Throws ValidationException for bounds in the wrong order. */
  bind(values: Values): ReadonlyMap<string, KeyTerm>;
};

const shown = (value: Value): string => `AttributeValue: {${typeOf(value)}:${String(contentOf(value))}}`;

const checkBounds = ({ operator, values: [low, high] }: KeyTerm): void => {
  if (operator !== 'BETWEEN' || !low || !high) return;
  const order = compareValues(low, high);
  if (order !== undefined && order > 0)
    throw invalid(
      'Invalid KeyConditionExpression: The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ' +
        `lower bound operand: ${shown(low)}, upper bound operand: ${shown(high)}`,
    );
};

/** Throws ValidationException for a condition that no key can be looked up by. */
export const keyConditionOf = (parsed: ParsedCondition, names: Names): KeyCondition => {
  const converted = dynalite.convertKeyCondition(parsed.expression);
  const fault = typeof converted === 'string' ? converted : dynalite.validateConditions(converted);
  if (fault || typeof converted === 'string') throw invalid(String(fault));
  const terms = Object.entries(converted).map(([attribute, { ComparisonOperator, AttributeValueList }]) => ({
    attribute,
    operator: ComparisonOperator as KeyOperator,
    names: AttributeValueList.map((value) => names.get(value) as string),
  }));
  if (terms.length < 1 || terms.length > 2) throw invalid('Conditions can be of length 1 or 2 only');
  return {
    nested: parsed.nestedPaths,
    bind: (values) => {
      const bound = new Map<string, KeyTerm>();
      for (const { attribute, operator, names: wanted } of terms) {
        const term = { operator, values: wanted.map((name) => values[name] as Value) };
        checkBounds(term);
        bound.set(attribute, term);
      }
      return bound;
    },
  };
};
