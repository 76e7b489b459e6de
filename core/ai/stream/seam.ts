// Where a continuation is joined to the text before it. Pure.

/** Characters of a continuation that are looked at before any is passed on. */
export const seamLength = 160;
/** A shorter repetition may be meant. */
const leastOverlap = 6;

/** How many characters a continuation begins with that the text before it ended with. */
export function overlap(before: string, after: string): number {
  for (let length = Math.min(seamLength, before.length, after.length); length >= leastOverlap; length--)
    if (before.endsWith(after.slice(0, length))) return length;
  return 0;
}
