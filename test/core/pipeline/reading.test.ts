// The breakdown with a model: its reading reaches the library, is paid once, and never leaves less than the grammar found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardedFetch } from '../../../core/ai/guarded-fetch.ts';
import { addKey } from '../../../core/ai/keys/add.ts';
import { textProvider } from '../../../core/ai/registry.ts';
import { setPolicy } from '../../../core/ai/settings/policy.ts';
import * as Asset from '../../../core/asset/index.ts';
import { loadAll } from '../../../core/asset/store.ts';
import { predictionOf } from '../../../core/breakdown/index.ts';
import * as Episode from '../../../core/episode/index.ts';
import * as Task from '../../../core/task/index.ts';
import { sampleReply } from '../../../scripts/models/answer.ts';
import { aStage, type Line, type Stage, usageOf } from '../../ai/stage.ts';
import { drama } from '../../kit/drama.ts';
import { startModels } from '../../kit/models/index.ts';
import { score } from '../../kit/prediction.ts';
import { perfectExtract } from '../../kit/readers/extract.ts';
import { goldAt } from '../../kit/readers/gold.ts';
import { perfectResolve } from '../../kit/readers/resolve.ts';
import { directs } from '../../kit/readers/storyboard.ts';
import { aBreakdown, run } from '../../kit/run.ts';
import { shared } from '../../kit/shared.ts';
import { row } from '../../reader/drama.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

/** What is answered about episodes; other steps get no answer and stand on the engine without a model. */
const answering =
  (of: (text: string) => Line) =>
  (request: { schema?: { name: string }; messages: readonly { text: string }[] }): Line =>
    request.schema?.name === 'extraction' ? of(request.messages[0]!.text) : { fails: 'moderation' };
const said = (...facts: object[]) => JSON.stringify({ facts, prompts: [{ n: '林晚', zh: '年轻女店主，棉布长裙', en: 'young shopkeeper in a cotton dress' }] }); // biome-ignore format: one thought
const first = said(
  row('look', '林晚', '身量娇小，要踮脚才够得着顶层', 1, '林晚踮脚把一只青瓷茶壶'),
  row('tie', '林晚', '十年前失散的恋人', 3, '我找的不是书，是写书的人', '顾言之'),
  row('form', '林晚', '小林老板', 6, '小林老板，他又来了'),
  row('place', '雨巷', '大雨，窄巷，油纸伞', 5, '大雨。秦姨撑着油纸伞'),
);
const second = said(row('trait', '顾言之', '隐忍', 1, '顾言之从抽屉里取出半块茶壶碎片'));
const both = answering((text) => (text.includes('2-1') ? second : first));
const assetsOf = async (projectId: string) => (await Asset.list(s.ctx, { projectId, size: 100 })).items;

