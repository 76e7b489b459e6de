// Prompts asked for and laid into assets and shots: what is paid once, what stays a person's, what stands where a model failed.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TextRequest } from '../../../core/ai/schema.ts';
import { setPolicy } from '../../../core/ai/settings/policy.ts';
import * as Asset from '../../../core/asset/index.ts';
import * as Episode from '../../../core/episode/index.ts';
import * as Project from '../../../core/project/index.ts';
import * as Shot from '../../../core/shot/index.ts';
import * as Task from '../../../core/task/index.ts';
import { briefOf, type PromptBrief } from '../../../core/writer/visual-prompt/brief.ts';
import { expectedPrompts } from '../../../core/writer/visual-prompt/expected.ts';
import { planned, wavesOf } from '../../../core/writer/visual-prompt/plan.ts';
import { wantedRows } from '../../../core/writer/visual-prompt/wanted.ts';
import { type WrittenPrompts, writtenPart } from '../../../core/writer/visual-prompt/write.ts';
import { plainReply } from '../../../scripts/models/plain.ts';
import { aStage, type Line, rowsOf, type Stage } from '../../ai/stage.ts';
import { drama } from '../../kit/drama.ts';
import { run } from '../../kit/run.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());

const good = (request: TextRequest): string =>
  JSON.stringify(plainReply({ messages: request.messages } as unknown as Parameters<typeof plainReply>[0]));
type Answered = { prompts: Record<string, unknown>[] };
/** A good answer in which something is otherwise. */
const but =
  (change: (answer: Answered) => Answered): Line =>
  (request) =>
    JSON.stringify(change(JSON.parse(good(request)) as Answered));
beforeEach(() => {
  s.scripted.say(good);
  s.scripted.requests.length = 0;
});

let titles = 0;
/** A drama broken down by the engine: one episode is enough. */
async function aDrama() {
  const project = (await Project.create(s.ctx, { title: `画 ${++titles}`, visualStyle: '国风写实' })).id;
  const rawText = drama.replace('二十四岁', `二十四岁${'，'.repeat(titles)}`);
  const { taskId } = await Task.parseScript(s.ctx, { projectId: project, rawText, title: '雨巷', provider: 'builtin' });
  expect(await run(s.ctx, taskId)).toMatchObject({ status: 'completed' });
  return project;
}
const asking = async (project: string) => ({ project, task: await s.aTask() });
type Asked = Partial<Parameters<typeof briefOf>[0]>;
const brief = (asked: Asked, episode?: number): PromptBrief =>
  briefOf({ targets: ['start', 'end', 'video'], languages: ['zh', 'en'], instruction: '', rerun: false, ...asked }, episode); // biome-ignore format: one thought

/** All parts, one after the other. */
async function written(project: string, of: PromptBrief, withModel = true) {
  const plan = await planned(s.ctx, project, of, withModel);
  const outcomes: WrittenPrompts[] = [];
  for (const number of wavesOf(plan).flat())
    outcomes.push(await writtenPart(s.ctx, project, plan.parts[number - 1]!, of, withModel ? await asking(project) : undefined)); // biome-ignore format: one thought
  const sum = (count: 'written' | 'drafted' | 'held') => outcomes.reduce((all, one) => all + one[count], 0);
  return { plan, outcomes, written: sum('written'), drafted: sum('drafted'), held: sum('held') };
}
const people = async (projectId: string) => (await Asset.list(s.ctx, { projectId, kind: 'character', size: 50 })).items;
const shotsOf = async (project: string, episode = 1) => {
  const board = await Shot.ofEpisode(s.ctx, { id: Episode.episodeId(project, episode) });
  return (await Shot.shots(s.ctx, { id: board.id, size: 100 })).items;
};

