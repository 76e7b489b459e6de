// Functions as they run here: their world, their failures, their limits, how many there are at once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lambda, role } from '../runner/kit/assembly.ts';
import { aCloud } from '../runner/kit/cloud.ts';

const bundles = {
  world: `
    export const handler = async (event, context) => {
      console.log('seen', event.n);
      return { env: process.env, name: context.functionName, left: context.getRemainingTimeInMillis(), id: context.awsRequestId };
    };`,
  failing: `
    class Refused extends Error { name = 'Refused'; }
    export const handler = async (event) => { if (event.text) throw event.text; throw new Refused('no such script'); };`,
  slow: 'export const handler = () => new Promise(() => {});',
  spins: 'export const handler = () => { for (;;) {} };',
  exits: 'export const handler = () => process.exit(3);',
  greedy: 'export const handler = () => { const all = []; for (;;) all.push(new Array(1e4).fill(all.length)); };',
  parses: `
    const text = JSON.stringify(Array.from({ length: 20000 }, (_, n) => ({ n, text: 'line ' + n })));
    export const handler = () => { const all = []; for (;;) all.push(JSON.parse(text)); };`,
  gathers: `
    export const handler = ({ word = 'word' }) => {
      const all = [];
      for (;;) all.push(Array.from({ length: 2000 }, (_, n) => word + n));
    };`,
  large: "export const handler = async () => 'x'.repeat(6_291_560);",
  broken: "throw new Error('cannot load');",
  nameless: 'export const other = 1;',
  works: `
    import { threadId } from 'node:worker_threads';
    export const handler = async () => { for (const end = Date.now() + 80; Date.now() < end; ); return threadId; };`,
  waits: `
    import { setTimeout as sleep } from 'node:timers/promises';
    import { threadId } from 'node:worker_threads';
    export const handler = async () => { await sleep(600); return threadId; };`,
};

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeAll(async () => {
  cloud = await aCloud(
    {
      resources: {
        Role: role({ Action: 'none:None', Resource: '*' }),
        World: lambda('world', { Environment: { Variables: { OWN: 'own' } }, Timeout: 7 }),
        ...Object.fromEntries(
          Object.keys(bundles)
            .filter((key) => key !== 'world')
            .map((key) => [key, lambda(key, { Timeout: key === 'slow' || key === 'spins' ? 1 : 20 })]),
        ),
        reserved: { ...lambda('waits', { FunctionName: 'reserved', ReservedConcurrentExecutions: 1 }) },
      },
      bundles,
    },
    { instances: 2 },
  );
});
afterAll(() => cloud.end());

const failure = async (name: string, event: unknown = {}) => {
  const answer = await cloud.invoke(name, event);
  if (answer.ok) throw new Error(`${name} answered ${answer.payload}`);
  return answer.error;
};

test('a function finds its own variables, its name and the services, and nothing of this machine', async () => {
  const answer = await cloud.invoke('world', { n: 41 });
  const { env, name, left } = JSON.parse(answer.ok ? answer.payload : '{}');
  expect(env).toMatchObject({ OWN: 'own', AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_NAME: 'world' });
  expect(env.AWS_ENDPOINT_URL_S3).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(env).not.toHaveProperty('HOME');
  expect(name).toBe('world');
  expect(left).toBeGreaterThan(5000);
  expect(left).toBeLessThanOrEqual(7000);
});

test('what it prints and how long it took is in its log', async () => {
  await cloud.invoke('world', { n: 42 });
  const log = () => readFileSync(join(cloud.state, 'logs', 'world.log'), 'utf8');
  while (!log().includes('seen 42')) await sleep(10);
  expect(log()).toMatch(/REPORT RequestId: \S+ Duration: [\d.]+ ms/);
});

test('what it throws is its error', async () => {
  expect(await failure('failing')).toMatchObject({ errorType: 'Refused', errorMessage: 'no such script' });
  expect(await failure('failing', { text: 'just text' })).toMatchObject({
    errorType: 'string',
    errorMessage: 'just text',
  });
});

test.each(['slow', 'spins'])('one that does not end in its time is cut off: %s', async (name) => {
  expect(await failure(name)).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

test.each([
  ['exits', 'Runtime.ExitError'],
  ['greedy', 'Runtime.OutOfMemory'],
  ['parses', 'Runtime.OutOfMemory'],
  ['gathers', 'Runtime.OutOfMemory'],
  ['large', 'Function.ResponseSizeTooLarge'],
  ['broken', 'Error'],
  ['nameless', 'Runtime.HandlerNotFound'],
])('%s fails as %s, and the next event gets a fresh instance', async (name, errorType) => {
  expect(await failure(name)).toMatchObject({ errorType });
  expect(await failure(name)).toMatchObject({ errorType });
});

test('a request over 6 MB does not reach the function', async () => {
  expect(await failure('world', 'x'.repeat(6_291_456))).toMatchObject({
    errorType: 'Lambda.RequestTooLargeException',
  });
});

test('a function that does not exist is an answer, not a crash', async () => {
  expect(await failure('absent')).toMatchObject({ errorType: 'Lambda.ResourceNotFoundException' });
});

const threads = async (name: string, events: number) => {
  const answers = await Promise.all(Array.from({ length: events }, () => cloud.invoke(name, {})));
  return new Set(answers.map((answer) => answer.ok && answer.payload)).size;
};

test('no more instances than allowed while they work: the others wait in line', async () => {
  expect(await threads('works', 6)).toBe(2);
});

test('instances that only wait leave room for more, as far as the function may', async () => {
  expect(await threads('waits', 12)).toBeGreaterThan(2);
  expect(await threads('reserved', 2)).toBe(1);
});

test('when the cloud goes down, what waits in line is answered', async () => {
  const other = await aCloud({
    resources: { Role: role({ Action: 'none:None', Resource: '*' }), slow: lambda('slow', { Timeout: 60 }) },
    bundles: { slow: bundles.slow },
  });
  const waiting = Array.from({ length: 5 }, () => other.invoke('slow', {}));
  await sleep(300);
  await other.end();
  for (const answer of await Promise.all(waiting)) expect(answer.ok).toBe(false);
});
