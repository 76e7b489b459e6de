// Places of tenants as they are written in the templates: what is in them, and who reaches them.
import { beforeAll, describe, expect, test } from 'vitest';
import { platformTenant } from '../../core/platform/id.ts';
import { ownPlace } from '../../core/platform/place.ts';
import { catalog, type FunctionName, type FunctionSpec } from '../../functions/catalog.ts';
import { checked } from '../../lib/tenants.ts';
import { evaluate } from '../../local/iam/evaluate.ts';
import { type Plan, readPlan } from '../../local/template/plan.ts';
import type { RolePlan } from '../../local/template/role.ts';
import { bridge, models, type Resource, type Synthesised, silo, synthesised } from './kit/stage.ts';

const other = '01m8fq91k0mrfp9q97sfdvxdf6';
const { places } = models.places;
const account = '000000000000';
const names = (tenant: string) => ownPlace({ stage: 'prod', account }, tenant);

let made: Synthesised;
let plan: Plan;
beforeAll(async () => {
  made = await synthesised('places');
  plan = readPlan(made.folder);
});

const count = (resources: readonly Resource[]) => {
  const types = Object.groupBy(resources, ({ type }) => type);
  return Object.fromEntries(Object.entries(types).map(([type, all]) => [type.slice('AWS::'.length), all?.length]));
};
const ofType = (tenant: string, type: string) => made.placeOf(tenant).filter((one) => one.type === type);

