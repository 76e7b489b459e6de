// Prompts of assets and shots over the API: from the start to what lies in the library, on the machine of writing.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainReply } from '../../scripts/models/plain.ts';
import { aPerson, brokenDown, ended, type Person } from '../kit/client.ts';
import { drama } from '../kit/drama.ts';
import { type Models, startModels } from '../kit/models/index.ts';

/** It has a price in the table, the same at every hour. */
const model = { provider: 'doubao', model: 'doubao-seed-1-8-251228' } as const;

let models: Models;
let person: Person;
let project_id: string;
let episode_id: string;
beforeAll(async () => {
  models = await startModels({ reply: plainReply });
  person = await aPerson('painter');
  const { client } = person;
  const { project, task } = await brokenDown(person, '雨巷', drama);
  expect(task).toMatchObject({ status: 'completed', provider: 'builtin' });
  project_id = project.id;
  episode_id = (await client.episodeList({ project_id })).items[0]!.id;
  const base_url = models.baseUrl(model.provider);
  await client.keyAdd({ provider: model.provider, key: 'sk-canary-prompts-0001', base_url, label: 'prompts' });
  await client.policySet({ version: 0, models: [model] });
});
afterAll(() => models.close());

const shotsOf = async () => {
  const { id } = await person.client.storyboardOfEpisode({ id: episode_id });
  return (await person.client.storyboardShots({ id, size: 100 })).items;
};

describe('prompts', () => {
  test('of the people, then of the shots they are in, are quoted, written and told', async () => {
    const { client } = person;
    const people = await client.taskVisualPrompt({ project_id, kind: 'character' });
    expect(people).toMatchObject({ status: 'pending', message: expect.any(String) });
    expect(await ended(person, people.task_id)).toMatchObject({
      type: 'visual_prompt',
      status: 'completed',
      progress: 100,
    });
    const quoted = await client.quoteVisualPrompt({ project_id, episode_id });
    const asked = models.log.length;
    const { task_id } = await client.taskVisualPrompt({ project_id, episode_id });
    const task = await ended(person, task_id);
    const shots = await shotsOf();
    expect(task).toMatchObject({
      status: 'completed',
      failed: [],
      drafts: [],
      result: { written: shots.length, kept: 0 },
    });
    expect(models.log).toHaveLength(asked + quoted.total.calls);
    for (const { prompt_by, image_prompt, blocking } of shots) {
      expect(prompt_by).toBe('model');
      for (const { name } of blocking) expect(image_prompt.zh).toContain(`${name}（替身模型的长相`);
    }
    expect(models.problems).toEqual([]);
  });

  test('are asked for once', async () => {
    const { client } = person;
    const before = models.log.length;
    const { task_id } = await client.taskVisualPrompt({ project_id, episode_id, rerun: true });
    expect(await ended(person, task_id)).toMatchObject({ status: 'completed', result: { kept: 0 } });
    expect(models.log).toHaveLength(before);
    await expect(client.taskVisualPrompt({ project_id, episode_id })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
  });

  test('of which the engine has to stand for the model are drafts that write over nothing; a retry asks again', async () => {
    const { client } = person;
    const [shot] = await shotsOf();
    models.next('refusal');
    const { task_id } = await client.taskVisualPrompt({ project_id, shot_id: shot!.id, instruction: '逆光' });
    const task = await ended(person, task_id);
    expect(task).toMatchObject({ status: 'completed', drafts: [{ code: 'PROMPT_BLOCKED', step: 'write' }] });
    expect((await shotsOf())[0]).toMatchObject({ image_prompt: shot!.image_prompt, prompt_by: 'model' });
    await client.taskRetry({ id: task_id });
    expect(await ended(person, task_id)).toMatchObject({ status: 'completed', drafts: [], result: { written: 1 } });
  });

  test('need something to be written for', async () => {
    const { client } = person;
    await expect(client.taskVisualPrompt({ project_id })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    const nowhere = client.taskVisualPrompt({ project_id, shot_id: `sht_${'0'.repeat(26)}_${'0'.repeat(26)}` });
    await expect(nowhere).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
