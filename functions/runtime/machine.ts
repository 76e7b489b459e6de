// Starting and stopping the machines. The name of an execution is the task and its attempt, so a repeated start is the same start.
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type TaskType, WritingType } from '../../core/task/schema.ts';
import { env } from './env.ts';

let shared: SFNClient | undefined;
const client = () => (shared ??= new SFNClient({}));

/** One attempt of a task of some type. */
type Run = { task: string; attempt: number; type: TaskType };

/** Which machine does this type of work. */
const machineOf = ({ type }: Run): string =>
  WritingType.safeParse(type).success ? env('WRITING_STATE_MACHINE_ARN') : env('BREAKDOWN_STATE_MACHINE_ARN');

const nameOf = ({ task, attempt }: Run) => `${task}-${attempt}`;
const executionArn = (run: Run) => `${machineOf(run).replace(':stateMachine:', ':execution:')}:${nameOf(run)}`;

/** Starts the machine for one attempt of a task; a second start of the same attempt does nothing. */
export async function startMachine(run: Run & { tenant: string }): Promise<void> {
  const { tenant, task, attempt } = run;
  try {
    await client().send(
      new StartExecutionCommand({
        stateMachineArn: machineOf(run),
        name: nameOf(run),
        input: JSON.stringify({ tenant, task, attempt }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

/** Stops an attempt that runs; one that has ended or never began is left alone. */
export async function stopMachine(run: Run): Promise<void> {
  try {
    await client().send(
      new StopExecutionCommand({
        executionArn: executionArn(run),
        error: 'TaskCancelled',
        cause: 'The task was cancelled.',
      }),
    );
  } catch (error) {
    if (!(error instanceof ExecutionDoesNotExist)) throw error;
  }
}

/** Whether an attempt is still running, or `unknown` when there is no such execution. */
export async function stateOf(run: Run): Promise<'running' | 'ended' | 'unknown'> {
  try {
    const { status } = await client().send(new DescribeExecutionCommand({ executionArn: executionArn(run) }));
    return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'ended';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return 'unknown';
    throw error;
  }
}
