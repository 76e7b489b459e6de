// A function as functions/catalog.ts describes it: bundle, size, role, variables, log group and alarm.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, type IFilterPattern, type ILogGroup, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FailureCode } from '../../core/platform/failure.ts';
import { catalog, type FunctionName, type FunctionSpec } from '../../functions/catalog.ts';
import type { StageConfig } from '../config.ts';
import { acknowledgeWildcards, wildcardsOf } from './acknowledge.ts';
import { alarm, fiveMinutes, type Severity } from './alarm.ts';
import { grantOf } from './grants.ts';
import type { Reach } from './ground.ts';
import { statementsOf } from './tenant-data.ts';
import { TenantRole } from './tenant-role.ts';

const dist = resolve(import.meta.dirname, '../../dist');

const alarms: Readonly<Record<FunctionSpec['trigger'], { severity: Severity; runbook: string }>> = {
  http: { severity: 'page', runbook: 'an-http-function-fails' },
  authorizer: { severity: 'page', runbook: 'sign-in-fails' },
  pool: { severity: 'page', runbook: 'sign-in-fails' },
  stream: { severity: 'page', runbook: 'the-stream-falls-behind' },
  socket: { severity: 'ticket', runbook: 'progress-is-not-pushed' },
  task: { severity: 'ticket', runbook: 'a-step-of-work-fails' },
  queue: { severity: 'ticket', runbook: 'background-work-fails' },
  event: { severity: 'ticket', runbook: 'background-work-fails' },
  schedule: { severity: 'ticket', runbook: 'background-work-fails' },
};

/** Codes of answers that somebody must look into at once. The others of 5xx say what to wait for, and have alarms of their own or lie with somebody else. */
const faultCodes: readonly FailureCode[] = ['INTERNAL', 'SIGN_IN_UNAVAILABLE'];

const levels = { DEBUG: ApplicationLogLevel.DEBUG, INFO: ApplicationLogLevel.INFO, WARN: ApplicationLogLevel.WARN };

export type ServiceFunctionProps = {
  readonly config: StageConfig;
  readonly reach: Reach;
  readonly alarms: ITopic;
  /** For functions that AWS calls without waiting: takes the event after the last attempt. */
  readonly deadLetters?: IQueue;
};

export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;

  /** `name` is the row of the catalog and the construct's id. Throws when it was not bundled or its grant cannot be made. */
  constructor(
    scope: Construct,
    name: FunctionName,
    { config, reach, alarms: topic, deadLetters }: ServiceFunctionProps,
  ) {
    super(scope, name);
    const spec: FunctionSpec = catalog[name];
    const folder = join(this.node.tryGetContext('bundles') ?? dist, name);
    if (!existsSync(join(folder, 'index.mjs'))) throw new Error(`dist/${name} is missing: run npm run build first.`);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: config.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const grants = spec.can.map((capability) => grantOf(capability, this, reach, config));
    const data = grants.flatMap(({ data: some = [] }) => some);
    const statements = [
      ...grants.flatMap(({ statements: some = [] }) => some),
      ...(spec.across === undefined ? [] : data.flatMap((grant) => statementsOf(grant, 'across'))),
    ];
    for (const statement of statements) role.addToPolicy(statement);
    const isTenants = data.some(({ on }) => on !== 'anything');
    const dataRole =
      isTenants && spec.across === undefined && new TenantRole(this, 'Data', { own: role, grants: data });
    this.function = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(folder),
      handler: 'index.handler',
      memorySize: spec.memory,
      timeout: Duration.seconds(spec.timeout),
      environment: Object.assign(
        {},
        ...grants.map(({ env = {} }) => env),
        isTenants && { PLACES: JSON.stringify({ stage: config.stage, account: Stack.of(this).account }) },
        dataRole && { DATA_ROLE_ARN: dataRole.roleArn },
      ),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: levels[config.logLevel],
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      ...(deadLetters && { deadLetterQueue: deadLetters }),
    });
    acknowledgeWildcards(role, [...wildcardsOf(statements), ...(config.tracing ? ['*'] : [])]);
    alarm(this, config, topic, {
      name: `${name}/errors`,
      ...alarms[spec.trigger],
      whenItFails: spec.whenItFails,
      metric: this.faults(logGroup, config, spec),
      threshold: 3,
    });
  }

  /**
   * Errors, without those by which it refuses somebody: that is no fault, and whoever is refused may come again and again. What answers people
   * throws nothing that Lambda would count: there what it answers for a fault of ours is added, told by the code of its line in the log.
   */
  private faults(logGroup: ILogGroup, { stage }: StageConfig, { trigger, refuses }: FunctionSpec): IMetric {
    const errors = this.function.metricErrors({ period: fiveMinutes });
    const counted = (id: string, named: string, filterPattern: IFilterPattern) =>
      new MetricFilter(this, id, {
        logGroup,
        filterPattern,
        metricNamespace: 'Scriptloom',
        metricName: `${stage}/${this.node.id}/${named}`,
      }).metric({ period: fiveMinutes, statistic: 'Sum' });
    if (refuses !== undefined)
      return new MathExpression({
        expression: 'errors - FILL(refusals, 0)',
        usingMetrics: { errors, refusals: counted('Refusals', 'refusals', FilterPattern.anyTerm(refuses)) },
        period: fiveMinutes,
        label: 'errors that are no refusal',
      });
    if (trigger !== 'http' && trigger !== 'socket') return errors;
    const ours = FilterPattern.any(...faultCodes.map((code) => FilterPattern.stringValue('$.code', '=', code)));
    return new MathExpression({
      expression: 'errors + FILL(faults, 0)',
      usingMetrics: { errors, faults: counted('Faults', 'faults', ours) },
      period: fiveMinutes,
      label: 'errors, and answers that are faults of ours',
    });
  }
}
