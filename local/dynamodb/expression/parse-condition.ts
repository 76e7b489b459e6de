// The grammar of conditions, filters and key conditions:
//   or: and (OR and)* · and: not (AND not)* · not: NOT not | comparison
//   comparison: operand (comparator operand | BETWEEN operand AND operand | IN (operand, …))? · operand: path | :value | function(…) | (or)
// It is our own because the generated one of dynalite takes ten times as long for each two levels of parentheses.
import type { Value } from '../value/value.ts';
import { ConditionFaults } from './condition-faults.ts';
import type { Operand, ParsedCondition, Term } from './dynalite.ts';
import { ExpressionFault, type Tokens, tokensOf } from './tokens.ts';

export type Given = {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
  /** Takes note of each name and value that is used. */
  readonly used: Set<string>;
};

/** Something read: a condition, or what may become part of one. `wrapped`: it stands in parentheses of its own. */
type Part = { readonly operand: Operand; readonly isCondition: boolean; readonly wrapped: boolean };

const comparators = new Set(['=', '<>', '<', '<=', '>', '>=']);
const keywords = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN']);

/** Deepest nesting that is read. */
const DEEPEST = 100;

class ConditionReader {
  readonly #tokens: Tokens;
  readonly #given: Given;
  readonly faults = new ConditionFaults();
  readonly nestedPaths: Record<string, boolean> = Object.create(null) as Record<string, boolean>;
  readonly pathHeads: Record<string, boolean> = Object.create(null) as Record<string, boolean>;
  #depth = 0;

  constructor(text: string, given: Given) {
    this.#tokens = tokensOf(text);
    this.#given = given;
  }

  whole(): Term {
    const part = this.#or();
    if (!part.isCondition || this.#tokens.peek().kind !== 'end') throw this.#tokens.unexpected();
    this.faults.alone(part.operand);
    return part.operand as Term;
  }

  #or(): Part {
    return this.#chain('OR', () => this.#chain('AND', () => this.#not()));
  }

  #chain(word: 'OR' | 'AND', read: () => Part): Part {
    const part = read();
    if (!part.isCondition || !this.#tokens.skip(word)) return part;
    // Read from the right, faults are found in the order in which the service tells them.
    const args = [part, this.#condition(this.#chain(word, read))].map(({ operand }) => operand);
    for (const one of args) this.faults.alone(one);
    return { operand: { type: word.toLowerCase(), args }, isCondition: true, wrapped: false };
  }

  #condition(part: Part): Part {
    if (!part.isCondition) throw this.#tokens.unexpected();
    return part;
  }

  #not(): Part {
    if (!this.#tokens.skip('NOT')) return this.#comparison();
    const { operand } = this.#nested(() => this.#condition(this.#not()));
    this.faults.alone(operand);
    return { operand: { type: 'not', args: [operand] }, isCondition: true, wrapped: false };
  }

