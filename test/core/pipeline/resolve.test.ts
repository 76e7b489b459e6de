// Resolution with a model in the pipeline: what it settles is in the library with its word, costs nothing twice, and a person's word wins.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guardedFetch } from '../../../core/ai/guarded-fetch.ts';
import { addKey } from '../../../core/ai/keys/add.ts';
import { textProvider } from '../../../core/ai/registry.ts';
import * as Asset from '../../../core/asset/index.ts';
import type { Decision } from '../../../core/asset/schema.ts';
import * as Episode from '../../../core/episode/index.ts';
import * as Project from '../../../core/project/index.ts';
import * as Script from '../../../core/revision/index.ts';
import * as Task from '../../../core/task/index.ts';
import type { Reply } from '../../../scripts/models/answer.ts';
import { aStage, type Stage } from '../../ai/stage.ts';
import { scene } from '../../breakdown/drama.ts';
import { type Models, startModels } from '../../kit/models/index.ts';
import { perfectResolve } from '../../kit/readers/resolve.ts';
import { run } from '../../kit/run.ts';

/** 白鹭 is 苏晚 behind a mask, and somebody calls her by her name; the grammar alone asks a person. */
const drama = `《画中人》

第1集

${scene('1-1', '画室', '白鹭、林越', '林越：果然是你，苏晚。', '白鹭：我只是个修画的。')}
${scene('1-2', '书房', '苏晚、苏父', '苏晚：爸。', '苏父：坐。')}
`;
const gold = {
  characters: [
    { name: '苏晚', aliases: ['白鹭'] },
    { name: '林越', aliases: [] },
    { name: '苏父', aliases: [] },
  ],
  props: [],
  ignored_surfaces: [],
  ambiguous_surfaces: {},
  extras: [],
};
const knowing: Reply = (asked) => perfectResolve(gold)(asked) ?? { facts: [], prompts: [] };

let s: Stage;
let server: Models;
/** Questions of who is who that came over the wire. */
let questions = 0;
let projects = 0;
beforeAll(async () => {
  server = await startModels();
  s = await aStage();
  const rules = { http: true, privateNetworks: true };
  Object.assign(s.ctx.ai, { provider: textProvider, fetch: guardedFetch(rules), addresses: rules });
  await addKey(s.ctx, {
    provider: 'openai',
    label: 'mine',
    key: 'key-of-mine-0123',
    baseUrl: server.baseUrl('openai'),
  });
});
afterAll(async () => {
  await Promise.all([s.t.stop(), server.close()]);
});
beforeEach(() => {
  play(knowing);
  // a provider that was given rest in the test before is back
  s.t.pass(120_000);
});

function play(reply: Reply): void {
  server.play((asked) => {
    if (asked.schemaName === 'identity') questions += 1;
    return reply(asked);
  });
}

async function aProject(): Promise<{ project: string; scriptId: string; episode: string }> {
  const { id } = await Project.create(s.ctx, { title: `画中人 ${++projects}` });
  const { taskId } = await Task.parseScript(s.ctx, { projectId: id, rawText: drama, provider: 'builtin' });
  const { scriptId } = await run(s.ctx, taskId);
  const { items } = await Episode.list(s.ctx, { projectId: id });
  return { project: id, scriptId, episode: items[0]!.id };
}

/** Extracts and resolves again, with the model. */
async function read(episode: string) {
  const { taskId } = await Task.extractAssets(s.ctx, { id: episode, rerun: true, provider: 'openai' });
  return run(s.ctx, taskId);
}
const decided = async (projectId: string, status: Decision['status']) =>
  (await Asset.decisions(s.ctx, { projectId, status })).items.map(({ a, b, ...row }) => ({
    ...row,
    forms: [a.form, b.form].sort(),
  }));
const people = async (projectId: string) =>
  (await Asset.list(s.ctx, { projectId, kind: 'character' })).items.map(({ name, aliases }) =>
    [name, ...aliases].sort().join(),
  );
const pair = ['白鹭', '苏晚'].sort();

describe('a pair that waits for a person', () => {
  let project: string;
  let episode: string;
  beforeAll(async () => {
    ({ project, episode } = await aProject());
  });

  test('is merged by a model, and the decision keeps its word and the line it rests on', async () => {
    expect((await decided(project, 'waiting')).map(({ forms }) => forms)).toEqual([pair]);
    expect(await read(episode)).toMatchObject({ status: 'completed', drafts: [] });
    expect(await people(project)).toContain(pair.join());
    expect(await decided(project, 'waiting')).toEqual([]);
    const merged = (await decided(project, 'merged')).find(({ forms }) => forms.join() === pair.join());
    expect(merged?.score).toBeGreaterThanOrEqual(0.95);
    expect(merged?.evidence).toContainEqual(
      expect.objectContaining({
        rule: 'model_same',
        by: { provider: 'openai', model: expect.any(String) },
        reason: '台词如此',
        quote: '果然是你，苏晚。',
      }),
    );
  });

  test('costs nothing a second time', async () => {
    const before = server.log.length;
    expect(await read(episode)).toMatchObject({ status: 'completed' });
    expect(server.log.length).toBe(before);
    expect(await people(project)).toContain(pair.join());
  });

  test('stays apart once a person took it apart, and is not asked about again', async () => {
    const { items } = await Asset.list(s.ctx, { projectId: project, kind: 'character', search: '苏晚' });
    const one = items.find(({ name, aliases }) => [name, ...aliases].includes('白鹭'))!;
    const other = one.name === '苏晚' ? '白鹭' : '苏晚';
    await Asset.split(s.ctx, { id: one.id, version: one.version, forms: [other] });
    const before = questions;
    await read(episode);
    expect(questions).toBe(before);
    expect(await people(project)).toEqual(expect.arrayContaining(['白鹭', '苏晚']));
  });
});

test('where the model fails for good, what the grammar found stands, the pair waits on, and the task says why; a retry asks again', async () => {
  const { project, episode } = await aProject();
  play((asked) => (asked.schemaName === 'identity' ? 'I am sorry.' : knowing(asked)));
  const task = await read(episode);
  expect(task).toMatchObject({ status: 'completed', failed: [] });
  expect(task.drafts).toMatchObject([{ step: 'resolve', code: 'MODEL_ANSWER_UNUSABLE' }]);
  expect((await decided(project, 'waiting')).map(({ forms }) => forms)).toEqual([pair]);
  play(knowing);
  await Task.retry(s.ctx, { id: task.id });
  expect(await run(s.ctx, task.id)).toMatchObject({ status: 'completed', drafts: [] });
  expect(await people(project)).toContain(pair.join());
});

test('a question whose line left the script is no longer asked', async () => {
  const { project, scriptId } = await aProject();
  expect((await decided(project, 'waiting')).map(({ forms }) => forms)).toEqual([pair]);
  const rawText = drama.replace('果然是你，苏晚。', '久仰。');
  await Script.revise(s.ctx, { id: scriptId, rawText });
  const { taskId } = await Task.parseScript(s.ctx, { projectId: project, scriptId, rerun: true, provider: 'builtin' });
  expect(await run(s.ctx, taskId)).toMatchObject({ status: 'completed', result: { waiting: 0 } });
  expect(await decided(project, 'waiting')).toEqual([]);
  expect((await decided(project, 'refused')).map(({ forms }) => forms)).toContainEqual(pair);
});
