// The steps in which models are asked, as the matrix sees them: how their requests are told, and how the work is begun, looked at and gone on with.

import type * as Task from '../../../core/task/index.ts';
import type { Asked } from '../../../scripts/models/protocol.ts';
import type { Spoiling } from './faults.ts';
import type { Stand, Strikes } from './stand.ts';

/** How work ended: why parts of it failed, which parts are drafts and why, and what of it is missing without anybody saying so. */
export type Ended = {
  readonly status: 'completed' | 'partial' | 'failed';
  readonly task: string;
  /** Codes of what failed. */
  readonly failed: readonly string[];
  /** Codes of what stands as a draft. */
  readonly drafts: readonly string[];
  /** What is missing, empty or made up without a word. */
  readonly silent: readonly string[];
};

export type Work = {
  /** Runs to an end. */
  readonly run: () => Promise<Ended>;
  /** Goes on where it ended; called when something failed or is a draft. */
  readonly retry: () => Promise<Ended>;
};

export type Step = Strikes & {
  readonly name: string;
  /** What is answered is an object, and may lack its form. */
  readonly isObject: boolean;
  /** When every model failed the engine's draft may stand. */
  readonly hasDrafts: boolean;
  /** How words can be spoiled there at all. */
  readonly spoilings: readonly Spoiling[];
  /** Spoiled words that are put right or left out, the step being done all the same. */
  readonly endures: readonly Spoiling[];
  readonly begin: (stand: Stand) => Promise<Work>;
};

export type TaskShown = Awaited<ReturnType<typeof Task.get>>;

/** How a task ended. */
export const endOf = (task: TaskShown, silent: readonly string[]): Ended => ({
  status: task.status as Ended['status'],
  task: task.id,
  failed: [...task.failed.map(({ code }) => code), ...(task.errorCode ? [task.errorCode] : [])],
  drafts: task.drafts.map(({ code }) => code),
  silent: [
    ...silent,
    ...[...task.failed, ...task.drafts]
      .filter(({ code, message }) => message === '' || message === code)
      .map(({ code }) => `${code} has no sentence`),
  ],
});

/** What a model is asked first, by which the step is told. */
export const promptOf = ({ messages }: Asked): string => messages.find(({ role }) => role === 'user')?.text ?? '';
