// What the steps of offboarding are given and answer. The machine carries ids and counts of seconds; everything else is in the rows.
import { Failure } from '../../platform/failure.ts';
import type { Caught } from '../trouble.ts';

export type OffboardInput = {
  readonly tenant: string;
  /** The closing it is carried out for. */
  readonly closing: string;
  readonly step: string;
  /** Where the last portion ended. */
  readonly after?: string;
  readonly error?: Caught;
};

export type Portion = {
  /** False: the closing was taken back, or another one goes on. */
  readonly goes: boolean;
  /** Whether nothing is left for another portion. */
  readonly done: boolean;
  readonly after: string;
};

export const left = (after = ''): Portion => ({ goes: true, done: false, after });
export const finished: Portion = { goes: true, done: true, after: '' };
export const overtaken: Portion = { goes: false, done: true, after: '' };

/** A commit of a closing that is not this one any more. */
export const outrun = new Failure('CONFLICT', { reason: 'another closing' });
