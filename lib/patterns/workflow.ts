// A state machine from its file: placeholders filled from statemachines/index.ts, and leave to call exactly those functions.
import { resolve } from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { FunctionName } from '../../functions/catalog.ts';
import { type WorkflowName, workflows } from '../../statemachines/index.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge, acknowledgeWildcards } from './acknowledge.ts';
import { alarm, fiveMinutes } from './alarm.ts';
import { vendedLogs } from './vended-logs.ts';

const root = resolve(import.meta.dirname, '../..');

export type WorkflowProps = {
  readonly config: StageConfig;
  readonly alarms: ITopic;
  /** The function behind a name of the task table. */
  readonly functionOf: (name: FunctionName) => IFunction;
  readonly whenItFails: string;
};

export class Workflow extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, name: WorkflowName, { config, alarms, functionOf, whenItFails }: WorkflowProps) {
    super(scope, name);
    const { definition, tasks, runbook = 'a-step-of-work-fails' } = workflows[name];
    const functions = Object.entries(tasks).map(
      ([placeholder, task]) => [placeholder, functionOf(task).functionArn] as const,
    );
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [...new Set(functions.map(([, arn]) => arn))],
      }),
    );
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromFile(resolve(root, definition)),
      definitionSubstitutions: Object.fromEntries(functions),
      role,
      tracingEnabled: config.tracing,
      removalPolicy: RemovalPolicy.DESTROY,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          logGroupName: vendedLogs(config, 'states', name),
          retention: config.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    acknowledgeWildcards(role, ['*']);
    if (!config.tracing) acknowledge(this.machine, 'untraced-machine');
    for (const [symptom, metric] of [
      ['failed', this.machine.metricFailed({ period: fiveMinutes })],
      ['timed-out', this.machine.metricTimedOut({ period: fiveMinutes })],
    ] as const)
      alarm(this, config, alarms, {
        name: `${name}/${symptom}`,
        severity: 'ticket',
        whenItFails,
        runbook,
        metric,
        threshold: 1,
      });
  }
}
