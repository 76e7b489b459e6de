// Executions over the wire, as the AWS SDK sees them: names, states, history, stops, and what a restart finds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from 'vitest';
import type { Answer } from '../../../local/lambda/instance.ts';
import { openDoor } from '../../../local/stepfunctions/door.ts';
import { Executions } from '../../../local/stepfunctions/executions.ts';
import { type Execution, Journal } from '../../../local/stepfunctions/journal.ts';
import { arnOf, task } from './kit.ts';

const machineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:work';
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const ok = (value: unknown): Answer => ({ ok: true, payload: JSON.stringify(value) });

type Options = {
  readonly folder?: string;
  readonly states?: Record<string, unknown>;
  readonly timeout?: number;
  readonly invoke?: (arn: string, event: unknown) => Promise<Answer>;
  readonly changed?: (execution: Execution) => Promise<boolean>;
};

/** Machine `work` behind a door, and a client of it. `folder` keeps its journal. */
async function aMachine(options: Options = {}) {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'executions-'));
  const database = new DatabaseSync(join(folder, 'executions.sqlite'));
  const journal = new Journal(database, Date.now());
  const states = options.states ?? { Work: task('work') };
  const [StartAt] = Object.keys(states);
  const definition = { StartAt, States: states, ...(options.timeout && { TimeoutSeconds: options.timeout }) };
  const faults: unknown[] = [];
  const executions = new Executions({
    machines: [{ name: 'work', arn: machineArn, logicalId: 'Work', role: 'role', definition }],
    journal,
    invoke: (_, arn, event) => (options.invoke ?? (async () => ok('done')))(arn, event),
    changed: options.changed ?? (async () => true),
    fault: (error) => void faults.push(error),
  });
  const door = await openDoor({ executions, journal, port: 0, authorize: () => undefined });
  const client = new SFNClient({
    endpoint: door.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  const stop = async () => {
    await executions.halt();
    client.destroy();
    await door.stop();
    database.close();
  };
  return { folder, executions, client, stop, database, faults };
}

type Machine = Awaited<ReturnType<typeof aMachine>>;

const begin = async (options?: Options): Promise<Machine> => {
  const machine = await aMachine(options);
  endings.push(() => rmSync(machine.folder, { recursive: true, force: true }), machine.stop);
  return machine;
};

const start = ({ client }: Machine, name: string, input: unknown = {}) =>
  client.send(new StartExecutionCommand({ stateMachineArn: machineArn, name, input: JSON.stringify(input) }));

const ended = async ({ client }: Machine, executionArn: string | undefined) => {
  for (;;) {
    const found = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (found.status !== 'RUNNING') return found;
    await sleep(5);
  }
};

test('an execution runs, is described and listed, and its history tells each state', async () => {
  const machine = await begin({ invoke: async (_, event) => ok({ got: event }) });
  const { executionArn } = await start(machine, 'one', { id: 1 });
  const found = await ended(machine, executionArn);
  expect(found).toMatchObject({ status: 'SUCCEEDED', name: 'one', input: '{"id":1}', output: '{"got":{"id":1}}' });
  const { events } = await machine.client.send(new GetExecutionHistoryCommand({ executionArn }));
  expect(events?.map(({ type }) => type)).toEqual(['TaskStateEntered', 'TaskStateExited']);
  for (const name of ['two', 'three']) await ended(machine, (await start(machine, name)).executionArn);
  const listed = [];
  for (let nextToken: string | undefined, first = true; first || nextToken; first = false) {
    const page = await machine.client.send(
      new ListExecutionsCommand({ stateMachineArn: machineArn, maxResults: 2, nextToken, statusFilter: 'SUCCEEDED' }),
    );
    listed.push(...(page.executions ?? []));
    nextToken = page.nextToken;
  }
  expect(new Set(listed.map(({ name }) => name))).toEqual(new Set(['one', 'two', 'three']));
});

test('a name starts one execution: again with the same input while it runs, never after or with another', async () => {
  let release: ((answer: Answer) => void) | undefined;
  const machine = await begin({
    invoke: () =>
      new Promise((resolve) => {
        release = resolve;
      }),
  });
  const first = await start(machine, 'one', { id: 1 });
  expect((await start(machine, 'one', { id: 1 })).executionArn).toBe(first.executionArn);
  await expect(start(machine, 'one', { id: 2 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  release?.(ok('done'));
  await ended(machine, first.executionArn);
  await expect(start(machine, 'one', { id: 1 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
});

test('what cannot be started is refused with the name the service gives it', async () => {
  const machine = await begin();
  const send = (input: Record<string, unknown>) =>
    machine.client.send(new StartExecutionCommand({ stateMachineArn: machineArn, ...input }));
  await expect(send({ stateMachineArn: `${machineArn}x` })).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
  await expect(send({ input: '{' })).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  await expect(send({ name: 'a b' })).rejects.toMatchObject({ name: 'InvalidName' });
  await expect(send({ input: JSON.stringify('x'.repeat(262_144)) })).rejects.toMatchObject({
    name: 'ValidationException',
  });
  const executionArn = machineArn.replace(':stateMachine:', ':execution:').concat(':none');
  await expect(machine.client.send(new DescribeExecutionCommand({ executionArn }))).rejects.toMatchObject({
    name: 'ExecutionDoesNotExist',
  });
});

test('a function that throws fails the execution under its own error name', async () => {
  const error = { errorType: 'Refused', errorMessage: 'no such script', trace: [] };
  const machine = await begin({ invoke: async () => ({ ok: false, error }) });
  const found = await ended(machine, (await start(machine, 'one')).executionArn);
  expect(found).toMatchObject({ status: 'FAILED', error: 'Refused' });
  expect(JSON.parse(found.cause ?? '')).toEqual(error);
});

test('a stopped execution is ABORTED with the given error, and begins no task any more', async () => {
  const calls: string[] = [];
  const machine = await begin({
    states: { First: task('first', { End: undefined, Next: 'Second' }), Second: task('second') },
    invoke: async (arn) => {
      calls.push(arn);
      return new Promise(() => {});
    },
  });
  const { executionArn } = await start(machine, 'one');
  await machine.client.send(new StopExecutionCommand({ executionArn, error: 'Cancelled', cause: 'by a person' }));
  expect(await ended(machine, executionArn)).toMatchObject({
    status: 'ABORTED',
    error: 'Cancelled',
    cause: 'by a person',
  });
  await machine.client.send(new StopExecutionCommand({ executionArn }));
  expect(await ended(machine, executionArn)).toMatchObject({ error: 'Cancelled' });
  expect(calls).toEqual([arnOf('first')]);
});

test('a machine over its own time is TIMED_OUT', async () => {
  const machine = await begin({ timeout: 1, invoke: () => new Promise(() => {}) });
  expect(await ended(machine, (await start(machine, 'one')).executionArn)).toMatchObject({ status: 'TIMED_OUT' });
});

test('after a stop of the cloud an unfinished execution goes on with the state it stood in', async () => {
  const states = { First: task('first', { End: undefined, Next: 'Second' }), Second: task('second') };
  const calls: string[] = [];
  const before = await aMachine({
    states,
    invoke: async (arn) => {
      calls.push(arn);
      return arn === arnOf('first') ? ok({ n: 1 }) : new Promise(() => {});
    },
  });
  const { executionArn } = await start(before, 'one');
  while (calls.length < 2) await sleep(5);
  await before.stop();

  const after = await begin({
    states,
    folder: before.folder,
    invoke: async (arn, event) => {
      calls.push(arn);
      return ok({ event });
    },
  });
  after.executions.resume();
  const found = await ended(after, executionArn);
  expect(found).toMatchObject({ status: 'SUCCEEDED', output: '{"event":{"n":1}}' });
  expect(calls).toEqual([arnOf('first'), arnOf('second'), arnOf('second')]);
});

test('an end that nobody heard of is told again at the next start, and only then', async () => {
  const heard: string[] = [];
  const told = (answer: boolean) => async (execution: Execution) => {
    heard.push(execution.status);
    return answer;
  };
  const before = await aMachine({ changed: told(false) });
  await ended(before, (await start(before, 'one')).executionArn);
  await before.stop();
  const between = await aMachine({ folder: before.folder, changed: told(true) });
  between.executions.resume();
  await sleep(20);
  await between.stop();
  const after = await begin({ folder: before.folder, changed: told(true) });
  after.executions.resume();
  await sleep(20);
  expect(heard).toEqual(['RUNNING', 'SUCCEEDED', 'SUCCEEDED']);
});

test('when the journal cannot be written the execution stays RUNNING for the next start, and the fault is told', async () => {
  const machine = await begin({
    states: {
      Work: task('work', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Excuse' }] }),
      Excuse: { Type: 'Pass', End: true },
    },
    invoke: async () => {
      machine.database.exec('DROP TABLE progress');
      return ok('done');
    },
  });
  const { executionArn } = await start(machine, 'one');
  while (machine.faults.length === 0) await sleep(5);
  const found = await machine.client.send(new DescribeExecutionCommand({ executionArn }));
  expect(found.status).toBe('RUNNING');
});

test('a call that does not exist here is refused by name', async () => {
  const { client } = await begin();
  const { endpoint } = client.config;
  const { hostname, port } = (await endpoint?.()) ?? {};
  const response = await fetch(`http://${hostname}:${port}/`, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSStepFunctions.CreateActivity' },
    body: '{}',
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
});
