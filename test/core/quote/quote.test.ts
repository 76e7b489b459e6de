// What work will take is known before it is begun: calls, tokens, money, what is spared, and what is still missing.
import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inputTokens } from '../../../core/ai/estimate.ts';
import { addKey } from '../../../core/ai/keys/add.ts';
import type { TextRequest } from '../../../core/ai/schema.ts';
import { getPolicy, setPolicy } from '../../../core/ai/settings/policy.ts';
import * as Episode from '../../../core/episode/index.ts';
import type { Failure } from '../../../core/platform/failure.ts';
import * as Project from '../../../core/project/index.ts';
import * as Quote from '../../../core/quote/index.ts';
import * as Script from '../../../core/revision/index.ts';
import * as Task from '../../../core/task/index.ts';
import { plainReply } from '../../../scripts/models/plain.ts';
import { aStage, type Stage, usageOf } from '../../ai/stage.ts';
import { drama } from '../../kit/drama.ts';
import { run } from '../../kit/run.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

const answers = (request: TextRequest) =>
  JSON.stringify(
    plainReply({ ...request, schema: request.schema?.jsonSchema } as unknown as Parameters<typeof plainReply>[0]),
  );
beforeEach(() => {
  s.scripted.say(answers);
  s.scripted.requests.length = 0;
});

let projects = 0;
const aProject = async () => (await Project.create(s.ctx, { title: `剧 ${++projects}` })).id;
async function aScript(text = drama, project?: string) {
  const projectId = project ?? (await aProject());
  const { id } = await Script.create(s.ctx, { projectId, rawText: text, title: '雨巷' });
  return { projectId, scriptId: id };
}
async function brokenDown(of: { projectId: string; scriptId: string }, provider = 'deepseek') {
  const { taskId } = await Task.parseScript(s.ctx, { ...of, provider, rerun: true });
  return run(s.ctx, taskId);
}
type Quoted = Awaited<ReturnType<typeof Quote.parseScript>>;
const codes = ({ notices }: Quoted) => notices.map(({ code }) => code);
const asked = (name: string) => s.scripted.requests.filter(({ request }) => request.schema?.name === name);
const sent = (name: string) =>
  asked(name).reduce((all, { request }) => all + inputTokens(request, request.schema?.jsonSchema), 0);
const ofUse = ({ lines }: Quoted, use: string) => lines.filter((line) => line.use === use);
const inputOf = (quoted: Quoted, use: string) => ofUse(quoted, use).reduce((all, { input }) => all + input, 0);

describe('a script that was never read', () => {
  test('is read for its quote; nobody is asked, nothing is written', async () => {
    const projectId = await aProject();
    const before = await everything();
    const quoted = await Quote.parseScript(s.ctx, { projectId, rawText: drama, provider: 'auto' });
    expect(await everything()).toEqual(before);
    expect(s.scripted.requests).toEqual([]);
    expect(quoted).toMatchObject({ provider: 'auto', episodes: 2, stored: { calls: 0 } });
    expect(ofUse(quoted, 'extract')).toMatchObject([
      { episode: 1, provider: 'deepseek', model: 'deepseek-flash', mode: 'platform', calls: 1 },
      { episode: 2, calls: 1 },
    ]);
    expect(ofUse(quoted, 'storyboard').map(({ episode }) => episode)).toEqual([1, 2]);
    expect(quoted.total.calls).toBe(quoted.lines.reduce((all, { calls }) => all + calls, 0));
    expect(quoted.total.micros).toBeGreaterThan(0);
    expect(quoted.total.most).toBeGreaterThan(quoted.total.micros ?? 0);
    expect(codes(quoted)).toEqual(['QUOTE_ESTIMATED']);
  });

  test('is quoted the same whether it is pasted or kept', async () => {
    const of = await aScript();
    const [kept, pasted] = [
      await Quote.parseScript(s.ctx, { ...of, provider: 'auto' }),
      await Quote.parseScript(s.ctx, { projectId: of.projectId, rawText: drama, provider: 'auto' }),
    ];
    expect(kept.total).toEqual(pasted.total);
  });

  test('and is too large to be read while somebody waits says what to do first', async () => {
    const { projectId, scriptId } = await aScript('长'.repeat(1_500_000));
    for (const more of [{ scriptId }, { rawText: '长'.repeat(1_500_000) }]) {
      const refused = await Quote.parseScript(s.ctx, { projectId, provider: 'auto', ...more }).catch((error) => error);
      expect(refused).toMatchObject({ code: 'SCRIPT_NOT_READ', details: { size_bytes: 4_500_000 } });
      expect([(refused as Failure).say('en'), (refused as Failure).say('zh-CN')]).toEqual([
        expect.stringMatching(/provider: builtin, free/),
        expect.stringMatching(/请先用内置引擎拆解/),
      ]);
    }
  });
});

