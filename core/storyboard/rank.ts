// Ranks order shots by plain string comparison; between any two there is another, so inserting or moving writes one row.
// A rank is a whole number of six digits in base 62 and a fraction: appending counts up, squeezing in halves.

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
const WHOLE = 6;
const LAST = BASE ** WHOLE - 1;
/** Room left between ranks given in a row: some twelve halvings before a fraction is needed. */
const STEP = BASE ** 2;

/** Whether a text is a rank. The very first value, 000000, is none: nothing could stand before it. */
export const isRank = (text: string): boolean => /^(?!0{6}$)[0-9A-Za-z]{6}(?:[0-9A-Za-z]*[1-9A-Za-z])?$/.test(text);

/**
 * A rank between two others.
 * @param a the rank before; undefined for the beginning of the list
 * @param b the rank after; undefined for its end
 * @throws RangeError when one is no rank, or `a` is not before `b`
 */
export function rankBetween(a: string | undefined, b: string | undefined): string {
  for (const rank of [a, b])
    if (rank !== undefined && !isRank(rank)) throw new RangeError(`Not a rank: ${rank}. Ranks come from ranksBetween.`);
  if (a !== undefined && b !== undefined && a >= b) throw new RangeError(`Rank ${a} is not before ${b}.`);
  const low = a === undefined ? -1 : read(a);
  const high = b === undefined ? LAST + 1 : read(b);
  const whole = a === undefined && b === undefined ? Math.floor(LAST / 2) : nextWhole(a, b, low, high);
  if (whole !== undefined) return write(whole);
  // no whole number lies between: go on with the fraction behind the lower one
  const head = Math.max(low, 0);
  const floor = low < 0 ? '' : (a ?? '').slice(WHOLE);
  const ceiling = b !== undefined && high === head ? b.slice(WHOLE) : undefined;
  return write(head) + fraction(floor, ceiling);
}

/** `count` ranks in order between two others; evenly spread when there is room. */
export function ranksBetween(a: string | undefined, b: string | undefined, count: number): string[] {
  const ranks: string[] = [];
  if (b === undefined) {
    for (let last = a; ranks.length < count; ranks.push(last)) last = rankBetween(last, undefined);
    return ranks;
  }
  spread(a, b, count, ranks);
  return ranks;
}

/** Halves the room, so that ranks stay short: log n digits rather than n. */
function spread(a: string | undefined, b: string, count: number, into: string[]): void {
  if (count <= 0) return;
  const middle = rankBetween(a, b);
  const left = Math.floor((count - 1) / 2);
  spread(a, middle, left, into);
  into.push(middle);
  spread(middle, b, count - 1 - left, into);
}

/** A whole number strictly between, a step away at the open ends. */
function nextWhole(a: string | undefined, b: string | undefined, low: number, high: number): number | undefined {
  if (b === undefined && low + 1 <= LAST) return Math.min(low + STEP, LAST);
  if (a === undefined && high - STEP > 0) return high - STEP;
  const middle = Math.floor((low + high) / 2);
  // zero stays free, so that there is always something before the first
  return middle > low && middle < high && middle > 0 ? middle : undefined;
}

const read = (rank: string): number =>
  Array.from(rank.slice(0, WHOLE)).reduce((value, digit) => value * BASE + DIGITS.indexOf(digit), 0);

function write(value: number): string {
  let text = '';
  for (let rest = value; text.length < WHOLE; rest = Math.floor(rest / BASE)) text = DIGITS[rest % BASE]! + text;
  return text;
}

/** A fraction strictly between two, without trailing zeros; `ceiling` undefined means one. */
function fraction(floor: string, ceiling: string | undefined): string {
  let out = '';
  let open = ceiling === undefined;
  for (let i = 0; ; i++) {
    const low = DIGITS.indexOf(floor[i] ?? '0');
    const high = open ? BASE : DIGITS.indexOf(ceiling?.[i] ?? '0');
    const middle = Math.floor((low + high) / 2);
    if (middle > low) return out + DIGITS[middle]!;
    out += DIGITS[low]!;
    if (high > low) open = true;
  }
}
