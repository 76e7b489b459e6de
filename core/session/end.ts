import * as z from 'zod';
import { commit } from '../platform/commit.ts';
import { notFound } from '../platform/failure.ts';
import { verb } from '../platform/verb.ts';
import { EndSession } from './schema.ts';
import { ending, listOf } from './store.ts';

export const end = verb({
  name: 'session.end',
  summary: 'Ends one sign-in of the person; its tokens are refused within 30 seconds.',
  needs: 'self',
  input: EndSession,
  output: z.object({ ended: z.literal(true) }),
  run: async (ctx, { id }) => {
    const user = ctx.actor.id;
    const found = (await listOf(ctx, user)).find((one) => one.id === id);
    if (!found) throw notFound();
    const { device, ip } = found;
    await commit(ctx, {
      rows: [ending(ctx, user, id)],
      audit: { object: id, before: { device, ip } },
      facts: [{ type: 'session.ended', subject: user }],
    });
    return { ended: true as const };
  },
});
