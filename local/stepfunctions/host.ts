// The world of an execution as the interpreter sees it, and what it reports.
import type { State } from './definition.ts';

/** What happened, in the order it happened; `detail` is the input, output or error of the state. */
export type HistoryEvent = {
  readonly type: 'entered' | 'exited' | 'retried' | 'caught' | 'failed';
  readonly state: string;
  readonly stateType: State['Type'];
  readonly detail: unknown;
};

export type Context = Record<string, unknown>;

/** Where a flow stands between two states. */
export type Reached = {
  /** States it has left. */
  readonly steps: number;
  /** The state to enter; undefined once the flow has ended. */
  readonly next: string | undefined;
  /** Input of that state, or the flow's output. */
  readonly data: unknown;
};

/** The world of an execution. */
export type Host = {
  /** Runs a task. `started` is called when it leaves the line and begins: its timeout counts from there. */
  readonly task: (resource: string, input: unknown, started: () => void) => Promise<unknown>;
  /** Milliseconds; rejects with the signal's reason when that is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  readonly now: () => number;
  readonly record: (event: HistoryEvent) => void;
  /** Records that a flow left a state, and where it stands now. `flow` tells flows of one execution apart. */
  readonly leave: (event: HistoryEvent, flow: string, reached: Reached) => void;
  /** Where a flow stood when the execution was cut off; undefined for one that left no state yet. */
  readonly reached: (flow: string) => Reached | undefined;
};

/** One flow of an execution at work. */
export type Run = {
  readonly host: Host;
  readonly signal: AbortSignal;
  readonly context: Context;
  /** '' for the machine itself; for an iteration or a branch the place of its state and its number. */
  readonly flow: string;
};
