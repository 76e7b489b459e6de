// Each capability of functions/catalog.ts in one place: its environment variables and its IAM statements, and nothing else.
import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Capability } from '../../functions/catalog.ts';
import type { StageConfig } from '../config.ts';
import type { Reach } from './ground.ts';

export type Grant = {
  readonly env?: Readonly<Record<string, string>>;
  readonly statements?: readonly PolicyStatement[];
};

type Granting = (scope: Construct, reach: Required<Reach>, config: StageConfig) => Grant;

const allow = (actions: string[], ...resources: string[]) => new PolicyStatement({ actions, resources });

const reading = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
// a transaction is authorised by the action of each of its parts
const writing = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'];

/** The indexes of the core table; the stacks and the grants name them once. */
export const coreIndexes = ['gsi1', 'gsi2'] as const;

/** Audit lines by object, by actor and by verb. */
export const auditIndexes = ['gsi1', 'gsi2', 'gsi3'] as const;

const indexed = ({ tableArn }: ITable, indexes: readonly string[] = coreIndexes) => [
  tableArn,
  ...indexes.map((index) => `${tableArn}/index/${index}`),
];

/** Use of the key through the services that hold the data, never by itself. */
export function keyUse(scope: Construct, { key }: Reach, actions: string[]): PolicyStatement {
  const { region, urlSuffix } = Stack.of(scope);
  const services = ['dynamodb', 's3'].map((service) => `${service}.${region}.${urlSuffix}`);
  return new PolicyStatement({
    actions,
    resources: [key?.keyArn ?? ''],
    conditions: { StringEquals: { 'kms:ViaService': services } },
  });
}

export const decrypting = ['kms:Decrypt', 'kms:DescribeKey'];
const encrypting = [...decrypting, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

const onTable =
  (variable: string, which: 'core' | 'directory' | 'ephemeral', write: boolean): Granting =>
  (scope, reach) => ({
    env: { [variable]: reach[which].tableName },
    statements: [
      allow(reading, ...(which === 'core' ? indexed(reach.core) : [reach[which].tableArn])),
      ...(write ? [allow(writing, reach[which].tableArn)] : []),
      keyUse(scope, reach, write ? encrypting : decrypting),
    ],
  });

/** Lines are put and never changed, whatever else a role may hold: an explicit Deny wins. A transaction's Put is authorised as PutItem. */
const auditWrite: Granting = (scope, reach) => ({
  env: { AUDIT_TABLE: reach.audit.tableName },
  statements: [
    allow(['dynamodb:PutItem'], reach.audit.tableArn),
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
      resources: [reach.audit.tableArn],
    }),
    keyUse(scope, reach, encrypting),
  ],
});

/** Objects of tenants; every key of the product starts like this (core/platform/blob.ts). */
const objects = ({ media }: Required<Reach>) => media.arnForObjects('tenants/*');

// Without ListBucket S3 answers 403 for an object that is not there, and a missing cache entry would look like a refusal.
const mediaRead: Granting = (scope, reach) => ({
  env: { MEDIA_BUCKET: reach.media.bucketName },
  statements: [
    allow(['s3:GetObject'], objects(reach)),
    allow(['s3:ListBucket'], reach.media.bucketArn),
    keyUse(scope, reach, decrypting),
  ],
});

const poolNames: Granting = (_, { pool, client }) => ({
  env: { USER_POOL_ID: pool.userPoolId, USER_POOL_CLIENT_ID: client.userPoolClientId },
});

/** The platform's keys, which models are asked by default, and what addresses may be typed. */
const planning: Granting = (scope, { modelSecret, modelKey }, { models, addresses }) => {
  const { region, urlSuffix } = Stack.of(scope);
  const reading = new PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [modelKey.keyArn],
    conditions: {
      StringEquals: {
        'kms:ViaService': `secretsmanager.${region}.${urlSuffix}`,
        'kms:EncryptionContext:SecretARN': modelSecret.secretArn,
      },
    },
  });
  return {
    env: {
      MODEL_SECRET: modelSecret.secretArn,
      MODELS: JSON.stringify(models),
      MODEL_ADDRESSES: JSON.stringify(addresses),
    },
    statements: [allow(['secretsmanager:GetSecretValue'], modelSecret.secretArn), reading],
  };
};

const joined = (...grants: readonly Grant[]): Grant => ({
  env: Object.assign({}, ...grants.map(({ env = {} }) => env)),
  statements: grants.flatMap(({ statements = [] }) => statements),
});

/** The domain that mails come from. */
export const mailIdentityArn = (scope: Construct, domain: string): string =>
  Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: domain });

