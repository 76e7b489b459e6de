import { afterAll, beforeAll, expect, test } from 'vitest';
import { due, type Reminder, remind } from '../../../core/platform/reminder.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

const hour = 3_600_000;
let t: ATenant;
beforeAll(async () => {
  t = await aTenant({ at: Date.UTC(2026, 0, 5, 10, 50) });
});
afterAll(() => t.stop());

const seen = async (done = false): Promise<string[]> => {
  const ids: string[] = [];
  for await (const reminder of due(t.anyone)) {
    ids.push(reminder.id);
    if (done) await reminder.done();
  }
  return ids.sort();
};

test('what is due is told until it is done, what is not due yet is not told', async () => {
  const about = (id: string): Reminder => ({ kind: 'task', tenant: t.ctx.tenant, id });
  const now = t.ctx.now();
  await remind(t.anyone, about('past'), now - 1000);
  await remind(t.anyone, about('soon'), now + hour / 4);
  await remind(t.anyone, about('soon'), now + hour / 4);
  await remind(t.anyone, about('later'), now + 5 * hour);
  expect(await seen()).toEqual(['past']);
  expect(await seen(true)).toEqual(['past']);
  expect(await seen()).toEqual([]);
  t.pass(hour / 2);
  expect(await seen(true)).toEqual(['soon']);
  // a sweep that did not run for a day
  t.pass(24 * hour);
  expect(await seen(true)).toEqual(['later']);
});
