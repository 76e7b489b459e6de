// How long somebody who waits before a gate looks away. A look costs, and is of use only about the time when a call ends: by how long the
// last call took it is known when that will be. Pure.
import type { Room } from './gate.ts';

/** Places in the queue must be seen alive. */
const longestPauseMs = 5000;

/** Ms of a pause where no call has ended yet, and the shortest there is. */
const [usualMs, shortestMs] = [60, 30];

/** Ms until the next look; nobody looks while the gate rests. @param ahead how many wait in front @param limit how many may be inside */
export const pauseBefore = (ahead: number, limit: number, room: Room): number =>
  Math.max(untilTurn(ahead, limit, room), Math.min(room.restMs, longestPauseMs));

function untilTurn(ahead: number, limit: number, { free, ages, took = 0 }: Room): number {
  const rounds = ahead / limit;
  if (rounds >= 1) return Math.min(Math.max(400, took / 5) * rounds, longestPauseMs);
  if (took === 0) return usualMs;
  // so many have to go out first; the one that is longest inside goes first, likely
  const age = ages[Math.max(0, ahead - Math.max(0, free))] ?? took;
  const early = took * surely - age;
  const pause = early > 0 ? Math.min(early, took / 10) : Math.max(took, age) / 50;
  return Math.min(Math.max(shortestMs, pause), longestNearMs);
}

/** Part of the time of the last call that another takes as well, nearly always. */
const surely = 0.9;

/** Calls of one provider differ: a short one beside long ones leaves its slot unused for no longer. */
const longestNearMs = 1000;
