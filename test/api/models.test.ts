// Work with models, from the request to the money: what is asked, what it costs, that it is asked once, and what is kept when it stops in the middle.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { plainReply } from '../../scripts/models/plain.ts';
import { aPerson, brokenDown, ended, type Person, said } from '../kit/client.ts';
import { type Models, startModels } from '../kit/models/index.ts';

/** It has a price in the table, the same at every hour. */
const model = { provider: 'doubao', model: 'doubao-seed-1-8-251228' } as const;

/** A season whose episodes tell different things; marks make the model server misbehave. */
const season = (name: string, episodes: number, mark: (episode: number) => string = () => ''): string =>
  [
    `《${name}》`,
    ...Array.from({ length: episodes }, (_, at) => at + 1).map(
      (n) => `第${n}集 第${n}夜

${n}-1 夜 内 灯塔
人物：谢灯儿、老周
△谢灯儿推开第${n}扇窗，海风灌进来。${mark(n)}
谢灯儿：${name}的第${n}盏灯还亮着。
老周：那就再等一夜，等第${n}条船。`,
    ),
  ].join('\n\n');

/** A person whose tenant has a key of its own for a model server of its own. */
async function withModels(name: string) {
  const models = await startModels({ reply: plainReply });
  const person = await aPerson(name);
  const key = `sk-canary-${name}-${crypto.randomUUID()}`;
  await person.client.keyAdd({ provider: model.provider, key, base_url: models.baseUrl(model.provider), label: name });
  await person.client.policySet({ version: 0, models: [model] });
  return { models, person, key };
}

const usageOf = ({ client }: Person, id: string) => client.taskUsage({ id, size: 100 });
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe('a breakdown with models', () => {
  let models: Models;
  let person: Person;
  let done: Awaited<ReturnType<typeof brokenDown>>;
  beforeAll(async () => {
    ({ models, person } = await withModels('asking'));
    done = await brokenDown(person, '灯塔', season('灯塔', 2));
  });
  afterAll(() => models.close());

  test('is the policy’s where nobody says otherwise, and ends without drafts', () => {
    expect(done.task).toMatchObject({ status: 'completed', provider: 'auto', models: [], drafts: [], failed: [] });
    expect(done.task.cap).toBeGreaterThan(0);
    expect(models.problems).toEqual([]);
  });

  test('what the model said is in the storyboard', async () => {
    const { items } = await person.client.episodeList({ project_id: done.project.id });
    for (const { id } of items) {
      const board = await person.client.storyboardOfEpisode({ id });
      expect(board.coverage.complete).toBe(true);
      const shots = await person.client.storyboardShots({ id: board.id });
      expect(shots.items.map(({ title }) => title)).toContain('替身镜头');
    }
  });

  test('has a row for each exchange, with tokens and price; the task spent their sum', async () => {
    const { items, budget } = await usageOf(person, done.task.id);
    expect(items).toHaveLength(models.log.length);
    expect(items.length).toBeGreaterThanOrEqual(4);
    for (const row of items) {
      expect(row).toMatchObject({ ...model, mode: 'byok', currency: 'CNY', outcome: 'answered', cache_hit: false });
      expect(Math.min(row.input, row.output, row.micros ?? 0)).toBeGreaterThan(0);
    }
    expect(budget).toEqual({ cap: done.task.cap, spent: sum(items.map(({ spent }) => spent)), held: 0 });
  });

  test('done again asks nobody', async () => {
    const before = models.log.length;
    const again = { project_id: done.project.id, script_id: done.task.script_id, rerun: true };
    const { task_id } = await person.client.taskParseScript(again);
    expect(await ended(person, task_id)).toMatchObject({
      status: 'completed',
      result: { cached: { extract: 2, storyboard: 2 } },
    });
    expect(models.log).toHaveLength(before);
    expect((await usageOf(person, task_id)).budget?.spent).toBe(0);
  });
});

