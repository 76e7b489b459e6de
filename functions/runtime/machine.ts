// Starting and stopping the machines. The name of an execution is the task and its attempt, so a repeated start is the same start.
import { type TaskType, WritingType } from '../../core/task/schema.ts';
import { env } from './env.ts';
import { type Execution, startExecution, stateOfExecution, stopExecution } from './execution.ts';

/** One attempt of a task of some type. */
type Run = { task: string; attempt: number; type: TaskType };

/** Which machine does this type of work. */
const machineOf = ({ type }: Run): string =>
  WritingType.safeParse(type).success ? env('WRITING_STATE_MACHINE_ARN') : env('BREAKDOWN_STATE_MACHINE_ARN');

const executionOf = (run: Run): Execution => ({ machine: machineOf(run), name: `${run.task}-${run.attempt}` });

/** Starts the machine for one attempt of a task; a second start of the same attempt does nothing. */
export const startMachine = (run: Run & { tenant: string }): Promise<void> => {
  const { tenant, task, attempt } = run;
  return startExecution(executionOf(run), { tenant, task, attempt });
};

/** Stops an attempt that runs; one that has ended or never began is left alone. */
export const stopMachine = (run: Run): Promise<void> =>
  stopExecution(executionOf(run), { error: 'TaskCancelled', cause: 'The task was cancelled.' });

/** Whether an attempt is still running, or `unknown` when there is no such execution. */
export const stateOf = (run: Run): Promise<'running' | 'ended' | 'unknown'> => stateOfExecution(executionOf(run));
