// What work will cost, asked over HTTP before it is begun, with the body the start would take.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainReply } from '../../scripts/models/plain.ts';
import { aPerson, brokenDown, ended, type Person, said } from '../kit/client.ts';
import { drama } from '../kit/drama.ts';
import { type Models, startModels } from '../kit/models/index.ts';

let models: Models;
let person: Person;
beforeAll(async () => {
  models = await startModels({ reply: plainReply });
  person = await aPerson('producer');
  await person.client.keyAdd({
    provider: 'openai',
    label: '自有服务',
    key: 'sk-canary-quote-2xKd',
    base_url: models.baseUrl('openai'),
    models: [{ id: 'mine', price: { currency: 'CNY', input: 2, output: 8 } }],
  });
});
afterAll(() => models.close());

const mine = { provider: 'openai', model_config: { text_model: 'mine' } };

test('a pasted script: nobody is asked; then it costs no more than it was said to, and a second time nothing', async () => {
  const { id: project_id } = await person.client.projectCreate({ title: '报价' });
  const body = { project_id, raw_text: drama, title: '雨巷', ...mine };
  const quoted = await person.client.quoteParseScript(body);
  expect(models.log).toEqual([]);
  expect(quoted).toMatchObject({ provider: 'openai', episodes: 2, stored: { calls: 0 } });
  expect(quoted.lines[0]).toMatchObject({ use: 'extract', episode: 1, model: 'mine', mode: 'byok', calls: 1 });
  const { task_id } = await person.client.taskParseScript({ ...body, cap: quoted.cap.advised ?? 0 });
  const task = await ended(person, task_id);
  expect(task).toMatchObject({ status: 'completed', drafts: [] });
  const { budget } = await person.client.taskUsage({ id: task_id });
  expect(budget?.spent).toBeGreaterThan(0);
  expect(budget?.spent).toBeLessThanOrEqual(quoted.total.most ?? 0);
  const calls = models.log.length;
  const again = await person.client.quoteParseScript({ project_id, script_id: task.script_id, rerun: true, ...mine });
  expect(again).toMatchObject({ lines: [], total: { calls: 0, micros: 0 } });
  expect(again.stored.calls).toBe(calls);
});

test('one episode, and a cap that is not enough, told in the language of who asks', async () => {
  const { project } = await brokenDown(person, '雨巷', drama);
  const [episode] = (await person.client.episodeList({ project_id: project.id })).items;
  const id = episode?.id ?? '';
  const extraction = await person.client.quoteExtractAssets({ id, ...mine });
  expect(extraction.lines[0]).toMatchObject({ use: 'extract', episode: 1 });
  const body = { project_id: project.id, episode_id: id, cap: 1, ...mine };
  const answer = await person.send('POST', '/ai/shots/generate/quote', body, { 'accept-language': 'zh-CN' });
  const { data } = await said(answer);
  expect([answer.status, data.cap]).toMatchObject([200, { micros: 1, enough: false }]);
  expect(JSON.stringify(data.notices)).toMatch(/QUOTE_ABOVE_CAP.*建议上限/);
  expect(JSON.stringify(data)).not.toContain('canary');
});

test('a script whose outline is there already, and whose first episode is: those are not priced again', async () => {
  const { id: project_id } = await person.client.projectCreate({ title: '灯塔' });
  const idea = { project_id, idea: '守灯人', genre: '悬疑', episodes: 2, episode_characters: 400, title: '最后一盏灯' };
  const { task_id } = await person.client.taskGenerateScript({ ...idea, ...mine });
  expect(await ended(person, task_id)).toMatchObject({ status: 'completed' });
  const calls = models.log.length;
  const { items } = await person.client.taskUsage({ id: task_id, size: 100 });
  const answer = await person.send('POST', '/ai/script/generate/quote', { ...idea, ...mine });
  expect(answer.status).toBe(200);
  expect((await said(answer)).data).toMatchObject({ total: { calls: 1 }, stored: { calls: 2 } });
  expect(models.log).toHaveLength(calls);
  expect((await person.client.taskUsage({ id: task_id, size: 100 })).items).toEqual(items);
});