describe('a breakdown with a model', () => {
  test('gives the library what it read, beside what the grammar found', async () => {
    s.scripted.say(both);
    const { project, task } = await aBreakdown(s.ctx, '雨巷', drama);
    expect(task).toMatchObject({ status: 'completed', provider: 'auto', failed: [], notices: [] });
    const assets = await assetsOf(project);
    const lin = assets.find(({ name }) => name === '林晚');
    expect(lin?.attributes).toMatchObject({
      age: '24',
      appearance: '身量娇小，要踮脚才够得着顶层',
      relations: '顾言之（十年前失散的恋人）',
      visual_prompt_en: 'young shopkeeper in a cotton dress',
    });
    expect(lin?.aliases).toContain('小林老板');
    expect(assets.find(({ name }) => name === '雨巷')?.description).toBe('大雨，窄巷，油纸伞');
    expect(assets.find(({ name }) => name === '顾言之')?.attributes).toMatchObject({ personality: '隐忍' });
  });

  test('done again asks nobody about an episode', async () => {
    s.scripted.say(both);
    const { project, task } = await aBreakdown(s.ctx, '雨巷，又一次', drama);
    const asked = () => s.scripted.requests.filter(({ request }) => request.schema?.name === 'extraction').length;
    const before = asked();
    const { taskId } = await Task.parseScript(s.ctx, { projectId: project, scriptId: task.scriptId, rerun: true });
    expect((await run(s.ctx, taskId)).result?.cached.extract).toBe(2);
    expect(asked()).toBe(before);
  });

  test('tells what of an answer was left out, and keeps the rest', async () => {
    const partly = first.replace(
      '}],"prompts"',
      `},${JSON.stringify(row('prop', '玉玺', '', 1, '林晚踮脚'))}],"prompts"`,
    );
    s.scripted.say(answering((text) => (text.includes('2-1') ? second : partly)));
    const { task } = await aBreakdown(s.ctx, '有一条不在剧本中', drama.replace('二十四岁', '二十五岁'));
    expect(task).toMatchObject({
      status: 'completed',
      notices: [
        {
          episode: 1,
          step: 'extract',
          code: 'ANSWER_LEFT_OUT',
          message: expect.stringContaining('1 facts'),
        },
      ],
    });
  });

  test('stands on the grammar in an episode nobody answers about, says so, and asks again when it is retried', async () => {
    const text = drama.replace('二十四岁', '二十六岁');
    s.scripted.say(answering((asked) => (asked.includes('2-1') ? '我无法完成' : first)));
    const { project, task } = await aBreakdown(s.ctx, '有一集没有回答', text);
    expect(task.failed).toEqual([]);
    const drafts = (of: typeof task) => of.drafts.filter(({ step }) => step === 'extract');
    expect(drafts(task)).toMatchObject([{ episode: 2, code: 'MODEL_ANSWER_UNUSABLE' }]);
    expect((await assetsOf(project)).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['林晚', '顾言之', '秦姨']),
    );
    s.scripted.say(both);
    await Task.retry(s.ctx, { id: task.id });
    expect(drafts(await run(s.ctx, task.id))).toEqual([]);
    expect((await assetsOf(project)).find(({ name }) => name === '顾言之')?.attributes).toMatchObject({
      personality: '隐忍',
    });
  });

  test('fails that episode alone where the tenant takes no drafts', async () => {
    const strict = await aStage();
    await setPolicy(strict.ctx, { version: 0, drafts: false });
    strict.scripted.say(answering((asked) => (asked.includes('2-1') ? { fails: 'moderation' } : first)));
    const { project, task } = await aBreakdown(strict.ctx, '不要草稿', drama);
    expect(task.failed).toContainEqual(
      expect.objectContaining({ episode: 2, step: 'extract', code: 'PROMPT_BLOCKED' }),
    );
    const { items } = await Episode.list(strict.ctx, { projectId: project, size: 10 });
    expect(items.map(({ status }) => status)).toEqual(['COMPLETED', 'FAILED']);
    await strict.t.stop();
  });
});

describe.skipIf(shared === undefined)('a season over the wire, with perfect readers', () => {
  test('is read with one call an episode, its people are right, and its shots are the model’s', async () => {
    const gold = goldAt(join(shared!, 'scripts', 'zh_jindenglu.gold.json'));
    const players = [perfectExtract(gold), perfectResolve(gold), directs, sampleReply];
    const server = await startModels({
      reply: (asked) => players.map((player) => player(asked)).find((said) => said !== undefined),
    });
    const own = await aStage();
    const rules = { http: true, privateNetworks: true };
    Object.assign(own.ctx.ai, { provider: textProvider, fetch: guardedFetch(rules), addresses: rules });
    await addKey(own.ctx, { provider: 'openai', label: 'own', key: 'key-of-mine-0123', baseUrl: server.baseUrl('openai') }); // biome-ignore format: one key
    await setPolicy(own.ctx, { version: 0, models: [{ provider: 'openai', model: 'gpt-6-luna' }] });
    const text = readFileSync(join(shared!, 'scripts', 'zh_jindenglu.txt'), 'utf8');
    const { project, task } = await aBreakdown(own.ctx, '锦灯记', text);
    expect(task).toMatchObject({ failed: [], notices: [] });
    const rows = (await usageOf(own.ctx, task.id)).filter(({ prompt }) => prompt.startsWith('extract@'));
    expect(rows.map(({ episode, outcome }) => [episode, outcome])).toEqual(
      Array.from(rows, (_, at) => [at + 1, 'answered']),
    );
    expect(rows).toHaveLength(20);
    const boards = (await usageOf(own.ctx, task.id)).filter(({ prompt }) => prompt.startsWith('storyboard@'));
    expect(boards.every(({ outcome, attempt }) => outcome === 'answered' && attempt === 1)).toBe(true);
    expect(boards.length).toBeLessThanOrEqual(60);
    expect(task.drafts.filter(({ step }) => step === 'storyboard')).toEqual([]);
    const assets = (await loadAll(own.ctx, project)).filter(({ status }) => status === 'active');
    const prediction = predictionOf({ episodes: [] }, assets);
    const { characters } = await score(shared!, 'zh_jindenglu.gold.json', prediction);
    expect(characters.over_merged).toBe(0);
    expect(characters.bcubed.f1).toBeGreaterThanOrEqual(0.99);
    expect(server.problems).toEqual([]);
    expect(server.paidTwice()).toEqual([]);
    await Promise.all([own.t.stop(), server.close()]);
  }, 240_000);
});
