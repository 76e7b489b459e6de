// Storyboards with a model, through the gateway and the pipeline: asked once, asked again only about what changed, and never worse than without.
import { readFileSync } from 'node:fs';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TextRequest } from '../../core/ai/schema.ts';
import { setPolicy } from '../../core/ai/settings/policy.ts';
import * as Episode from '../../core/episode/index.ts';
import { deleteBlob, tenantKey } from '../../core/platform/blob.ts';
import * as Project from '../../core/project/index.ts';
import { boardReader } from '../../core/reader/storyboard/index.ts';
import * as Script from '../../core/revision/index.ts';
import * as Shot from '../../core/shot/index.ts';
import { libraryCast } from '../../core/shot/library-cast.ts';
import { composeEpisode } from '../../core/storyboard/index.ts';
import * as Task from '../../core/task/index.ts';
import { aStage, type Line, type Stage, usageOf } from '../ai/stage.ts';
import { drama } from '../kit/drama.ts';
import { directedBy, linesIn } from '../kit/readers/storyboard.ts';
import { run } from '../kit/run.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

/** For a tenant of its own: a provider that failed is given rest. */
async function elsewhere(story: () => Promise<void>): Promise<void> {
  const [mine, theirs] = [s, await aStage()];
  s = theirs;
  try {
    model();
    await story();
  } finally {
    s = mine;
    await theirs.t.stop();
  }
}

type Directing = (request: TextRequest, prompt: string) => Line | object;

/** Lets the model answer storyboards so, and extractions with nothing. */
const model = (direct: Directing = (_, prompt) => directedBy(prompt)) =>
  s.scripted.say((request) => {
    if (request.schema?.name !== 'storyboard') return '{"facts":[],"prompts":[]}';
    const said = direct(request, request.messages[0]!.text);
    return typeof said === 'object' && 'shots' in said ? JSON.stringify(said) : (said as Line);
  });
beforeEach(() => {
  model();
  s.scripted.requests.length = 0;
});

/** Prompts of storyboards asked since, as the model saw them. */
const asked = () =>
  s.scripted.requests
    .filter(({ request }) => request.schema?.name === 'storyboard')
    .map(({ request }) => request.messages[0]!.text);

/** One scene of eight lines. */
const long = `《长夜》\n\n第1集 长夜\n\n1-1 夜 内 旧书店\n人物：林晚、顾言之\n${Array.from('一二三四五六七八').map((one, at) => `${at % 2 ? '林晚' : '顾言之'}：这是第${one}句话。`).join('\n')}\n`; // biome-ignore format: one thought

let dramas = 0;
/** A project whose script was broken down without models. */
async function aDrama(text = drama) {
  const project = await Project.create(s.ctx, { title: `雨巷 ${++dramas}` });
  const { taskId } = await Task.parseScript(s.ctx, { projectId: project.id, rawText: text, title: '雨巷', provider: 'builtin' }); // biome-ignore format: one thought
  await run(s.ctx, taskId);
  return project.id;
}

async function direct(project: string, more: object = {}, episode = 1) {
  const episodeId = Episode.episodeId(project, episode);
  const { taskId } = await Task.generateShots(s.ctx, { projectId: project, episodeId, rerun: true, provider: 'deepseek', ...more }); // biome-ignore format: one thought
  return run(s.ctx, taskId);
}

async function shotsOf(project: string, episode = 1) {
  const { id } = await Shot.ofEpisode(s.ctx, { id: Episode.episodeId(project, episode) });
  return (await Shot.shots(s.ctx, { id, size: 100 })).items;
}

const isDirected = ({ composition }: { composition?: string | undefined }) => composition === '三分法构图';

