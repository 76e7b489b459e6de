// Work with models, from the request to the money: what is asked, what it costs, and what is kept when it stops in the middle.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { plainReply } from '../../scripts/models/plain.ts';
import { aPerson, brokenDown, ended, type Person } from '../kit/client.ts';
import { type Models, startModels } from '../kit/models/index.ts';

/** It has a price in the table, the same at every hour. */
const model = { provider: 'doubao', model: 'doubao-seed-1-8-251228' } as const;

/** A season whose episodes tell different things; `mark` makes the model server misbehave. */
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

describe('work that stops in the middle', () => {
  test('at its cap ends with the reason and what was done, and goes on under a higher one', async () => {
    const { models, person } = await withModels('capped');
    try {
      // each answer costs 26,000 millionths: 20,000 × 0.8 + 5,000 × 2
      const text = season('上限', 6, () => '[[stub:usage=20000/5000]]');
      const project = await person.client.projectCreate({ title: '上限' });
      const { task_id } = await person.client.taskParseScript({ project_id: project.id, raw_text: text, cap: 60_000 });
      const stopped = await ended(person, task_id);
      expect(stopped.status).toBe('partial');
      expect(new Set(stopped.failed.map(({ code }) => code))).toEqual(new Set(['BUDGET_REACHED']));
      const { items, budget } = await usageOf(person, task_id);
      const calls = models.log.length;
      expect(items).toHaveLength(calls);
      expect(calls).toBeGreaterThan(1);
      expect(calls).toBeLessThan(6);
      expect(budget).toEqual({ cap: 60_000, spent: calls * 26_000, held: 0 });

      await person.client.taskRetry({ id: task_id, cap: 10_000_000 });
      expect(await ended(person, task_id)).toMatchObject({
        status: 'completed',
        failed: [],
        drafts: [],
        cap: 10_000_000,
      });
      expect(models.log.length).toBeGreaterThan(calls);
      expect(models.paidTwice()).toEqual([]);
      const after = await usageOf(person, task_id);
      expect(after.budget?.spent).toBe(sum(after.items.map(({ spent }) => spent)));
    } finally {
      await models.close();
    }
  }, 180_000);

  test('cancelled asks no more and keeps what was answered; a retry asks only for the rest', async () => {
    const { models, person } = await withModels('cancelled');
    try {
      const text = season('取消', 4, (n) => (n > 1 ? '[[stub:slow-once=8]]' : ''));
      const project = await person.client.projectCreate({ title: '取消' });
      const { task_id } = await person.client.taskParseScript({ project_id: project.id, raw_text: text });
      await vi.waitFor(() => expect(models.log.map(({ outcome }) => outcome)).toContain('answered'), 60_000);
      expect(await person.client.taskCancel({ id: task_id })).toMatchObject({ status: 'cancelled' });
      const { log } = models;
      // none of the slow ones is waited for to its end
      await vi.waitFor(async () => expect((await usageOf(person, task_id)).budget?.held).toBe(0), 60_000);
      expect(log.filter(({ outcome }) => outcome === 'answered')).toHaveLength(1);
      expect(log.length).toBeLessThanOrEqual(4);

      await person.client.taskRetry({ id: task_id });
      expect(await ended(person, task_id)).toMatchObject({ status: 'completed', failed: [], drafts: [], attempt: 2 });
      expect(models.paidTwice()).toEqual([]);
      const { items, budget } = await usageOf(person, task_id);
      expect(budget).toMatchObject({ spent: sum(items.map(({ spent }) => spent)), held: 0 });
    } finally {
      await models.close();
    }
  }, 180_000);
});
