// Every workflow is a file, and its table fills exactly what it leaves open.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../functions/catalog.ts';
import { readDefinition } from '../../local/stepfunctions/read.ts';
import { type WorkflowName, workflows } from '../../statemachines/index.ts';

// asl-validator is CommonJS and brings no types
const validate: (definition: unknown) => { isValid: boolean; errors: unknown[] } = createRequire(import.meta.url)(
  'asl-validator',
);

type Retrier = {
  ErrorEquals: string[];
  IntervalSeconds?: number;
  BackoffRate?: number;
  MaxAttempts?: number;
  JitterStrategy?: string;
  MaxDelaySeconds?: number;
};
type State = {
  Type: string;
  Resource?: string;
  TimeoutSeconds?: number;
  MaxConcurrency?: number;
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  ItemProcessor?: { ProcessorConfig: { Mode: string }; States: Record<string, State> };
};

/** What Lambda says where as many functions run as the account may have at once: 10 in a new one, 1,000 later, of all tenants. */
const noRoom = 'Lambda.TooManyRequestsException';

const statesOf = (states: Record<string, State>): [string, State][] =>
  Object.entries(states).flatMap(
    ([name, state]) => [[name, state], ...statesOf(state.ItemProcessor?.States ?? {})] as [string, State][],
  );

test('every definition has its row in the table, and every row its file', () => {
  const files = readdirSync('statemachines').filter((name) => name.endsWith('.asl.json'));
  expect(files.sort()).toEqual(
    Object.values(workflows)
      .map(({ definition }) => definition.replace('statemachines/', ''))
      .sort(),
  );
});

describe.each(Object.keys(workflows) as WorkflowName[])('%s', (name) => {
  const { definition, tasks, longest = 86_400 } = workflows[name];
  const text = readFileSync(definition, 'utf8');
  const flow = JSON.parse(text) as { TimeoutSeconds?: number; States: Record<string, State> };
  const states = statesOf(flow.States);
  const tasksOf = states.filter(([, { Type }]) => Type === 'Task');

  test('placeholders are the keys of its table, both ways, and each names a function of the catalog that is a task', () => {
    const open = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, placeholder = '']) => placeholder));
    expect([...open].sort()).toEqual(Object.keys(tasks).sort());
    for (const task of Object.values(tasks)) {
      expect(catalog[task].trigger).toBe('task');
      expect(existsSync(catalog[task].entry)).toBe(true);
    }
  });

  test('it ends by itself, in a day at most where its table says nothing else', () => {
    expect(flow.TimeoutSeconds).toBeGreaterThan(0);
    expect(flow.TimeoutSeconds).toBeLessThanOrEqual(longest);
  });

  test.each(tasksOf)('"%s" waits exactly as long as its function may run', (_, { Resource, TimeoutSeconds }) => {
    const task = tasks[/^\$\{(\w+)\}$/.exec(Resource ?? '')?.[1] ?? ''];
    expect(TimeoutSeconds).toBe(task && catalog[task].timeout);
  });

  test.each(tasksOf)('"%s" is tried again with jitter, and what remains is caught', (_, { Retry = [], Catch = [] }) => {
    const all = Retry.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
    expect(all).toMatchObject({ JitterStrategy: 'FULL' });
    expect(all?.MaxAttempts).toBeGreaterThan(0);
    expect(all?.MaxDelaySeconds).toBeGreaterThan(0);
    expect(Catch.some(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'))).toBe(true);
  });

  test.each(tasksOf)(
    '"%s" waits minutes for room among the functions of the account before it counts as failed',
    (_, task) => {
      const { Retry = [] } = task;
      const names = Retry.map(({ ErrorEquals }) => ErrorEquals[0] ?? '');
      const throttled = Retry[names.indexOf(noRoom)];
      expect(names.indexOf(noRoom)).toBeLessThan(names.indexOf('States.ALL'));
      expect(throttled).toMatchObject({ ErrorEquals: [noRoom], JitterStrategy: 'FULL' });
      const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = 1, MaxAttempts = 0 } = throttled ?? {};
      const waits = Array.from({ length: MaxAttempts }, (_none, at) =>
        Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** at),
      );
      // with full jitter half of it on the average: as long as a step of others takes
      expect(waits.reduce((sum, wait) => sum + wait, 0) / 2).toBeGreaterThan(240);
    },
  );

  test('a refusal is not tried again: only Refused, the name of a lack of room and those of the States language are spoken', () => {
    const spoken = new Set(
      states.flatMap(([, { Retry = [], Catch = [] }]) =>
        [...Retry, ...Catch].flatMap(({ ErrorEquals }) => ErrorEquals),
      ),
    );
    expect([...spoken].every((error) => error === 'Refused' || error === noRoom || error.startsWith('States.'))).toBe(
      true,
    );
    for (const [state, { Retry = [] }] of tasksOf)
      for (const { ErrorEquals, MaxAttempts } of Retry)
        if (ErrorEquals.includes('Refused')) expect(MaxAttempts, state).toBe(0);
  });

  test('maps run inline, at most 40 wide', () => {
    for (const [, { MaxConcurrency, ItemProcessor }] of states.filter(([, { Type }]) => Type === 'Map')) {
      expect(ItemProcessor?.ProcessorConfig.Mode).toBe('INLINE');
      expect(MaxConcurrency).toBeGreaterThan(0);
      expect(MaxConcurrency).toBeLessThanOrEqual(40);
    }
  });

  test('states are named in plain words', () => {
    for (const [state] of states) expect(state).toMatch(/^[A-Z][a-z]+( [a-z]+)*$/);
  });

  test('it is valid Amazon States Language', () => {
    expect(validate(JSON.parse(text))).toMatchObject({ isValid: true, errors: [] });
  });

  test('the local cloud runs every field of it: nothing is ignored in silence', () => {
    const filled = text.replace(/\$\{(\w+)\}/g, 'arn:aws:lambda:us-east-1:000000000000:function:$1');
    expect(() => readDefinition(name, JSON.parse(filled))).not.toThrow();
    const foreign = filled.replace('"Type": "Task"', '"Type": "Task", "Assign": { "seen": true }');
    expect(() => readDefinition(name, JSON.parse(foreign))).toThrow('Assign');
  });
});
