// The whole path on a hand-written assembly: a request reaches a function, which starts a machine, which runs functions.
import { afterEach, expect, test } from 'vitest';
import { type Cloud, startCloud } from '../../../local/cloud.ts';
import { httpApi, lambda, role, writeAssembly } from './kit/assembly.ts';

let cloud: Cloud | undefined;
afterEach(async () => cloud?.stop());

test('a request starts a machine whose tasks run', async () => {
  const definition = {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        ItemsPath: '$.numbers',
        ItemProcessor: {
          StartAt: 'Double',
          States: { Double: { Type: 'Task', Resource: '${Double}', End: true } },
        },
        End: true,
      },
    },
  };
  const { folder, state } = writeAssembly({
    resources: {
      Role: role({
        Action: ['states:StartExecution', 'states:DescribeExecution', 'lambda:InvokeFunction'],
        Resource: '*',
      }),
      Start: lambda('start', { Timeout: 20, Environment: { Variables: { MACHINE: { Ref: 'Machine' } } } }),
      Double: lambda('double'),
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          DefinitionString: JSON.stringify(definition),
          DefinitionSubstitutions: { Double: { 'Fn::GetAtt': ['Double', 'Arn'] } },
        },
      },
      ...httpApi({ 'POST /double': 'Start' }),
    },
    bundles: {
      start: `
        import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
        const client = new SFNClient({});
        export const handler = async (event) => {
          const { executionArn } = await client.send(
            new StartExecutionCommand({ stateMachineArn: process.env.MACHINE, name: 'once', input: event.body }),
          );
          for (;;) {
            const { status, output } = await client.send(new DescribeExecutionCommand({ executionArn }));
            if (status !== 'RUNNING') return { status, output: JSON.parse(output) };
            await new Promise((done) => setTimeout(done, 20));
          }
        };`,
      double: 'export const handler = async (number) => number * 2;',
    },
  });
  cloud = await startCloud({ assembly: folder, state });
  const response = await fetch(`${cloud.apiUrl}/double`, {
    method: 'POST',
    body: JSON.stringify({ numbers: [1, 2, 3] }),
  });
  expect(await response.json()).toEqual({ status: 'SUCCEEDED', output: [2, 4, 6] });
});
