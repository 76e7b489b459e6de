// Scripts that models write, over the API: from the idea to the script of the project, broken off and gone on with.
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { watch } from '../../scripts/demo/watch.ts';
import { plainReply } from '../../scripts/models/plain.ts';
import { aPerson, ended, type Person, said } from '../kit/client.ts';
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

let ideas = 0;
const brief = () => ({ project_id: project, idea: `第 ${++ideas} 座灯塔`, genre: '悬疑', episodes: 2, episode_characters: 400 + ideas }); // biome-ignore format: one thought
const generated = async (more: object = {}) =>
  (await person.client.taskGenerateScript({ ...brief(), ...more })).task_id;
const spentOf = async (id: string) => {
  const { items, budget } = await person.client.taskUsage({ id, size: 100 });
  return { rows: items, spent: budget?.spent, sum: items.reduce((total, row) => total + row.spent, 0) };
};

describe('a script from an idea', () => {
  test('is outlined, written episode by episode, and becomes a script our parser reads without a warning', async () => {
    const { client } = person;
    const id = await generated();
    const seen: string[] = [];
    const task = await watch(client, inject('cloud').socketUrl, id, ({ message }) => seen.push(message));
    expect(task).toMatchObject({
      type: 'script_generate',
      status: 'completed',
      progress: 100,
      failed: [],
      notices: [],
    });
    expect(task.result).toMatchObject({ script_id: task.script_id, revision: 1, written: 2, asked: 2 });
    // how far an episode is, and not the episode itself
    expect(seen.some((message) => /已写 \d+ 字|\d+ characters so far/.test(message))).toBe(true);
    const { outline, parts } = await client.taskText({ id });
    expect(outline?.episodes).toHaveLength(2);
    expect(parts.map(({ number, whole }) => [number, whole])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect((await client.scriptList({ project_id: project })).items.map((one) => one.id)).toEqual([task.script_id]);
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

  test('whose stream is cut on the way is whole in the end; each piece is paid once, to the sum of the rows', async () => {
    const before = models.log.length;
    // the outline comes; the first episode breaks off in the middle
    models.next('', 'cut');
    const id = await generated();
    const task = await ended(person, id);
    expect(task).toMatchObject({ status: 'completed', result: { written: 2 } });
    const calls = models.log.slice(before);
    expect(calls.map(({ outcome }) => outcome)).toEqual(['answered', 'lost', 'answered', 'answered']);
    expect(models.paidTwice()).toEqual([]);
    const { parts } = await person.client.taskText({ id });
    // the rest was asked for, and joined to what had come
    expect(parts[0]?.text.match(/第1集/g)).toHaveLength(1);
    const { rows, spent, sum } = await spentOf(id);
    expect(rows).toHaveLength(4);
    expect(spent).toBe(sum);
  });

  test('cancelled in the middle keeps what there is; a retry asks for the rest alone', async () => {
    const before = models.log.length;
    // the second episode never comes
    models.next('', '', 'stall');
    const id = await generated();
    await until(() => models.log.length - before === 3);
    const { status } = await person.client.taskCancel({ id });
    expect(status).toBe('cancelled');
    const { parts } = await person.client.taskText({ id });
    expect(parts.filter(({ whole }) => whole).map(({ number }) => number)).toEqual([1]);
    await person.client.taskRetry({ id });
    expect(await ended(person, id)).toMatchObject({ status: 'completed', result: { written: 2 } });
    expect(models.log.length - before).toBe(4);
    expect(models.paidTwice()).toEqual([]);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(holds()).toBe(true);
}

describe('a script there is', () => {
  test('is rewritten in part and goes on, each as a new revision', async () => {
    const { client } = person;
    const made = await ended(person, await generated());
    const on = { project_id: project, script_id: made.script_id };
    const rewritten = await client.taskRewriteScript({ ...on, episodes: [2], instruction: '更紧张' });
    expect(await ended(person, rewritten.task_id)).toMatchObject({ status: 'completed', result: { revision: 2 } });
    const continued = await client.taskContinueScript({ ...on, episodes: 1 });
    expect(await ended(person, continued.task_id)).toMatchObject({
      status: 'completed',
      result: { revision: 3, written: 1 },
    });
    const parsed = await client.taskParseScript({ ...on, provider: 'builtin' });
    const task = await ended(person, parsed.task_id);
    expect(task).toMatchObject({ status: 'completed', result: { warnings: 0 } });
  });

  test.each([
    ['/ai/script/generate', { idea: '' }, 400, 'INVALID_REQUEST'],
    ['/ai/script/generate', { provider: 'builtin' }, 422, 'WRITING_NEEDS_MODEL'],
    ['/ai/script/rewrite', { script_id: 'scr_nothing', episodes: [1], instruction: '短' }, 404, 'NOT_FOUND'],
    ['/ai/script/continue', { script_id: 'scr_nothing', episodes: 1 }, 404, 'NOT_FOUND'],
  ])('%s with %o answers %i %s', async (path, body, status, code) => {
    const answer = await person.send('POST', path, { ...brief(), ...body });
    expect(answer.status).toBe(status);
    expect((await said(answer)).error.code).toBe(code);
  });
});
