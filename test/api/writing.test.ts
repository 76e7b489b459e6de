// Scripts that models write, from the idea to the script of the project.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainReply } from '../../scripts/models/plain.ts';
import { aPerson, ended, type Person } from '../kit/client.ts';
import { type Models, startModels } from '../kit/models/index.ts';

/** It has a price in the table, the same at every hour. */
const model = { provider: 'doubao', model: 'doubao-seed-1-8-251228' } as const;

let models: Models;
let person: Person;
let project: string;
beforeAll(async () => {
  models = await startModels({ reply: plainReply });
  person = await aPerson('writer');
  const { client } = person;
  const base_url = models.baseUrl(model.provider);
  await client.keyAdd({ provider: model.provider, key: 'sk-canary-writing-0001', base_url, label: 'writing' });
  await client.policySet({ version: 0, models: [model] });
  project = (await client.projectCreate({ title: '灯塔' })).id;
});
afterAll(() => models.close());

const brief = { idea: '守灯人等一条不来的船', genre: '悬疑', episodes: 2, episode_characters: 400 };

describe('a script from an idea', () => {
  test('is outlined, written episode by episode, and becomes a script our parser reads without a warning', async () => {
    const { client } = person;
    const { task_id, status } = await client.taskGenerateScript({ project_id: project, ...brief });
    expect(status).toBe('pending');
    const task = await ended(person, task_id);
    expect(task).toMatchObject({
      type: 'script_generate',
      status: 'completed',
      progress: 100,
      failed: [],
      notices: [],
    });
    expect(task.result).toMatchObject({ script_id: task.script_id, revision: 1, written: 2, asked: 2 });
    const { outline, parts } = await client.taskText({ id: task_id });
    expect(outline?.episodes).toHaveLength(2);
    expect(parts.map(({ number, whole }) => [number, whole])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect((await client.scriptList({ project_id: project })).items.map(({ id }) => id)).toEqual([task.script_id]);
    const parsed = await client.taskParseScript({
      project_id: project,
      script_id: task.script_id,
      provider: 'builtin',
    });
    expect(await ended(person, parsed.task_id)).toMatchObject({
      status: 'completed',
      result: { episodes: 2, scenes: 4, warnings: 0 },
    });
    // an outline and two episodes
    expect(models.log).toHaveLength(3);
    expect(models.problems).toEqual([]);
  });
});
