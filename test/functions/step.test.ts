// A step of the machine: what it refuses for good carries a name the machine does not retry.
import { beforeAll, expect, test } from 'vitest';
import { reasonOf } from '../../core/pipeline/fail.ts';
import { Failure, type FailureCode } from '../../core/platform/failure.ts';
import { storesFor } from '../../functions/runtime/stores.ts';
import { stepHandler } from '../../functions/runtime/task.ts';

const of = { tenant: '01h00000000000000000000000', task: 'tsk_1', attempt: 1 };

// where the tenant lies is known: these steps reach no store
beforeAll(() => storesFor(of.tenant, 'pool'));

/** Name and message under which Step Functions hears of a step that threw this. */
async function heard(error: Error): Promise<{ name: string; message: string }> {
  const handler = stepHandler(() => Promise.reject(error));
  const { name, message } = await handler(of, { awsRequestId: 'req_1', getRemainingTimeInMillis: () => 60_000 }).then(
    () => new Error('it went well'),
    (thrown: Error) => thrown,
  );
  return { name, message };
}

test.each<FailureCode>(['EMPTY_FILE', 'NOT_FOUND', 'TASK_CANCELLED'])('%s is a refusal for good', async (code) => {
  expect(await heard(new Failure(code))).toEqual({ name: 'Refused', message: code });
});

test.each<FailureCode>(['STALE_VERSION', 'BUSY'])('%s is tried again: somebody was only faster', async (code) => {
  expect((await heard(new Failure(code))).name).not.toBe('Refused');
});

test('a step that was outrun to the end is told by its code', async () => {
  const { name, message } = await heard(new Failure('STALE_VERSION', { current_version: 3 }));
  expect(reasonOf({ Error: name, Cause: JSON.stringify({ errorMessage: message }) })).toEqual({
    code: 'STALE_VERSION',
  });
});
