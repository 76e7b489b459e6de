// What a condition may not say though its grammar is right. The order in which faults are told is the service's
// (found by dynalite's authors; this follows their parser).
import { compareValues } from '../value/order.ts';
import { contentOf, typeOf, type Value } from '../value/value.ts';
import type { Operand, Path, Term } from './dynalite.ts';
import { reserved } from './reserved.ts';

const operands: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

/** Operands of one IN ("Quotas in Amazon DynamoDB", Expression operators and operands). */
const MOST_AMONG = 100;

const types = ['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M'];

type Computed = Term & { readonly attrType?: string | null };

const isPath = (operand: Operand): operand is Path => Array.isArray(operand);
const isComputed = (operand: Operand): operand is Computed => !isPath(operand) && 'args' in operand;

/** The value that stands there, if one does. */
const valueIn = (operand: Operand): Value | undefined =>
  isPath(operand) || isComputed(operand) ? undefined : (operand as Value);

/** Type of a value, or of what a function answers; undefined for a path. */
const typeIn = (operand: Operand): string | undefined => {
  const value = valueIn(operand);
  if (value) return typeOf(value);
  return isComputed(operand) ? (operand.attrType ?? undefined) : undefined;
};

const shown = (path: Path): string =>
  `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
const bound = (value: Value): string => `AttributeValue: {${typeOf(value)}:${String(contentOf(value))}}`;

type Kind = 'parens' | 'unknownFunction' | 'misusedFunction' | 'reserved' | 'condition' | Inner;
type Inner = 'undefined' | 'operand' | 'distinct' | 'function';

const wrongType = (name: string, type: string): string =>
  `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`;

/** Faults found so far; of each kind the first counts. */
export class ConditionFaults {
  readonly #found = new Map<Kind, string>();

  note(kind: Kind, message: string | undefined): void {
    if (message !== undefined && !this.#found.has(kind)) this.#found.set(kind, message);
  }

  redundantParens(): void {
    this.note('parens', 'The expression has redundant parentheses;');
  }

  word(name: string): void {
    if (reserved(name)) this.note('reserved', `Attribute name is a reserved keyword; reserved keyword: ${name}`);
  }

  /** Only `size` answers something that can be compared. */
  compared(all: readonly Operand[]): void {
    for (const one of all) if (isComputed(one) && one.name !== 'size') this.misused(one);
  }

  /** `size` alone is no condition. */
  alone(term: Operand): void {
    if (isComputed(term) && term.type === 'function' && term.name === 'size') this.misused(term);
  }

  misused(term: Computed): void {
    const text = 'The function is not allowed to be used this way in an expression; function:';
    this.note('misusedFunction', `${text} ${term.name}`);
  }

  distinct(name: string, [one, other, more]: readonly Operand[]): void {
    if (more || !one || !other || !isPath(one) || !isPath(other) || shown(one) !== shown(other)) return;
    const text = 'The first operand must be distinct from the remaining operands for this operator or function;';
    this.note('distinct', `${text} operator: ${name}, first operand: ${shown(one)}`);
  }

  /** Only strings, numbers and binaries have an order. */
  ordered(name: string, all: readonly Operand[]): void {
    for (const one of all) {
      const type = typeIn(one);
      if (type !== undefined && !['S', 'N', 'B'].includes(type)) this.note('function', wrongType(name, type));
    }
  }

  between(from: Operand, to: Operand): void {
    const [low, high] = [valueIn(from), valueIn(to)];
    if (!low || !high) return;
    const bounds = `lower bound operand: ${bound(low)}, upper bound operand: ${bound(high)}`;
    if (typeOf(low) !== typeOf(high))
      this.note('function', `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds}`);
    else if ((compareValues(low, high) ?? 0) > 0) {
      const text = 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound;';
      this.note('function', `${text} ${bounds}`);
    }
  }

  /** `args`: what is looked for, and the operands among which. */
  among({ length }: readonly Operand[]): void {
    const text = 'The IN operator is provided with too many operands; number of operands:';
    if (length - 1 > MOST_AMONG) this.note('operand', `${text} ${length - 1}`);
  }

  /** Checks the call of a function; answers the type of its result. */
  call(name: string, args: readonly Operand[]): string | null {
    const wanted = Object.hasOwn(operands, name) ? operands[name] : undefined;
    if (wanted === undefined) {
      this.note('unknownFunction', `Invalid function name; function: ${name}`);
      return null;
    }
    if (wanted !== args.length) {
      const text = 'Incorrect number of operands for operator or function; operator or function:';
      this.note('operand', `${text} ${name}, number of operands: ${args.length}`);
      return null;
    }
    this.distinct(name, args);
    this.note('function', argumentFault(name, args));
    return name === 'size' ? 'N' : 'BOOL';
  }

  /** A simple condition is over: the first of its faults, by kind, is the one that is told. */
  endCondition(): void {
    for (const kind of ['undefined', 'operand', 'distinct', 'function'] as const)
      this.note('condition', this.#found.get(kind));
  }

  /** The fault to tell, or undefined. */
  first(): string | undefined {
    for (const kind of ['parens', 'unknownFunction', 'misusedFunction', 'reserved', 'condition'] as const) {
      const message = this.#found.get(kind);
      if (message !== undefined) return message;
    }
    return undefined;
  }
}

const argumentFault = (name: string, args: readonly Operand[]): string | undefined => {
  const [first, second] = args as [Operand, Operand];
  if (name.startsWith('attribute_') && name !== 'attribute_type' && !isPath(first))
    return `Operator or function requires a document path; operator or function: ${name}`;
  if (name === 'begins_with') {
    const wrong = args.map(typeIn).find((type) => type !== undefined && type !== 'S' && type !== 'B');
    return wrong && wrongType(name, wrong);
  }
  if (name === 'size') {
    const type = typeIn(first) ?? '';
    return ['N', 'BOOL', 'NULL'].includes(type) ? wrongType(name, type) : undefined;
  }
  if (name !== 'attribute_type') return undefined;
  const type = typeIn(second);
  if (type !== 'S' || isPath(second) || !('S' in second))
    return wrongType(name, type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
  if (types.includes(second.S)) return undefined;
  return `Invalid attribute type name found; type: ${second.S}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`;
};
