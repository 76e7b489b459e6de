// The sweep: every quarter of an hour, whatever was forgotten is ended or cleaned up.
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { catalog } from '../../functions/catalog.ts';
import type { StageConfig } from '../config.ts';
import { DeadLetters } from '../patterns/dead-letters.ts';
import type { Ground, Reach } from '../patterns/ground.ts';
import { ServiceFunction } from '../patterns/service-function.ts';

const name = 'schedule-sweep';

export class Sweep extends Construct {
  constructor(scope: Construct, id: string, props: { config: StageConfig; ground: Ground; reach: Reach }) {
    super(scope, id);
    const { config, ground, reach } = props;
    const { alarms } = ground;
    const { whenItFails } = catalog[name];
    const deadLetters = new DeadLetters(this, 'DeadLetters', { config, alarms, of: name, whenItFails });
    const sweeping = new ServiceFunction(this, name, { config, reach, alarms, deadLetters }).function;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [sweeping.functionArn] }));
    role.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }));
    new CfnSchedule(this, 'Schedule', {
      description: 'Ends orphaned work and forgotten uploads',
      scheduleExpression: 'rate(15 minutes)',
      flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: 5 },
      target: {
        arn: sweeping.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: deadLetters.queueArn },
        retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 900 },
      },
    });
  }
}
