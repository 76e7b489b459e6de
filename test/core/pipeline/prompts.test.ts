// Prompts as a task: started, written part by part, stopped, retried, told.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TextRequest } from '../../../core/ai/schema.ts';
import { getPolicy, setPolicy } from '../../../core/ai/settings/policy.ts';
import * as Asset from '../../../core/asset/index.ts';
import * as Episode from '../../../core/episode/index.ts';
import { part } from '../../../core/pipeline/writing/part.ts';
import { plan } from '../../../core/pipeline/writing/plan.ts';
import * as Project from '../../../core/project/index.ts';
import * as Quote from '../../../core/quote/index.ts';
import * as Script from '../../../core/revision/index.ts';
import * as Shot from '../../../core/shot/index.ts';
import * as Task from '../../../core/task/index.ts';
import { plainReply } from '../../../scripts/models/plain.ts';
import { aStage, type Stage, usageOf } from '../../ai/stage.ts';
import { drama } from '../../kit/drama.ts';
import { run } from '../../kit/run.ts';
import { written as runWriting } from '../../kit/write.ts';

let s: Stage;
/** The drama again and again, so that every batch of an episode is full. */
const long = drama.replace(
  '【本集完】',
  Array.from({ length: 40 }, (_, at) => `△秦姨缓缓拾起第${at + 1}块碎片，对着灯细看。`).join('\n'),
);
let project: string;
beforeAll(async () => {
  s = await aStage();
  project = (await Project.create(s.ctx, { title: '雨巷' })).id;
  const { taskId } = await Task.parseScript(s.ctx, { projectId: project, rawText: long, title: '雨巷', provider: 'builtin' }); // biome-ignore format: one thought
  expect(await run(s.ctx, taskId)).toMatchObject({ status: 'completed' });
});
afterAll(() => s.t.stop());
beforeEach(() => {
  s.scripted.say(good);
  s.scripted.requests.length = 0;
});
const good = (request: TextRequest): string =>
  JSON.stringify(plainReply({ messages: request.messages } as unknown as Parameters<typeof plainReply>[0]));
const calls = () => s.scripted.requests.length;
const episodeId = (number: number) => Episode.episodeId(project, number);
const shotsOf = async (number: number) => {
  const { id } = await Shot.ofEpisode(s.ctx, { id: episodeId(number) });
  return (await Shot.shots(s.ctx, { id, size: 100 })).items;
};
type Asked = Omit<Parameters<typeof Task.visualPrompt>[1], 'projectId'>;
/** Each with a wish of its own, so that nobody was asked before. */
let wishes = 0;
const started = async (asked: Asked) =>
  (await Task.visualPrompt(s.ctx, { projectId: project, instruction: `第 ${++wishes} 个愿望`, ...asked })).taskId;
const work = async (asked: Asked) => runWriting(s.ctx, await started(asked));

