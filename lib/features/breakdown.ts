// The breakdown: seven steps, the state machine that orders them, and what happens when an execution dies.
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { FunctionName } from '../../functions/catalog.ts';
import { workflows } from '../../statemachines/index.ts';
import type { StageConfig } from '../config.ts';
import { DeadLetters } from '../patterns/dead-letters.ts';
import type { Ground } from '../patterns/ground.ts';
import { ServiceFunction } from '../patterns/service-function.ts';
import { Workflow } from '../patterns/workflow.ts';

export class Breakdown extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { config, ground }: { config: StageConfig; ground: Ground }) {
    super(scope, id);
    const { alarms } = ground;
    const steps = new Map(
      [...new Set(Object.values(workflows.breakdown.tasks))].map((name) => [
        name,
        new ServiceFunction(this, name, { config, reach: ground, alarms }).function,
      ]),
    );
    const functionOf = (name: FunctionName) => {
      const found = steps.get(name);
      if (!found) throw new Error(`${name} is no step of the breakdown; see statemachines/index.ts.`);
      return found;
    };
    const whenItFails = 'scripts are not broken down';
    this.machine = new Workflow(this, 'breakdown', { config, alarms, functionOf, whenItFails }).machine;
    this.closeTasksOfDeadExecutions(config, ground);
  }

  private closeTasksOfDeadExecutions(config: StageConfig, ground: Ground): void {
    const { alarms } = ground;
    const name = 'event-execution-ended';
    const whenItFails = 'work whose execution died stays "running" until the sweep';
    const deadLetters = new DeadLetters(this, 'EndedDeadLetters', { config, alarms, of: name, whenItFails });
    const closing = new ServiceFunction(this, name, { config, reach: ground, alarms, deadLetters });
    new Rule(this, 'Ended', {
      description: 'An execution of the breakdown failed, ran out of time or was aborted',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [this.machine.stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [new LambdaFunction(closing.function, { deadLetterQueue: deadLetters, retryAttempts: 3 })],
    });
  }
}
