// Reading JSON that is not quite JSON, as models write it.
import { type Cursor, Unreadable } from './cursor.ts';
import { readString } from './string.ts';

/** Deeper than any answer is asked for. */
const deepest = 100;

/**
 * The object that begins at `start`, and where it ends. Forgiven: commas that are missing or too many, names and words without quotes,
 * single and curly quotes, quotes inside a text, line breaks inside a text, comments, Python's words, full-width punctuation, brackets
 * that were not closed. Undefined when it ends inside a text or a list, or behind a comma: more would have followed, and nobody would see
 * that it is missing.
 */
export function tolerant(text: string, start: number): { value: Record<string, unknown>; end: number } | undefined {
  const cursor: Cursor = { text, at: start + 1 };
  try {
    const value = readObject(cursor, 1);
    return { value, end: cursor.at };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function readObject(cursor: Cursor, depth: number): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (;;) {
    const isMore = skip(cursor, true);
    const char = cursor.text[cursor.at];
    if (char === '}') cursor.at++;
    if (char === undefined && isMore) throw new Unreadable();
    // a list goes on: this object was not closed
    if (char === undefined || char === '}' || char === ']') return Object.fromEntries(entries);
    const name = readName(cursor);
    entries.push([name, readMember(cursor, depth)]);
  }
}

/** What stands behind a name; null where nothing does. */
function readMember(cursor: Cursor, depth: number): unknown {
  skip(cursor, false);
  if (!/[:：=]/.test(cursor.text[cursor.at] ?? '')) throw new Unreadable();
  cursor.at++;
  skip(cursor, false);
  return /[,，}\]]/.test(cursor.text[cursor.at] ?? '}') ? null : readValue(cursor, depth);
}

function readName(cursor: Cursor): string {
  if (/["'“”]/.test(cursor.text[cursor.at] ?? '')) return readString(cursor);
  const name = taken(cursor, /[^\s:：=,{}[\]"]+/y);
  if (name === undefined) throw new Unreadable();
  return name;
}

function readList(cursor: Cursor, depth: number): unknown[] {
  const items: unknown[] = [];
  for (;;) {
    skip(cursor, true);
    const char = cursor.text[cursor.at];
    if (char === ']') cursor.at++;
    if (char === undefined) throw new Unreadable();
    // an object goes on: this list was not closed
    if (char === ']' || char === '}') return items;
    items.push(readValue(cursor, depth));
  }
}

function readValue(cursor: Cursor, depth: number): unknown {
  if (depth > deepest) throw new Unreadable();
  const char = cursor.text[cursor.at] ?? '';
  if (char === '{' || char === '[') {
    cursor.at++;
    return char === '{' ? readObject(cursor, depth + 1) : readList(cursor, depth + 1);
  }
  return /["'“”]/.test(char) ? readString(cursor) : readBare(cursor);
}

const words: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  null: null,
  None: null,
  undefined: null,
  NaN: null,
};

/** A number, a known word, or a text without quotes up to what must come after it. */
function readBare(cursor: Cursor): unknown {
  const bare = taken(cursor, /[^,，{}[\]"\n]+/y)?.trim();
  if (!bare) throw new Unreadable();
  if (Object.hasOwn(words, bare)) return words[bare];
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare) ? Number(bare) : bare;
}

/** Blanks and comments; between members commas too, as many as there are. Whether there was a comma. */
function skip(cursor: Cursor, commas: boolean): boolean {
  let isComma = false;
  for (;;) {
    if (taken(cursor, /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y) !== undefined) continue;
    if (!commas || taken(cursor, /[,，;]/y) === undefined) return isComma;
    isComma = true;
  }
}

function taken(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found) cursor.at += found.length;
  return found || undefined;
}
