// A machine run by the interpreter alone: tasks are plain functions, waiting takes no time.

import type { HistoryEvent, Host, Reached } from '../../../local/stepfunctions/host.ts';
import { runFlow } from '../../../local/stepfunctions/interpreter.ts';
import { readDefinition } from '../../../local/stepfunctions/read.ts';

export const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

export type Task = (input: never, started: () => void) => unknown;

export type Ran = {
  readonly output: unknown;
  readonly events: readonly HistoryEvent[];
  /** Milliseconds of each wait, in order. */
  readonly waits: readonly number[];
};

export type Standing = Map<string, Reached>;

/** Runs a definition; `tasks` by name, called as `arnOf(name)`. Rejects as the interpreter does. */
export async function run(
  states: Record<string, unknown>,
  input: unknown,
  tasks: Record<string, Task> = {},
  more: { readonly random?: number; readonly signal?: AbortSignal; readonly standing?: Standing } = {},
): Promise<Ran> {
  const [StartAt] = Object.keys(states);
  const machine = readDefinition('test', { StartAt, States: states });
  const events: HistoryEvent[] = [];
  const waits: number[] = [];
  const standing: Standing = more.standing ?? new Map();
  const host: Host = {
    task: async (resource, given, started) => {
      const name = resource.split(':').at(-1) ?? '';
      return (tasks[name] as unknown as (input: unknown, started: () => void) => unknown)(given, started);
    },
    sleep: async (milliseconds) => void waits.push(milliseconds),
    random: () => more.random ?? 0.5,
    now: () => Date.parse('2026-11-24T00:00:00Z') + waits.reduce((sum, one) => sum + one, 0),
    record: (event) => void events.push(event),
    leave: (event, flow, reached) => {
      events.push(event);
      standing.set(flow, reached);
    },
    reached: (flow) => standing.get(flow),
  };
  const signal = more.signal ?? new AbortController().signal;
  const output = await runFlow(machine, input, { host, signal, context: { Execution: { Name: 'one' } }, flow: '' });
  return { output, events, waits };
}

/** A Task state for `arnOf(name)`. */
export const task = (name: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  Type: 'Task',
  Resource: arnOf(name),
  End: true,
  ...more,
});
