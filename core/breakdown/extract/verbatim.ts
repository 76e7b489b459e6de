// Words as somebody copied them, found again in a text: punctuation, width, case and spaces may differ, the words may not.

type Folded = {
  readonly text: string /** Where each folded character begins in the original. */;
  readonly at: readonly number[];
};

/**
 * The part of the text that has the same words, verbatim as the text writes it; undefined where it is not there.
 * Words of one character or none (marks alone) are found only where they are written the same.
 */
export function verbatim(words: string, text: string): string | undefined {
  const plain = words.trim();
  if (plain !== '' && text.includes(plain)) return plain;
  const [wanted, whole] = [folded(plain), folded(text)];
  const start = wanted.at.length > 1 ? whole.text.indexOf(wanted.text) : -1;
  if (start < 0) return undefined;
  const last = whole.at[start + wanted.text.length - 1]!;
  return text.slice(whole.at[start]!, last + String.fromCodePoint(text.codePointAt(last)!).length);
}

/** Letters and digits alone, in one width and case. */
function folded(text: string): Folded {
  let all = '';
  const at: number[] = [];
  let offset = 0;
  for (const character of text) {
    const same = character.normalize('NFKC').toLowerCase();
    for (const letter of same)
      if (/[\p{L}\p{N}\p{M}]/u.test(letter)) {
        all += letter;
        for (let half = 0; half < letter.length; half += 1) at.push(offset);
      }
    offset += character.length;
  }
  return { text: all, at };
}