  #nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new ExpressionFault('The expression is nested too deeply;');
    const result = read();
    this.#depth--;
    return result;
  }

  #comparison(): Part {
    const left = this.#operand();
    const compared = this.#compared(left);
    if (compared) {
      this.faults.endCondition();
      return { operand: compared, isCondition: true, wrapped: false };
    }
    if (left.isCondition && !left.wrapped) this.faults.endCondition();
    return left;
  }

  /** A part that can be compared or handed to a function: no condition but the call of a function. */
  #single(part: Part = this.#operand()): Operand {
    const { operand, isCondition } = part;
    if (isCondition && (operand as Term).type !== 'function') throw this.#tokens.unexpected();
    return operand;
  }

  #compared(part: Part): Term | undefined {
    const { text } = this.#tokens.peek();
    if (!comparators.has(text) && !/^(between|in)$/i.test(text)) return undefined;
    const left = this.#single(part);
    if (comparators.has(text)) {
      this.#tokens.take();
      const args = [left, this.#single()];
      this.faults.compared(args);
      this.faults.distinct(text, args);
      if (text !== '=' && text !== '<>') this.faults.ordered(text, args);
      return { type: text, args };
    }
    if (this.#tokens.skip('BETWEEN')) {
      const low = this.#single();
      this.#tokens.expect('AND');
      const high = this.#single();
      this.faults.compared([left, low, high]);
      this.faults.between(low, high);
      return { type: 'between', args: [left, low, high] };
    }
    this.#tokens.expect('IN');
    this.#tokens.expect('(');
    const args = [left, ...this.#list()];
    this.faults.compared(args);
    this.faults.among(args);
    return { type: 'in', args };
  }

  /** Operands up to the closing parenthesis. */
  #list(): Operand[] {
    const all = [this.#single()];
    while (this.#tokens.skip(',')) all.push(this.#single());
    this.#tokens.expect(')');
    return all;
  }

  #operand(): Part {
    if (this.#tokens.skip('(')) return this.#parens();
    const token = this.#tokens.peek();
    const plain = (operand: Operand): Part => ({ operand, isCondition: false, wrapped: false });
    if (token.kind === 'value') return plain(this.#value(this.#tokens.take().text));
    if (token.kind === 'name') return plain(this.#path(this.#tokens.take().text));
    if (token.kind !== 'word' || keywords.has(token.text.toUpperCase())) throw this.#tokens.unexpected();
    this.#tokens.take();
    if (!this.#tokens.skip('(')) return plain(this.#path(token.text));
    const args = this.#list();
    this.faults.compared(args);
    const attrType = this.faults.call(token.text, args);
    const term = { type: 'function', name: token.text, args, attrType };
    return { operand: term, isCondition: true, wrapped: false };
  }

  #parens(): Part {
    const inner = this.#nested(() => this.#or());
    this.#tokens.expect(')');
    if (inner.wrapped) this.faults.redundantParens();
    if (inner.isCondition) this.faults.endCondition();
    return { ...inner, wrapped: true };
  }

  #value(name: string): Operand {
    const value = Object.hasOwn(this.#given.values, name) ? this.#given.values[name] : undefined;
    if (value) {
      this.#given.used.add(name);
      return value;
    }
    const text = 'An expression attribute value used in expression is not defined; attribute value:';
    this.faults.note('undefined', `${text} ${name}`);
    // Whatever stands here, the expression is refused.
    return [name];
  }

  #name(text: string): string {
    if (!text.startsWith('#')) {
      this.faults.word(text);
      return text;
    }
    const name = Object.hasOwn(this.#given.names, text) ? this.#given.names[text] : undefined;
    if (name !== undefined) {
      this.#given.used.add(text);
      return name;
    }
    const message = 'An expression attribute name used in the document path is not defined; attribute name:';
    this.faults.note('undefined', `${message} ${text}`);
    return text;
  }

  #path(first: string): Operand {
    const path: (string | number)[] = [this.#name(first)];
    for (;;) {
      if (this.#tokens.skip('.')) {
        const { kind } = this.#tokens.peek();
        if (kind !== 'word' && kind !== 'name') throw this.#tokens.unexpected();
        path.push(this.#name(this.#tokens.take().text));
      } else if (this.#tokens.skip('[')) {
        if (this.#tokens.peek().kind !== 'number') throw this.#tokens.unexpected();
        path.push(Number(this.#tokens.take().text));
        this.#tokens.expect(']');
      } else break;
    }
    const head = String(path[0]);
    this.pathHeads[head] = true;
    if (path.length > 1) this.nestedPaths[head] = true;
    return path;
  }
}

/** Parses a condition. Throws ExpressionFault with the reason, without the name of the parameter. */
export const parseCondition = (text: string, given: Given): ParsedCondition => {
  if (text === '') throw new ExpressionFault('The expression can not be empty;');
  const reader = new ConditionReader(text, given);
  const expression = reader.whole();
  const fault = reader.faults.first();
  if (fault !== undefined) throw new ExpressionFault(fault);
  return { expression, nestedPaths: reader.nestedPaths, pathHeads: reader.pathHeads };
};