describe('prompts of assets', () => {
  test('lie among the attributes, with what stays the same of a person, and are said to be a model’s', async () => {
    const project = await aDrama();
    expect(await written(project, brief({ kind: 'character' }))).toMatchObject({ drafted: 0, held: 0 });
    for (const { attributes, promptBy } of await people(project)) {
      expect(promptBy).toBe('model');
      expect(attributes).toMatchObject({
        visual_prompt_zh: '替身模型的画面：光线柔和，前景清楚。国风写实。',
        visual_prompt_en: expect.stringContaining('soft and even light'),
        visual_traits_zh: '替身模型的长相',
      });
    }
  });

  test('are asked for once: nobody is asked again, and nothing is written again', async () => {
    const project = await aDrama();
    await written(project, brief({ kind: 'character' }));
    const [calls, before] = [s.scripted.requests.length, await people(project)];
    expect(calls).toBe(1);
    await expect(written(project, brief({ kind: 'character' }))).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    const again = await written(project, brief({ kind: 'character', rerun: true }));
    expect(again.outcomes.every(({ cached }) => cached)).toBe(true);
    expect(s.scripted.requests).toHaveLength(calls);
    expect(await people(project)).toEqual(before);
  });

  test('outlive the next breakdown, and a person’s outlive being asked for', async () => {
    const project = await aDrama();
    await written(project, brief({ kind: 'character' }));
    const lin = (await people(project)).find(({ name }) => name === '林晚')!;
    const attributes = { ...lin.attributes, visual_prompt_zh: '她站在雨里' };
    await Asset.update(s.ctx, { id: lin.id, version: lin.version, attributes });
    expect(await Asset.get(s.ctx, { id: lin.id })).toMatchObject({ promptBy: 'person' });
    const held = await written(project, brief({ kind: 'character', rerun: true }));
    expect(held.plan).toMatchObject({ edited: 1, locked: 0 });
    const { items } = await Episode.list(s.ctx, { projectId: project, size: 10 });
    const { taskId } = await Task.extractAssets(s.ctx, { id: items[0]!.id, rerun: true, provider: 'builtin' });
    await run(s.ctx, taskId);
    expect(await Asset.get(s.ctx, { id: lin.id })).toMatchObject({ attributes, promptBy: 'person' });
    const gu = (await people(project)).find(({ name }) => name === '顾言之')!;
    expect(gu.attributes.visual_prompt_zh).toMatch(/^替身模型/);
    await expect(written(project, brief({ assetId: lin.id }))).rejects.toMatchObject({ code: 'PROMPTS_KEPT', details: { edited: 1 } }); // biome-ignore format: one thought
    await written(project, brief({ assetId: lin.id, rerun: true }));
    expect(await Asset.get(s.ctx, { id: lin.id })).toMatchObject({ promptBy: 'model' });
  });

  test('of something that goes while it is written are let go', async () => {
    const project = await aDrama();
    const of = brief({ kind: 'prop' });
    const plan = await planned(s.ctx, project, of, true);
    const [first] = plan.parts[0]!.ids;
    await Asset.remove(s.ctx, { id: first! });
    const outcome = await writtenPart(s.ctx, project, plan.parts[0]!, of, await asking(project));
    expect(outcome.written).toBe(plan.parts[0]!.ids.length - 1);
    await expect(planned(s.ctx, project, brief({ assetId: first! }), true)).rejects.toMatchObject({ code: 'ASSET_DELETED' }); // biome-ignore format: one thought
  });
});

