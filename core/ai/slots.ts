// Slots: how many calls of a tenant a provider has under way at once, across instances. One gate row holds the leases and lets in by
// condition, so that there is never one too many; rows in order of arrival say whose turn it is, so that nobody waits for ever.
import { newId } from '../platform/id.ts';
import type { AiCtx } from './ai.ts';
import { enter, type Gate, leave, pauseUntil, roomOf } from './slots/gate.ts';
import { pauseBefore } from './slots/pause.ts';
import { aheadOf, type Place, queue, stay, stepOut } from './slots/queue.ts';

/** Calls of one tenant to one provider at once, where its policy says nothing. */
export const usualSlots = 8;

export type Slot = Gate & {
  /** Calls at once. */
  readonly limit: number;
  /** Ms the call can take at most; the lease of a caller that died ends soon after. */
  readonly callMs: number;
  /** Ms of first arrival: a call that is tried again keeps its place. */
  readonly since: number;
};

/** Between the end of the longest call and the end of its lease. */
const marginMs = 15_000;

/** Runs `run` while holding a slot. Waits for its turn as long as the signal lets it; rejects with the signal's reason. */
export async function withSlot<T>(ctx: AiCtx, slot: Slot, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const holder = newId('use', ctx.now());
  const place = await queue(ctx, slot, slot.since, holder);
  try {
    await turn(ctx, slot, { place, holder }, signal);
  } catch (error) {
    await stepOut(ctx, slot, place);
    throw error;
  }
  // the call does not wait for it; a place that stays is stepped over when it is not heard of
  const out = stepOut(ctx, slot, place).catch(() => {});
  const began = ctx.now();
  try {
    return await run();
  } finally {
    await Promise.all([leave(ctx, slot, holder, ctx.now() - began), out]);
  }
}

/** Nobody of this tenant asks this provider before so many ms have passed. */
export const rest = (ctx: AiCtx, gate: Gate, ms: number): Promise<void> => pauseUntil(ctx, gate, ctx.now() + ms);

/** Ends when it is let in. */
async function turn(
  ctx: AiCtx,
  slot: Slot,
  { place, holder }: { place: Place; holder: string },
  signal: AbortSignal,
): Promise<void> {
  const inFront = () => aheadOf(ctx, slot, place, slot.limit * farthest);
  const look = () => roomOf(ctx, slot, slot.limit);
  let [ahead, room] = await Promise.all([inFront(), look()]);
  for (;;) {
    signal.throwIfAborted();
    if (ahead < room.free && (await enter(ctx, slot, holder, slot.limit, slot.callMs + marginMs))) return;
    await ctx.ai.sleep(pauseBefore(ahead, slot.limit, room) * (0.5 + ctx.ai.random()), signal);
    await stay(ctx, slot, place);
    // those far behind need not look at the gate, those near it not at the queue while nobody goes in
    const [wasNear, { entered }] = [ahead < 2 * slot.limit, room];
    if (wasNear) room = await look();
    if (!wasNear || room.free > 0 || room.entered !== entered) ahead = await inFront();
    if (!wasNear) room = ahead < 2 * slot.limit ? await look() : { ...room, free: 0, restMs: 0 };
  }
}

/** Rounds of the gate that those in front are counted up to. */
const farthest = 5;