async function everything() {
  const rows = await DynamoDBDocumentClient.from(new DynamoDBClient({})).send(
    new ScanCommand({ TableName: s.t.stores.core.table, Select: 'COUNT' }),
  );
  const { Contents = [] } = await s.t.stores.s3.send(new ListObjectsV2Command({ Bucket: s.t.stores.bucket }));
  return { rows: rows.Count, objects: Contents.map(({ Key }) => Key) };
}

describe('a quote', () => {
  test('is what is asked then, and afterwards that nothing is left to ask', async () => {
    const of = await aScript();
    const quoted = await Quote.parseScript(s.ctx, { ...of, provider: 'deepseek' });
    const task = await brokenDown(of);
    expect(task).toMatchObject({ status: 'completed', drafts: [] });
    expect(asked('extraction')).toHaveLength(2);
    expect(inputOf(quoted, 'extract')).toBe(sent('extraction'));
    expect(asked('storyboard')).toHaveLength(ofUse(quoted, 'storyboard').reduce((all, { calls }) => all + calls, 0));
    expect(Math.abs(inputOf(quoted, 'storyboard') - sent('storyboard'))).toBeLessThan(0.1 * sent('storyboard'));
    const spent = (await usageOf(s.ctx, task.id)).reduce((all, row) => all + row.spent, 0);
    expect(spent).toBeLessThanOrEqual(quoted.total.most ?? 0);
    const calls = s.scripted.requests.length;
    const after = await Quote.parseScript(s.ctx, { ...of, provider: 'deepseek', rerun: true });
    expect(after).toMatchObject({ lines: [], total: { calls: 0, input: 0, micros: 0, most: 0 }, notices: [] });
    expect(after.stored.calls).toBe(calls);
    expect(after.stored.micros).toBeGreaterThan(0);
    expect(after.cap).toMatchObject({ advised: 0, enough: true });
    await brokenDown(of);
    expect(s.scripted.requests).toHaveLength(calls);
  });

  test('after one line has changed is of its scene alone', async () => {
    const of = await aScript();
    await brokenDown(of);
    const whole = await Quote.parseScript(s.ctx, { projectId: await aProject(), rawText: drama, provider: 'deepseek' });
    await Script.revise(s.ctx, { id: of.scriptId, rawText: drama.replace('她怎么知道？', '她究竟是怎么知道的？') });
    const quoted = await Quote.parseScript(s.ctx, { ...of, provider: 'deepseek' });
    for (const use of ['extract', 'storyboard']) {
      expect(ofUse(quoted, use)).toMatchObject([{ episode: 1, calls: 1 }]);
      expect(inputOf(quoted, use)).toBeLessThan(inputOf(whole, use));
    }
    s.scripted.requests.length = 0;
    await brokenDown(of);
    expect(asked('extraction')).toHaveLength(1);
    expect(inputOf(quoted, 'extract')).toBe(sent('extraction'));
  });

  test('with the built-in engine is that it costs nothing', async () => {
    const of = await aScript();
    expect(await Quote.parseScript(s.ctx, { ...of, provider: 'builtin' })).toEqual({
      provider: 'builtin',
      episodes: 2,
      lines: [],
      total: { calls: 0, input: 0, output: 0, micros: 0, most: 0 },
      stored: { calls: 0, input: 0, output: 0, micros: 0 },
      cap: { micros: null, advised: null, enough: null },
      notices: [],
    });
  });
});