describe('a place', () => {
  test('is checked like everything else, and nothing is left that is not acknowledged', () => {
    expect(made.report.pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
  });

  test('of a bridge is a key and a bucket with its log; of a silo tables and what follows their streams as well', () => {
    const shared = { 'KMS::Key': 1, 'KMS::Alias': 1, 'S3::Bucket': 2, 'S3::BucketPolicy': 2 };
    expect(count(made.placeOf(bridge))).toEqual(shared);
    const more = { 'DynamoDB::Table': 3, 'Lambda::EventSourceMapping': 3, 'CloudWatch::Alarm': 2 };
    expect(count(made.placeOf(silo))).toEqual({ ...shared, ...more });
  });

  test('has the names that functions and policies expect, short enough for a bucket in any stage', () => {
    for (const { tenant } of places) {
      expect(plan.aliases.map(({ name }) => name)).toContain(names(tenant).key);
      expect(plan.buckets.map(({ name }) => name)).toContain(names(tenant).bucket);
      expect(ownPlace({ stage: 'local', account }, tenant).bucket).toMatch(/^[a-z0-9-]{3,63}$/);
    }
    const { core, audit, ephemeral } = names(silo);
    expect(plan.tables.map(({ name }) => name)).toEqual(expect.arrayContaining([core, audit, ephemeral]));
    expect(plan.tables.some(({ name }) => name.includes(bridge))).toBe(false);
  });

  test('keeps its data as long as the pool does, under its own key', () => {
    const [key] = ofType(silo, 'AWS::KMS::Key');
    expect(key).toMatchObject({ deletionPolicy: 'RetainExceptOnCreate', properties: { EnableKeyRotation: true } });
    // without its alias nobody is allowed the key, and the audit of a tenant that is gone could not be read
    for (const { tenant } of places)
      expect(ofType(tenant, 'AWS::KMS::Alias').map((one) => one.deletionPolicy)).toEqual(['RetainExceptOnCreate']);
    for (const { properties, deletionPolicy } of ofType(silo, 'AWS::DynamoDB::Table')) {
      const lasts = !properties.TableName.endsWith('-ephemeral');
      expect(properties.SSESpecification.KMSMasterKeyId).toEqual({ 'Fn::GetAtt': [key?.id, 'Arn'] });
      expect(properties.DeletionProtectionEnabled).toBe(lasts);
      expect(properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(lasts);
      expect(deletionPolicy).toBe(lasts ? 'RetainExceptOnCreate' : 'Delete');
      expect(properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expires_at', Enabled: true });
    }
    for (const { tenant } of places)
      for (const { properties, deletionPolicy } of ofType(tenant, 'AWS::S3::Bucket')) {
        expect(deletionPolicy).toBe('RetainExceptOnCreate');
        expect(Object.values(properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      }
  });

  test('has its streams followed by those who follow the pool, for the same rows', () => {
    const feeds = (which: 'core' | 'audit', name: string) =>
      plan.mappings
        .filter(({ source }) => source.includes(`:table/${name}/stream/`))
        .map(({ function: of, filters, onFailure, batchSize }) => ({ which, of, filters, onFailure, batchSize }));
    for (const which of ['core', 'audit'] as const) {
      const pool = plan.tables.find(({ name }) => name.includes(`Records${which === 'core' ? 'Core' : 'Audit'}`));
      expect(feeds(which, names(silo)[which])).toEqual(feeds(which, pool?.name ?? ''));
      expect(feeds(which, names(silo)[which])).toHaveLength(which === 'core' ? 2 : 1);
    }
  });

  test('is not made of an id that no tenant can have, nor twice', () => {
    expect(() => checked([{ tenant: 'studio', tier: 'silo' }])).toThrow('lib/tenants.ts: "studio" can be no tenant');
    expect(() => checked([{ tenant: platformTenant, tier: 'bridge' }])).toThrow(`"${platformTenant}" can be no tenant`);
    expect(() => checked([...places, { tenant: silo, tier: 'bridge' }])).toThrow(`${silo} has two places`);
  });
});

describe('every role', () => {
  test('fits into what IAM takes: 10,240 signs of inline policies', () => {
    // the plan spells names out; blanks do not count
    for (const { name, statements } of plan.roles) expect(JSON.stringify(statements).length, name).toBeLessThan(10_240);
  });

  test('names no action by a wildcard', () => {
    for (const { name, statements } of plan.roles)
      for (const { actions } of statements) for (const action of actions) expect(action, name).not.toContain('*');
  });
});

type Asked = { readonly action: string; readonly resource: string; readonly context: Record<string, string[]> };

const may = (role: RolePlan, tenant: string, { action, resource, context }: Asked): boolean =>
  evaluate(role.statements, { action, resource, context: { 'aws:PrincipalTag/tenantId': [tenant], ...context } }) === 'allowed'; // biome-ignore format: one thought

/** Where things lie: ARNs, and of keys what KMS tells of them beside. */
type Where = {
  readonly table: (kind: 'core' | 'ephemeral' | 'audit') => string;
  readonly bucket: string;
  readonly dataKey: string;
  readonly sealingKey: string;
  readonly aliases?: string[];
};

const tableArn = (name: string) => `arn:aws:dynamodb:us-east-1:${account}:table/${name}`;
const inPool = (): Where => ({
  table: (kind) => plan.tables.find(({ name }) => name.toLowerCase().includes(`records${kind}`))?.arn ?? '',
  bucket: plan.buckets.find(({ name }) => name.includes('data-mediabucket'))?.arn ?? '',
  dataKey: plan.keys.find(({ arn }) => arn !== plan.secrets[0]?.key && !aliasesOf(arn).length)?.arn ?? '',
  sealingKey: plan.secrets[0]?.key ?? '',
});
const aliasesOf = (arn: string) => plan.aliases.flatMap(({ name, key }) => (arn.endsWith(key) ? [name] : []));
const ownOf = (tenant: string, of = names(tenant)): Where => ({
  table: (kind) => tableArn(of[kind]),
  bucket: `arn:aws:s3:::${of.bucket}`,
  dataKey: `arn:aws:kms:us-east-1:${account}:key/its-own`,
  sealingKey: `arn:aws:kms:us-east-1:${account}:key/its-own`,
  aliases: [of.key],
});

const rowActions = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'Scan', 'BatchWriteItem']; // biome-ignore format: one list

/** Everything that may be asked of the things of `tenant` that lie there. */
function questions({ table, bucket, dataKey, sealingKey, aliases = [] }: Where, tenant: string): Asked[] {
  const rows = (['core', 'ephemeral', 'audit'] as const).flatMap((kind) => [
    ...rowActions.map((action) => ({
      action: `dynamodb:${action}`,
      resource: table(kind),
      context: { 'dynamodb:LeadingKeys': [`T#${tenant}`] },
    })),
    { action: 'dynamodb:Query', resource: `${table(kind)}/index/gsi1`, context: { 'dynamodb:LeadingKeys': [`T#${tenant}#X`] } }, // biome-ignore format: one question
  ]);
  const objects = ['GetObject', 'PutObject', 'DeleteObject', 'AbortMultipartUpload'].map((action) => ({
    action: `s3:${action}`,
    resource: `${bucket}/tenants/${tenant}/x`,
    context: {},
  }));
  const list = { action: 's3:ListBucket', resource: bucket, context: { 's3:prefix': [`tenants/${tenant}/`] } };
  const alias = { ...(aliases.length && { 'kms:ResourceAliases': aliases }) };
  const via = (service: string) => ({ ...alias, 'kms:ViaService': [`${service}.us-east-1.amazonaws.com`] });
  const context = { 'kms:EncryptionContext:tenant': [tenant], 'kms:EncryptionContext:provider': ['openai'] };
  const sealed = { ...alias, ...context, 'kms:EncryptionContextKeys': ['tenant', 'provider'] };
  const keys = ['Decrypt', 'Encrypt', 'GenerateDataKey'].flatMap((action) => [
    ...['dynamodb', 's3'].map((service) => ({ action: `kms:${action}`, resource: dataKey, context: via(service) })),
    { action: `kms:${action}`, resource: sealingKey, context: sealed },
    { action: `kms:${action}`, resource: dataKey, context: alias },
  ]);
  return [...rows, ...objects, list, ...keys];
}

describe.each(Object.entries(catalog) as [FunctionName, FunctionSpec][])('%s', (name, spec) => {
  const roles = () => {
    const found = plan.functions.find(({ path }) => path.split('/').at(-3) === name);
    const data = found?.environment.DATA_ROLE_ARN ?? (spec.across === undefined ? undefined : found?.role);
    return plan.roles.filter(({ arn }) => arn === data);
  };

  test('may in a place of its own what it may in the pool, and nothing more', () => {
    for (const role of roles()) {
      const allowed = questions(inPool(), silo).filter((asked) => may(role, silo, asked));
      expect(
        allowed.map(({ action }) => action.split(':')[0]),
        role.name,
      ).toContain('dynamodb');
      for (const [at, asked] of questions(ownOf(silo), silo).entries()) {
        const pooled = questions(inPool(), silo)[at] as Asked;
        expect([asked.action, asked.resource, may(role, silo, asked)]).toEqual([asked.action, asked.resource, may(role, silo, pooled)]); // biome-ignore format: one thought
      }
    }
  });

  test('reaches the place of no other tenant, nor there its own keys, nor anything of another stage', () => {
    const dev = ownPlace({ stage: 'dev', account }, silo);
    for (const role of roles()) {
      const foreign = [ownOf(silo, dev), ...(spec.across === undefined ? [ownOf(other)] : [])];
      for (const where of foreign)
        for (const tenant of [silo, other])
          for (const asked of questions(where, tenant)) expect(may(role, silo, asked), `${asked.action} ${asked.resource}`).toBe(false); // biome-ignore format: one thought
      if (spec.across !== undefined) continue;
      for (const where of [ownOf(silo), inPool()])
        for (const asked of questions(where, other).filter(({ action, context }) => !action.startsWith('kms:') || 'kms:EncryptionContext:tenant' in context)) // biome-ignore format: one thought
          expect(may(role, silo, asked), `${asked.action} ${asked.resource}`).toBe(false);
    }
  });
});
