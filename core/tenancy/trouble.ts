// Why a machine of coming and going gave up: what the step refused with, or the name of what broke. Pure.
import { messageOf, reasonIn } from '../pipeline/refusal-line.ts';
import type { FailureCode } from '../platform/failure.ts';

export type Trouble = {
  /** The step of the machine. */
  readonly step: string;
  readonly code: FailureCode;
  readonly details?: Record<string, unknown> | undefined;
};

/** What a machine caught, as the States language tells it. */
export type Caught = { readonly Error?: string; readonly Cause?: string };

/** The trouble that a step ended in. Where none of ours is told: TENANCY_STEP_FAILED with the error's name. */
export const troubleOf = (step: string, { Error: name = 'unknown', Cause }: Caught = {}): Trouble => ({
  step,
  ...(reasonIn(messageOf(Cause)) ?? { code: 'TENANCY_STEP_FAILED', details: { reason: name } }),
});
