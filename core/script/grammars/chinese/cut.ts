// Finds words read of a copy again in the text the copy was made of.

/** Some lines in Simplified characters, and as they are written: character by character the same length. */
export type Span = { readonly plain: string; readonly written: string };

/** In longer lines words are not looked for as a whole, so that the time stays linear. */
const LONG = 5_000;

/** The words as they are written in the span. What the span does not hold stays as it is. Linear in the length of long spans. */
export function cut(words: string, { plain, written }: Span): string {
  if (plain === written || words === '') return words;
  if (plain.length > LONG) return spelled(words, { plain, written }, 0).text;
  let from = 0;
  const parts = words.split(/([\s；]+)/).map((part, index) => {
    if (part === '' || index % 2 === 1) return part;
    const ahead = plain.indexOf(part, from);
    const at = ahead < 0 ? plain.indexOf(part) : ahead;
    if (at >= 0) {
      from = at + part.length;
      return written.slice(at, from);
    }
    const { text, end } = spelled(part, { plain, written }, from);
    from = end;
    return text;
  });
  return parts.join('');
}

/** The same one character after another: marks may have been taken out between them. */
function spelled(words: string, { plain, written }: Span, from: number): { text: string; end: number } {
  const missing = new Set<string>();
  let text = '';
  let end = from;
  for (let i = 0; i < words.length; i++) {
    const c = words.charAt(i);
    const at = missing.has(c) ? -1 : plain.indexOf(c, end);
    if (at < 0) missing.add(c);
    else end = at + 1;
    text += at < 0 ? c : written.charAt(at);
  }
  return { text, end };
}
