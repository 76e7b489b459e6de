// Resolution with a model: what is asked, what an answer may say, what is paid, and what stands when nobody answers.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AiCtx } from '../../core/ai/ai.ts';
import { resolve as source } from '../../core/ai/prompts/resolve.v1.ts';
import { promptVerbs } from '../../core/ai/prompts/verbs.ts';
import { quote } from '../../core/ai/quote.ts';
import type { TextRequest } from '../../core/ai/schema.ts';
import { setPolicy } from '../../core/ai/settings/policy.ts';
import type { Extraction } from '../../core/breakdown/schema.ts';
import { resolutionReader } from '../../core/reader/resolve/index.ts';
import { aStage, type Stage } from '../ai/stage.ts';
import { broken, scene } from '../breakdown/drama.ts';
import { answering } from '../kit/readers/resolve.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());
beforeEach(() => {
  s.scripted.requests.length = 0;
});

/** A drama with two names in doubt: who 白鹭 is, and who 蒙面人 is. `answered` is said by 白鹭, `wanted` by 蒙面人, `said` where neither is. */
const dramaOf = (answered = '', said = '都过去了。', wanted = '把画交出来。') =>
  broken(
    [
      '第1集',
      scene('1-1', '画室', '白鹭、林越', '林越：果然是你，苏晚。', `白鹭：我只是个修画的${answered}。`),
      scene('1-2', '书房', '苏晚、苏父', '苏晚：爸。', '苏父：坐。'),
      scene('1-3', '后巷', '蒙面人、林越', `蒙面人：${wanted}`, '林越：你是谁？'),
      scene('1-4', '花园', '苏父、林越', `林越：${said}`, '苏父：喝茶。'),
    ].join('\n'),
  ).extractions;

