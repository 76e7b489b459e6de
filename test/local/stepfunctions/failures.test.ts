// What happens when a state fails: it is tried again as its Retry says, caught as its Catch says, or the machine fails.
import { expect, test } from 'vitest';
import { StateFailure } from '../../../local/stepfunctions/failure.ts';
import { run, task } from './kit.ts';

const failing = (times: number, error = 'Busy') => {
  let calls = 0;
  return {
    calls: () => calls,
    task: () => {
      calls++;
      if (calls <= times) throw new StateFailure(error, `failure ${calls}`);
      return 'done';
    },
  };
};

test('waits grow by the backoff rate, up to the longest delay', async () => {
  const work = failing(5);
  const retry = { ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 5, MaxDelaySeconds: 20 };
  const { output, waits } = await run({ Work: task('work', { Retry: [retry] }) }, {}, { work: work.task });
  expect(output).toBe('done');
  expect(waits).toEqual([2000, 6000, 18_000, 20_000, 20_000]);
});

test('full jitter waits anywhere between nothing and the delay', async () => {
  const retry = { ErrorEquals: ['States.ALL'], IntervalSeconds: 4, BackoffRate: 2, JitterStrategy: 'FULL' };
  const work = failing(2);
  const { waits } = await run({ Work: task('work', { Retry: [retry] }) }, {}, { work: work.task }, { random: 0.25 });
  expect(waits).toEqual([1000, 2000]);
});

test('attempts spent, the error is caught with its name and cause where ResultPath says', async () => {
  const work = failing(9);
  const states = {
    Work: task('work', {
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Excuse' }],
    }),
    Excuse: { Type: 'Pass', End: true },
  };
  const { output, events } = await run(states, { id: 7 }, { work: work.task });
  expect(work.calls()).toBe(3);
  expect(output).toEqual({ id: 7, error: { Error: 'Busy', Cause: 'failure 3' } });
  expect(events.filter(({ state }) => state === 'Work').map(({ type }) => type)).toEqual([
    'entered',
    'retried',
    'retried',
    'caught',
    'exited',
  ]);
});

test('a retrier with no attempts keeps its error from the retriers after it', async () => {
  const work = failing(9, 'Refused');
  const Retry = [{ ErrorEquals: ['Refused'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
  await expect(run({ Work: task('work', { Retry }) }, {}, { work: work.task })).rejects.toThrow('Refused');
  expect(work.calls()).toBe(1);
});

test('a task that does not end in time fails with States.Timeout, which TaskFailed does not match', async () => {
  const states = {
    Work: task('work', {
      TimeoutSeconds: 1,
      Catch: [
        { ErrorEquals: ['States.TaskFailed'], Next: 'Wrong' },
        { ErrorEquals: ['States.Timeout'], Next: 'Late' },
      ],
    }),
    Wrong: { Type: 'Pass', Result: 'wrong', End: true },
    Late: { Type: 'Pass', Result: 'late', End: true },
  };
  const forever = (_: never, started: () => void) => {
    started();
    return new Promise(() => {});
  };
  expect((await run(states, {}, { work: forever })).output).toBe('late');
});

test('time in the line does not count: the timeout runs from the start of the work', async () => {
  const patient = async (_: never, started: () => void) => {
    await new Promise((done) => setTimeout(done, 1200));
    started();
    return 'done';
  };
  expect((await run({ Work: task('work', { TimeoutSeconds: 1 }) }, {}, { work: patient })).output).toBe('done');
});

test('a result over 256 KiB fails with States.DataLimitExceeded, which States.ALL does not catch', async () => {
  const much = () => 'x'.repeat(262_143);
  const states = (name: string) => ({
    Work: task('much', { Catch: [{ ErrorEquals: [name], Next: 'Excuse' }] }),
    Excuse: { Type: 'Pass', Result: 'excused', End: true },
  });
  await expect(run(states('States.ALL'), {}, { much })).rejects.toThrow('States.DataLimitExceeded');
  expect((await run(states('States.DataLimitExceeded'), {}, { much })).output).toBe('excused');
  const fits = () => 'x'.repeat(262_142);
  expect((await run({ Work: task('fits', { ResultPath: null }) }, { id: 1 }, { fits })).output).toEqual({ id: 1 });
});

test('a Fail state ends the machine with its own error and cause', async () => {
  const states = { Give: { Type: 'Fail', Error: 'TaskFailed', Cause: 'told' } };
  await expect(run(states, {})).rejects.toMatchObject({ error: 'TaskFailed', cause: 'told' });
});

test('a fault of the definition is States.Runtime, which States.ALL does not catch', async () => {
  const states = {
    Work: task('work', { InputPath: '$.absent', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Excuse' }] }),
    Excuse: { Type: 'Pass', End: true },
  };
  await expect(run(states, {}, { work: () => 1 })).rejects.toMatchObject({ error: 'States.Runtime' });
});
