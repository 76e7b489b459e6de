// Executions of all machines: started once per name, stopped on request, and after a crash gone on with where they stood.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../lambda/instance.ts';
import type { MachinePlan } from '../template/machine.ts';
import type { Machine } from './definition.ts';
import { ExecutionRefused } from './execution-refused.ts';
import { StateFailure } from './failure.ts';
import type { Context, HistoryEvent, Host } from './host.ts';
import { runFlow } from './interpreter.ts';
import type { Ending, Execution, Journal, StoredEvent } from './journal.ts';
import { readDefinition } from './read.ts';
import { checkStart, executionArn, parseInput } from './start.ts';

export type ExecutionsOptions = {
  readonly machines: readonly MachinePlan[];
  readonly journal: Journal;
  /** Runs a function for a machine; `started` is called when it leaves the line. */
  readonly invoke: (machine: MachinePlan, functionArn: string, event: unknown, started: () => void) => Promise<Answer>;
  /** Hears of every start and end; true once everybody who asked has heard. An end that was not heard of is told again at the next start. */
  readonly changed: (execution: Execution) => Promise<boolean>;
  /** A fault of the machine or of ours, e.g. a full disk under the journal: the execution stays RUNNING. */
  readonly fault: (error: unknown) => void;
};

type Running = { readonly control: AbortController; readonly ended: Promise<void> };

/** Why an execution's signal was aborted. */
class Stopped {
  readonly ending: Omit<Ending, 'stopped'> | undefined;
  /** Without an ending the cloud itself goes down: the execution stays RUNNING and goes on at the next start. */
  constructor(ending?: Omit<Ending, 'stopped'>) {
    this.ending = ending;
  }
}

/** setTimeout's own limit, milliseconds. */
const longestTimer = 2_147_483_647;

/** The invocation a Task asks for: `lambda:invoke` names the function in its parameters and wraps the answer. */
const invocationOf = (resource: string, input: unknown): { arn: string; event: unknown; wrapped: boolean } => {
  if (resource !== 'arn:aws:states:::lambda:invoke') return { arn: resource, event: input, wrapped: false };
  const { FunctionName, Payload } = input as { FunctionName?: string; Payload?: unknown };
  return { arn: FunctionName ?? '', event: Payload ?? {}, wrapped: true };
};

