// "Step Functions Execution Status Change", as Step Functions puts it on the event bus.
import type { Execution } from '../stepfunctions/journal.ts';
import { account, region } from '../template/identity.ts';
import { eventId } from './event-id.ts';

export const statusChange = (execution: Execution) => ({
  version: '0',
  id: eventId(execution.arn, execution.status),
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account,
  time: new Date(execution.stopped ?? execution.started).toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [execution.arn],
  detail: {
    executionArn: execution.arn,
    stateMachineArn: execution.machine,
    name: execution.name,
    status: execution.status,
    startDate: execution.started,
    stopDate: execution.stopped,
    input: execution.input,
    inputDetails: { included: true },
    output: execution.output,
    outputDetails: execution.output === null ? null : { included: true },
    error: execution.error,
    cause: execution.cause,
  },
});
