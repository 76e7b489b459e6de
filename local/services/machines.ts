// The state machines of the plan: their executions on disk, their door, and whom they tell when they end.
import type { DatabaseSync } from 'node:sqlite';
import { admitWith } from '../iam/admit.ts';
import type { Callers } from '../iam/callers.ts';
import type { Answer } from '../lambda/instance.ts';
import type { Lambda } from '../lambda/pool.ts';
import { openDoor } from '../stepfunctions/door.ts';
import { Executions } from '../stepfunctions/executions.ts';
import { type Execution, Journal } from '../stepfunctions/journal.ts';
import type { MachinePlan } from '../template/machine.ts';

export type Machines = {
  readonly url: string;
  /** Starts a machine for an event; a second start for the same event changes nothing. */
  readonly startFor: (machineArn: string, input: string, eventId: string) => void;
  /** Goes on with what was left unfinished. */
  readonly resume: () => void;
  readonly stop: () => Promise<void>;
};

export type MachineWorld = {
  readonly lambda: Lambda;
  readonly callers: Callers;
  readonly database: DatabaseSync;
  readonly port: number;
  readonly changed: (execution: Execution) => Promise<boolean>;
  readonly fault: (error: unknown) => void;
};

/** Throws WORKFLOW_NOT_UNDERSTOOD or PORT_TAKEN. */
export async function serveMachines(machines: readonly MachinePlan[], world: MachineWorld): Promise<Machines> {
  const { lambda, callers, database, port, changed, fault } = world;
  const journal = new Journal(database, Date.now());
  const invoke = async (machine: MachinePlan, arn: string, event: unknown, started: () => void): Promise<Answer> => {
    const reason = callers.authorizeRole(machine.role, 'lambda:InvokeFunction', arn);
    if (reason === undefined) return lambda.invoke(arn, event, { started });
    const errorMessage = `The role ${machine.role} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} ${reason}`;
    return { ok: false, error: { errorType: 'States.Permissions', errorMessage } };
  };
  const executions = new Executions({ machines, journal, invoke, changed, fault });
  const door = await openDoor({ executions, journal, port, authorize: admitWith(callers, 'states') });
  return {
    url: door.url,
    startFor: (arn, input, eventId) => {
      if (!executions.has(arn, eventId)) executions.start(arn, input, eventId);
    },
    resume: () => executions.resume(),
    stop: async () => {
      await executions.halt();
      await door.stop();
    },
  };
}
