// What people remove can be brought back for a time; then it is gone for good.

/** Days. Our own: long enough that a mistake is noticed at the end of a month. Told in docs/limits.md. */
export const restorableDays = 30;

/** Epoch ms from which on what is removed now cannot be brought back. */
export const purgeAtOf = (now: number): number => now + restorableDays * 86_400_000;
