// Each capability of functions/catalog.ts in one place: its environment variables and its IAM statements, and nothing else.
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Capability } from '../../functions/catalog.ts';
import type { StageConfig } from '../config.ts';
import type { Reach } from './ground.ts';
import { anyKeyArn, namesOf, type OwnTable, ownBucketArn, ownTableArn } from './own-place.ts';
import type { DataGrant, Keys } from './tenant-data.ts';

export type Grant = {
  readonly env?: Readonly<Record<string, string>>;
  /** Of the function itself. */
  readonly statements?: readonly PolicyStatement[];
  /** Of what belongs to tenants: for the session of one of them, or across all where the function says so. */
  readonly data?: readonly DataGrant[];
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

/** The services that hold the data, as KMS is told of them. */
const dataServices = (scope: Construct): string[] => {
  const { region, urlSuffix } = Stack.of(scope);
  return ['dynamodb', 's3'].map((service) => `${service}.${region}.${urlSuffix}`);
};

/** Use of the pool's key through the services that hold the data, never by itself. */
const keyUse = (scope: Construct, { key }: Required<Reach>, actions: string[]): PolicyStatement =>
  new PolicyStatement({
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': dataServices(scope) } },
  });

/** The same of it and of tenants' own keys. */
export const keysUse = (
  scope: Construct,
  { key }: { key: IKey },
  config: StageConfig,
  actions: string[],
): DataGrant => ({
  on: 'keys',
  actions,
  keys: keysLike(scope, config, key.keyArn),
  services: dataServices(scope),
});

const keysLike = (scope: Construct, config: StageConfig, pool: string): Keys => ({
  pool,
  any: anyKeyArn(scope),
  alias: (tenant) => namesOf(config, tenant).key,
});

export const decrypting = ['kms:Decrypt', 'kms:DescribeKey'];
const encrypting = [...decrypting, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

const indexesIn = { core: coreIndexes, audit: auditIndexes, ephemeral: [] } as const;

/** The tables of a kind: the pool's, and a tenant's own. */
const tablesOf =
  (scope: Construct, reach: Required<Reach>, config: StageConfig, which: OwnTable) =>
  (tenant: string): string[] => [reach[which].tableArn, ownTableArn(scope, config, which, tenant)];

/** The rows of tenants in a table. */
const tenantRows =
  (variable: string, which: keyof typeof indexesIn, write: boolean): Granting =>
  (scope, reach, config) => {
    const tables = tablesOf(scope, reach, config, which);
    const indexes = (tenant: string) =>
      tables(tenant).flatMap((table) => indexesIn[which].map((index) => `${table}/index/${index}`));
    return {
      env: { [variable]: reach[which].tableName },
      data: [
        { on: 'rows', actions: write ? [...reading, ...writing] : reading, resources: tables },
        ...(indexesIn[which].length ? [{ on: 'index', actions: ['dynamodb:Query'], resources: indexes } as const] : []),
        keysUse(scope, reach, config, write ? encrypting : decrypting),
      ],
    };
  };

/** The directory crosses tenants. Its rows and those of a tenant are written in one transaction, which one role must be allowed. */
const directory =
  (write: boolean): Granting =>
  (scope, reach) => {
    const { tableName, tableArn } = reach.directory;
    const statements = [
      allow(write ? [...reading, ...writing] : reading, tableArn),
      keyUse(scope, reach, write ? encrypting : decrypting),
    ];
    return {
      env: { DIRECTORY_TABLE: tableName },
      statements,
      ...(write && { data: statements.map((statement) => ({ on: 'anything', statement }) as const) }),
    };
  };

/** A tenant's own entry of the directory, which says where it lies. */
const entry: Granting = (scope, reach) => ({
  env: { DIRECTORY_TABLE: reach.directory.tableName },
  data: [
    { on: 'entry', table: reach.directory.tableArn },
    { on: 'anything', statement: keyUse(scope, reach, decrypting) },
  ],
});

/** Rows of the ephemeral table that are found before a tenant is known, or are of several: by what their keys begin with. */
const sharedRows =
  (actions: string[], ...keys: string[]): Granting =>
  (scope, reach) => ({
    env: { EPHEMERAL_TABLE: reach.ephemeral.tableName },
    statements: [
      new PolicyStatement({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [reach.ephemeral.tableArn],
        conditions: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys.map((key) => `${key}#*`) },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
      keyUse(scope, reach, encrypting),
    ],
  });

/** Lines are put and never changed, whatever else a role may hold. A transaction's Put is authorised as PutItem. */
const auditWrite: Granting = (scope, reach, config) => {
  const resources = tablesOf(scope, reach, config, 'audit');
  const changing = ['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'];
  return {
    env: { AUDIT_TABLE: reach.audit.tableName },
    data: [
      { on: 'rows', actions: ['dynamodb:PutItem'], resources },
      { on: 'never', actions: changing, resources },
      keysUse(scope, reach, config, encrypting),
    ],
  };
};

/** The objects of tenants, and the list of them, which tells what is not there. */
const media =
  (actions: string[], keyActions: string[], lists: readonly string[] = ['s3:ListBucket']): Granting =>
  (scope, reach, config) => {
    const buckets = (tenant: string) => [reach.media.bucketArn, ownBucketArn(scope, config, tenant)];
    return {
      env: { MEDIA_BUCKET: reach.media.bucketName },
      data: [
        { on: 'objects', actions: actions.map((action) => `s3:${action}`), buckets },
        { on: 'list', actions: lists, buckets },
        ...(keyActions.length ? [keysUse(scope, reach, config, keyActions)] : []),
      ],
    };
  };

const putting = ['PutObject', 'AbortMultipartUpload', 'ListMultipartUploadParts'];

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
  data: grants.flatMap(({ data = [] }) => data),
});

/** Tenants' own keys of models, sealed for a tenant and a provider. */
const sealing =
  (action: string): Granting =>
  (scope, { modelKey }, config) => ({
    env: { MODEL_KEY: modelKey.keyArn },
    data: [{ on: 'seals', actions: [action], keys: keysLike(scope, config, modelKey.keyArn) }],
  });

/** The domain that mails come from. */
export const mailIdentityArn = (scope: Construct, domain: string): string =>
  Stack.of(scope).formatArn({ service: 'ses', resource: 'identity', resourceName: domain });

const granting: Readonly<Record<Capability, Granting>> = {
  'core:read': tenantRows('CORE_TABLE', 'core', false),
  'core:write': tenantRows('CORE_TABLE', 'core', true),
  'directory:read': directory(false),
  'directory:write': directory(true),
  'place:read': entry,
  'ephemeral:write': tenantRows('EPHEMERAL_TABLE', 'ephemeral', true),
  'audit:write': auditWrite,
  'audit:read': tenantRows('AUDIT_TABLE', 'audit', false),
  'open-requests:write': sharedRows(['PutItem', 'UpdateItem', 'DeleteItem'], 'IDEM'),
  'tickets:write': sharedRows(['PutItem'], 'TICKET'),
  'sockets:write': sharedRows(['PutItem', 'DeleteItem', 'Query'], 'TICKET', 'SOCKET'),
  'sockets:drop': sharedRows(['DeleteItem'], 'SOCKET'),
  'reminders:write': sharedRows(['PutItem'], 'DUE'),
  'failed-sign-ins:write': sharedRows(['UpdateItem'], 'SIGNIN'),
  'breakers:write': sharedRows(['GetItem', 'UpdateItem', 'DeleteItem'], 'BREAKER'),
  'media:read': media(['GetObject'], decrypting),
  'media:write': media(['GetObject', ...putting], encrypting),
  'media:delete': media(['DeleteObject', 'AbortMultipartUpload'], []),
  // for good: old versions too, and what tells of them
  'media:purge': media(
    ['DeleteObject', 'DeleteObjectVersion', 'AbortMultipartUpload'],
    [],
    ['s3:ListBucket', 's3:ListBucketVersions'],
  ),
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
  'open:count': (scope, reach, config) =>
    joined(sharedRows(['GetItem', 'UpdateItem'], 'RATE')(scope, reach, config), {
      env: { OPEN_RATE: String(config.openRate) },
    }),
  'tenant:found': (_, __, { firstPlan }) => ({ env: { FIRST_PLAN: JSON.stringify(firstPlan) } }),
  'tenant:close': (_, __, { closing: { grace, settle } }) => ({
    env: { CLOSING: JSON.stringify({ graceSeconds: grace.toSeconds(), settleSeconds: settle.toSeconds() }) },
  }),
  'tenancy:run': (scope, { tenancy: { onboarding, offboarding } }) => ({
    env: {
      ONBOARDING_STATE_MACHINE_ARN: onboarding.stateMachineArn,
      OFFBOARDING_STATE_MACHINE_ARN: offboarding.stateMachineArn,
    },
    statements: [
      allow(['states:StartExecution'], onboarding.stateMachineArn, offboarding.stateMachineArn),
      allow(['states:StopExecution'], executionsOf(scope, offboarding.stateMachineName)),
    ],
  }),
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
  'models:ask': (scope, reach, config) =>
    joined(planning(scope, reach, config), sealing('kms:Decrypt')(scope, reach, config)),
  'keys:write': sealing('kms:GenerateDataKey'),
  'queues:look': (_, { queues }) => ({
    env: {
      QUEUES: JSON.stringify(
        Object.fromEntries(Object.entries(queues).map(([name, { queueUrl }]) => [name, queueUrl])),
      ),
    },
    statements: [allow(['sqs:GetQueueAttributes'], ...Object.values(queues).map(({ queueArn }) => queueArn))],
  }),
  'purge:send': (_, { purge }) => ({
    env: { PURGE_QUEUE_URL: purge.queueUrl },
    statements: [allow(['sqs:SendMessage'], purge.queueArn)],
  }),
};

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
