/** Waits before a call to the table is tried again: full jitter, 0 … 25 ms × 2^attempt. */
export const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * 25 * 2 ** attempt));
