// Condition operators of IAM policies, with ForAllValues, ForAnyValue and …IfExists.

/** Keys of a request, each with all its values; a key that is absent is not in the record. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** Stands before a `*`, a `?` or itself where that means itself: it came out of a policy variable. */
const literal = '\0';

/** The value of a policy variable: no character of it is a wildcard (IAM User Guide, "Policy variables"). */
export const literally = (value: string): string => value.replace(/[\0*?]/g, `${literal}$&`);

const plain = (text: string): string => (text.includes(literal) ? text.replace(/\0([\0*?])/g, '$1') : text);

const regular = (part: string): string => {
  if (part === '*') return '.*';
  return part === '?' ? '.' : `\\${part.at(-1)}`;
};

// what means itself, a wildcard, or a sign of regular expressions
const sign = new RegExp(`${literal}[${literal}*?]|[*?]|[.+^\${}()|[\\]\\\\]`, 'g');

const shapeOf = (pattern: string): RegExp => new RegExp(`^${pattern.replace(sign, regular)}$`, 's');

/** Patterns of policies, compiled: the same few are asked about at every call. */
const shapes = new Map<string, RegExp>();
const mostShapes = 1000;

/** `*` is any text, `?` any one character. Policy variables must be filled in before, their values as `literally` writes them. */
export const like = (pattern: string, text: string): boolean => {
  let shape = shapes.get(pattern);
  if (!shape) {
    if (shapes.size >= mostShapes) shapes.clear();
    shape = shapeOf(pattern);
    shapes.set(pattern, shape);
  }
  return shape.test(text);
};

type Test = (value: string, wanted: string) => boolean;

const positive: Record<string, Test> = {
  StringEquals: (value, wanted) => value === plain(wanted),
  StringEqualsIgnoreCase: (value, wanted) => value.toLowerCase() === plain(wanted).toLowerCase(),
  StringLike: (value, wanted) => like(wanted, value),
  ArnEquals: (value, wanted) => like(wanted, value),
  ArnLike: (value, wanted) => like(wanted, value),
  Bool: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  NumericEquals: (value, wanted) => Number(value) === Number(wanted),
  NumericLessThan: (value, wanted) => Number(value) < Number(wanted),
  NumericLessThanEquals: (value, wanted) => Number(value) <= Number(wanted),
  NumericGreaterThan: (value, wanted) => Number(value) > Number(wanted),
  NumericGreaterThanEquals: (value, wanted) => Number(value) >= Number(wanted),
};

const negative: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
};

type Operator = { readonly set: string | undefined; readonly name: string; readonly ifExists: boolean };

const parse = (operator: string): Operator => {
  const [, set, name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  return { set, name, ifExists: ifExists !== undefined };
};

/** Whether the evaluator knows an operator; asked at boot, so that none is passed over in silence. */
export const isOperator = (operator: string): boolean => {
  const { name } = parse(operator);
  return name === 'Null' || name in positive || name in negative;
};

/** IAM User Guide, "Multivalued context keys": ForAllValues holds when the key is absent. */
const holds = (
  { set, name, ifExists }: Operator,
  values: readonly string[] | undefined,
  wanted: readonly string[],
): boolean => {
  if (name === 'Null') return wanted.includes(String(values === undefined));
  const isNegative = name in negative;
  const test = positive[negative[name] ?? name];
  if (!test) return false;
  if (values === undefined) return set === 'ForAllValues' || ifExists || (isNegative && set === undefined);
  const one = (value: string) => wanted.some((pattern) => test(value, pattern)) !== isNegative;
  return set === 'ForAllValues' ? values.every(one) : values.some(one);
};

/** Whether every condition of a statement holds. `fill` puts policy variables in; without a value a variable matches nothing. */
export const conditionsHold = (
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  context: RequestContext,
  fill: (text: string) => string | undefined,
): boolean =>
  Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holds(
        parse(operator),
        context[key],
        wanted.flatMap((text) => fill(text) ?? []),
      ),
    ),
  );
