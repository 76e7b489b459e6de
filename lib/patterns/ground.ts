// What functions stand on. The data stack makes the ground; the stacks of work and app add what works on it.
import type { IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { WorkflowName } from '../../statemachines/index.ts';

export type Ground = {
  readonly core: ITable;
  readonly directory: ITable;
  readonly ephemeral: ITable;
  /** Audit lines: put, and never changed. */
  readonly audit: ITable;
  readonly media: IBucket;
  /** Encrypts tables and bucket. */
  readonly key: IKey;
  /** The platform's keys of model providers. */
  readonly modelSecret: ISecret;
  /** Encrypts that secret, and wraps the data keys of tenants' own. */
  readonly modelKey: IKey;
  readonly pool: IUserPool;
  readonly client: IUserPoolClient;
  /** Told of every alarm. */
  readonly alarms: ITopic;
};

export type Machines = Readonly<Record<Extract<WorkflowName, 'breakdown' | 'writing'>, StateMachine>>;

/** What a capability may reach. A part that is left out cannot be granted: asking for it stops the synthesis. */
export type Reach = Partial<Ground> & {
  readonly machines?: Machines;
  /** By which tenants come and go. */
  readonly tenancy?: { readonly onboarding: StateMachine; readonly offboarding: StateMachine };
  /** `url`: where clients open one; `endpoint`: where it is pushed into. */
  readonly socket?: { readonly url: string; readonly endpoint: string; readonly connections: readonly string[] };
  readonly purge?: IQueue;
  /** Every queue of the app, by what lies in it: `queue-purge`, `queue-purge/dead-letters`. */
  readonly queues?: Readonly<Record<string, IQueue>>;
};
