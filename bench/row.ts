// One line of the table: what was measured, what came out, what was wanted.

export type Row = {
  readonly what: string;
  /** As it is printed, with its unit. */
  readonly figure: string;
  readonly goal: string;
  readonly met: boolean;
};

/** A row whose figure must not be above the goal. */
export const atMost = (what: string, value: number, goal: number, unit = ''): Row => ({
  what,
  figure: `${round(value)}${unit}`,
  goal: `≤ ${goal}${unit}`,
  met: value <= goal,
});

/** A row whose figure must not be below the goal. */
export const atLeast = (what: string, value: number, goal: number, unit = ''): Row => ({
  what,
  figure: `${round(value)}${unit}`,
  goal: `≥ ${goal}${unit}`,
  met: value >= goal,
});

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

/** The middle one. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
