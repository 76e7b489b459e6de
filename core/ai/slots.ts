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

/**
 * Runs `run` while holding a slot. Waits for its turn as long as the signal lets it; rejects with the signal's reason. What came of `run` stands
 * also where the slot cannot be given back: its lease ends by itself.
 */
export async function withSlot<T>(ctx: AiCtx, slot: Slot, signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  const holder = newId('use', ctx.now());
  const place = await queue(ctx, slot, slot.since, holder);
  try {
    await turn(ctx, slot, { place, holder }, signal);
  } catch (error) {
    await stepOut(ctx, slot, place).catch(() => {});
    throw error;
  }
  // the call does not wait for it; a place that stays is stepped over when it is not heard of
  const out = stepOut(ctx, slot, place).catch(() => {});
  const began = ctx.now();
  try {
    return await run();
  } finally {
    await Promise.all([leave(ctx, slot, holder, ctx.now() - began).catch(() => {}), out]);
  }
}

/** Nobody of this tenant asks this provider before so many ms have passed. */
export const rest = (ctx: AiCtx, gate: Gate, ms: number): Promise<void> => pauseUntil(ctx, gate, ctx.now() + ms);

/**
 * Ends when it is let in. Of those who were counted in front about as many are gone as came in since, which the gate tells. They are counted anew
 * by whoever has come near, for others may have arrived at the same moment or were too many to count; and when slots stay free that are
 * somebody's in front, who may be dead.
 */
async function turn(
  ctx: AiCtx,
  slot: Slot,
  { place, holder }: { place: Place; holder: string },
  signal: AbortSignal,
): Promise<void> {
  const { limit } = slot;
  const inFront = () => aheadOf(ctx, slot, place, limit * farthest);
  let [ahead, room] = await Promise.all([inFront(), roomOf(ctx, slot, limit)]);
  for (let [counted, isSure] = [{ ahead, entered: room.entered }, false]; ; ) {
    signal.throwIfAborted();
    if (ahead < room.free && (await enter(ctx, slot, holder, limit, slot.callMs + marginMs))) return;
    await ctx.ai.sleep(pauseBefore(ahead, limit, room) * (0.5 + ctx.ai.random()), signal);
    await stay(ctx, slot, place);
    room = await roomOf(ctx, slot, limit);
    ahead = leftOf(counted, room);
    if ((isSure || ahead >= limit) && (room.free <= 0 || ahead < room.free)) continue;
    ahead = await inFront();
    [counted, isSure] = [{ ahead, entered: room.entered }, ahead < limit];
  }
}

/** How many of those who were counted in front are there still. A gate that was made anew begins to count anew. */
const leftOf = (counted: { readonly ahead: number; readonly entered: number }, { entered }: Room): number =>
  Math.max(0, counted.ahead - Math.max(0, entered - counted.entered));

/** Rounds of the gate that those in front are counted up to. */
const farthest = 5;
