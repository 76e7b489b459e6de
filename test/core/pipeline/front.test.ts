// Several scripts in one project: what each tells of its people counts, whichever was broken down last.
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Asset from '../../../core/asset/index.ts';
import * as Task from '../../../core/task/index.ts';
import { aBreakdown, run } from '../../kit/run.ts';
import { type ATenant, aTenant } from '../../kit/tenant.ts';

const script = (people: string, episode: number, ...lines: string[]): string =>
  `《雨巷》\n\n人物小传\n${people}\n\n第${episode}集\n\n${episode}-1 日 内 旧书店\n${lines.join('\n')}\n`;
const first = script(
  '1. 林晚，二十四岁，旧书店店主，本名沈知意。',
  1,
  '人物：林晚',
  '林晚：关门了。',
  '△沈知意转过身去。',
);
const second = script('1. 陆九，三十岁，船夫，江湖人称“浪里飞”。', 2, '人物：林晚、浪里飞', '浪里飞：上船吧。');

let t: ATenant;
let project: string;
let task: Awaited<ReturnType<typeof aBreakdown>>['task'];
beforeAll(async () => {
  t = await aTenant();
  ({ project, task } = await aBreakdown(t.ctx, '雨巷', first));
});
afterAll(() => t.stop());

const person = async (form: string) => {
  const { items } = await Asset.list(t.ctx, { projectId: project, kind: 'character', search: form });
  return Asset.get(t.ctx, { id: items[0]?.id ?? '' });
};

test('a second script keeps what the first one tells, and adds its own', async () => {
  const { taskId } = await Task.parseScript(t.ctx, { projectId: project, rawText: second, title: '雨巷二' });
  await run(t.ctx, taskId);
  expect(await person('林晚')).toMatchObject({
    name: '林晚',
    aliases: expect.arrayContaining(['沈知意']),
    attributes: { age: '24' },
  });
  expect(await person('浪里飞')).toMatchObject({ name: '陆九', attributes: { age: '30' } });
  const { items } = await Asset.mentions(t.ctx, { id: (await person('陆九')).id, episode: 0 });
  expect(items.map(({ quote }) => quote).join()).toContain('浪里飞');
});

test('the first one done again keeps what the second tells', async () => {
  const again = await Task.parseScript(t.ctx, { projectId: project, scriptId: task.scriptId, rerun: true });
  await run(t.ctx, again.taskId);
  expect(await person('浪里飞')).toMatchObject({ name: '陆九', description: expect.stringContaining('船夫') });
  expect(await person('沈知意')).toMatchObject({ name: '林晚' });
});
