// How a machine goes its way: data through paths, choices, maps and branches; and on from where it was cut off.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { StateFailure } from '../../../local/stepfunctions/failure.ts';
import { run, type Standing, task } from './kit.ts';

test('data passes InputPath, Parameters, ResultSelector, ResultPath and OutputPath in that order', async () => {
  const states = {
    Work: task('work', {
      InputPath: '$.inner',
      Parameters: { 'id.$': '$.id', fixed: true, 'name.$': '$$.Execution.Name', 'list.$': '$.items[1:]' },
      ResultSelector: { 'only.$': '$.value' },
      ResultPath: '$.out.work',
      OutputPath: '$.out',
    }),
  };
  const seen: unknown[] = [];
  const work = (input: never) => {
    seen.push(input);
    return { value: 5, other: 6 };
  };
  const { output } = await run(states, { inner: { id: 1, items: [1, 2, 3] }, out: { kept: 1 } }, { work });
  expect(seen).toEqual([{ id: 1, fixed: true, name: 'one', list: [2, 3] }]);
  expect(output).toEqual({ kept: 1, work: { only: 5 } });
});

test('a choice takes the first rule that holds, else its default, else it fails', async () => {
  const states = (Default?: string) => ({
    Which: {
      Type: 'Choice',
      Choices: [
        {
          And: [{ Variable: '$.n', NumericGreaterThan: 1 }, { Not: { Variable: '$.n', NumericEquals: 3 } }],
          Next: 'Two',
        },
        { Variable: '$.word', StringMatches: 'ab*d', Next: 'Word' },
        { Variable: '$.gone', IsPresent: false, Next: 'Gone' },
      ],
      ...(Default && { Default }),
    },
    Two: { Type: 'Pass', Result: 'two', End: true },
    Word: { Type: 'Pass', Result: 'word', End: true },
    Gone: { Type: 'Pass', Result: 'gone', End: true },
    Other: { Type: 'Pass', Result: 'other', End: true },
  });
  const choose = async (input: object, Default?: string) => (await run(states(Default), input)).output;
  expect(await choose({ n: 2, word: 'abcd' })).toBe('two');
  expect(await choose({ n: 3, word: 'abcd' })).toBe('word');
  expect(await choose({ n: 3, word: 'x' })).toBe('gone');
  expect(await choose({ n: 3, word: 'x', gone: 1 }, 'Other')).toBe('other');
  await expect(choose({ n: 3, word: 'x', gone: 1 })).rejects.toMatchObject({ error: 'States.NoChoiceMatched' });
});

test('a map keeps the order of its items and runs no more at once than it may', async () => {
  let now = 0;
  let most = 0;
  const work = async (item: { value: number }) => {
    now++;
    most = Math.max(most, now);
    await sleep(item.value % 3);
    now--;
    return item.value * 2;
  };
  const states = {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrency: 3,
      ItemSelector: { 'value.$': '$$.Map.Item.Value', 'at.$': '$$.Map.Item.Index' },
      ItemProcessor: { StartAt: 'Work', States: { Work: task('work') } },
      End: true,
    },
  };
  const items = Array.from({ length: 20 }, (_, index) => index);
  const { output } = await run(states, { items }, { work: work as never });
  expect(output).toEqual(items.map((item) => item * 2));
  expect(most).toBe(3);
});

test('a failed iteration fails the map, and no further iteration begins', async () => {
  const begun: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    if (item === 1) throw new StateFailure('Broken', 'one');
    await sleep(5);
  };
  const states = {
    Each: {
      Type: 'Map',
      MaxConcurrency: 2,
      ItemProcessor: { StartAt: 'Work', States: { Work: task('work') } },
      End: true,
    },
  };
  await expect(run(states, [0, 1, 2, 3, 4], { work: work as never })).rejects.toMatchObject({ error: 'Broken' });
  expect(begun).toEqual([0, 1]);
});

test('branches run side by side on the same input, their outputs in order', async () => {
  const states = {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'One', States: { One: task('one') } },
        { StartAt: 'Two', States: { Two: { Type: 'Pass', End: true } } },
      ],
      End: true,
    },
  };
  expect((await run(states, 3, { one: ((n: number) => n + 1) as never })).output).toEqual([4, 3]);
});

test('a wait takes its seconds from the input', async () => {
  const { waits } = await run({ Rest: { Type: 'Wait', SecondsPath: '$.seconds', End: true } }, { seconds: 90 });
  expect(waits).toEqual([90_000]);
  const absent = run({ Rest: { Type: 'Wait', SecondsPath: '$.seconds', End: true } }, {});
  await expect(absent).rejects.toMatchObject({ error: 'States.Runtime' });
});

test('a wait takes the end of it from the input', async () => {
  const until = (end: string) =>
    run({ Rest: { Type: 'Wait', TimestampPath: '$.until', End: true } }, { until: end }).then(({ waits }) => waits);
  expect(await until('2026-11-24T00:01:00.500Z')).toEqual([60_500]);
  expect(await until('2026-11-24T08:02:00+08:00')).toEqual([120_000]);
  expect(await until('2026-11-23T00:00:00Z')).toEqual([0]);
});

test.each([
  ['SecondsPath', 'soon'],
  ['SecondsPath', '60'],
  ['SecondsPath', 1.5],
  ['SecondsPath', -1],
  ['TimestampPath', 'tomorrow'],
  ['TimestampPath', '2026-11-24'],
  ['TimestampPath', '2026-13-24T00:00:00Z'],
  ['TimestampPath', 1_800_000_000_000],
])('a wait whose %s leads to %s fails, and does not end at once', async (field, end) => {
  const wait = run({ Rest: { Type: 'Wait', [field]: '$.end', End: true } }, { end });
  await expect(wait).rejects.toMatchObject({ error: 'States.Runtime' });
});

test('cut off anywhere and run again, every task that ended is not asked again, and the output is the same', async () => {
  const states = {
    First: task('first', { End: undefined, Next: 'Each', ResultPath: '$.items' }),
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrency: 1,
      ItemProcessor: {
        StartAt: 'Double',
        States: { Double: task('double', { End: undefined, Next: 'Add' }), Add: task('add') },
      },
      Next: 'Last',
    },
    Last: task('last'),
  };
  const total = 1 + 3 * 2 + 1;
  for (let cut = 1; cut <= total; cut++) {
    const calls: string[] = [];
    const standing: Standing = new Map();
    const control = new AbortController();
    const count = (name: string, work: (input: never) => unknown) => async (input: never) => {
      if (calls.length + 1 === cut && !control.signal.aborted) {
        control.abort(new Error('killed'));
        return new Promise(() => {});
      }
      calls.push(name);
      return work(input);
    };
    const tasks = {
      first: count('first', () => [1, 2, 3]),
      double: count('double', (n) => n * 2),
      add: count('add', (n) => n + 1),
      last: count('last', (list: number[]) => list.join()),
    };
    await expect(run(states, {}, tasks as never, { signal: control.signal, standing })).rejects.toThrow('killed');
    expect((await run(states, {}, tasks as never, { standing })).output).toBe('3,5,7');
    expect(calls, `cut at task ${cut}`).toHaveLength(total);
  }
});