describe('prompts as a task', () => {
  test('are written for one asset, with the usage of the call, and nobody is asked twice', async () => {
    const { items } = await Asset.list(s.ctx, { projectId: project, kind: 'character', size: 10 });
    const assetId = items[0]!.id;
    const task = await work({ assetId, instruction: '' });
    expect(task).toMatchObject({
      type: 'visual_prompt',
      status: 'completed',
      progress: 100,
      provider: 'auto',
      message: 'Done: 1 prompts are written',
      result: { asked: 1, written: 1, drafted: 0, kept: 0 },
    });
    expect((await Asset.get(s.ctx, { id: assetId })).promptBy).toBe('model');
    expect(await usageOf(s.ctx, task.id)).toMatchObject([{ prompt: 'visual-prompt@1', outcome: 'answered' }]);
    const { parts } = await Task.text(s.ctx, { id: task.id });
    expect(parts).toMatchObject([{ number: 1, title: items[0]!.name, whole: true }]);
    expect(await work({ assetId, instruction: '' })).toMatchObject({ status: 'completed', result: { written: 1 } });
    expect(calls()).toBe(1);
  });

  test('go assets first and then shots, and one part that fails leaves the rest; a retry asks about that alone', async () => {
    const shots = await shotsOf(2);
    s.scripted.say((request) =>
      request.messages[0]!.text.includes('第7块') ? { fails: 'moderation' } : good(request),
    );
    const id = await started({ episodeId: episodeId(2) });
    const drafted = await runWriting(s.ctx, id);
    expect(drafted).toMatchObject({
      status: 'completed',
      failed: [],
      drafts: [{ step: 'write', code: 'PROMPT_BLOCKED' }],
    });
    const { asked, written, drafted: count } = drafted.result as { asked: number; written: number; drafted: number };
    expect([asked, written + count]).toEqual([shots.length, shots.length]);
    expect(count).toBeGreaterThan(0);
    const before = calls();
    s.scripted.say(good);
    await Task.retry(s.ctx, { id });
    expect(await runWriting(s.ctx, id)).toMatchObject({
      status: 'completed',
      drafts: [],
      result: { written: shots.length },
    });
    expect(calls()).toBe(before + 1);
  });

  test('end in part where no drafts are taken, and a retry does only what is missing', async () => {
    const { version } = await getPolicy(s.ctx, {});
    const strict = await setPolicy(s.ctx, { version, drafts: false });
    const shots = await shotsOf(2);
    s.scripted.say((request) =>
      request.messages[0]!.text.includes('第7块') ? { fails: 'moderation' } : good(request),
    );
    const id = await started({ episodeId: episodeId(2), rerun: true });
    const task = await runWriting(s.ctx, id);
    expect(task).toMatchObject({ status: 'partial', failed: [{ step: 'write', code: 'PROMPT_BLOCKED' }] });
    expect(task.message).toMatch(/^Done in part: \d+ of \d+ prompts/);
    expect((task.result as { written: number }).written).toBeGreaterThan(0);
    const before = calls();
    s.scripted.say(good);
    await Task.retry(s.ctx, { id });
    expect(await runWriting(s.ctx, id)).toMatchObject({ status: 'completed', result: { written: shots.length } });
    expect(calls()).toBe(before + 1);
    await setPolicy(s.ctx, { version: strict.version, drafts: true });
  });

  test('of which nothing could be written fail with the reason', async () => {
    const { version } = await getPolicy(s.ctx, {});
    const strict = await setPolicy(s.ctx, { version, drafts: false });
    s.scripted.say({ fails: 'moderation' });
    const id = await started({ kind: 'location', rerun: true });
    expect(await runWriting(s.ctx, id)).toMatchObject({ status: 'failed', errorCode: 'PROMPT_BLOCKED', result: null });
    await setPolicy(s.ctx, { version: strict.version, drafts: true });
    s.scripted.say(good);
    await Task.retry(s.ctx, { id });
    expect(await runWriting(s.ctx, id)).toMatchObject({ status: 'completed', failed: [] });
  });

  test('broken off behind any part are begun again without being asked or written twice', async () => {
    const id = await started({ episodeId: episodeId(1), rerun: true });
    const of = { task: id, attempt: 1 };
    const { waves } = await plan(s.ctx, of);
    const numbers = waves.flat();
    for (const number of numbers) await part(s.ctx, { ...of, part: number });
    const [asked, before] = [calls(), await shotsOf(1)];
    expect(await runWriting(s.ctx, id)).toMatchObject({ status: 'completed', failed: [] });
    expect(calls()).toBe(asked);
    expect(await shotsOf(1)).toEqual(before);
  });

  test('stop at the cap with what is done kept, and go on with a higher one', async () => {
    const shots = await shotsOf(2);
    const quoted = await Quote.visualPrompt(s.ctx, {
      projectId: project,
      episodeId: episodeId(2),
      rerun: true,
      instruction: '贵',
    });
    const cap = Math.ceil((quoted.total.most ?? 0) / quoted.total.calls) + 1;
    const id = await started({ episodeId: episodeId(2), rerun: true, instruction: '贵', cap });
    const task = await runWriting(s.ctx, id);
    expect(task.status).toBe('partial');
    expect(new Set(task.failed.map(({ code }) => code))).toEqual(new Set(['BUDGET_REACHED']));
    const before = calls();
    expect(before).toBeGreaterThan(0);
    await Task.retry(s.ctx, { id, cap: quoted.cap.advised! });
    expect(await runWriting(s.ctx, id)).toMatchObject({ status: 'completed', result: { written: shots.length } });
    expect(calls()).toBe(quoted.total.calls);
    const after = await Quote.visualPrompt(s.ctx, {
      projectId: project,
      episodeId: episodeId(2),
      rerun: true,
      instruction: '贵',
    });
    expect(after).toMatchObject({ episodes: 1, lines: [], total: { calls: 0 } });
    expect(after.stored.calls).toBeGreaterThan(0);
  });

  test('are stopped by a person; what was written stays', async () => {
    const id = await started({ episodeId: episodeId(2), rerun: true });
    const task = await runWriting(s.ctx, id, (part) => part === 2 && Task.cancel(s.ctx, { id }));
    expect(task).toMatchObject({ status: 'cancelled', failed: [] });
    expect(calls()).toBe(1);
    const wrote = (await shotsOf(2)).filter(({ promptBy }) => promptBy === 'model');
    expect(wrote.length).toBeGreaterThan(0);
  });

  test('tell what people hold, and leave it', async () => {
    const [first, second] = await shotsOf(1);
    await Shot.lock(s.ctx, { id: first!.id, locked: true });
    await Shot.update(s.ctx, { id: second!.id, version: second!.version, content: { negativePrompt: '不要现代物件' } });
    const task = await work({ episodeId: episodeId(1), rerun: true });
    expect(task).toMatchObject({
      status: 'completed',
      notices: [{ code: 'PROMPTS_KEPT', message: expect.stringMatching(/1 shots are locked, 1 prompts/) }],
      result: { kept: 2 },
    });
    const now = await shotsOf(1);
    expect(now[0]).toMatchObject({ imagePrompt: first!.imagePrompt, promptBy: first!.promptBy });
    expect(now[1]).toMatchObject({ negativePrompt: '不要现代物件', promptBy: 'person' });
    await Shot.lock(s.ctx, { id: first!.id, locked: false });
  });

  test('can be wanted of the assets of a kind that an episode has', async () => {
    const { items } = await Asset.list(s.ctx, { projectId: project, kind: 'location', episode: 1, size: 50 });
    const all = await Asset.list(s.ctx, { projectId: project, kind: 'location', size: 50 });
    expect(items.length).toBeLessThan(all.items.length);
    const task = await work({ kind: 'location', episodeId: episodeId(1), rerun: true, languages: ['en'] });
    expect(task).toMatchObject({ status: 'completed', result: { asked: items.length, written: items.length } });
  });

  test('are written by the engine where it is asked to, at no cost', async () => {
    const task = await work({ kind: 'prop', provider: 'builtin' });
    expect(task).toMatchObject({ status: 'completed', provider: 'builtin', cap: null, drafts: [] });
    expect(calls()).toBe(0);
    const quoted = await Quote.visualPrompt(s.ctx, {
      projectId: project,
      kind: 'prop',
      provider: 'builtin',
      rerun: true,
    });
    expect(quoted).toMatchObject({ total: { calls: 0 }, cap: { micros: null } });
  });
});

