// Work with models, from the request to the money: what is asked, what it costs, and that it is asked once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainReply } from '../../scripts/models/plain.ts';
import { aPerson, brokenDown, ended, type Person } from '../kit/client.ts';
import { type Models, startModels } from '../kit/models/index.ts';

/** It has a price in the table, the same at every hour. */
const model = { provider: 'doubao', model: 'doubao-seed-1-8-251228' } as const;

/** A season whose episodes tell different things. */
const season = (name: string, episodes: number): string =>
  [
    `《${name}》`,
    ...Array.from({ length: episodes }, (_, at) => at + 1).map(
      (n) => `第${n}集 第${n}夜

${n}-1 夜 内 灯塔
人物：谢灯儿、老周
△谢灯儿推开第${n}扇窗，海风灌进来。
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
