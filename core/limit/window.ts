// How many may come in a minute: a sliding window of fixed cells, of which each container leases some at a time. Pure: time is an argument.
// A lease is counted in the cell it was taken in, and a cell counts until it lies wholly outside the window, so that no sixty seconds hold
// more leases than the limit; what is more than the limit can only be leases that are spent after the window moved on: one a container.
// No more than a burst is leased in one cell, and who was refused within the last minute is let in evenly, an equal part in each
// cell and within it step by step: a caller who never stops would else come in with all he has at once, and everybody beside him
// would notice. What was not taken is carried on, an even part at most: who comes in batches loses nothing.

export const windowMs = 60_000;
/** A window ends between 60 and 62 seconds after it began: at most 3.2 % is left unused. */
export const cellMs = 2000;
const cellsOfWindow = windowMs / cellMs;
/** What a cell may have is given out in so many steps, where it is given out evenly: a quarter of a second each. */
const stepsOfCell = 8;
/** A lease not spent by then is void: what it was counted for is forgotten half a window later. */
const leaseMs = 10_000;
/** Of the limit, at most this part is leased at once (docs/adr/0008, 12). */
const leasePart = 20;

/** Leases counted, by cell; cells without any may be left out. */
export type Cells = ReadonlyMap<number, number>;

/** What the table knows. `refusedAt`: ms of when somebody was last refused, 0 where that is long ago. */
export type Counted = { readonly cells: Cells; readonly refusedAt: number };

export const cellOf = (now: number): number => Math.floor(now / cellMs);

/** The first cell that still counts. */
export const firstCell = (now: number): number => cellOf(now) - cellsOfWindow;

/** What a container knows of one who is limited. */
export type Known = {
  /** Leased and not spent, until when. */
  readonly tokens: number;
  readonly until: number;
  /** Size of the last lease, and when it was taken. */
  readonly lease: number;
  readonly since: number;
  /** What the table had left then, of so many ms: of the window, or of the present cell. */
  readonly left: number;
  readonly spanMs: number;
  /** Nobody comes in before. */
  readonly emptyUntil: number;
};

export const nothing: Known = {
  tokens: 0,
  until: 0,
  lease: 0,
  since: 0,
  left: Infinity,
  spanMs: windowMs,
  emptyUntil: 0,
};

export type Decision =
  | { readonly admitted: true; readonly known: Known }
  | { readonly admitted: false; readonly retryMs: number }
  /** Nothing is known: so many are to be leased first. */
  | { readonly lease: number };

/** Whether one more comes in. */
export function decide(known: Known, limit: number, now: number): Decision {
  if (known.tokens > 0 && now < known.until) return { admitted: true, known: { ...known, tokens: known.tokens - 1 } };
  if (now < known.emptyUntil) return { admitted: false, retryMs: known.emptyUntil - now };
  return { lease: leaseSize(known, limit, now) };
}

/** As many as came within the last second, at most twice as many as last time: little is left unspent, and a busy container writes seldom. */
function leaseSize({ lease, since, left, tokens }: Known, limit: number, now: number): number {
  const spent = lease - tokens;
  const wanted = Math.ceil((spent * 1000) / Math.max(1, now - since));
  const most = Math.min(limit / leasePart, lease * 2, left / 2);
  return Math.max(1, Math.floor(Math.min(wanted, most)));
}

/** What became of a lease that was added to the cells: what was let in of it, and what is to be taken out again. */
export type Leased = {
  readonly known: Known;
  readonly admitted: boolean;
  readonly back: number;
  readonly retryMs: number;
  /** Somebody is refused who uses his limit up: from now on he is let in evenly, for a minute. */
  readonly isNoted: boolean;
};

