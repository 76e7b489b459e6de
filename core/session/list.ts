import * as z from 'zod';
import { verb } from '../platform/verb.ts';
import { SessionShown } from './schema.ts';
import { listOf } from './store.ts';

export const list = verb({
  name: 'session.list',
  summary: 'Where the person is signed in, the one seen last first; `current` is the one that asks.',
  needs: 'self',
  input: z.object({}),
  output: z.object({ items: z.array(SessionShown) }),
  run: async (ctx) => {
    const sessions = await listOf(ctx, ctx.actor.id);
    return { items: sessions.map((one) => ({ ...one, current: one.id === ctx.session })) };
  },
});
