// A definition with anything the interpreter does not know stops the cloud, naming machine, state and field.
import { expect, test } from 'vitest';
import { readDefinition } from '../../../local/stepfunctions/read.ts';
import { arnOf, task } from './kit.ts';

const refused: [name: string, definition: unknown, sentence: RegExp][] = [
  [
    'JSONata',
    { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed' } } },
    /only JSONPath runs here/,
  ],
  ['an unknown field', one({ Arguments: {} }), /state "A": Arguments is not understood/],
  ['variables', one({ Assign: { x: 1 } }), /state "A": Assign is not understood/],
  ['task tokens', one({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' }), /without task tokens/],
  ['another service', one({ Resource: 'arn:aws:states:::dynamodb:putItem' }), /only Lambda tasks/],
  ['an unknown state type', { StartAt: 'A', States: { A: { Type: 'Dance', End: true } } }, /state "A"/],
  ['a next state that is not there', one({ End: undefined, Next: 'B' }), /state "A": it goes on to "B"/],
  ['a start that is not there', { StartAt: 'B', States: { A: { Type: 'Succeed' } } }, /StartAt "B" does not exist/],
  ['no way on', one({ End: undefined }), /exactly one of Next and End/],
  ['a filter in a path', one({ InputPath: '$.a[?(@.b==1)]' }), /without filter expressions/],
  ['a path that is none', one({ ResultSelector: { 'a.$': '$.b[' } }), /state "A".*is not a JSONPath/],
  ['an unknown intrinsic', one({ Parameters: { 'a.$': 'States.Shout($.b)' } }), /States\.Shout.*neither a path nor/],
  [
    'an unknown intrinsic inside one',
    one({ Parameters: { 'a.$': "States.Format('{}', States.Shout($.b))" } }),
    /Shout/,
  ],
  [
    'an unknown comparison',
    choice({ Variable: '$.a', StringSounds: 'b', Next: 'B' }),
    /StringSounds is not a comparison/,
  ],
  ['a rule without comparison', choice({ Variable: '$.a', Next: 'B' }), /needs a Variable and one comparison/],
  ['a wait without a time', { StartAt: 'A', States: { A: { Type: 'Wait', End: true } } }, /exactly one of Seconds/],
  [
    'a distributed map',
    map({ ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }),
    /ProcessorConfig/,
  ],
  ['tolerated failures', map({}, { ToleratedFailurePercentage: 5 }), /state "A": ToleratedFailurePercentage is not/],
  [
    'a fault inside a map',
    map({ States: { In: task('x', { End: undefined, Next: 'Out' }) } }),
    /state "In": it goes on to/,
  ],
];

function one(more: Record<string, unknown>): unknown {
  return { StartAt: 'A', States: { A: task('x', more) } };
}

function choice(rule: Record<string, unknown>): unknown {
  return { StartAt: 'A', States: { A: { Type: 'Choice', Choices: [rule] }, B: { Type: 'Succeed' } } };
}

function map(processor: Record<string, unknown>, more: Record<string, unknown> = {}): unknown {
  const ItemProcessor = { StartAt: 'In', States: { In: task('x') }, ...processor };
  return { StartAt: 'A', States: { A: { Type: 'Map', ItemProcessor, End: true, ...more } } };
}

test.each(refused)('%s', (_, definition, sentence) => {
  const read = () => readDefinition('breakdown', definition);
  expect(read).toThrow(sentence);
  expect(read).toThrow(/^State machine breakdown: .*local\/stepfunctions\/definition\.ts/s);
  expect(read).toThrow(expect.objectContaining({ code: 'WORKFLOW_NOT_UNDERSTOOD' }));
});

test('what the pipeline uses is read with its defaults', () => {
  const definition = {
    Comment: 'c',
    TimeoutSeconds: 60,
    StartAt: 'A',
    States: { A: { Type: 'Task', Resource: arnOf('x'), Retry: [{ ErrorEquals: ['States.ALL'] }], End: true } },
  };
  expect(readDefinition('m', definition).States.A).toMatchObject({
    Retry: [{ IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2, JitterStrategy: 'NONE' }],
  });
});
