// The doors ask the roles of the template: a missing grant fails here as it would on AWS.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lambda, role } from '../runner/kit/assembly.ts';
import { aCloud } from '../runner/kit/cloud.ts';

const starter = `
  import { SFNClient, StartExecutionCommand, DescribeExecutionCommand } from '@aws-sdk/client-sfn';
  import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
  import { KMSClient, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
  import { SecretsManagerClient, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
  import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';
  const named = (work) => work.then(() => 'allowed', (error) => error.name + ': ' + error.message);
  export const handler = async ({ call, as }) => {
    const options = { maxAttempts: 1, ...(as && { credentials: { accessKeyId: as, secretAccessKey: 'guess' } }) };
    if (call === 'start') return named(new SFNClient(options).send(new StartExecutionCommand({ stateMachineArn: process.env.MACHINE })));
    if (call === 'send') return named(new SQSClient(options).send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: 'x' })));
    if (call === 'key') return named(new KMSClient(options).send(new GenerateDataKeyCommand({ KeyId: process.env.KEY, KeySpec: 'AES_256' })));
    if (call === 'secret') return named(new SecretsManagerClient(options).send(new GetSecretValueCommand({ SecretId: process.env.SECRET })));
    if (call === 'run') {
      const client = new SFNClient(options);
      const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: process.env.MACHINE }));
      for (;;) {
        const { status, error, cause } = await client.send(new DescribeExecutionCommand({ executionArn }));
        if (status !== 'RUNNING') return error + ': ' + cause;
      }
    }
    return named(new S3Client(options).send(new PutObjectCommand({ Bucket: process.env.BUCKET, Key: call, Body: 'x' })));
  };`;

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  const Variables = {
    MACHINE: { Ref: 'Machine' },
    QUEUE: { Ref: 'Queue' },
    BUCKET: { Ref: 'Bucket' },
    KEY: { Ref: 'Key' },
    SECRET: { Ref: 'Secret' },
  };
  const more = { Environment: { Variables }, Timeout: 10 };
  cloud = await aCloud({
    resources: {
      Role: role(
        { Action: 'states:StartExecution', Resource: { Ref: 'Machine' } },
        { Action: 'states:DescribeExecution', Resource: '*' },
        { Action: 'kms:GenerateDataKey', Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        { Action: 'secretsmanager:GetSecretValue', Resource: { Ref: 'Secret' } },
        { Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
        { Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/mine/*']] } },
      ),
      Poor: role({ Action: 'none:None', Resource: '*' }),
      Granted: lambda('starter', { ...more, FunctionName: 'granted' }),
      Bare: lambda('starter', { ...more, FunctionName: 'bare', Role: { 'Fn::GetAtt': ['Poor', 'Arn'] } }),
      Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } },
      Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: '{}' } },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: { 'Fn::GetAtt': ['Poor', 'Arn'] },
          DefinitionString: JSON.stringify({
            StartAt: 'Work',
            States: { Work: { Type: 'Task', Resource: '${Work}', End: true } },
          }),
          DefinitionSubstitutions: { Work: { 'Fn::GetAtt': ['Granted', 'Arn'] } },
        },
      },
    },
    bundles: { starter },
  });
});
afterAll(() => cloud.end());

const ask = async (name: string, event: unknown): Promise<string> => {
  const answer = await cloud.invoke(name, event);
  return answer.ok ? JSON.parse(answer.payload) : answer.error.errorMessage;
};

test('a granted call passes, the same call without the grant does not', async () => {
  for (const call of ['start', 'send', 'mine/a', 'key', 'secret']) {
    expect(await ask('granted', { call })).toBe('allowed');
    expect(await ask('bare', { call })).toMatch(
      /^AccessDenied(Exception)?: User: .*bare.* is not authorized to perform/,
    );
  }
});

test('a grant on one prefix is none on another', async () => {
  expect(await ask('granted', { call: 'other/a' })).toMatch(/not authorized to perform: s3:PutObject/);
});

test('a key with a wrong secret is nobody', async () => {
  expect(await ask('granted', { call: 'start', as: 'granted' })).toMatch(/signature we calculated does not match/);
  expect(await ask('granted', { call: 'start', as: 'invented' })).toMatch(/Access Key Id you provided does not exist/);
});

test('a machine whose role may not run a function fails with States.Permissions', async () => {
  expect(await ask('granted', { call: 'run' })).toMatch(
    /^States\.Permissions: .*not authorized to perform: lambda:InvokeFunction/,
  );
});
