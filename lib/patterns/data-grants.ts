// Grants of what is kept: rows, objects and seals of tenants, in the pool and in places of their own, and rows that are of no tenant.
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
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

/** What a capability brings, where it stands and of what it may reach. */
export type Granting = (scope: Construct, reach: Required<Reach>, config: StageConfig) => Grant;

export const allow = (actions: string[], ...resources: string[]) => new PolicyStatement({ actions, resources });

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
export const encrypting = [...decrypting, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

const indexesIn = { core: coreIndexes, audit: auditIndexes, ephemeral: [] } as const;

/** The tables of a kind: the pool's, and a tenant's own. */
const tablesOf =
  (scope: Construct, reach: Required<Reach>, config: StageConfig, which: OwnTable) =>
  (tenant: string): string[] => [reach[which].tableArn, ownTableArn(scope, config, which, tenant)];

/** The rows of tenants in a table. */
export const tenantRows =
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

/** Rows of tenants are changed, and neither read nor taken away. */
export const signInsNote: Granting = (scope, reach, config) => ({
  env: { CORE_TABLE: reach.core.tableName },
  data: [
    { on: 'rows', actions: ['dynamodb:UpdateItem'], resources: tablesOf(scope, reach, config, 'core') },
    keysUse(scope, reach, config, encrypting),
  ],
});

/** The directory crosses tenants. Its rows and those of a tenant are written in one transaction, which one role must be allowed. */
export const directory =
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
export const entry: Granting = (scope, reach) => ({
  env: { DIRECTORY_TABLE: reach.directory.tableName },
  data: [
    { on: 'entry', table: reach.directory.tableArn },
    { on: 'anything', statement: keyUse(scope, reach, decrypting) },
  ],
});

/** Rows of the ephemeral table that are found before a tenant is known, or are of several: by what their keys begin with. */
export const sharedRows =
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
export const auditWrite: Granting = (scope, reach, config) => {
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
export const media =
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

/** Tenants' own keys of models, sealed for a tenant and a provider. */
export const sealing =
  (action: string): Granting =>
  (scope, { modelKey }, config) => ({
    env: { MODEL_KEY: modelKey.keyArn },
    data: [{ on: 'seals', actions: [action], keys: keysLike(scope, config, modelKey.keyArn) }],
  });