describe('what cannot be started', () => {
  const refused = (asked: Asked, ctx = s.ctx) => Task.visualPrompt(ctx, { projectId: project, ...asked });
  test.each<[string, Asked]>([
    ['nothing is named', {}],
    ['a named one and all of a kind', { assetId: 'ast_1', kind: 'prop' }],
    ['no language', { kind: 'prop', languages: [] }],
    ['a target that is none', { kind: 'prop', targets: ['middle'] as unknown as ['start'] }],
  ])('says what is wrong: %s', async (_, asked) => {
    await expect(refused(asked)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  test('says in both languages what to name', async () => {
    const said = (locale: 'en' | 'zh-CN') => refused({}, { ...s.ctx, locale }).catch((error) => error.say(locale));
    expect([await said('en'), await said('zh-CN')]).toEqual([
      expect.stringMatching(/name asset_id or shot_id/),
      expect.stringMatching(/请写明 asset_id、shot_id/),
    ]);
  });

  test('another tenant’s things are nowhere, nor are another project’s', async () => {
    const { items } = await Asset.list(s.ctx, { projectId: project, kind: 'prop', size: 1 });
    const [shot] = await shotsOf(1);
    const other = s.as(s.t.other);
    const theirs = (await Project.create(other, { title: '别家' })).id;
    const mine = (await Project.create(s.ctx, { title: '另一部' })).id;
    for (const named of [{ assetId: items[0]!.id }, { shotId: shot!.id }, { episodeId: episodeId(1) }]) {
      await expect(refused(named, other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(Task.visualPrompt(other, { projectId: theirs, ...named })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(Task.visualPrompt(s.ctx, { projectId: mine, ...named })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    await expect(refused({ shotId: 'sht_1' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(refused({ kind: 'prop' }, s.as(s.t.as('viewer')))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('an episode that left the script, as a whole or by a shot of it', async () => {
    const own = (await Project.create(s.ctx, { title: '少了一集' })).id;
    const both = await Task.parseScript(s.ctx, { projectId: own, rawText: drama, title: '雨巷', provider: 'builtin' });
    const { scriptId } = await run(s.ctx, both.taskId);
    const { id } = await Shot.ofEpisode(s.ctx, { id: Episode.episodeId(own, 2) });
    const [shot] = (await Shot.shots(s.ctx, { id, size: 1 })).items;
    await Script.revise(s.ctx, { id: scriptId, rawText: drama.slice(0, drama.indexOf('第2集')) });
    const { taskId } = await Task.parseScript(s.ctx, { projectId: own, scriptId, provider: 'builtin' });
    await run(s.ctx, taskId);
    for (const gone of [{ shotId: shot!.id }, { episodeId: Episode.episodeId(own, 2) }])
      await expect(Task.visualPrompt(s.ctx, { projectId: own, ...gone })).rejects.toMatchObject({
        code: 'EPISODE_REMOVED',
      });
  });

  test('a deleted asset, one that is heard, and a kind there is none of', async () => {
    const made = await Asset.create(s.ctx, { projectId: project, kind: 'sound', name: '更鼓' });
    await expect(refused({ assetId: made.id })).rejects.toMatchObject({ code: 'NOTHING_TO_PROMPT' });
    await expect(refused({ kind: 'vehicle' })).rejects.toMatchObject({ code: 'NOTHING_TO_PROMPT' });
    await Asset.remove(s.ctx, { id: made.id });
    await expect(refused({ assetId: made.id })).rejects.toMatchObject({ code: 'ASSET_DELETED' });
  });

  test('a cap of zero, a provider nobody knows, and the same work twice', async () => {
    await expect(refused({ kind: 'location', cap: 0 })).rejects.toMatchObject({ code: 'BUDGET_ZERO' });
    await expect(refused({ kind: 'location', provider: 'nobody' })).rejects.toMatchObject({ code: 'PROVIDER_UNKNOWN' });
    const id = await started({ kind: 'location', rerun: true });
    await expect(refused({ kind: 'location', rerun: true })).rejects.toMatchObject({
      code: 'ALREADY_RUNNING',
      details: { task_id: id },
    });
    const [shot] = await shotsOf(2);
    // one shot is not in the way of all places
    expect(await work({ shotId: shot!.id })).toMatchObject({ status: 'completed' });
    expect(await runWriting(s.ctx, id)).toMatchObject({ status: 'completed' });
  });
});
