// What the steps of onboarding are given: ids alone.
import { Failure } from '../../platform/failure.ts';
import type { Caught } from '../trouble.ts';

export type OnboardInput = {
  readonly tenant: string;
  readonly attempt: number;
  readonly step: string;
  readonly error?: Caught;
};

/** A commit of an attempt that is over. */
export const outrun = new Failure('CONFLICT', { reason: 'another attempt' });