const wordsOf = (request: TextRequest) => request.messages[0]!.text;
const aboutOf = (request: TextRequest) => /^Name: (.+?)(?: \(|\n|:)/.exec(wordsOf(request))?.[1] ?? '';
const asked = () => s.scripted.requests.map(({ request }) => aboutOf(request)).sort();

async function ask(extractions: readonly Extraction[], ctx: AiCtx = s.ctx, task?: string) {
  const asking = { project: 'prj_1', task: task ?? (await s.aTask()) };
  return (await resolutionReader(ctx, asking, { extractions, prior: [] })).ask();
}
/** The model that takes 白鹭 for 苏晚 and says no to everything else. */
const knowing = (request: TextRequest): string =>
  JSON.stringify(
    answering(wordsOf(request), ([about], [candidate]) =>
      about === '白鹭' && candidate === '苏晚' ? 'same' : 'different',
    ),
  );

describe('a question', () => {
  test('gives a name, those it may mean, and lines with speakers, numbered', async () => {
    s.scripted.say(knowing);
    await ask(dramaOf());
    const about = s.scripted.requests
      .map(({ request }) => wordsOf(request))
      .find((words) => words.startsWith('Name: 白鹭'));
    expect(about).toContain('林越：果然是你，苏晚。');
    expect(about).toMatch(/^\d+ \[1 白鹭 林越\] 白鹭：我只是个修画的。$/m);
    expect(about).toMatch(/Candidates:\nA 苏晚/);
  });

  test('is put in the tenant’s own words where it has some', async () => {
    const own = await aStage();
    const { setPrompt } = promptVerbs([source]);
    await setPrompt(own.ctx, {
      name: 'resolve',
      version: 0,
      system: '{{language}}, {{kind}}: be strict.',
      user: source.user,
    });
    own.scripted.say(knowing);
    await ask(dramaOf(), own.ctx, await own.aTask());
    expect(own.scripted.requests[0]?.request.system).toBe('Chinese, character: be strict.');
    await own.t.stop();
  });

  test('is priced without being asked, and costs nothing once it was', async () => {
    const extractions = dramaOf('，你认错了');
    const asking = { project: 'prj_1', task: await s.aTask() };
    const { expected, recall } = await resolutionReader(s.ctx, asking, { extractions, prior: [] });
    const before = await quote(s.ctx, expected);
    expect(before.lines).toMatchObject([{ calls: 2, provider: 'deepseek' }]);
    expect(s.scripted.requests).toHaveLength(0);
    expect(await recall()).toEqual([]);
    s.scripted.say(knowing);
    const { opinions } = await ask(extractions);
    expect((await quote(s.ctx, expected)).lines).toEqual([]);
    expect(await recall()).toEqual(opinions);
  });
});

describe('an answer', () => {
  test('becomes an opinion with the model, its reason and the lines it rests on', async () => {
    s.scripted.say(knowing);
    const { opinions, draft } = await ask(dramaOf());
    expect(draft).toBeUndefined();
    expect(opinions).toContainEqual({
      kind: 'character', a: '白鹭', b: '苏晚', answer: 'same', reason: '台词如此', by: { provider: 'deepseek', model: 'deepseek-flash' },
      quotes: [{ quote: '果然是你，苏晚。', line: 4, episode: 1 }],
    }); // biome-ignore format: one thought
  });

  const answers = (rows: unknown[]) => () => JSON.stringify({ answers: rows });
  const row = (who: string, is: string, lines: number[] = [1]) => ({ who, why: '…', lines, is });
  const all = (is: string, more: unknown[] = []) => [...['A', 'B', 'C', 'D', 'E'].map((who) => row(who, is)), ...more];

  test('about candidates nobody asked about, or resting on lines nobody showed, is passed over', async () => {
    s.scripted.say(answers([...all('different'), row('Z', 'same'), row('无名氏', 'same')]));
    const { opinions } = await ask(dramaOf('甲'));
    expect(opinions.length).toBeGreaterThan(0);
    expect(opinions.every(({ answer }) => answer === 'different')).toBe(true);
    s.scripted.say(answers(['A', 'B', 'C', 'D', 'E'].map((who) => row(who, 'same', [99, -1, 0.5]))));
    const unfounded = await ask(dramaOf('乙'));
    expect(unfounded.opinions.filter(({ a }) => a === '白鹭').every(({ answer }) => answer === 'unsure')).toBe(true);
  });

  test('that says two things of one candidate is unsure of it', async () => {
    s.scripted.say(answers(all('different', [row('A', 'same')])));
    const { opinions } = await ask(dramaOf('丙'));
    expect(opinions.find(({ a, b }) => a === '白鹭' && b === '苏晚')?.answer).toBe('unsure');
  });

  test('that leaves a candidate out is asked for once more, by its letter', async () => {
    s.scripted.say(answers([row('A', 'same')]), knowing);
    const task = await s.aTask();
    await ask(dramaOf('丁'), s.ctx, task);
    const again = s.scripted.requests.find(({ request }) => request.messages.length > 1);
    expect(again?.request.messages.at(-1)?.text).toContain('No answer for B');
  });
});

describe('what was asked once', () => {
  test('is not asked again, by another task either', async () => {
    s.scripted.say(knowing);
    const extractions = dramaOf('戊');
    const first = await ask(extractions);
    expect(asked()).toEqual(['白鹭', '蒙面人']);
    s.scripted.requests.length = 0;
    expect(await ask(extractions)).toEqual(first);
    expect(asked()).toEqual([]);
  });

  test('is not asked again for a change of a scene that tells nothing of it', async () => {
    s.scripted.say(knowing);
    await ask(dramaOf('己'));
    s.scripted.requests.length = 0;
    await ask(dramaOf('己', '改过了。'));
    expect(asked()).toEqual([]);
    await ask(dramaOf('己', '改过了。', '把剑交出来。'));
    expect(asked()).toEqual(['蒙面人']);
  });
});

describe('where no model answers', () => {
  test('nothing is said, the reason is told, and what others answered counts', async () => {
    s.scripted.say((request) => (aboutOf(request) === '白鹭' ? { fails: 'moderation' } : knowing(request)));
    const { opinions, draft } = await ask(dramaOf('庚'));
    expect(draft).toMatchObject({ code: 'PROMPT_BLOCKED' });
    expect(new Set(opinions.map(({ a }) => a))).toEqual(new Set(['蒙面人']));
  });

  test('and the tenant takes no drafts, the work fails with the reason, and a retry pays for what failed alone', async () => {
    const own = await aStage();
    await setPolicy(own.ctx, { version: 0, drafts: false });
    const extractions = dramaOf('辛');
    own.scripted.say((request) => (aboutOf(request) === '白鹭' ? { fails: 'moderation' } : knowing(request)));
    await expect(ask(extractions, own.ctx, await own.aTask())).rejects.toMatchObject({ code: 'PROMPT_BLOCKED' });
    own.scripted.requests.length = 0;
    own.scripted.say(knowing);
    const { opinions } = await ask(extractions, own.ctx, await own.aTask());
    expect(opinions.some(({ answer }) => answer === 'same')).toBe(true);
    expect(own.scripted.requests.map(({ request }) => aboutOf(request))).toEqual(['白鹭']);
    await own.t.stop();
  });
});
