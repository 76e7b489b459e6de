// Where a continuation is joined to the text before it. Pure.

/** Characters of a continuation that are looked at before any is passed on. */
export const seamLength = 160;
/** A shorter repetition may be meant. */
const leastOverlap = 6;

/** A line may well begin with the word that the one above it ended with, as a heading's place. */
const leastBehindBlanks = 12;

/** How many characters a continuation begins with that the text before it ended with; blanks in front of them are of a long repetition, or of a whole line. */
export function overlap(before: string, after: string): number {
  const blank = after.length - after.trimStart().length;
  const length = repeated(before, after);
  if (length > 0 || blank === 0) return length;
  const behind = repeated(before, after.slice(blank));
  const isLine = behind > 0 && (before.length === behind || before.at(-behind - 1) === '\n');
  return isLine || behind >= leastBehindBlanks ? behind + blank : 0;
}

function repeated(before: string, after: string): number {
  for (let length = Math.min(seamLength, before.length, after.length); length >= leastOverlap; length--)
    if (before.endsWith(after.slice(0, length))) return length;
  return 0;
}