describe('one episode', () => {
  let of: { projectId: string; scriptId: string };
  const id = () => Episode.episodeId(of.projectId, 1);
  beforeAll(async () => {
    of = await aScript();
    await brokenDown(of, 'builtin');
  });

  test('is quoted for extraction, and for the shots of it all or of one scene', async () => {
    const extraction = await Quote.extractAssets(s.ctx, { id: id(), provider: 'deepseek' });
    expect(extraction).toMatchObject({ episodes: 1, provider: 'deepseek' });
    expect(ofUse(extraction, 'extract')).toMatchObject([{ episode: 1, calls: 1 }]);
    const shots = { projectId: of.projectId, episodeId: id(), provider: 'deepseek' };
    const all = await Quote.generateShots(s.ctx, shots);
    const { episode } = await Episode.loadContent(s.ctx, await Episode.load(s.ctx, of.projectId, 1));
    const scene = await Quote.generateShots(s.ctx, { ...shots, sceneId: episode.scenes[0]!.id });
    expect([all.lines, codes(all)]).toMatchObject([[{ use: 'storyboard', episode: 1, calls: 1 }], []]);
    expect(scene.total.input).toBeLessThan(all.total.input);
    const { taskId } = await Task.extractAssets(s.ctx, { id: id(), rerun: true, provider: 'deepseek' });
    await run(s.ctx, taskId);
    expect(inputOf(extraction, 'extract')).toBe(sent('extraction'));
    const again = await Quote.extractAssets(s.ctx, { id: id(), provider: 'deepseek' });
    expect(again).toMatchObject({ lines: [], notices: [] });
    expect(again.stored.calls).toBe(s.scripted.requests.length);
  });

  test('whose assets are not there has no shots to quote; one that is nowhere has nothing', async () => {
    const { projectId } = await aScript();
    const nowhere = Quote.generateShots(s.ctx, { projectId, episodeId: Episode.episodeId(projectId, 1) });
    await expect(nowhere).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const scene = { projectId: of.projectId, episodeId: id(), sceneId: 'no such scene' };
    await expect(Quote.generateShots(s.ctx, scene)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await Task.extractAssets(s.ctx, { id: id(), rerun: true, provider: 'builtin' });
    const early = Quote.generateShots(s.ctx, { projectId: of.projectId, episodeId: id() });
    await expect(early).rejects.toMatchObject({ code: 'ASSETS_MISSING', details: { status: 'ANALYZING' } });
  });
});

describe('money', () => {
  test('a cap that may not be enough is told, with one that is', async () => {
    const of = { ...(await aScript()), provider: 'deepseek' };
    const low = await Quote.parseScript(s.ctx, { ...of, cap: 1 });
    expect(low.cap).toMatchObject({ micros: 1, enough: false });
    expect(codes(low)).toContain('QUOTE_ABOVE_CAP');
    const advised = await Quote.parseScript(s.ctx, { ...of, cap: low.cap.advised ?? 0 });
    expect(advised.cap.enough).toBe(true);
    expect(codes(advised)).not.toContain('QUOTE_ABOVE_CAP');
    expect((low.cap.advised ?? 1) % 10_000).toBe(0);
    await expect(Quote.parseScript(s.ctx, { ...of, cap: 0 })).rejects.toMatchObject({ code: 'BUDGET_ZERO' });
  });

  test('a price nobody knows is not taken for nothing', async () => {
    const of = { ...(await aScript()), provider: 'openai', modelConfig: { text_model: 'mine-1' } };
    const platform = await Quote.parseScript(s.ctx, of);
    expect(platform).toMatchObject({ total: { micros: null, most: null }, cap: { advised: null, enough: null } });
    expect(codes(platform)).toContain('PRICE_UNKNOWN');
    await addKey(s.ctx, { provider: 'openai', label: 'own', key: 'sk-0123456789abcdef' });
    const own = await Quote.parseScript(s.ctx, of);
    expect(own.lines.every(({ mode }) => mode === 'byok')).toBe(true);
    expect(codes(own)).toEqual(['QUOTE_WITHOUT_PRICE', 'QUOTE_ESTIMATED']);
  });

  test('calls that no model is set up for are told, not left out', async () => {
    const { version } = await getPolicy(s.ctx, {});
    const nobody = [{ provider: 'compatible' as const, model: 'mine' }];
    const set = await setPolicy(s.ctx, { version, modelsFor: { storyboard: nobody } });
    const quoted = await Quote.parseScript(s.ctx, { ...(await aScript()), provider: 'auto' });
    expect(ofUse(quoted, 'storyboard')).toEqual([]);
    expect(quoted.notices).toContainEqual({ code: 'QUOTE_UNROUTED', message: expect.stringMatching(/2 of the calls/) });
    await setPolicy(s.ctx, { version: set.version, modelsFor: {} });
  });
});

test('people who may not start work, other tenants and unreadable scripts get no quote', async () => {
  const of = await aScript();
  const viewer = s.as(s.t.as('viewer'));
  await expect(Quote.parseScript(viewer, of)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const other = s.as(s.t.other);
  await expect(Quote.parseScript(other, of)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const theirs = (await Project.create(other, { title: '别家' })).id;
  await expect(Quote.parseScript(other, { ...of, projectId: theirs })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(Quote.extractAssets(other, { id: Episode.episodeId(of.projectId, 1) })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(Quote.parseScript(s.ctx, { ...of, provider: 'nobody' })).rejects.toMatchObject({
    code: 'PROVIDER_UNKNOWN',
  });
  const empty = { projectId: of.projectId, rawText: '  \n ' };
  await expect(Quote.parseScript(s.ctx, empty)).rejects.toMatchObject({ code: 'EMPTY_FILE' });
  const binary = await aScript('\u0000\u0001\u0002'.repeat(400));
  const failed = await brokenDown(binary);
  expect(failed.status).toBe('failed');
  await expect(Quote.parseScript(s.ctx, binary)).rejects.toMatchObject({ code: failed.errorCode });
});

test('a whole season is quoted before anything of it is kept: 20 episodes, within the tokens that are promised', async () => {
  const rawText = readFileSync('demo/zh_jindenglu.txt', 'utf8');
  const quoted = await Quote.parseScript(s.ctx, { projectId: await aProject(), rawText, provider: 'deepseek' });
  expect(quoted.episodes).toBe(20);
  expect(ofUse(quoted, 'extract')).toHaveLength(20);
  expect(quoted.total.input).toBeLessThan(120_000);
  expect(quoted.cap.enough).toBe(true);
});
