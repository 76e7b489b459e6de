// How long a whole answer is waited for. Pure.
import type { ProviderId } from './schema.ts';

/** Ms. Source: providers.md 3.7, the longer for much reasoning. */
const [usualMs, longestMs] = [120_000, 600_000];
/** Ms a token: 40 a second is slow, and answers with reasoning seldom come slower; but on a machine of one's own. */
const [tokenMs, ownTokenMs] = [25, 100];

/** Ms one exchange may take that may answer with so many tokens, reasoning included. */
export const patience = (limit: number, provider?: ProviderId): number =>
  Math.min(longestMs, Math.max(usualMs, limit * (provider === 'compatible' ? ownTokenMs : tokenMs)));

/**
 * Ms of silence after which a stream is given up, where a call says nothing. A machine of one's own may have to load the model first, and
 * says nothing until it has read the question.
 */
export const silence = (provider: ProviderId): number => (provider === 'compatible' ? 180_000 : 45_000);

/**
 * Whether a model that was waited for in vain is asked again: all tries together take no longer than the longest may, so that within one step
 * another model can be asked. @param failed how often it was, this time included.
 */
export const isAskedAgain = (limit: number, failed: number, provider?: ProviderId): boolean =>
  (failed + 1) * patience(limit, provider) <= longestMs;
