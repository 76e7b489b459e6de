import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { everywhere } from '../platform/reach.ts';
import { verb } from '../platform/verb.ts';
import { keepTicket } from './store.ts';

export const openTicket = verb({
  name: 'socket.open_ticket',
  summary:
    'A one-time ticket, valid 30 seconds, that opens the progress socket: connect to `url`, which has the ticket in it already.',
  needs: 'task:read',
  input: z.object({}),
  output: z.object({ ticket: z.string(), url: z.string(), expiresAt: z.int() }),
  run: async (ctx) => {
    // pushed is what is within reach when the ticket opens a socket (connect.ts)
    everywhere(ctx);
    const ticket = randomBytes(24).toString('base64url');
    const url = `${ctx.stores.socketUrl}?ticket=${ticket}`;
    return { ticket, url, expiresAt: await keepTicket(ctx, ticket) };
  },
});