const granting: Readonly<Record<Capability, Granting>> = {
  'core:read': onTable('CORE_TABLE', 'core', false),
  'core:write': onTable('CORE_TABLE', 'core', true),
  'directory:read': onTable('DIRECTORY_TABLE', 'directory', false),
  'directory:write': onTable('DIRECTORY_TABLE', 'directory', true),
  'ephemeral:write': onTable('EPHEMERAL_TABLE', 'ephemeral', true),
  'audit:write': auditWrite,
  'audit:read': (scope, reach) => ({
    env: { AUDIT_TABLE: reach.audit.tableName },
    statements: [allow(reading, ...indexed(reach.audit, auditIndexes)), keyUse(scope, reach, decrypting)],
  }),
  'media:read': mediaRead,
  'media:write': (scope, reach, config) => {
    const { env = {}, statements = [] } = mediaRead(scope, reach, config);
    const put = allow(['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], objects(reach));
    return { env, statements: [...statements, put, keyUse(scope, reach, encrypting)] };
  },
  'media:delete': (_, reach) => ({
    env: { MEDIA_BUCKET: reach.media.bucketName },
    statements: [
      allow(['s3:DeleteObject', 's3:AbortMultipartUpload'], objects(reach)),
      allow(['s3:ListBucket'], reach.media.bucketArn),
    ],
  }),
  'pool:sign-in': poolNames,
  'pool:verify': poolNames,
  'pool:admin': (_, { pool }) => ({
    env: { USER_POOL_ID: pool.userPoolId },
    statements: [
      allow(
        ['cognito-idp:AdminGetUser', 'cognito-idp:AdminUserGlobalSignOut', 'cognito-idp:AdminSetUserMFAPreference'],
        pool.userPoolArn,
      ),
    ],
  }),
  'mail:send': (scope, _, { mail }) =>
    mail
      ? { env: { MAIL_FROM: mail.from }, statements: [allow(['ses:SendEmail'], mailIdentityArn(scope, mail.domain))] }
      : {},
  'pool:confirm': (_, __, { signUp }) => ({ env: { SIGN_UP_CONFIRMATION: signUp } }),
  'tenant:found': (_, __, { firstPlan }) => ({ env: { FIRST_PLAN: firstPlan } }),
  'work:run': (scope, { machines: { breakdown, writing } }) => ({
    env: {
      BREAKDOWN_STATE_MACHINE_ARN: breakdown.stateMachineArn,
      WRITING_STATE_MACHINE_ARN: writing.stateMachineArn,
    },
    statements: [breakdown, writing].flatMap((machine) => [
      allow(['states:StartExecution'], machine.stateMachineArn),
      allow(['states:StopExecution', 'states:DescribeExecution'], executionsOf(scope, machine.stateMachineName)),
    ]),
  }),
  'socket:push': (_, { socket }) => ({
    env: { SOCKET_ENDPOINT: socket.endpoint },
    statements: [allow(['execute-api:ManageConnections'], socket.connections)],
  }),
  'models:plan': planning,
  'models:ask': (scope, reach, config) => joined(planning(scope, reach, config), sealing(reach, 'kms:Decrypt')),
  'keys:write': (_, reach) => sealing(reach, 'kms:GenerateDataKey'),
  'purge:send': (_, { purge }) => ({
    env: { PURGE_QUEUE_URL: purge.queueUrl },
    statements: [allow(['sqs:SendMessage'], purge.queueArn)],
  }),
};

/** Tenants' keys are sealed for a tenant and a provider; a context that lacks one of them or has more is of something else. */
const sealedForTenant = {
  Null: { 'kms:EncryptionContext:tenant': 'false', 'kms:EncryptionContext:provider': 'false' },
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'provider'] },
};

const sealing = ({ modelKey }: Required<Reach>, action: string): Grant => ({
  env: { MODEL_KEY: modelKey.keyArn },
  statements: [new PolicyStatement({ actions: [action], resources: [modelKey.keyArn], conditions: sealedForTenant })],
});

const executionsOf = (scope: Construct, machine: string): string =>
  Stack.of(scope).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${machine}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/**
 * Environment and IAM of a capability. Throws naming the part when it is asked of something `reach` leaves out.
 * The wildcards in it (objects of a bucket, executions, connections) are acknowledged by ServiceFunction.
 */
export function grantOf(capability: Capability, scope: Construct, reach: Reach, config: StageConfig): Grant {
  const complete = new Proxy(reach, {
    get(target, part) {
      const found = target[part as keyof Reach];
      if (found === undefined)
        throw new Error(
          `${scope.node.path} asks for ${capability}, and ${String(part)} does not exist where it stands.`,
        );
      return found;
    },
  });
  return granting[capability](scope, complete as Required<Reach>, config);
}
