// Which workflow calls which function. A placeholder in the .asl.json is a key here, both ways (tested).
import type { FunctionName } from '../functions/catalog.ts';

export type WorkflowName = 'breakdown' | 'writing';

export type Workflow = {
  /** File of the definition, from the repository root. */
  readonly definition: string;
  /** Placeholder → function. */
  readonly tasks: Readonly<Record<string, FunctionName>>;
  /** Read at 3 a.m.: what people notice when its executions fail. Goes into the alarm. */
  readonly whenItFails: string;
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
};
