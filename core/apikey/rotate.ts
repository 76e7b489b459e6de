import { commit } from '../platform/commit.ts';
import { mustBeAt } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { ending, entering, shortening } from './directory.ts';
import { MadeKey, RotateKey } from './schema.ts';
import { hashOf, newSecret, startOf } from './secret.ts';
import { dayMs, load, saving, shown } from './store.ts';

const hour = 3_600_000;

/** The days of its life begin anew. Of texts before, the last alone goes on, and no longer than it would have. */
export const rotate = verb({
  name: 'apikey.rotate',
  summary: 'Gives an API key another text; the one before works on for the overlap. The text is told this once.',
  needs: 'tenant:write',
  input: RotateKey,
  output: MadeKey,
  run: async (ctx, { id, version, overlapHours }) => {
    const before = await load(ctx, id);
    mustBeAt(before, version);
    const now = ctx.now();
    const secret = newSecret();
    const until = Math.min(before.expiresAt, now + overlapHours * hour);
    const next = {
      hash: hashOf(secret),
      start: startOf(secret),
      expiresAt: now + before.days * dayMs,
      previous: { hash: before.hash, until },
    };
    await commit(ctx, {
      rows: [
        saving(ctx, before, next, now),
        entering(ctx, { ...before, ...next }),
        until > now ? shortening(ctx, before.hash, until) : ending(ctx, before.hash),
        ...(before.previous ? [ending(ctx, before.previous.hash)] : []),
      ],
      audit: { object: id, before: { start: before.start }, after: { start: next.start, previousUntil: until } },
    });
    return { ...shown(ctx, { ...before, ...next, version: before.version + 1, updatedAt: now }), key: secret };
  },
});
