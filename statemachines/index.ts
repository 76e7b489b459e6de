// Which workflow calls which function. A placeholder in the .asl.json is a key here, both ways (tested).
import type { FunctionName } from '../functions/catalog.ts';

export type WorkflowName = 'breakdown' | 'writing' | 'tenant-onboarding' | 'tenant-offboarding';

export type Workflow = {
  /** File of the definition, from the repository root. */
  readonly definition: string;
  /** Placeholder → function. */
  readonly tasks: Readonly<Record<string, FunctionName>>;
  /** Read at 3 a.m.: what people notice when its executions fail. Goes into the alarm. */
  readonly whenItFails: string;
  /** Heading of docs/runbook.md, as its anchor; `a-step-of-work-fails` where nothing is said. */
  readonly runbook?: string;
  /** Seconds it may take at most, where that is more than a day. */
  readonly longest?: number;
};

export const workflows: Readonly<Record<WorkflowName, Workflow>> = {
  breakdown: {
    definition: 'statemachines/breakdown.asl.json',
    tasks: {
      Read: 'breakdown-read',
      Extract: 'breakdown-extract',
      Resolve: 'breakdown-resolve',
      Snapshot: 'breakdown-snapshot',
      Storyboard: 'breakdown-storyboard',
      Finish: 'breakdown-finish',
      Fail: 'breakdown-fail',
    },
    whenItFails: 'scripts are not broken down',
  },
  writing: {
    definition: 'statemachines/writing.asl.json',
    tasks: {
      Plan: 'writing-plan',
      Part: 'writing-part',
      Finish: 'writing-finish',
      Fail: 'writing-fail',
    },
    whenItFails: 'scripts and prompts are not written',
  },
  'tenant-onboarding': {
    definition: 'statemachines/tenant-onboarding.asl.json',
    tasks: { Onboard: 'tenancy-onboard' },
    whenItFails: 'a tenant was not set up; what it had taken is given back',
    runbook: 'a-tenant-cannot-come-or-go',
  },
  'tenant-offboarding': {
    definition: 'statemachines/tenant-offboarding.asl.json',
    tasks: { Offboard: 'tenancy-offboard' },
    whenItFails: 'a tenant that was closed is not removed',
    runbook: 'a-tenant-cannot-come-or-go',
    // the grace of any stage (lib/config.ts), and a month for the removal
    longest: 5_184_000,
  },
};
