// Waiting that can be broken off, and how long to wait.

/** Waits so many ms; rejects with the signal's reason when it is aborted, also before. */
export const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

/** Full jitter: anything up to `least` × 2^attempt, at most `most`. Source: AWS Architecture Blog, "Exponential Backoff And Jitter". */
export const fullJitter = (attempt: number, least: number, most: number, random: () => number): number =>
  random() * Math.min(most, least * 2 ** attempt);
