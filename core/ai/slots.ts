// Slots: how many calls of a tenant a provider has under way at once, across instances. One gate row holds the leases and lets in by
// condition, so that there is never one too many; rows in order of arrival say whose turn it is, so that nobody waits for ever.
import { newId } from '../platform/id.ts';
import type { AiCtx } from './ai.ts';
import { enter, type Gate, leave, pauseUntil, type Room, roomOf } from './slots/gate.ts';
import { pauseBefore } from './slots/pause.ts';
import { aheadOf, type Place, queue, stay, stepOut } from './slots/queue.ts';

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

/**
 * Ends when it is let in. The queue is counted once; of those counted in front as many are gone as came in since, which the gate tells.
 * Counted anew when slots stay free that are somebody's in front, who may be dead.
 */
async function turn(
  ctx: AiCtx,
  slot: Slot,
  { place, holder }: { place: Place; holder: string },
  signal: AbortSignal,
): Promise<void> {
  const inFront = () => aheadOf(ctx, slot, place, slot.limit * farthest);
  const look = () => roomOf(ctx, slot, slot.limit);
  const [ahead, first] = await Promise.all([inFront(), look()]);
  for (let [room, counted] = [first, { ahead, entered: first.entered }]; ; room = await look()) {
    signal.throwIfAborted();
    if (room.free > 0 && leftOf(counted, room) >= room.free)
      counted = { ahead: await inFront(), entered: room.entered };
    const left = leftOf(counted, room);
    if (left < room.free && (await enter(ctx, slot, holder, slot.limit, slot.callMs + marginMs))) return;
    await ctx.ai.sleep(pauseBefore(left, slot.limit, room) * (0.5 + ctx.ai.random()), signal);
    await stay(ctx, slot, place);
  }
}

/** How many of those who were counted in front are there still. A gate that was made anew begins to count anew. */
const leftOf = ({ ahead, entered }: { ahead: number; entered: number }, room: Room): number =>
  Math.max(0, ahead - Math.max(0, room.entered - entered));

/** Rounds of the gate that those in front are counted up to. */
const farthest = 5;
