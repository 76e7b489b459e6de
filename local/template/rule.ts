// AWS::Events::Rule and AWS::Scheduler::Schedule: what is told to whom, when something happens or when it is time.
import * as z from 'zod';
import { refuse } from './resolve.ts';
import { ignored, number, type Resource, read } from './resource.ts';

export type TargetPlan = {
  /** ARN of a function, a queue or a state machine. */
  readonly arn: string;
  /** JSON text handed over instead of the event. */
  readonly input?: string;
  /** JSONPath of the part of the event handed over. */
  readonly inputPath?: string;
  readonly role?: string;
  /** Attempts after the first. */
  readonly retries: number;
  /** ARN of the queue that takes what could not be delivered. */
  readonly deadLetters?: string;
};

export type RulePlan = {
  readonly name: string;
  readonly arn: string;
  readonly pattern?: unknown;
  /** `rate(1 hour)`, `cron(0 3 * * ? *)` */
  readonly schedule?: string;
  readonly targets: readonly TargetPlan[];
};

const deadLetters = z.strictObject({ Arn: z.string().optional() }).optional();
const retryPolicy = z
  .strictObject({ MaximumRetryAttempts: number.optional(), MaximumEventAgeInSeconds: number.optional() })
  .optional();

const target = z.strictObject({
  Arn: z.string(),
  Id: z.string().optional(),
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  RoleArn: z.string().optional(),
  DeadLetterConfig: deadLetters,
  RetryPolicy: retryPolicy,
});

const ruleSchema = z.strictObject({
  Name: z.string().optional(),
  EventBusName: z.literal('default', 'only the default bus runs here').optional(),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(target).default([]),
  Description: ignored,
  RoleArn: ignored,
  Tags: ignored,
});

const scheduleSchema = z.strictObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.enum(['UTC', 'Etc/UTC'], 'only UTC runs here').optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: target,
  GroupName: z.literal('default', 'only the default group runs here').optional(),
  // A flexible window only says how late AWS may be.
  FlexibleTimeWindow: ignored,
  Description: ignored,
  KmsKeyArn: ignored,
});

const file = 'rule.ts';
/** What EventBridge and Scheduler do unless told otherwise. */
const defaultRetries = 185;

const planTarget = (resource: Resource, given: z.output<typeof target>): TargetPlan => {
  if (!/^arn:aws:(lambda:.*:function:|sqs:|states:.*:stateMachine:)/.test(given.Arn))
    return refuse(
      resource,
      `its target ${given.Arn} does not run here.`,
      'Use a function, a queue or a state machine.',
    );
  return {
    arn: given.Arn,
    retries: given.RetryPolicy?.MaximumRetryAttempts ?? defaultRetries,
    ...(given.Input !== undefined && { input: given.Input }),
    ...(given.InputPath !== undefined && { inputPath: given.InputPath }),
    ...(given.RoleArn !== undefined && { role: given.RoleArn }),
    ...(given.DeadLetterConfig?.Arn !== undefined && { deadLetters: given.DeadLetterConfig.Arn }),
  };
};

/** The rule, or undefined when the template switched it off. */
export function readRule(resource: Resource): RulePlan | undefined {
  const properties = read(resource, ruleSchema, file);
  if (properties.State === 'DISABLED') return undefined;
  const { EventPattern: pattern, ScheduleExpression: schedule } = properties;
  return {
    name: resource.identity.ref,
    arn: resource.identity.attributes.Arn ?? '',
    ...(pattern && { pattern }),
    ...(schedule && { schedule }),
    targets: properties.Targets.map((one) => planTarget(resource, one)),
  };
}

/** The schedule as a rule with one target, or undefined when the template switched it off. */
export function readSchedule(resource: Resource): RulePlan | undefined {
  const properties = read(resource, scheduleSchema, file);
  if (properties.State === 'DISABLED') return undefined;
  const planned = planTarget(resource, properties.Target);
  return {
    name: resource.identity.ref,
    arn: resource.identity.attributes.Arn ?? '',
    schedule: properties.ScheduleExpression,
    // Scheduler hands over an empty object unless the schedule says what.
    targets: [{ ...planned, input: planned.input ?? '{}' }],
  };
}
