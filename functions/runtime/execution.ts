// Executions of the state machines, by the name that our own rows give them: a repeated start is the same start.
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { once } from '../../core/platform/once.ts';

const client = once(() => new SFNClient({}));

/** `machine`: ARN of its state machine. */
export type Execution = { readonly machine: string; readonly name: string };

const arnOf = ({ machine, name }: Execution): string => `${machine.replace(':stateMachine:', ':execution:')}:${name}`;

/** Starts an execution; a second start under the same name does nothing. `input`: ids. */
export async function startExecution({ machine, name }: Execution, input: object): Promise<void> {
  try {
    await client().send(new StartExecutionCommand({ stateMachineArn: machine, name, input: JSON.stringify(input) }));
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

/** Stops an execution that runs; one that has ended or never began is left alone. */
export async function stopExecution(execution: Execution, why: { error: string; cause: string }): Promise<void> {
  try {
    await client().send(new StopExecutionCommand({ executionArn: arnOf(execution), ...why }));
  } catch (error) {
    if (!(error instanceof ExecutionDoesNotExist)) throw error;
  }
}

/** Whether an execution is still running, or `unknown` when there is none of that name. */
export async function stateOfExecution(execution: Execution): Promise<'running' | 'ended' | 'unknown'> {
  try {
    const { status } = await client().send(new DescribeExecutionCommand({ executionArn: arnOf(execution) }));
    return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'ended';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return 'unknown';
    throw error;
  }
}
