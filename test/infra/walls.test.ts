// The walls as they are written in the templates: what the session of a tenant may do under the data role of each function.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { newTenantId } from '../../core/platform/id.ts';
import { evaluate } from '../../local/iam/evaluate.ts';
import { type Plan, readPlan } from '../../local/template/plan.ts';
import type { RolePlan } from '../../local/template/role.ts';
import { synthesise } from './kit/stage.ts';

let plan: Plan;
/** One with everything a step may hold: rows of three tables, objects, seals. */
let role: RolePlan;
let all: RolePlan[];

beforeAll(() => {
  plan = readPlan(synthesise('prod').folder);
  const arns = plan.functions.flatMap(({ environment }) => environment.DATA_ROLE_ARN ?? []);
  all = plan.roles.filter(({ arn }) => arns.includes(arn));
  role = all.find(({ name }) => name.includes('writingplan')) as RolePlan;
});

const table = (part: string) => plan.tables.find(({ name }) => name.includes(part))?.arn ?? '';
const bucket = () => plan.buckets.find(({ name }) => name.includes('mediabucket'))?.arn ?? '';
const modelKey = () => plan.secrets[0]?.key ?? '';

type Context = Record<string, string[]>;
const may = (tenant: string, action: string, resource: string, context: Context = {}, of = role): boolean =>
  evaluate(of.statements, { action, resource, context: { 'aws:PrincipalTag/tenantId': [tenant], ...context } }) ===
  'allowed';
const keys = (...leading: string[]): Context => ({ 'dynamodb:LeadingKeys': leading });

const [mine, other] = ['01h00000000000000000000001', '01h00000000000000000000002'];
const rows = ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'];

describe('rows', () => {
  test.each(rows)('%s reaches the partition of the tenant and no other', (name) => {
    const at = (context: Context) => may(mine, `dynamodb:${name}`, table('Core'), context);
    expect(at(keys(`T#${mine}`))).toBe(true);
    expect(at(keys(`T#${other}`)), 'of another tenant').toBe(false);
    expect(at(keys(`T#${mine}`, `T#${other}`)), 'a batch of both').toBe(false);
    expect(at({}), 'no key at all').toBe(false);
    for (const key of [
      mine,
      `T#${mine}#`,
      `T#${mine}x`,
      `t#${mine}`,
      `T#${mine.toUpperCase()}`,
      'T#',
      '',
      `DUE#${mine}`,
    ])
      expect(at(keys(key)), key).toBe(false);
  });

  test('nobody may scan, speak PartiQL or write in batches that no policy names', () => {
    for (const one of all)
      for (const name of ['Scan', 'PartiQLSelect', 'PartiQLUpdate', 'DescribeTable', 'BatchWriteItem'])
        for (const context of [{}, keys(`T#${mine}`)])
          expect(may(mine, `dynamodb:${name}`, table('Core'), context, one), `${one.name} ${name}`).toBe(false);
  });

  test('an index is asked for partitions that begin with the tenant', () => {
    for (const index of ['gsi1', 'gsi2']) {
      const at = (key: string) => may(mine, 'dynamodb:Query', `${table('Core')}/index/${index}`, keys(key));
      expect(at(`T#${mine}#TASK`)).toBe(true);
      for (const key of [`T#${other}#TASK`, `T#${mine}x#TASK`, `T#${mine}`, `PROJECT#T#${mine}#`, `T#*#TASK`])
        expect(at(key), key).toBe(false);
      expect(may(mine, 'dynamodb:Query', `${table('Core')}/index/${index}`), 'without a key').toBe(false);
    }
  });

  test('a session without the tag reaches nothing', () => {
    for (const one of all)
      for (const { actions, resources } of one.statements)
        for (const action of actions.filter((name) => /^(dynamodb|s3):/.test(name)))
          for (const resource of resources) {
            const context = { ...keys('T#', 'T#*'), 's3:prefix': ['tenants//'] };
            const isDirectory = resource === table('Directory');
            expect(evaluate(one.statements, { action, resource, context }) === 'allowed', `${one.name} ${action}`).toBe(isDirectory); // biome-ignore format: one thought
          }
  });
});

describe('objects', () => {
  test('lie behind the prefix of the tenant', () => {
    for (const action of ['s3:GetObject', 's3:PutObject']) {
      const at = (key: string) => may(mine, action, `${bucket()}/${key}`);
      expect(at(`tenants/${mine}/users/u/x.txt`)).toBe(true);
      for (const key of [
        `tenants/${other}/x`,
        `tenants/${mine}x/x`,
        `tenants/${mine}`,
        `tenants//${mine}/x`,
        `${mine}/x`,
      ])
        expect(at(key), `${action} ${key}`).toBe(false);
    }
  });

  test('are listed only below that prefix', () => {
    const at = (context: Context) => may(mine, 's3:ListBucket', bucket(), context);
    expect(at({ 's3:prefix': [`tenants/${mine}/`] })).toBe(true);
    expect(at({ 's3:prefix': [`tenants/${mine}/projects/`] })).toBe(true);
    expect(at({}), 'without a prefix').toBe(false);
    for (const prefix of ['', 'tenants/', `tenants/${mine}`, `tenants/${other}/`])
      expect(at({ 's3:prefix': [prefix] }), prefix).toBe(false);
  });
});

test('seals open for the tenant and a provider', () => {
  const at = (context: Record<string, string>) =>
    may(mine, 'kms:Decrypt', modelKey(), {
      'kms:EncryptionContextKeys': Object.keys(context),
      ...Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, [value]])),
    });
  expect(at({ tenant: mine, provider: 'openai' })).toBe(true);
  for (const context of [{}, { tenant: mine }, { provider: 'openai' }, { tenant: other, provider: 'openai' }, { tenant: mine, provider: 'x', more: 'y' }] as Record<string, string>[]) // biome-ignore format: one list
    expect(at(context), JSON.stringify(context)).toBe(false);
});

describe('whatever the names are', () => {
  const id = fc.constant(0).map(() => newTenantId(Date.now()));
  // what somebody could make of an id: pieces of it, other cases, delimiters, wildcards, letters of every script
  const hostile = (own: string) =>
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('*', '?', '#', '/', '..', '%2F', '\u0000', '${aws:PrincipalTag/tenantId}', '租户', 'İ', 'ﬀ').map((sign) => own + sign), // biome-ignore format: one list
      fc.nat(own.length - 1).map((length) => own.slice(0, length)),
      fc.constantFrom(own.toUpperCase(), ` ${own}`, `${own} `, own.normalize('NFKD') + '\u0301', `*`, '?'.repeat(26)),
    );

  test('a tenant never reaches the keys and prefixes of another', () => {
    fc.assert(
      fc.property(
        id.chain((own) => fc.tuple(fc.constant(own), hostile(own))),
        ([own, foreign]) => {
          fc.pre(own !== foreign);
          for (const [me, them] of [
            [own, foreign],
            [foreign, own],
          ] as const) {
            expect(may(me, 'dynamodb:GetItem', table('Core'), keys(`T#${them}`))).toBe(false);
            expect(may(me, 'dynamodb:Query', `${table('Core')}/index/gsi1`, keys(`T#${them}#TASK`))).toBe(
              // only where the delimiter itself is in the name, which no id can hold (core/platform/id.ts)
              `T#${them}#TASK`.startsWith(`T#${me}#`),
            );
            expect(may(me, 's3:GetObject', `${bucket()}/tenants/${them}/x`)).toBe(
              `tenants/${them}/x`.startsWith(`tenants/${me}/`),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
