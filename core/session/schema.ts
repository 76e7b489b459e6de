// Sign-ins as the person sees them.
import * as z from 'zod';

export const EndSession = z.object({ id: z.string().min(1).max(100) });

/** `firstSeen`, `lastSeen`: epoch milliseconds; the latter is noted every five minutes. */
export const SessionShown = z.object({
  id: z.string(),
  device: z.string(),
  ip: z.string(),
  firstSeen: z.int(),
  lastSeen: z.int(),
  current: z.boolean(),
});
