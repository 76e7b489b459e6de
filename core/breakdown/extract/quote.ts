// Cuts the words a mention is quoted with: the sentence around it, never more than a line, always verbatim.

const longest = 60;

/** The sentence of `text` that holds [start, end), cut to 60 characters around it at most. Always a substring of `text`. */
export function quoteAround(text: string, start: number, end: number): string {
  const ends = /[。！？!?\n；;]/;
  let from = start;
  while (from > 0 && !ends.test(text[from - 1]!) && start - from < longest / 2) from -= 1;
  let to = end;
  while (to < text.length && !ends.test(text[to - 1]!) && to - end < longest / 2) to += 1;
  return wellFormed(text.slice(from, to)).trim();
}

/** The beginning of a text, as long as a quote may be. */
export function quoteOf(text: string): string {
  return quoteAround(text, 0, Math.min(text.length, 1));
}

/** Half a surrogate pair at a cut is left out, so that the quote stays verbatim text. */
function wellFormed(text: string): string {
  return text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
