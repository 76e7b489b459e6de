// The machines by which tenants come and go: an execution for each attempt of an onboarding and for each closing.
import { env } from './env.ts';
import { startExecution, stopExecution } from './execution.ts';

/** Starts an attempt of an onboarding. */
export const startOnboarding = (tenant: string, attempt: number): Promise<void> =>
  startExecution({ machine: env('ONBOARDING_STATE_MACHINE_ARN'), name: `${tenant}-${attempt}` }, { tenant, attempt });

/** Starts a closing. */
export const startOffboarding = (tenant: string, closing: string): Promise<void> =>
  startExecution({ machine: env('OFFBOARDING_STATE_MACHINE_ARN'), name: closing }, { tenant, closing });

/** Stops a closing that was taken back. */
export const stopOffboarding = (closing: string): Promise<void> =>
  stopExecution(
    { machine: env('OFFBOARDING_STATE_MACHINE_ARN'), name: closing },
    { error: 'ClosingTakenBack', cause: 'The closing was taken back within its grace.' },
  );
