// What a template says is what is planned: names, references, addresses and grants, over all stacks.
import { expect, test } from 'vitest';
import { readPlan } from '../../../local/template/plan.ts';
import { httpApi, lambda, role, writeAssembly } from '../runner/kit/assembly.ts';

const grants = role({ Action: 'dynamodb:GetItem', Resource: '*' });

test('references, joins, substitutions and conditions are resolved', () => {
  const { folder } = writeAssembly({
    resources: {
      Role: grants,
      Table: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
          TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
          BillingMode: 'PAY_PER_REQUEST',
          Replicas: [{ Region: { Ref: 'AWS::Region' } }],
        },
      },
      One: lambda('one', {
        Timeout: '20',
        Environment: {
          Variables: {
            TABLE: { Ref: 'Table' },
            ARN: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Table', 'Arn'] }, '/index/*']] },
            SUB: { 'Fn::Sub': 'arn:${AWS::Partition}:${Table}:${!left}' },
            PICK: { 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b-c'] }] },
            IF: { 'Fn::If': ['IsProd', 'prod', 'dev'] },
            GONE: { 'Fn::If': ['IsProd', 'prod', { Ref: 'AWS::NoValue' }] },
          },
        },
      }),
      Never: { ...lambda('never'), Condition: 'IsProd' },
    },
    conditions: { IsProd: { 'Fn::Equals': ['dev', 'prod'] } },
    bundles: { one: '', never: '' },
  });
  const { functions, tables } = readPlan(folder);
  expect(functions).toHaveLength(1);
  expect(functions[0]).toMatchObject({
    name: 'one',
    timeout: 20,
    memory: 128,
    environment: {
      TABLE: 'App-Table',
      ARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/App-Table/index/*',
      SUB: 'arn:aws:App-Table:${left}',
      PICK: 'b',
      IF: 'dev',
    },
  });
  expect(functions[0]?.environment).not.toHaveProperty('GONE');
  expect(tables[0]).toMatchObject({ name: 'App-Table', ttl: 'expires' });
});

test('ids and names are the same at every reading', () => {
  const parts = {
    resources: { Role: grants, One: lambda('one'), ...httpApi({ 'GET /one': 'One' }) },
    bundles: { one: '' },
  };
  const [first, second] = [writeAssembly(parts), writeAssembly(parts)].map(({ folder }) => readPlan(folder));
  expect(first?.apis).toEqual(second?.apis);
});

test('outputs are resolved', () => {
  const { folder } = writeAssembly({
    resources: { Role: grants, One: lambda('one'), ...httpApi({ 'GET /one': 'One' }) },
    outputs: { Url: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } },
    bundles: { one: '' },
  });
  expect(readPlan(folder).outputs.Url).toMatch(/^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/);
});

test('a role holds its own statements and those of every policy attached to it', () => {
  const { folder } = writeAssembly({
    resources: {
      Role: grants,
      More: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'more',
          PolicyDocument: { Statement: [{ Effect: 'Deny', Action: ['s3:*'], Resource: '*' }] },
          Roles: [{ Ref: 'Role' }],
        },
      },
    },
  });
  expect(readPlan(folder).roles[0]?.statements.map(({ effect, actions }) => [effect, actions])).toEqual([
    ['Allow', ['dynamodb:GetItem']],
    ['Deny', ['s3:*']],
  ]);
});