export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #machines: ReadonlyMap<string, { plan: MachinePlan; machine: Machine }>;
  readonly #running = new Map<string, Running>();

  /** Throws WORKFLOW_NOT_UNDERSTOOD for a definition that does not run here. */
  constructor(options: ExecutionsOptions) {
    this.#options = options;
    this.#machines = new Map(
      options.machines.map((plan) => [plan.arn, { plan, machine: readDefinition(plan.name, plan.definition) }]),
    );
  }

  /** Goes on with what a crash or a stop left unfinished, and announces ends nobody heard of. */
  resume(): void {
    for (const execution of this.#options.journal.unfinished()) {
      if (execution.status === 'RUNNING') this.#launch(execution);
      else this.#announce(execution);
    }
  }

  /** The same name with the same input while it runs is the same execution; any other reuse of a name is refused. */
  start(machineArn: string, input = '{}', name: string = randomUUID()): Execution {
    const found = this.#machines.get(machineArn);
    if (!found) throw new ExecutionRefused('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
    checkStart(name, input);
    const arn = executionArn(machineArn, name);
    const before = this.#options.journal.find(arn);
    if (before) {
      if (before.status === 'RUNNING' && before.input === input) return before;
      throw new ExecutionRefused('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    this.#options.journal.start({ arn, machine: machineArn, name, input, started: Date.now() });
    const execution = this.describe(arn);
    this.#options.changed(execution).catch(this.#options.fault);
    this.#launch(execution);
    return execution;
  }

  /** Whether the machine was ever started under that name. */
  has(machineArn: string, name: string): boolean {
    return this.#options.journal.find(executionArn(machineArn, name)) !== undefined;
  }

  describe(arn: string): Execution {
    const found = this.#options.journal.find(arn);
    if (found) return found;
    throw new ExecutionRefused('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  }

  /** Aborts: no task is begun any more. Ending an ended execution changes nothing. Answers when it ended. */
  async stop(arn: string, error?: string, cause?: string): Promise<Execution> {
    this.describe(arn);
    const running = this.#running.get(arn);
    running?.control.abort(new Stopped({ status: 'ABORTED', ...(error && { error }), ...(cause && { cause }) }));
    await running?.ended;
    return this.describe(arn);
  }

  /** Ends work without ending executions: they go on at the next start. */
  async halt(): Promise<void> {
    for (const { control } of this.#running.values()) control.abort(new Stopped());
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }

  #launch(execution: Execution): void {
    const control = new AbortController();
    const ended = this.#run(execution, control)
      .catch(this.#options.fault)
      .finally(() => this.#running.delete(execution.arn));
    this.#running.set(execution.arn, { control, ended });
  }

  async #run(execution: Execution, control: AbortController): Promise<void> {
    const found = this.#machines.get(execution.machine);
    const ending = found
      ? await this.#outcome(execution, found, control)
      : {
          status: 'FAILED' as const,
          error: 'StateMachineDoesNotExist',
          cause: 'The machine is no longer in the template.',
        };
    if (!ending) return;
    this.#options.journal.end(execution.arn, { ...ending, stopped: Date.now() });
    // Whoever waits for the end need not wait until everybody has heard of it.
    this.#announce(this.describe(execution.arn));
  }

  #announce(execution: Execution): void {
    const { changed, journal, fault } = this.#options;
    changed(execution)
      .then((heard) => heard && journal.announced(execution.arn))
      .catch(fault);
  }

  async #outcome(
    execution: Execution,
    { plan, machine }: { plan: MachinePlan; machine: Machine },
    control: AbortController,
  ): Promise<Omit<Ending, 'stopped'> | undefined> {
    // After a restart the whole time is given again: the machine was off, the work was not slow.
    const seconds = machine.TimeoutSeconds;
    const late = () => control.abort(new Stopped({ status: 'TIMED_OUT' }));
    const timer = seconds === undefined ? undefined : setTimeout(late, Math.min(seconds * 1000, longestTimer));
    const input = parseInput(execution.input);
    const context: Context = {
      Execution: {
        Id: execution.arn,
        Input: input,
        Name: execution.name,
        RoleArn: plan.role,
        StartTime: new Date(execution.started).toISOString(),
        RedriveCount: 0,
      },
      StateMachine: { Id: plan.arn, Name: plan.name },
    };
    try {
      const output = await runFlow(machine, input, {
        host: this.#host(execution, plan, control),
        signal: control.signal,
        context,
        flow: '',
      });
      return { status: 'SUCCEEDED', output: JSON.stringify(output) ?? 'null' };
    } catch (thrown) {
      if (thrown instanceof Stopped) return thrown.ending;
      if (thrown instanceof StateFailure) return { status: 'FAILED', error: thrown.error, cause: thrown.cause };
      throw thrown;
    } finally {
      clearTimeout(timer);
    }
  }

  #host({ arn }: Execution, plan: MachinePlan, control: AbortController): Host {
    const { journal, invoke, fault } = this.#options;
    let id = journal.count(arn);
    const stored = (event: HistoryEvent): StoredEvent => ({
      ...event,
      id: ++id,
      at: Date.now(),
      detail: JSON.stringify(event.detail) ?? 'null',
    });
    const write = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        // No failure of a state: nothing may be retried or caught while the journal cannot be written.
        control.abort(new Stopped());
        fault(error);
      }
    };
    return {
      task: async (resource, input, started) => {
        const { arn: functionArn, event, wrapped } = invocationOf(resource, input);
        const answer = await invoke(plan, functionArn, event, started);
        if (!answer.ok) throw new StateFailure(answer.error.errorType, JSON.stringify(answer.error));
        const payload: unknown = JSON.parse(answer.payload);
        return wrapped ? { ExecutedVersion: '$LATEST', StatusCode: 200, Payload: payload } : payload;
      },
      sleep: async (milliseconds, signal) => {
        // A Wait may last a year; a timer may not.
        for (let left = milliseconds; left > 0; left -= longestTimer)
          await sleep(Math.min(left, longestTimer), undefined, { signal }).catch(() => signal.throwIfAborted());
      },
      random: Math.random,
      now: Date.now,
      record: (event) => write(() => journal.record(arn, stored(event))),
      leave: (event, flow, reached) => write(() => journal.leave(arn, stored(event), flow, reached)),
      reached: (flow) => journal.reached(arn, flow),
    };
  }
}
