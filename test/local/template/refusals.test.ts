// A template that asks for what is not known stops the cloud: each sentence names the place and what to do.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPlan } from '../../../local/template/plan.ts';
import { httpApi, lambda, type Resources, role, writeAssembly } from '../runner/kit/assembly.ts';

const grants = role({ Action: 'dynamodb:GetItem', Resource: '*' });
const withEnvironment = (value: unknown): Resources => ({
  Role: grants,
  One: lambda('one', { Environment: { Variables: { X: value } } }),
});
const of = (Type: string, Properties: unknown): Resources => ({ Thing: { Type, Properties } });

const api = (more: Record<string, unknown>, route: Record<string, unknown> = {}): Resources => ({
  Role: grants,
  One: lambda('one'),
  ...httpApi({ 'GET /one': 'One' }, more, route),
});

const refused: [name: string, resources: Resources, sentence: RegExp][] = [
  ['a resource type', of('AWS::EC2::Instance', {}), /App\/Thing: resource type AWS::EC2::Instance is not understood/],
  [
    'an intrinsic',
    withEnvironment({ 'Fn::Base64': 'a' }),
    /App\/One \(App\/one\/Resource\): Fn::Base64 is not understood/,
  ],
  [
    'a dynamic reference',
    withEnvironment('{{resolve:ssm:a}}'),
    /dynamic reference \{\{resolve:ssm:a\}\} is not understood/,
  ],
  ['a reference to nothing', withEnvironment({ Ref: 'Gone' }), /App\/Gone: is referred to but is not in the template/],
  ['an attribute', withEnvironment({ 'Fn::GetAtt': ['Role', 'Shape'] }), /attribute Shape of Role is not known/],
  ['a condition', withEnvironment({ 'Fn::If': ['IsProd', 'a', 'b'] }), /condition IsProd is not in the template/],
  ['an import', withEnvironment({ 'Fn::ImportValue': 'other' }), /nothing exports other/],
  ['a mapping', withEnvironment({ 'Fn::FindInMap': ['A', 'b', 'c'] }), /mapping A\.b\.c is not in the template/],
  [
    'a property',
    { Role: grants, One: lambda('one', { SnapStart: {} }) },
    /AWS::Lambda::Function: property SnapStart is not/,
  ],
  ['a runtime', { Role: grants, One: lambda('one', { Runtime: 'python3.13' }) }, /only nodejs functions can run here/],
  ['code that is not there', { Role: grants, Two: lambda('two') }, /its code is not among the assets/],
  ['a stage of an HTTP API', { ...api({}), ...stage('live') }, /App\/Api: its stage is live\. HTTP APIs run here on/],
  ['an authorization', api({}, { AuthorizationType: 'JWT' }), /only NONE and CUSTOM/],
  ['a managed policy', { Role: managed() }, /what arn:aws:iam::aws:policy\/AdministratorAccess grants is not known/],
  [
    'a target',
    rule({ Targets: [{ Arn: 'arn:aws:sns:us-east-1:0:topic', Id: 'a' }] }),
    /does not run here\. Use a function/,
  ],
  ['an event bus', rule({ EventBusName: 'mine' }), /only the default bus runs here/],
  ['an express machine', machine({ StateMachineType: 'EXPRESS' }), /only STANDARD machines run here/],
  [
    'an open placeholder',
    machine({ DefinitionString: '{"a":"${Open}"}' }),
    /names \$\{Open\}, and nothing substitutes it/,
  ],
  ['a definition that is no JSON', machine({ DefinitionString: '{' }), /its definition is not JSON/],
  ['a source', mapping({ EventSourceArn: 'arn:aws:kinesis:us-east-1:0:stream/a' }), /is no source that runs here/],
  [
    'a key that refuses somebody',
    of('AWS::KMS::Key', { KeyPolicy: { Statement: [{ Effect: 'Deny', Action: 'kms:*', Resource: '*' }] } }),
    /a Deny in a key policy is not understood\. Write it into the policies of roles/,
  ],
  ['a key of another kind', of('AWS::KMS::Key', { KeyPolicy: { Statement: [] }, KeySpec: 'RSA_2048' }), /KeySpec/],
  [
    'a secret that is made up',
    of('AWS::SecretsManager::Secret', { GenerateSecretString: {} }),
    /AWS::SecretsManager::Secret: property GenerateSecretString is not/,
  ],
  ['a second user pool', { One: pool(), Two: pool() }, /it is a second user pool/],
];

function stage(StageName: string): Resources {
  return { ApiStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName } } };
}

function managed(): Resources[string] {
  const ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
  return { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] }, ManagedPolicyArns } };
}

function rule(more: Record<string, unknown>): Resources {
  return of('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', ...more });
}

function machine(more: Record<string, unknown>): Resources {
  return of('AWS::StepFunctions::StateMachine', { RoleArn: 'role', DefinitionString: '{}', ...more });
}

function mapping(more: Record<string, unknown>): Resources {
  return of('AWS::Lambda::EventSourceMapping', { FunctionName: 'one', ...more });
}

function pool(): Resources[string] {
  return { Type: 'AWS::Cognito::UserPool', Properties: { UsernameAttributes: ['email'] } };
}

test.each(refused)('%s', (_, resources, sentence) => {
  const { folder } = writeAssembly({ resources, bundles: { one: '' } });
  expect(() => readPlan(folder)).toThrow(sentence);
  expect(() => readPlan(folder)).toThrow(expect.objectContaining({ code: 'TEMPLATE_NOT_UNDERSTOOD' }));
});

test('no assembly: the sentence says what to run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-assembly-'));
  expect(() => readPlan(folder)).toThrow(/There is no manifest\.json in .*no-assembly.* Run `npm run synth` first\./);
  expect(() => readPlan(folder)).toThrow(expect.objectContaining({ code: 'ASSEMBLY_MISSING' }));
});

test('a file of the assembly that is cut off names the file', () => {
  const { folder } = writeAssembly({ resources: {} });
  writeFileSync(join(folder, 'App.template.json'), '{"Resources": {');
  expect(() => readPlan(folder)).toThrow(/App\.template\.json is missing or is not JSON\. Run `npm run synth` again\./);
  expect(() => readPlan(folder)).toThrow(expect.objectContaining({ code: 'ASSEMBLY_CORRUPT' }));
});
