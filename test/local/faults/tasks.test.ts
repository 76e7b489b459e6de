// Tasks that fail on the running cloud: retried, caught, and a failed execution is told to whoever asked for it.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lambda, role } from '../runner/kit/assembly.ts';
import { aCloud } from '../runner/kit/cloud.ts';

const work = `
  const shared = new Map();
  export const handler = async ({ does, id }) => {
    const call = (shared.get(id) ?? 0) + 1;
    shared.set(id, call);
    if (does === 'throws') throw new TypeError('thrown');
    if (does === 'throws twice' && call < 3) throw new TypeError('thrown');
    if (does === 'hangs') await new Promise(() => {});
    if (does === 'dawdles') await new Promise((done) => setTimeout(done, 1800));
    if (does === 'too much') return 'x'.repeat(300_000);
    return { call };
  };`;
const start = `
  import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
  const client = new SFNClient({});
  export const handler = async (event) => {
    const input = JSON.stringify(event);
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: process.env.MACHINE, name: event.id, input }));
    for (;;) {
      const { status, output, error } = await client.send(new DescribeExecutionCommand({ executionArn }));
      if (status !== 'RUNNING') return { status, output: output && JSON.parse(output), error };
      await new Promise((done) => setTimeout(done, 20));
    }
  };`;
const hear = `
  const heard = [];
  export const handler = async (event) => {
    if (event.detail) heard.push([event.detail.name, event.detail.status, event.detail.error]);
    return heard;
  };`;

const definition = {
  StartAt: 'Work',
  States: {
    Work: {
      Type: 'Task',
      Resource: '${Work}',
      TimeoutSeconds: 1,
      Retry: [
        { ErrorEquals: ['TypeError'], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 2, JitterStrategy: 'FULL' },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Excuse' }],
      End: true,
    },
    Excuse: { Type: 'Pass', OutputPath: '$.error.Error', End: true },
  },
};

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  cloud = await aCloud({
    resources: {
      Role: role({ Action: ['states:*', 'lambda:InvokeFunction'], Resource: '*' }),
      Work: lambda('work', { Timeout: 3, ReservedConcurrentExecutions: 1 }),
      Start: lambda('start', { Timeout: 30, Environment: { Variables: { MACHINE: { Ref: 'Machine' } } } }),
      Hear: lambda('hear', { ReservedConcurrentExecutions: 1 }),
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          DefinitionString: JSON.stringify(definition),
          DefinitionSubstitutions: { Work: { 'Fn::GetAtt': ['Work', 'Arn'] } },
        },
      },
      Ended: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: {
            source: ['aws.states'],
            'detail-type': ['Step Functions Execution Status Change'],
            detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'], stateMachineArn: [{ Ref: 'Machine' }] },
          },
          Targets: [{ Arn: { 'Fn::GetAtt': ['Hear', 'Arn'] }, Id: 'hear' }],
        },
      },
    },
    bundles: { work, start, hear },
  });
});
afterAll(() => cloud.end());

const call = async (name: string, event: unknown): Promise<never> => {
  const answer = await cloud.invoke(name, event);
  if (!answer.ok) throw new Error(answer.error.errorMessage);
  return JSON.parse(answer.payload) as never;
};

test('one that throws is tried again as often as its Retry says, then caught', async () => {
  expect(await call('start', { id: 'a', does: 'throws twice' })).toMatchObject({
    status: 'SUCCEEDED',
    output: { call: 3 },
  });
  expect(await call('start', { id: 'b', does: 'throws' })).toMatchObject({ status: 'SUCCEEDED', output: 'TypeError' });
});

test('one over the time of its state is caught as States.Timeout, and the next one is served', async () => {
  expect(await call('start', { id: 'c', does: 'dawdles' })).toMatchObject({ output: 'States.Timeout' });
  expect(await call('start', { id: 'd', does: 'nothing' })).toMatchObject({ output: { call: 1 } });
});

test('one that returns too much fails the execution, and that is told to the rule that asks for it', async () => {
  expect(await call('start', { id: 'e', does: 'too much' })).toMatchObject({
    status: 'FAILED',
    error: 'States.DataLimitExceeded',
  });
  for (;;) {
    const heard: unknown[] = await call('hear', {});
    if (heard.length === 0) await sleep(20);
    else {
      expect(heard).toEqual([['e', 'FAILED', 'States.DataLimitExceeded']]);
      break;
    }
  }
});
