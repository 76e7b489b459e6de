// Work side by side, so much at once and no more.

/** Runs `jobs`, at most `most` at once. The first failure stops the rest: nothing new begins after it. */
export async function together(
  jobs: readonly ((signal: AbortSignal) => Promise<unknown>)[],
  most: number,
  signal: AbortSignal,
): Promise<unknown[]> {
  const failed = new AbortController();
  const inner = AbortSignal.any([signal, failed.signal]);
  const results: unknown[] = Array.from({ length: jobs.length });
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < jobs.length) {
      inner.throwIfAborted();
      const index = next++;
      results[index] = await jobs[index]?.(inner);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(most, jobs.length) }, lane));
    return results;
  } catch (thrown) {
    failed.abort(thrown);
    throw thrown;
  }
}
