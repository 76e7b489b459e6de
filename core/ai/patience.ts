// How long a whole answer is waited for. Pure.

/** Ms. Source: providers.md 3.7, the longer for much reasoning. */
const [usualMs, longestMs] = [120_000, 600_000];
/** Ms a token: 40 a second is slow, and answers with reasoning seldom come slower. */
const tokenMs = 25;

/** Ms one exchange may take that may answer with so many tokens, reasoning included. */
export const patience = (limit: number): number => Math.min(longestMs, Math.max(usualMs, limit * tokenMs));

/**
 * Whether a model that was waited for in vain is asked again: all tries together take no longer than the longest may, so that within one step
 * another model can be asked. @param failed how often it was, this time included.
 */
export const isAskedAgain = (limit: number, failed: number): boolean => (failed + 1) * patience(limit) <= longestMs;
