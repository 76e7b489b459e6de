// Work: the steps of every workflow, the state machine that orders them, and what happens when an execution dies.
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { FunctionName } from '../../functions/catalog.ts';
import { workflows } from '../../statemachines/index.ts';
import type { StageConfig } from '../config.ts';
import { DeadLetters } from '../patterns/dead-letters.ts';
import type { Ground, Machines } from '../patterns/ground.ts';
import { ServiceFunction } from '../patterns/service-function.ts';
import { Workflow } from '../patterns/workflow.ts';

type Props = { readonly config: StageConfig; readonly ground: Ground };

export class Work extends Construct {
  readonly machines: Machines;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    this.machines = { breakdown: this.machine('breakdown', props), writing: this.machine('writing', props) };
    this.closeTasksOfDeadExecutions(props);
  }

  private machine(name: keyof Machines, { config, ground }: Props) {
    const { alarms } = ground;
    const { tasks, whenItFails } = workflows[name];
    const steps = new Map(
      [...new Set(Object.values(tasks))].map((step) => [
        step,
        new ServiceFunction(this, step, { config, reach: ground, alarms }).function,
      ]),
    );
    const functionOf = (step: FunctionName) => {
      const found = steps.get(step);
      if (!found) throw new Error(`${step} is no step of the ${name}; see statemachines/index.ts.`);
      return found;
    };
    return new Workflow(this, name, { config, alarms, functionOf, whenItFails }).machine;
  }

  private closeTasksOfDeadExecutions({ config, ground }: Props): void {
    const { alarms } = ground;
    const name = 'event-execution-ended';
    const whenItFails = 'work whose execution died stays "running" until the sweep';
    const deadLetters = new DeadLetters(this, 'EndedDeadLetters', { config, alarms, of: name, whenItFails });
    const closing = new ServiceFunction(this, name, { config, reach: ground, alarms, deadLetters });
    const stateMachineArn = Object.values(this.machines).map((machine) => machine.stateMachineArn);
    new Rule(this, 'Ended', {
      description: 'An execution failed, ran out of time or was aborted',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn, status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [new LambdaFunction(closing.function, { deadLetterQueue: deadLetters, retryAttempts: 3 })],
    });
  }
}
