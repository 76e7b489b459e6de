// ARNs in tenants' own places, as policies write them: for the tenant of a session, or for all there will be.
import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ownPlace, type Place } from '../../core/platform/place.ts';
import type { StageConfig } from '../config.ts';

/** Kinds of tables that a silo has of its own. */
export type OwnTable = Exclude<keyof Place, 'bucket' | 'key'>;

/** Names in the place of a tenant. `tenant`: its id, or what policies write for it. */
export const namesOf = ({ stage }: StageConfig, tenant: string): Place =>
  ownPlace({ stage, account: Aws.ACCOUNT_ID }, tenant);

/** ARN of a tenant's own table. */
export const ownTableArn = (scope: Construct, config: StageConfig, which: OwnTable, tenant: string): string =>
  Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: namesOf(config, tenant)[which] });

/** ARN of a tenant's own bucket. */
export const ownBucketArn = (scope: Construct, config: StageConfig, tenant: string): string =>
  Stack.of(scope).formatArn({
    service: 's3',
    region: '',
    account: '',
    resource: namesOf(config, tenant).bucket,
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });

/** Policies cannot name a key by its alias (KMS Developer Guide, "Specifying KMS keys in IAM policy statements"): all keys, with a condition on aliases. */
export const anyKeyArn = (scope: Construct): string =>
  Stack.of(scope).formatArn({ service: 'kms', resource: 'key', resourceName: '*' });