describe('prompts of shots', () => {
  test('go into first frame, last frame and clip, with the looks of whoever is there, an audit line and a fact', async () => {
    const project = await aDrama();
    await written(project, brief({ kind: 'character' }));
    const before = await shotsOf(project);
    expect(await written(project, brief({}, 1))).toMatchObject({ written: before.length });
    const after = await shotsOf(project);
    for (const [at, shot] of after.entries()) {
      expect(shot).toMatchObject({ promptBy: 'model', edited: false, lines: before[at]!.lines });
      expect(shot.imagePrompt.zh).toMatch(/^替身模型的画面/);
      for (const { name } of shot.blocking) expect(shot.imagePrompt.zh).toMatch(new RegExp(`${name}（替身模型的长相`));
      expect(shot.endFrame.zh === '').toBe(shot.movement === 'static');
    }
    const changed = (await rowsOf(s.ctx, 'AUDIT#')).filter(({ object }) => object === after[0]!.id);
    expect(changed).toMatchObject([
      {
        before: { promptBy: null },
        after: { promptBy: 'model', fields: expect.arrayContaining(['imagePrompt', 'videoPrompt']) },
      },
    ]);
    expect(JSON.stringify(changed)).not.toContain('替身模型');
  });

  test('can be wanted of one target and one language alone', async () => {
    const project = await aDrama();
    const [before] = await shotsOf(project);
    await written(project, brief({ shotId: before!.id, targets: ['video'], languages: ['en'] }));
    const [after] = await shotsOf(project);
    expect(after!.videoPrompt.en).toMatch(/^What moves as the stub/);
    expect(after).toMatchObject({ imagePrompt: before!.imagePrompt, endFrame: before!.endFrame });
    expect(after!.videoPrompt.zh).toBe(before!.videoPrompt.zh);
  });

  test('stay with a shot that is made again as it was', async () => {
    const project = await aDrama();
    await written(project, brief({}, 1));
    const before = await shotsOf(project);
    const episodeId = Episode.episodeId(project, 1);
    const { taskId } = await Task.generateShots(s.ctx, {
      projectId: project,
      episodeId,
      rerun: true,
      provider: 'builtin',
    });
    await run(s.ctx, taskId);
    expect((await shotsOf(project)).map(({ imagePrompt, promptBy }) => [imagePrompt, promptBy])).toEqual(
      before.map(({ imagePrompt }) => [imagePrompt, 'model']),
    );
  });

  test('of a locked shot and those a person wrote are left, whoever else is at work on them', async () => {
    const project = await aDrama();
    const [first, second, ...others] = await shotsOf(project);
    await Shot.lock(s.ctx, { id: first!.id, locked: true });
    const own = { imagePrompt: { zh: '我写的画面', en: 'my own words' } };
    await Shot.update(s.ctx, { id: second!.id, version: second!.version, content: own });
    const outcome = await written(project, brief({ rerun: true }, 1));
    expect(outcome).toMatchObject({ plan: { locked: 1, edited: 1 }, written: others.length });
    const now = await shotsOf(project);
    expect(now[0]).toMatchObject({ imagePrompt: first!.imagePrompt, promptBy: null });
    expect(now[1]).toMatchObject({ ...own, promptBy: 'person' });
    await expect(planned(s.ctx, project, brief({ shotId: first!.id, rerun: true }), true)).rejects.toMatchObject({ code: 'SHOT_LOCKED' }); // biome-ignore format: one thought
    await written(project, brief({ shotId: second!.id, rerun: true }));
    expect((await shotsOf(project))[1]).toMatchObject({ promptBy: 'model', edited: true });
    const over = (await rowsOf(s.ctx, 'AUDIT#')).filter(({ object }) => object === second!.id);
    expect(over.at(-1)).toMatchObject({ before: { promptBy: 'person', ...own } });
  });

  test('meet somebody who changes the shot while a model is asked: both are kept', async () => {
    const project = await aDrama();
    const [shot] = await shotsOf(project);
    s.scripted.say(async (request) => {
      await Shot.update(s.ctx, { id: shot!.id, version: shot!.version, content: { action: '灯灭了。' } });
      return good(request);
    });
    await written(project, brief({ shotId: shot!.id }));
    expect((await shotsOf(project))[0]).toMatchObject({ action: '灯灭了。', promptBy: 'model' });
  });
});

