// A state machine of the product played in one process, state by state as its file says; time passes at once.
import { readFileSync } from 'node:fs';
import { asFailure, StateFailure } from '../../local/stepfunctions/failure.ts';
import { runFlow } from '../../local/stepfunctions/interpreter.ts';
import { readDefinition } from '../../local/stepfunctions/read.ts';
import { type WorkflowName, workflows } from '../../statemachines/index.ts';
import { caught } from './run.ts';

export type World = {
  /** Runs a task with the input of its state. */
  readonly task: (input: never) => Promise<unknown>;
  /** Epoch ms. */
  readonly now: () => number;
  /** Lets so many milliseconds pass. */
  readonly pass: (ms: number) => void;
};

/** Runs an execution to its end; answers the states it entered, and the name of the error it ended with. */
export async function played(name: WorkflowName, input: object, { task, now, pass }: World) {
  const text = readFileSync(workflows[name].definition, 'utf8');
  const filled = text.replace(/\$\{(\w+)\}/g, 'arn:aws:lambda:us-east-1:000000000000:function:$1');
  const states: string[] = [];
  const host = {
    task: async (_: string, given: unknown, started: () => void) => {
      started();
      try {
        return await task(given as never);
      } catch (error) {
        const { Error: named, Cause } = caught(error);
        throw new StateFailure(named, Cause);
      }
    },
    sleep: async (ms: number) => pass(ms),
    random: () => 1,
    now,
    record: ({ type, state }: { type: string; state: string }) => {
      if (type === 'entered') states.push(state);
    },
    leave: () => undefined,
    reached: () => undefined,
  };
  const run = { host, signal: new AbortController().signal, context: {}, flow: '' };
  try {
    await runFlow(readDefinition(name, JSON.parse(filled)), input, run);
    return { states, error: undefined };
  } catch (error) {
    return { states, error: asFailure(error).error };
  }
}
