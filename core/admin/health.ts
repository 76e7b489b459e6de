// How what runs for all tenants stands: what is due, what waits in queues, what was given up, and whether the sweep still runs.
import * as z from 'zod';
import type { Ctx } from '../platform/ctx.ts';
import { due } from '../platform/reminder.ts';
import { lastSweep } from '../platform/swept.ts';
import { platformVerb } from './platform.ts';

/** Messages of a queue, about; `inFlight`: somebody works on them; `delayed`: not to be looked at yet. */
const Queue = z.object({ name: z.string(), waiting: z.int(), inFlight: z.int(), delayed: z.int() });
export type QueueDepth = z.infer<typeof Queue>;

/** A context that tells how deep the queues are. */
type Watching = Ctx & { readonly queues: () => Promise<QueueDepth[]> };

/** A function that was not given the queues may not ask: our own mistake, told at once. */
function watching(ctx: Ctx): Watching {
  if (!('queues' in ctx)) throw new TypeError('this function was not given the queues');
  return ctx as Watching;
}

/** What is more is not counted. */
const mostCounted = 10_000;

/** Ms. The sweep runs every quarter of an hour, within five minutes; two that were missed are told. */
const lateMs = 45 * 60_000;

const Due = z.object({ kind: z.string(), count: z.int(), oldest: z.int() });
const Seen = z.object({
  due: z.array(Due),
  isComplete: z.boolean(),
  queues: z.array(Queue),
  /** Null where none has ended yet. */
  lastSweep: z.object({ at: z.int(), looked: z.int(), failed: z.int() }).nullable(),
});

/** `dead_letters`: something was given up; `sweep_late`, `sweep_failing`: the sweep; `due_late`: what it should have looked after. */
const Problem = z.enum(['dead_letters', 'sweep_late', 'sweep_failing', 'due_late']);

export const health = platformVerb({
  name: 'platform.health',
  summary:
    'What nobody has looked after in time, by kind; what waits in queues and dead letters; the last sweep; and what of it is a problem. How far streams are behind is told by the alarms.',
  input: z.object({}),
  output: Seen.extend({ problems: z.array(Problem) }),
  run: async (ctx) => {
    const [counted, queues, swept] = await Promise.all([dueOf(ctx), watching(ctx).queues(), lastSweep(ctx)]);
    const seen = { ...counted, queues, lastSweep: swept ?? null };
    return { ...seen, problems: problemsOf(seen, ctx.now()) };
  },
});

async function dueOf(ctx: Ctx): Promise<Pick<z.infer<typeof Seen>, 'due' | 'isComplete'>> {
  const kinds = new Map<string, z.infer<typeof Due>>();
  let counted = 0;
  for await (const { kind, at } of due(ctx)) {
    const known = kinds.get(kind) ?? { kind, count: 0, oldest: at };
    kinds.set(kind, { kind, count: known.count + 1, oldest: Math.min(known.oldest, at) });
    if (++counted === mostCounted) break;
  }
  return { due: [...kinds.values()], isComplete: counted < mostCounted };
}

/** What of it somebody should look at. Pure. */
export function problemsOf(seen: z.infer<typeof Seen>, now: number): z.infer<typeof Problem>[] {
  const { due: kinds, queues, lastSweep: swept } = seen;
  const found = {
    dead_letters: queues.some(
      ({ name, waiting, inFlight }) => name.endsWith('/dead-letters') && waiting + inFlight > 0,
    ),
    sweep_late: !swept || swept.at < now - lateMs,
    sweep_failing: swept !== null && swept.failed > 0,
    due_late: kinds.some(({ oldest }) => oldest < now - lateMs),
  };
  return Problem.options.filter((problem) => found[problem]);
}