test('a model directs an episode; the task says what it cost, and a second run asks nobody', async () => {
  const project = await aDrama();
  const task = await direct(project);
  expect(task).toMatchObject({ status: 'completed', drafts: [], notices: [] });
  expect(asked()).toHaveLength(1);
  const shots = await shotsOf(project);
  expect(shots.every(isDirected)).toBe(true);
  expect((await usageOf(s.ctx, task.id)).map(({ prompt, episode }) => [prompt, episode])).toEqual([
    ['storyboard@1', 1],
  ]);
  const again = await direct(project);
  expect(again.result?.cached.storyboard).toBe(1);
  expect(asked()).toHaveLength(1);
  expect(await shotsOf(project)).toEqual(shots);
});

test('without a model everything is as before', async () => {
  const project = await aDrama();
  const before = await shotsOf(project);
  await direct(project, { provider: 'builtin' });
  expect(asked()).toEqual([]);
  expect(await shotsOf(project)).toEqual(before);
});

describe('after one scene has changed', () => {
  const revised = drama.replace('她怎么知道？', '她究竟是怎么知道的？');
  let project: string;
  beforeAll(async () => {
    model();
    project = await aDrama();
    await direct(project);
    await direct(project, {}, 2);
  });

  test('that scene alone is asked about again, though its neighbours are shown', async () => {
    const before = await shotsOf(project);
    const { items } = await Script.list(s.ctx, { projectId: project });
    const script = items[0]!.id;
    await Script.revise(s.ctx, { id: script, rawText: revised });
    const { taskId } = await Task.parseScript(s.ctx, { projectId: project, scriptId: script, provider: 'deepseek' });
    expect(await run(s.ctx, taskId)).toMatchObject({ status: 'completed', drafts: [] });
    expect(asked()).toHaveLength(1);
    expect(linesIn(asked()[0]!).map(({ text }) => text)).toContain('林晚（OS）：她究竟是怎么知道的？');
    expect(linesIn(asked()[0]!).map(({ scene }) => scene)).toEqual(linesIn(asked()[0]!).map(() => 1));
    expect(asked()[0]).toContain('[before]');
    const after = await shotsOf(project);
    const ofFirst = (shots: typeof after) => shots.filter(({ sceneNumber }) => sceneNumber === '1-1').map(({ id, version }) => [id, version]); // biome-ignore format: one thought
    expect(ofFirst(after)).toEqual(ofFirst(before));
  });

  test('and of its lines the changed one alone; the shots of the others are as they were', async () => {
    const before = await shotsOf(project);
    const { items } = await Script.list(s.ctx, { projectId: project });
    await Script.revise(s.ctx, { id: items[0]!.id, rawText: revised.replace('是写书的人。', '是写书的那个人。') });
    const { taskId } = await Task.parseScript(s.ctx, { projectId: project, scriptId: items[0]!.id, provider: 'deepseek' }); // biome-ignore format: one thought
    expect(await run(s.ctx, taskId)).toMatchObject({ status: 'completed', drafts: [] });
    expect(asked().map((prompt) => linesIn(prompt).map(({ text }) => text))).toEqual([
      ['顾言之（低声）：我找的不是书，是写书的那个人。'],
    ]);
    expect(asked()[0]).toMatch(/# 1-1[^\n]*\n\[before\]\n1 [^[]*\[\/before\]\n3 [^[]*\[after\]\n4 /);
    const after = await shotsOf(project);
    expect(after.every(isDirected)).toBe(true);
    const untouched = before.filter(({ lines }) => !lines.some(({ text }) => text.includes('写书的人')));
    expect(untouched).toHaveLength(before.length - 1);
    for (const { id, version } of untouched) expect(after).toContainEqual(expect.objectContaining({ id, version }));
  });

  test('and it is what a quote prices', async () => {
    const row = await Episode.load(s.ctx, project, 1);
    const { episode } = await Episode.loadContent(s.ctx, row);
    const cast = await libraryCast(s.ctx, project);
    const style = { visualStyle: '', language: 'zh', aspect: '9:16' } as const;
    const asking = { project, task: 'tsk_none', models: [{ provider: 'deepseek', model: 'deepseek-flash' }] } as const;
    const price = async (elements: (typeof episode.scenes)[number]['elements']) => {
      const [first, ...rest] = episode.scenes;
      const given = { episode: { ...episode, scenes: [{ ...first!, elements }, ...rest] }, cast, style };
      return (await (await boardReader(s.ctx, asking, given)).expected())
        .filter(({ isKnown }) => !isKnown)
        .map(({ call }) => linesIn(call.prompt.messages[0]!.text).length);
    };
    const { elements } = episode.scenes[0]!;
    expect(await price(elements)).toEqual([]);
    // the line before the one that went
    expect(await price(elements.slice(0, -1))).toEqual([1]);
    expect(asked()).toEqual([]);
  });
});

describe('when a model fails', () => {
  test('in one scene, that scene has the engine’s shots, the task says so, and a retry asks about it alone', async () => {
    const project = await aDrama();
    const own = await shotsOf(project);
    model((_, prompt) => {
      const lines = linesIn(prompt);
      const kept = new Set(lines.filter(({ scene }) => scene === 1).map(({ number }) => number));
      return { shots: directedBy(prompt).shots.filter(({ e }) => kept.has(e[0]!)) };
    });
    const task = await direct(project);
    expect(task).toMatchObject({
      status: 'completed',
      drafts: [{ episode: 1, step: 'storyboard', code: 'SCENES_DRAFTED', message: expect.stringContaining('1-2') }],
    });
    const [first, second] = ['1-1', '1-2'].map((scene) => (shots: typeof own) => shots.filter(({ sceneNumber }) => sceneNumber === scene)); // biome-ignore format: one thought
    const shots = await shotsOf(project);
    expect(first!(shots).every(isDirected)).toBe(true);
    expect(second!(shots).map(({ imagePrompt }) => imagePrompt)).toEqual(
      second!(own).map(({ imagePrompt }) => imagePrompt),
    );
    model();
    const { taskId } = await Task.retry(s.ctx, { id: task.id });
    expect(await run(s.ctx, taskId)).toMatchObject({ status: 'completed', drafts: [] });
    expect(asked()).toHaveLength(2);
    expect(new Set(linesIn(asked()[1]!).map(({ scene }) => scene)).size).toBe(1);
    expect((await shotsOf(project)).every(isDirected)).toBe(true);
  });

  test('in some points, they are put right and the task names how many', async () => {
    const project = await aDrama();
    model((_, prompt) => ({
      shots: directedBy(prompt).shots.map((shot, i) => (i === 0 ? { ...shot, who: ['皇帝'], emo: 'tense' } : shot)),
    }));
    const task = await direct(project);
    expect(task.drafts).toEqual([]);
    expect(task.notices).toMatchObject([{ code: 'STORYBOARD_MENDED', message: expect.stringContaining('2') }]);
  });

  test('in the line that changed, the other lines of its scene keep their shots, and the task says so', () =>
    elsewhere(async () => {
      const project = await aDrama();
      await direct(project);
      await direct(project, {}, 2);
      const before = await shotsOf(project);
      const { items } = await Script.list(s.ctx, { projectId: project });
      await Script.revise(s.ctx, { id: items[0]!.id, rawText: drama.replace('是写书的人。', '是写书的那个人。') });
      model(() => ({ fails: 'moderation' }));
      const { taskId } = await Task.parseScript(s.ctx, { projectId: project, scriptId: items[0]!.id, provider: 'deepseek' }); // biome-ignore format: one thought
      expect(await run(s.ctx, taskId)).toMatchObject({
        status: 'completed',
        drafts: [{ episode: 1, step: 'storyboard', code: 'PROMPT_BLOCKED' }],
      });
      const after = await shotsOf(project);
      const [stays, other] = [after.filter(isDirected), after.filter((shot) => !isDirected(shot))];
      expect(stays).toHaveLength(before.length - 1);
      expect(other.flatMap(({ lines }) => lines.map(({ text }) => text))).toEqual(['我找的不是书，是写书的那个人。']);
    }));

  test('altogether, the engine’s storyboard stands as a draft', () =>
    elsewhere(async () => {
      const project = await aDrama();
      const before = await shotsOf(project);
      s.scripted.say({ fails: 'quota' });
      const task = await direct(project);
      expect(task).toMatchObject({ status: 'completed', drafts: [{ step: 'storyboard', code: 'PROVIDER_QUOTA' }] });
      expect(await shotsOf(project)).toEqual(before);
    }));

  test('altogether, and no draft is wanted, the episode fails with the reason and keeps its shots', () =>
    elsewhere(async () => {
      const project = await aDrama();
      const before = await shotsOf(project);
      await setPolicy(s.ctx, { drafts: false, version: 0 });
      s.scripted.say({ fails: 'auth' });
      const task = await direct(project);
      expect(task.failed).toMatchObject([{ episode: 1, step: 'storyboard', code: 'PROVIDER_KEY_REFUSED' }]);
      expect(await shotsOf(project)).toEqual(before);
    }));

  test('in one part of a long episode, and no draft is wanted, the answer about the other part is kept', () =>
    elsewhere(async () => {
      const script = readFileSync('demo/zh_jindenglu.txt', 'utf8');
      const project = await aDrama(script.slice(0, script.indexOf('第二集')));
      await setPolicy(s.ctx, { drafts: false, version: 0 });
      const isLast = (prompt: string) => !prompt.includes('[after]');
      model((_, prompt) => (isLast(prompt) ? { fails: 'moderation' as const } : directedBy(prompt)));
      const task = await direct(project);
      expect(task.failed).toMatchObject([{ step: 'storyboard', code: 'PROMPT_BLOCKED' }]);
      const [before, parts] = [asked().length, new Set(asked()).size];
      expect(parts).toBeGreaterThan(1);
      model();
      const { taskId } = await Task.retry(s.ctx, { id: task.id });
      expect(await run(s.ctx, taskId)).toMatchObject({ status: 'completed', drafts: [] });
      expect(asked().slice(before).map(isLast)).toEqual([true]);
      // who is who was settled when the script was broken down
      expect(s.scripted.requests).toHaveLength(asked().length);
      expect((await shotsOf(project)).every(isDirected)).toBe(true);
    }));

  test('by cutting its answers off, it is asked about half as much', async () => {
    const project = await aDrama();
    model((_, prompt) =>
      linesIn(prompt).length > 4 ? { text: '{"shots":[{"e":[1', finish: 'length' as const } : directedBy(prompt),
    );
    const task = await direct(project, {
      provider: 'doubao',
      modelConfig: { text_model: 'doubao-seed-2-0-pro-260215' },
    });
    expect(task).toMatchObject({ status: 'completed', drafts: [], notices: [] });
    expect(asked().filter((prompt) => linesIn(prompt).length <= 4).length).toBeGreaterThan(1);
    expect((await shotsOf(project)).every(isDirected)).toBe(true);
  });

  test('in half of a scene that was too long, the task says so, and a retry asks about that half alone', () =>
    elsewhere(async () => {
      const project = await aDrama(long);
      const isEnd = (prompt: string) => linesIn(prompt).some(({ text }) => text.includes('第八句'));
      const cutOff: Directing = (_, prompt) =>
        linesIn(prompt).length > 4 ? { text: '{"shots":[{"e":[1', finish: 'length' as const } : directedBy(prompt);
      model((request, prompt) =>
        linesIn(prompt).length <= 4 && isEnd(prompt) ? { fails: 'moderation' as const } : cutOff(request, prompt),
      );
      const by = { provider: 'doubao', modelConfig: { text_model: 'doubao-seed-2-0-pro-260215' } };
      const task = await direct(project, by);
      expect(task).toMatchObject({ status: 'completed', drafts: [{ episode: 1, step: 'storyboard', code: 'PROMPT_BLOCKED' }] }); // biome-ignore format: one thought
      // what was said serves as far as it goes
      const [said, own] = Object.values(Object.groupBy(await shotsOf(project), (shot) => String(isDirected(shot))));
      expect([said, own].every((shots) => shots && shots.length > 0)).toBe(true);
      const before = asked().length;
      model(cutOff);
      const { taskId } = await Task.retry(s.ctx, { id: task.id });
      expect(await run(s.ctx, taskId)).toMatchObject({ status: 'completed', drafts: [] });
      expect(asked().slice(before).map((prompt) => [linesIn(prompt).length <= 4, isEnd(prompt)])).toEqual([[true, true]]); // biome-ignore format: one thought
      expect((await shotsOf(project)).every(isDirected)).toBe(true);
    }));

  test('and dies between an answer and its scenes, nothing is asked twice', async () => {
    const project = await aDrama();
    await direct(project);
    const prefix = tenantKey(s.ctx, 'projects', project, 'breakdown', 'storyboard');
    const { Contents = [] } = await s.ctx.stores.s3.send(new ListObjectsV2Command({ Bucket: s.ctx.stores.bucket, Prefix: prefix })); // biome-ignore format: one thought
    const keys = Contents.map(({ Key = '' }) => Key);
    const [scene] = keys.filter((key) => key.includes('/scene-'));
    // the step's result and one scene are not there yet
    for (const key of keys) if (key === scene || !key.includes('/scene-')) await deleteBlob(s.ctx, key);
    expect(await direct(project)).toMatchObject({ status: 'completed', drafts: [] });
    expect(asked()).toHaveLength(1);
    expect((await shotsOf(project)).every(isDirected)).toBe(true);
  });
});

describe('what people did', () => {
  test('stays: locked and edited shots are kept when a model directs', async () => {
    const project = await aDrama();
    const [first, second] = await shotsOf(project);
    await Shot.lock(s.ctx, { id: first!.id, locked: true });
    await Shot.update(s.ctx, { id: second!.id, version: second!.version, content: { title: '我的镜头' } });
    await direct(project);
    const shots = await shotsOf(project);
    expect(shots.find(({ id }) => id === first!.id)).toMatchObject({ locked: true, title: first!.title });
    expect(shots.find(({ id }) => id === second!.id)).toMatchObject({ edited: true, title: '我的镜头' });
    const lines = shots.flatMap((shot) => shot.lines.map(({ text }) => text));
    expect(new Set(lines).size).toBe(lines.length);
    expect(shots.some(isDirected)).toBe(true);
  });

  test('a scene generated again is asked about alone; the shots of the others are as they were', async () => {
    const project = await aDrama();
    const before = await shotsOf(project);
    const scene = before.find(({ sceneNumber }) => sceneNumber === '1-2')!.sceneId;
    expect(await direct(project, { sceneId: scene })).toMatchObject({ status: 'completed', drafts: [] });
    expect(asked()).toHaveLength(1);
    expect(new Set(linesIn(asked()[0]!).map((line) => line.scene)).size).toBe(1);
    const after = await shotsOf(project);
    expect(after.filter(({ sceneId }) => sceneId !== scene)).toEqual(before.filter(({ sceneId }) => sceneId !== scene));
    expect(after.filter(({ sceneId }) => sceneId === scene).every(isDirected)).toBe(true);
    // the engine's own again, beside shots of a model: nothing is added to the other scenes
    await direct(project);
    const directed = await shotsOf(project);
    await direct(project, { sceneId: scene, provider: 'builtin' });
    const mixed = await shotsOf(project);
    expect(mixed.filter(({ sceneId }) => sceneId !== scene)).toEqual(
      directed.filter(({ sceneId }) => sceneId !== scene),
    );
    expect(mixed.filter(({ sceneId }) => sceneId === scene).some(isDirected)).toBe(false);
  });
});

test('what the engine composes without a model has none of a model’s fields', async () => {
  const project = await aDrama();
  const { episode } = await Episode.loadContent(s.ctx, await Episode.load(s.ctx, project, 1));
  const cast = await libraryCast(s.ctx, project);
  for (const shot of composeEpisode(episode, cast, { visualStyle: '', language: 'zh', aspect: '9:16' }))
    expect(shot).not.toHaveProperty('composition');
});
