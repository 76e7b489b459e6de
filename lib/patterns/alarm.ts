// An alarm says how grave it is, what people notice, and where the runbook says what to do. Its name never changes by itself.
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';

export type Severity =
  /** Wakes somebody: people cannot work. */
  | 'page'
  /** For the next working day: something is late or piling up. */
  | 'ticket';

export type AlarmSpec = {
  /** `<thing>/<symptom>`, e.g. `http-auth/errors`; the alarm is called `scriptloom-<stage>/<name>`. */
  readonly name: string;
  readonly severity: Severity;
  readonly whenItFails: string;
  /** Heading of docs/runbook.md, as its anchor. */
  readonly runbook: string;
  readonly metric: IMetric;
  /** Goes off at this value or above. */
  readonly threshold: number;
  /** Periods in a row before it goes off. */
  readonly periods?: number;
};

/** Watching starts with the stage's topic; an alarm that ends is told too. */
export function alarm(scope: Construct, config: StageConfig, topic: ITopic, spec: AlarmSpec): Alarm {
  const made = new Alarm(scope, `${spec.name.replace('/', '-')}-alarm`, {
    alarmName: `scriptloom-${config.stage}/${spec.name}`,
    alarmDescription: `[${spec.severity}] ${spec.whenItFails}. What to do: docs/runbook.md#${spec.runbook}`,
    metric: spec.metric,
    threshold: spec.threshold,
    evaluationPeriods: spec.periods ?? 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  const tell = new SnsAction(topic);
  made.addAlarmAction(tell);
  made.addOkAction(tell);
  return made;
}

export const fiveMinutes = Duration.minutes(5);
