// What the machine of writing does for every kind of thing that is written: it plans its parts, has each written, and closes it
// (functions/tasks/writing, core/pipeline/writing). A kind says how.
import type { AiCtx } from '../ai/index.ts';
import type { Failure } from '../platform/failure.ts';
import type { Asking } from '../reader/asking.ts';
import type { Said } from '../task/said.ts';
import type { Shelf } from './shelf.ts';

/** One piece of writing. */
export type Job = {
  readonly shelf: Shelf;
  /** As it was kept when the work was asked for; the kind's own schema reads it. */
  readonly brief: unknown;
  /** What the gateway is told of the work. */
  readonly asking: Asking;
  /** The built-in engine writes, and nobody is asked. */
  readonly isBuiltin: boolean;
};

export type Planned = {
  /** Numbers of the parts, unique in the task. Those of a wave are written at once, a wave after the one before it has ended. */
  readonly waves: readonly (readonly number[])[];
  readonly message: Said;
};

export type WrittenPart = {
  /** Nobody was asked: it was there. */
  readonly cached: boolean;
  /** What of it could not be as it was asked for. */
  readonly notice?: Failure | undefined;
  /** Why some of it stands as the built-in engine's draft. */
  readonly draft?: Failure | undefined;
  readonly message: Said;
};

/** Tells clients how many characters there are of a part that is being written. */
export type Telling = (characters: number) => Promise<void>;

export type WritingKind = {
  /** Repeated, it answers the same: what was planned stands on the shelf. */
  readonly plan: (ctx: AiCtx, job: Job) => Promise<Planned>;
  /** Writes one part and keeps it on the shelf. Repeated, it goes on where it was; what is whole is not asked again. */
  readonly part: (ctx: AiCtx, job: Job, number: number, tell: Telling) => Promise<WrittenPart>;
};