describe('a model that', () => {
  const isOf = (n: number) => (row: Record<string, unknown>) => row.n === n;
  test.each<[string, (answer: Answered) => Answered]>([
    ['leaves one out', ({ prompts }) => ({ prompts: prompts.slice(1) })],
    [
      'names a stranger',
      ({ prompts }) => ({
        prompts: prompts.map((row) =>
          isOf(1)(row) ? { ...row, zh: `${String(row.zh)}，林晚、顾言之与秦姨都在` } : row,
        ),
      }),
    ],
    [
      'writes another language',
      ({ prompts }) => ({ prompts: prompts.map((row) => (isOf(1)(row) ? { ...row, en: '光线柔和，前景清楚' } : row)) }),
    ],
  ])('%s is asked about that one alone; the others stand', async (_, change) => {
    const project = await aDrama();
    s.scripted.say(but(change), good);
    const outcome = await written(project, brief({ kind: 'character' }));
    expect(outcome).toMatchObject({ drafted: 0, written: (await people(project)).length });
    expect(s.scripted.requests).toHaveLength(2);
    expect(s.scripted.requests[1]!.request.messages[0]!.text).not.toContain('#2 [');
  });

  test('does so again and again leaves a draft for that one, which writes over nothing', async () => {
    const project = await aDrama();
    s.scripted.say(but(({ prompts }) => ({ prompts: prompts.slice(1) })));
    const outcome = await written(project, brief({ kind: 'character' }));
    const all = await people(project);
    expect(outcome).toMatchObject({ drafted: 1, written: all.length - 1 });
    expect(outcome.outcomes[0]!.draft).toMatchObject({ code: 'MODEL_ANSWER_UNUSABLE' });
    const drafted = all.filter(({ promptBy }) => promptBy === 'builtin');
    expect(drafted).toHaveLength(1);
    expect(drafted[0]!.attributes.visual_prompt_zh).toContain('角色设定图');
    s.scripted.say(good);
    expect(await written(project, brief({ kind: 'character' }))).toMatchObject({ written: 1, drafted: 0 });
    expect((await people(project)).every(({ promptBy }) => promptBy === 'model')).toBe(true);
  });

  test('fails leaves what was answered, and the reason, where no drafts are taken', async () => {
    const { version } = await setPolicy(s.ctx, { version: 0, drafts: false });
    const project = await aDrama();
    s.scripted.say(
      but(({ prompts }) => ({ prompts: prompts.slice(1) })),
      { fails: 'moderation' },
    );
    const outcome = await written(project, brief({ kind: 'character' }));
    expect(outcome.outcomes[0]!.failure).toMatchObject({ code: 'PROMPT_BLOCKED' });
    expect(outcome.written).toBe((await people(project)).length - 1);
    await setPolicy(s.ctx, { version, drafts: true });
  });
});

test('what will be asked is known before, and afterwards that nothing is', async () => {
  const project = await aDrama();
  const of = brief({ rerun: true }, 1);
  const foreseen = async () =>
    expectedPrompts(s.ctx, await asking(project), of, await wantedRows(s.ctx, project, of, true));
  const expected = await foreseen();
  const prompts = () => s.scripted.requests.map(({ request }) => request.messages);
  await written(project, of);
  expect(expected.map(({ call }) => call.prompt.messages)).toEqual(prompts());
  expect(expected.every(({ isKnown }) => !isKnown)).toBe(true);
  const after = await foreseen();
  expect(after).not.toEqual([]);
  expect(after.every(({ isKnown }) => isKnown)).toBe(true);
});

test('the engine writes without a model: what is missing, and all where that is asked for', async () => {
  const project = await aDrama();
  expect(await written(project, brief({ kind: 'character' }), false)).toMatchObject({ drafted: 0 });
  expect((await people(project)).every(({ promptBy }) => promptBy === 'builtin')).toBe(true);
  await expect(written(project, brief({}, 1), false)).rejects.toMatchObject({ code: 'ALREADY_DONE' });
  const [shot] = await shotsOf(project);
  await Shot.update(s.ctx, { id: shot!.id, version: shot!.version, content: { size: 'ECU' } });
  await written(project, brief({ rerun: true }, 1), false);
  expect((await shotsOf(project))[0]).toMatchObject({ promptBy: 'builtin', imagePrompt: { zh: expect.stringContaining('大特写') } }); // biome-ignore format: one thought
  expect(s.scripted.requests).toEqual([]);
});
