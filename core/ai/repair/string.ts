// A text between quotes, whose own quotes the model may have forgotten to escape.
import { type Cursor, Unreadable } from './cursor.ts';

const partner: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”' };
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** The text that begins at the cursor. Throws Unreadable when it does not end. */
export function readString(cursor: Cursor): string {
  const { text } = cursor;
  const close = partner[text[cursor.at] ?? ''] ?? '"';
  let said = '';
  for (cursor.at++; cursor.at < text.length; cursor.at++) {
    const char = text[cursor.at] ?? '';
    if (char === '\\') said += escaped(cursor);
    else if (char === close && isEnd(text, cursor.at)) {
      cursor.at++;
      return said;
    } else said += char;
  }
  throw new Unreadable();
}

/** The character behind a backslash; the cursor is left on its last one. */
function escaped(cursor: Cursor): string {
  const char = cursor.text[++cursor.at] ?? '';
  const hex = char === 'u' ? /^[0-9a-f]{4}/i.exec(cursor.text.slice(cursor.at + 1, cursor.at + 5))?.[0] : undefined;
  if (hex) cursor.at += 4;
  return hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (escapes[char] ?? char);
}

/** Whether a quote ends its text: what comes next is what comes after a text, and not more of it. */
function isEnd(text: string, at: number): boolean {
  const gap = /^\s*/.exec(text.slice(at + 1, at + 200))?.[0] ?? '';
  const next = text[at + 1 + gap.length];
  if (next === undefined || /[:：}\]]/.test(next)) return true;
  // the comma was forgotten between two texts
  if (/["“{[]/.test(next)) return gap !== '';
  if (next === '/') return true;
  if (next !== ',' && next !== '，') return gap.includes('\n');
  return isAfterComma(text.slice(at + gap.length + 2, at + gap.length + 202));
}

/** What may come behind a comma: another text, a bracket, a number, a word, a name; or nothing more. */
const isAfterComma = (rest: string): boolean =>
  /^\s*($|["'“”{}[\],，]|\/[/*]|-?\d|(true|false|null|None|True|False|NaN|undefined)\b|[\p{L}_$][\p{L}\d_$]*\s*[:：])/u.test(
    rest,
  );