/** @param counted with the lease counted in the cell of `now` */
export function leased(
  before: Known,
  limit: number,
  lease: number,
  { cells, refusedAt }: Counted,
  now: number,
  burst = burstOf(limit),
): Leased {
  const ofMinute = sumOf(cells, now) - lease;
  const ofWindow = Math.max(0, limit - ofMinute);
  const isPaced = now - refusedAt < windowMs;
  const taken = (cells.get(cellOf(now)) ?? 0) - lease;
  const due = { carried: carriedTo(cells, limit, now), taken };
  const ofCell = Math.max(0, isPaced ? dueBy(limit, due, now) : burst - taken);
  const left = Math.min(ofWindow, ofCell);
  const granted = Math.min(lease, left);
  const freeInCell = isPaced ? dueAt(limit, { ...due, taken: taken + granted }, now) : nextCell(now);
  const freeFrom = ofWindow > 0 ? freeInCell : freeAt(cells, limit + lease, now);
  const known = {
    tokens: Math.max(0, granted - 1),
    until: now + leaseMs,
    lease: granted,
    since: now,
    left: left - granted,
    spanMs: ofCell < ofWindow ? (isPaced ? wholeSeconds(freeInCell - now) : cellMs) : windowMs,
    emptyUntil: granted > 0 ? 0 : freeFrom,
  };
  // what others have leased meanwhile in this container is theirs still
  const kept = now < before.until ? before.tokens : 0;
  return {
    known: { ...known, tokens: known.tokens + kept },
    admitted: granted > 0,
    back: lease - granted,
    retryMs: Math.max(0, known.emptyUntil - now),
    // being let in evenly is no reason to be let in evenly for longer
    isNoted: granted === 0 && (!isPaced || ofMinute > limit / 2),
  };
}

/** Of a limit, what one cell may have where it is given out evenly. */
const evenPart = (limit: number): number => Math.ceil(limit / cellsOfWindow);

/** What the present cell began with, and what was taken in it. */
type Due = { readonly carried: number; readonly taken: number };

/** What was given out evenly in the window and not taken: never more than an even part. */
function carriedTo(cells: Cells, limit: number, now: number): number {
  const part = evenPart(limit);
  let carried = part;
  for (let cell = firstCell(now); cell < cellOf(now); cell++)
    carried = Math.min(part, Math.max(0, carried + part - (cells.get(cell) ?? 0)));
  return carried;
}

/** How many are due by now and not taken. */
function dueBy(limit: number, { carried, taken }: Due, now: number): number {
  const part = evenPart(limit);
  const steps = Math.floor(((now % cellMs) * stepsOfCell) / cellMs) + 1;
  return Math.min(part, carried + Math.ceil((part * steps) / stepsOfCell) - taken);
}

/** When another is due: with a step of this cell, or with the next cell. */
function dueAt(limit: number, { carried, taken }: Due, now: number): number {
  const steps = Math.max(0, Math.floor(((taken - carried) * stepsOfCell) / evenPart(limit)));
  return cellOf(now) * cellMs + (Math.min(stepsOfCell, steps) * cellMs) / stepsOfCell;
}

const wholeSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000)) * 1000;

/** Most that comes in within one cell: a twelfth of a limit, and fifty, which is more than a page that opens asks at once. */
export const burstOf = (limit: number): number => Math.max(50, Math.ceil(limit / 12));

const nextCell = (now: number): number => (cellOf(now) + 1) * cellMs;

const sumOf = (cells: Cells, now: number): number => {
  const first = firstCell(now);
  let sum = 0;
  for (const [cell, count] of cells) if (cell >= first) sum += count;
  return sum;
};

/** When enough cells have left the window that fewer than `limit` are counted; a cell later at the earliest. */
function freeAt(cells: Cells, limit: number, now: number): number {
  let sum = sumOf(cells, now);
  const counted = [...cells].filter(([cell]) => cell >= firstCell(now)).sort(([a], [b]) => a - b);
  for (const [cell, count] of counted) {
    sum -= count;
    if (sum < limit) return Math.max(now + 1, (cell + 1) * cellMs + windowMs);
  }
  return now + cellMs;
}
