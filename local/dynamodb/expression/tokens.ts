// Words and signs of an expression, read one after the other.

export type TokenKind = 'word' | 'name' | 'value' | 'number' | 'sign' | 'end';

export type Token = { readonly kind: TokenKind; readonly text: string; readonly start: number; readonly end: number };

/** Thrown where an expression breaks the grammar; the message is complete but for the name of the parameter. */
export class ExpressionFault extends Error {}

const space = /[ \t\r\n]*/y;
const shapes: readonly (readonly [TokenKind, RegExp])[] = [
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['name', /#[A-Za-z0-9_]+/y],
  ['value', /:[A-Za-z0-9_]+/y],
  ['number', /[0-9]+/y],
  ['sign', /<=|>=|<>|[=<>().,[\]]/y],
];

const lengthAt = (shape: RegExp, text: string, at: number): number => {
  shape.lastIndex = at;
  return shape.exec(text)?.[0].length ?? 0;
};

const tokenAt = (text: string, from: number): Token => {
  const start = from + lengthAt(space, text, from);
  if (start >= text.length) return { kind: 'end', text: '<EOF>', start, end: start };
  for (const [kind, shape] of shapes) {
    const length = lengthAt(shape, text, start);
    if (length > 0) return { kind, text: text.slice(start, start + length), start, end: start + length };
  }
  // A sign of no meaning is a token too: the grammar will stop at it.
  return { kind: 'sign', text: text.slice(start, start + 1), start, end: start + 1 };
};

export type Tokens = {
  peek(): Token;
  take(): Token;
  /** Takes a sign, or a word without regard to case; says whether it was there. */
  skip(text: string): boolean;
  /** Takes it, or throws ExpressionFault. */
  expect(text: string): void;
  /** The fault of the token that comes now. */
  unexpected(): ExpressionFault;
};

/** Reads the tokens of an expression. */
export const tokensOf = (text: string): Tokens => {
  let before = 0;
  let next = tokenAt(text, 0);
  const take = (): Token => {
    const taken = next;
    before = taken.start;
    next = tokenAt(text, taken.end);
    return taken;
  };
  const skip = (wanted: string): boolean => {
    const found = (next.kind === 'sign' || next.kind === 'word') && next.text.toUpperCase() === wanted;
    if (found) take();
    return found;
  };
  const unexpected = (): ExpressionFault => {
    const near = text.slice(before, tokenAt(text, next.end).end);
    return new ExpressionFault(`Syntax error; token: "${next.text}", near: "${near}"`);
  };
  return {
    peek: () => next,
    take,
    skip,
    expect: (wanted) => {
      if (!skip(wanted)) throw unexpected();
    },
    unexpected,
  };
};
