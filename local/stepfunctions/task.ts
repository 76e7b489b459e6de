// One attempt of a Task: its function, cut off when its time is over.
import type { TaskState } from './definition.ts';
import { StateFailure } from './failure.ts';
import type { Run } from './host.ts';
import { readPath } from './path.ts';
import { fill } from './payload.ts';

/** setTimeout's own limit. */
const mostMilliseconds = 2_147_483_647;

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** What the function answers. Rejects with States.Timeout, the function's own failure, or the reason of a stop. */
export async function runTask(state: TaskState, input: unknown, { host, signal, context }: Run): Promise<unknown> {
  const seconds = state.TimeoutSecondsPath
    ? Number(readPath(state.TimeoutSecondsPath, input, context))
    : state.TimeoutSeconds;
  const cut = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const started = () => {
    const late = new StateFailure('States.Timeout', `The task did not end within ${seconds} seconds.`);
    if (seconds !== undefined) timer = setTimeout(() => cut.abort(late), Math.min(seconds * 1000, mostMilliseconds));
  };
  const effective = state.Parameters ? fill(state.Parameters, input, context) : input;
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, cut.signal, ended.signal]);
  try {
    return await Promise.race([host.task(state.Resource, effective, started), aborted(stop)]);
  } finally {
    clearTimeout(timer);
    ended.abort();
  }
}