describe('a cap', () => {
  let models: Models;
  let person: Person;
  beforeAll(async () => {
    ({ models, person } = await withModels('capped'));
  });
  afterAll(() => models.close());

  test('of zero starts nothing and says why', async () => {
    const project = await person.client.projectCreate({ title: '零' });
    const body = { project_id: project.id, raw_text: season('零', 1), cap: 0 };
    const answer = await person.send('POST', '/ai/script/parse', body);
    expect([answer.status, (await said(answer)).error.code]).toEqual([402, 'BUDGET_ZERO']);
    expect((await person.client.taskList({ project_id: project.id })).items).toEqual([]);
    expect(models.log).toEqual([]);
  });

  test('reached in the middle ends the work with what is done, drafts or not; under a higher one it goes on', async () => {
    // 3,800 millionths an answer: 1,000 × 0.8 + 1,500 × 2
    const text = season('上限', 6, () => '[[stub:usage=1000/1500]]');
    const project = await person.client.projectCreate({ title: '上限' });
    const { task_id } = await person.client.taskParseScript({ project_id: project.id, raw_text: text, cap: 14_000 });
    const stopped = await ended(person, task_id);
    expect(stopped).toMatchObject({ status: 'partial', drafts: [] });
    expect(new Set(stopped.failed.map(({ code }) => code))).toEqual(new Set(['BUDGET_REACHED']));
    expect(stopped.failed[0]?.message).toMatch(/raise the cap/);
    const calls = models.log.length;
    expect(calls).toBeGreaterThan(1);
    expect(calls).toBeLessThan(6);
    const { items, budget } = await usageOf(person, task_id);
    expect(items).toHaveLength(calls);
    expect(budget).toEqual({ cap: 14_000, spent: calls * 3800, held: 0 });
    const { items: episodes } = await person.client.episodeList({ project_id: project.id });
    const read = episodes.filter(({ status }) => status === 'COMPLETED');
    expect(read).toHaveLength(calls);
    expect(episodes.filter(({ error_code }) => error_code === 'BUDGET_REACHED')).toHaveLength(6);

    const lower = await person.send('POST', `/ai/tasks/${task_id}/retry`, { cap: 0 });
    expect((await said(lower)).error.code).toBe('BUDGET_ZERO');
    await person.client.taskRetry({ id: task_id, cap: 10_000_000 });
    const done = await ended(person, task_id);
    expect(done).toMatchObject({ status: 'completed', failed: [], drafts: [], cap: 10_000_000, attempt: 2 });
    expect(done.result).toMatchObject({ cached: { extract: calls, storyboard: 0 } });
    // six episodes read and boarded, each once
    expect(models.log).toHaveLength(12);
    expect(models.paidTwice()).toEqual([]);
    const after = await usageOf(person, task_id);
    expect(after.budget).toEqual({ cap: 10_000_000, spent: 12 * 3800, held: 0 });
    expect(models.problems).toEqual([]);
  });
});

describe('work that is cancelled while models are asked', () => {
  test('asks no more and keeps what was answered; a retry asks only for the rest', async () => {
    const { models, person } = await withModels('cancelled');
    // all but the first episode
    models.strike(({ messages }) => (messages.some(({ text }) => text.includes('第1扇窗')) ? '' : 'slow=60'));
    const project = await person.client.projectCreate({ title: '取消' });
    const { task_id } = await person.client.taskParseScript({ project_id: project.id, raw_text: season('取消', 4) });
    const soon = { timeout: 30_000, interval: 100 };
    const answered = () => models.log.filter(({ outcome }) => outcome === 'answered').length;
    const underWay = () => models.log.length - answered();
    const standing = async () =>
      (await person.client.episodeList({ project_id: project.id })).items.map(({ status }) => status);
    await vi.waitFor(async () => expect((await standing())[0]).toBe('COMPLETED'), soon);
    await vi.waitFor(() => expect(underWay()).toBeGreaterThan(0), soon);
    expect(await person.client.taskCancel({ id: task_id })).toMatchObject({ status: 'cancelled' });
    // none of the slow ones is waited for to its end
    await vi.waitFor(async () => expect((await usageOf(person, task_id)).budget?.held).toBe(0), soon);
    const calls = models.log.length;
    expect(answered()).toBe(1);
    expect(await ended(person, task_id)).toMatchObject({ status: 'cancelled', error_code: 'TASK_CANCELLED' });
    expect(await standing()).toEqual(['COMPLETED', 'PENDING', 'PENDING', 'PENDING']);
    expect(models.log).toHaveLength(calls);

    models.strike(() => '');
    await person.client.taskRetry({ id: task_id });
    expect(await ended(person, task_id)).toMatchObject({ status: 'completed', failed: [], drafts: [], attempt: 2 });
    // three episodes, and four storyboards
    expect(models.log).toHaveLength(calls + 3 + 4);
    expect(models.paidTwice()).toEqual([]);
    const { items, budget } = await usageOf(person, task_id);
    expect(items.filter(({ outcome, cache_hit }) => outcome === 'answered' && !cache_hit)).toHaveLength(answered());
    expect(budget).toMatchObject({ spent: sum(items.map(({ spent }) => spent)), held: 0 });
    await models.close();
  });
});
