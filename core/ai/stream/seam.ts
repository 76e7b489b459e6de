// Where a continuation is joined to the text before it. Pure.

/** Characters of a continuation that are looked at before any is passed on. */
export const seamLength = 160;
/** A shorter repetition may be meant. */
const leastOverlap = 6;

/** How many characters a continuation begins with that the text before it ended with; blanks in front of them are of the repetition. */
export function overlap(before: string, after: string): number {
  const blank = after.length - after.trimStart().length;
  return repeated(before, after) || (blank > 0 ? withBlank(repeated(before, after.slice(blank)), blank) : 0);
}

const withBlank = (length: number, blank: number): number => (length > 0 ? length + blank : 0);

function repeated(before: string, after: string): number {
  for (let length = Math.min(seamLength, before.length, after.length); length >= leastOverlap; length--)
    if (before.endsWith(after.slice(0, length))) return length;
  return 0;
}
