// A script from an idea: stopped anywhere it goes on there, and nothing is paid twice.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inputTokens, mostMicros } from '../../core/ai/estimate.ts';
import { modelOf } from '../../core/ai/models.ts';
import type { TextRequest } from '../../core/ai/schema.ts';
import { finish } from '../../core/pipeline/writing/finish.ts';
import { part } from '../../core/pipeline/writing/part.ts';
import { plan } from '../../core/pipeline/writing/plan.ts';
import { Failure } from '../../core/platform/failure.ts';
import * as Project from '../../core/project/index.ts';
import * as Script from '../../core/revision/index.ts';
import { parse } from '../../core/script/index.ts';
import * as Task from '../../core/task/index.ts';
import { load } from '../../core/task/store.ts';
import * as Writing from '../../core/task/writing/index.ts';
import { unaddressed } from '../../core/writer/script/layout.ts';
import { usageOf, used } from '../ai/stage.ts';
import { written } from '../kit/write.ts';
import { aStudio, episodeOf, type Play, plainly, type Studio } from './stage.ts';

let s: Studio;
let project: string;
beforeAll(async () => {
  s = await aStudio();
});
afterAll(() => s.t.stop());
beforeEach(async () => {
  s.play(() => undefined);
  project = await s.project();
});

let ideas = 0;
/** Of an idea nobody had before: answers are kept by content. */
const brief = (more: object = {}) => ({
  projectId: project,
  idea: `第 ${++ideas} 座灯塔`,
  genre: '悬疑',
  episodes: 2,
  episodeCharacters: 400,
  ...more,
});
const started = async (more: object = {}) => (await Writing.generateScript(s.ctx, brief(more))).taskId;
const textOf = (id: string) => Task.text(s.ctx, { id });
const script = async (id: string, revision = 1) => {
  const { script: of } = await load(s.ctx, id);
  return new TextDecoder().decode(await s.bytesOf(of, revision));
};
/** Millionths of CNY that are held back for a request. */
const heldFor = ({ system, messages, maxOutputTokens }: TextRequest): number =>
  mostMicros(modelOf('deepseek', 'deepseek-flash'), inputTokens({ system, messages }), maxOutputTokens, s.ctx.now()) ??
  0;

/** Episodes asked for, 0 for the outline, in order. */
const asked = () => s.asked.map(episodeOf);

describe('what is written', () => {
  test.each(['zh', 'en'] as const)('in %s is a script our parser reads without a warning', async (language) => {
    const task = await written(s.ctx, await started({ language, episodes: 3 }));
    expect(task).toMatchObject({ status: 'completed', notices: [], result: { revision: 1, written: 3, asked: 3 } });
    const document = await parse(await s.bytesOf(task.scriptId, 1), 'script.txt');
    expect(document).toMatchObject({ language, warnings: [] });
    expect(document.episodes.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(asked()).toEqual([0, 1, 2, 3]);
  });

  test('has its title and its people; the outline can be read', async () => {
    const task = await written(s.ctx, await started({ title: '守灯人' }));
    const { title } = await Script.get(s.ctx, { id: task.scriptId });
    expect(title).toBe('守灯人');
    const { outline } = await textOf(task.id);
    expect(outline?.episodes).toHaveLength(2);
    const document = await parse(await s.bytesOf(task.scriptId, 1), 'script.txt');
    expect(document.title).toBe('守灯人');
    expect(document.biographies.map(({ name }) => name)).toEqual(outline?.cast.map(({ name }) => name));
  });

  test('each episode is told the end of the one before', async () => {
    const { id } = await written(s.ctx, await started());
    const { parts } = await textOf(id);
    const last = parts[0]?.text.split('\n').at(-1);
    expect(s.asked.at(-1)?.messages[0]?.text).toContain(`Where the episode before ended:\n`);
    expect(s.asked.at(-1)?.messages[0]?.text).toContain(last);
  });

  test('leaves a row of usage for every question', async () => {
    const { id } = await written(s.ctx, await started());
    const rows = await usageOf(s.ctx, id);
    expect(rows.map(({ prompt, outcome }) => [prompt, outcome])).toEqual([
      ['outline@1', 'answered'],
      ['episode@1', 'answered'],
      ['episode@1', 'answered'],
    ]);
    const { budget } = await Task.usage(s.ctx, { id });
    expect(budget?.spent).toBe(rows.reduce((sum, { spent }) => sum + spent, 0));
  });

  test('asked for again in the same words is there already', async () => {
    const same = brief();
    await written(s.ctx, (await Writing.generateScript(s.ctx, same)).taskId);
    const before = s.asked.length;
    const again = await written(s.ctx, (await Writing.generateScript(s.ctx, same)).taskId);
    expect(again).toMatchObject({ status: 'completed', result: { written: 2 } });
    expect(s.asked).toHaveLength(before);
  });
});

describe('a text that breaks off', () => {
  test('is gone on with where it was, in the same task', async () => {
    let times = 0;
    const half = (text: string) => text.slice(0, Math.floor(text.length / 2));
    s.play((request) =>
      episodeOf(request) === 1 && times++ === 0 ? { text: half(plainly(request)), fails: 'retryable' } : undefined,
    );
    const task = await written(s.ctx, await started());
    expect(task).toMatchObject({ status: 'completed' });
    expect(asked()).toEqual([0, 1, 1, 2]);
    const [, first, second] = s.asked;
    expect(second?.messages[1]?.text).toBe(half(plainly(first!)));
    expect((await textOf(task.id)).parts[0]?.text).toBe(plainly(first!));
  });

  test('because it was cancelled is kept, and a retry goes on in the middle of the episode', async () => {
    const stop = new AbortController();
    const whole = { text: '' };
    s.play((request) => {
      if (episodeOf(request) !== 2) return undefined;
      whole.text = plainly(request);
      setTimeout(() => stop.abort(new Failure('TASK_CANCELLED')), 50);
      return { text: whole.text.slice(0, 150), stalls: true };
    });
    const id = await started();
    await written({ ...s.ctx, signal: stop.signal } as never, id, async (part) => {
      if (part === 2) setTimeout(() => void Task.cancel(s.ctx, { id }), 20);
    });
    expect(await Task.get(s.ctx, { id })).toMatchObject({ status: 'cancelled', result: null });
    const { parts } = await textOf(id);
    expect(parts.map(({ number, whole: isWhole }) => [number, isWhole])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(parts[1]?.text).toBe(whole.text.slice(0, 150));
    s.play((request) => (episodeOf(request) === 2 ? whole.text.slice(150) : undefined));
    await Task.retry(s.ctx, { id });
    expect(await written(s.ctx, id)).toMatchObject({ status: 'completed', result: { written: 2 } });
    // the outline and the first episode are not asked for, and of the second only the rest
    expect(asked()).toEqual([2]);
    expect(s.asked[0]?.messages.at(-2)).toEqual({ role: 'assistant', text: whole.text.slice(0, 150) });
    expect((await textOf(id)).parts[1]?.text).toBe(whole.text);
  });
});

describe('a step that runs out of time', () => {
  test('is begun again by the machine and goes on in the middle of the episode', async () => {
    const stop = new AbortController();
    let whole = '';
    s.play((request) => {
      if (episodeOf(request) !== 1) return undefined;
      whole = plainly(request);
      setTimeout(() => stop.abort(new Failure('TASK_TIMED_OUT')), 50);
      return { text: whole.slice(0, 120), stalls: true };
    });
    const id = await started({ episodes: 1 });
    const of = { task: id, attempt: 1 };
    await plan(s.ctx, of);
    const first = part({ ...s.ctx, signal: stop.signal } as never, { ...of, part: 1 });
    // no refusal: the machine tries again what fails so
    await expect(first).rejects.toMatchObject({ code: 'TASK_TIMED_OUT', status: 504 });
    expect((await Task.text(s.ctx, { id, part: 1 })).parts).toMatchObject([
      { text: whole.slice(0, 120), whole: false },
    ]);
    s.play(() => whole.slice(120));
    await part(s.ctx, { ...of, part: 1 });
    await finish(s.ctx, of);
    expect(await Task.get(s.ctx, { id })).toMatchObject({ status: 'completed', result: { written: 1 } });
    expect((await textOf(id)).parts[0]?.text).toBe(whole);
    expect(asked()).toEqual([1]);
    expect((await usageOf(s.ctx, id)).map(({ providerCode }) => providerCode)).toContain('stopped');
  });

  test('finishing twice makes one script', async () => {
    const id = await started({ episodes: 1 });
    const of = { task: id, attempt: 1 };
    await plan(s.ctx, of);
    await part(s.ctx, { ...of, part: 1 });
    await Promise.allSettled([finish(s.ctx, of), finish(s.ctx, of)]);
    expect(await Task.get(s.ctx, { id })).toMatchObject({ status: 'completed', result: { revision: 1 } });
    expect((await Script.list(s.ctx, { projectId: project })).items).toHaveLength(1);
  });
});

describe('what cannot be had', () => {
  test('at the cap stops with what is done; a higher cap goes on', async () => {
    const dear = await written(s.ctx, await started());
    const [outline] = await usageOf(s.ctx, dear.id);
    // enough to begin the first episode, which takes most of it
    const cap = 100 + (outline?.spent ?? 0) + heldFor(s.asked[1]!);
    s.play((request) => (episodeOf(request) === 1 ? { text: plainly(request), usage: { ...used, output: 2500 } } : undefined)); // biome-ignore format: one thought
    // other questions than before: those are answered
    const id = await started({ cap, episodeCharacters: 402 });
    const stopped = await written(s.ctx, id);
    expect(stopped).toMatchObject({ status: 'partial', result: { written: 1, asked: 2 } });
    expect(stopped.failed).toMatchObject([{ episode: 2, code: 'BUDGET_REACHED' }]);
    expect(asked()).toEqual([0, 1]);
    s.play(() => undefined);
    await Task.retry(s.ctx, { id, cap: 10_000_000 });
    expect(await written(s.ctx, id)).toMatchObject({ status: 'completed', result: { written: 2 } });
    expect(asked()).toEqual([2]);
    expect(await script(id, (await load(s.ctx, id)).revision)).toContain('第2集');
  });

  test('of one episode leaves the others: the script holds them, and a retry adds it as a new revision', async () => {
    s.play((request) => (episodeOf(request) === 1 ? { text: '', fails: 'moderation' } : undefined));
    const id = await started();
    const task = await written(s.ctx, id);
    expect(task).toMatchObject({ status: 'partial', result: { revision: 1, written: 1, asked: 2 } });
    expect(task.failed).toMatchObject([{ episode: 1, step: 'write', code: 'PROMPT_BLOCKED' }]);
    expect(await script(id)).not.toContain('第1集');
    s.play(() => undefined);
    await Task.retry(s.ctx, { id });
    expect(await written(s.ctx, id)).toMatchObject({ status: 'completed', result: { revision: 2, written: 2 } });
    expect(asked()).toEqual([1]);
    expect((await script(id, 2)).indexOf('第1集')).toBeLessThan((await script(id, 2)).indexOf('第2集'));
  });

  test('at all makes no script, and says why', async () => {
    s.play((request) => (episodeOf(request) > 0 ? { text: '', fails: 'moderation' } : undefined));
    const task = await written(s.ctx, await started());
    expect(task).toMatchObject({ status: 'failed', errorCode: 'PROMPT_BLOCKED', result: null });
    expect((await Script.list(s.ctx, { projectId: project })).items).toEqual([]);
  });

  test('as an outline ends the work', async () => {
    s.play(() => ({ text: '', fails: 'moderation' }));
    expect(await written(s.ctx, await started())).toMatchObject({ status: 'failed', errorCode: 'PROMPT_BLOCKED' });
  });
});

describe('a text in another layout', () => {
  const elsewhere = '安然走进灯塔。她说灯还亮着。老汤不说话。'.repeat(20);

  test('is asked for once more, with what is wrong with it', async () => {
    s.play((request) => (episodeOf(request) === 1 && request.messages.length === 1 ? elsewhere : undefined));
    const task = await written(s.ctx, await started());
    expect(task).toMatchObject({ status: 'completed', notices: [] });
    expect(asked()).toEqual([0, 1, 1, 2]);
    const [user, said, fault] = s.asked[2]?.messages ?? [];
    expect([user?.role, said?.text, fault?.role]).toEqual(['user', elsewhere, 'user']);
    expect(fault?.text).toContain('heading of episode 1');
  });

  test('twice is a failure of that episode; a retry asks anew', async () => {
    s.play((request) => (episodeOf(request) === 1 ? elsewhere : undefined));
    const id = await started();
    const task = await written(s.ctx, id);
    expect(task.failed).toMatchObject([{ episode: 1, code: 'MODEL_ANSWER_UNUSABLE' }]);
    expect((await textOf(id)).parts[0]).toMatchObject({ number: 1, whole: false, text: elsewhere });
    s.play(() => undefined);
    await Task.retry(s.ctx, { id });
    expect(await written(s.ctx, id)).toMatchObject({ status: 'completed', result: { written: 2 } });
    expect(asked()).toEqual([1]);
  });

  test('with talk and marks around it is taken without them', async () => {
    s.play((request) => {
      if (episodeOf(request) !== 1) return undefined;
      const [head = '', ...rest] = plainly(request).split('\n');
      return `好的，这是剧本：\n\`\`\`\n**${head}**\n${rest.join('\n')}\n\`\`\``;
    });
    const task = await written(s.ctx, await started());
    expect(task).toMatchObject({ status: 'completed', notices: [] });
    expect(asked()).toEqual([0, 1, 2]);
    expect(await script(task.id)).not.toMatch(/好的|\*\*|```/);
  });

  test.each([
    ['zh', '希望您满意！如需修改请随时告诉我。'],
    ['zh', '---\n以上是第1集的完整剧本，约 400 字。'],
    ['zh', '（如果您想调整人物，请告诉我）'],
    ['en', 'Let me know if you would like any changes.'],
    ['en', '***\n\nI hope this works for the season!'],
  ] as const)('in %s does not end with %j, which would be filmed', async (language, farewell) => {
    s.play((request) => (episodeOf(request) === 1 ? `${plainly(request)}\n\n${farewell}\n` : undefined));
    const task = await written(s.ctx, await started({ language, episodes: 1 }));
    expect(task).toMatchObject({ status: 'completed', notices: [] });
    expect(asked()).toEqual([0, 1]);
    expect(await script(task.id)).not.toMatch(/您|告诉我|以上|---|\*\*\*|I hope|Let me know/);
  });

  test('keeps what somebody says at its end, whatever it sounds like', () => {
    const ends = ['甲：希望您满意。', '△希望的灯灭了。', '甲（低声）：如需修改，请告诉我。', '需要我的人都走了。'];
    for (const end of ends) expect(unaddressed(`1-1 夜 内 灯塔\n${end}`, 'zh')).toContain(end);
    const said = 'INT. LIGHTHOUSE - NIGHT\n\nANNA\nLet me know if you find him.';
    expect(unaddressed(said, 'en')).toBe(said);
  });

  test.each([
    ['zh', '服务员\n希望您满意。'],
    ['zh', '编辑\n如果您想修改剧本，请告诉我。'],
    ['zh', '顾言走到门口。\n\n需要我陪你吗？她没有问出口。'],
    ['zh', '他合上日记。\n\n如果时间可以继续，她会回来。'],
    ['zh', '他读完了信。\n\n以上是他遗书的全部内容。'],
    ['en', 'ANNA\nGoodbye.\n\nLet me know if you find him.'],
    ['en', 'She writes.\n\nI hope you are happy now, mother.'],
    ['en', 'EDITOR\nLet me know if you have changes.'],
  ] as const)('keeps in %s the end %j of a script in any layout', (language, end) => {
    expect(unaddressed(`灯塔\n\n${end}`, language)).toBe(`灯塔\n\n${end}`);
  });

  test('of another length, also when asked again, is kept and told', async () => {
    s.play((request) =>
      episodeOf(request) === 2 ? plainly({ ...request, messages: [{ role: 'user', text: request.messages[0]!.text.replace(/about \d+ characters$/, 'about 2000 characters') }] }) : undefined,
    ); // biome-ignore format: one thought
    const task = await written(s.ctx, await started());
    expect(task).toMatchObject({ status: 'completed', result: { written: 2 } });
    expect(task.notices).toMatchObject([{ episode: 2, step: 'write', code: 'WRITING_LENGTH' }]);
    expect(asked()).toEqual([0, 1, 2, 2]);
  });

  describe('too short, where asking again fails,', () => {
    const short = (request: TextRequest) =>
      plainly({ ...request, messages: [{ role: 'user', text: request.messages[0]!.text.replace(/about \d+ characters$/, 'about 200 characters') }] }); // biome-ignore format: one thought
    const isAgain = ({ messages }: TextRequest) => messages.length > 1;
    /** The first episode is too short, and again is answered like this. */
    const againSaying = (play: Play) =>
      s.play((request) => (episodeOf(request) === 1 ? (isAgain(request) ? play : short(request)) : undefined));

    test.each([
      ['before a word', { text: '', fails: 'moderation' }],
      ['in the middle', { text: '第1集 半', fails: 'moderation' }],
    ] as const)('%s: stands as it is, and is told', async (_, play) => {
      againSaying(play);
      const task = await written(s.ctx, await started({ episodeCharacters: 900 }));
      expect(task).toMatchObject({ status: 'completed', failed: [], result: { written: 2 } });
      expect(task.notices).toMatchObject([{ episode: 1, step: 'write', code: 'WRITING_LENGTH' }]);
      expect((await textOf(task.id)).parts[0]).toMatchObject({ whole: true, text: short(s.asked[1]!) });
    });

    test('for the budget is reached: stands as it is, and is told', async () => {
      // as dear as it takes, and no more
      s.play((request) => (episodeOf(request) === 1 ? { text: short(request), usage: { ...used, output: 2500 } } : undefined)); // biome-ignore format: one thought
      const dear = await written(s.ctx, await started({ episodes: 1, episodeCharacters: 900 }));
      const [outline] = await usageOf(s.ctx, dear.id);
      const cap = 100 + (outline?.spent ?? 0) + heldFor(s.asked[1]!);
      const task = await written(s.ctx, await started({ episodes: 1, episodeCharacters: 902, cap }));
      expect(task).toMatchObject({ status: 'completed', result: { written: 1 } });
      expect(task.notices).toMatchObject([{ episode: 1, code: 'WRITING_LENGTH' }]);
      expect(asked()).toEqual([0, 1, 1, 0, 1]);
    });

    test('for it was cancelled or ran out of time: is not taken, and what was written stays to be read', async () => {
      for (const code of ['TASK_CANCELLED', 'TASK_TIMED_OUT'] as const) {
        const stop = new AbortController();
        s.play((request) => {
          if (!isAgain(request)) return episodeOf(request) === 1 ? short(request) : undefined;
          setTimeout(() => stop.abort(new Failure(code)), 20);
          return { text: '', stalls: true };
        });
        const of = { task: await started({ episodes: 1, episodeCharacters: 900 }), attempt: 1 };
        await plan(s.ctx, of);
        const first = part({ ...s.ctx, signal: stop.signal } as never, { ...of, part: 1 });
        await expect(first).rejects.toMatchObject({ code });
        const { parts } = await Task.text(s.ctx, { id: of.task, part: 1 });
        expect(parts).toMatchObject([{ text: short(s.asked[1]!), whole: false }]);
      }
    });
  });
});

describe('what is refused before anything is asked', () => {
  test.each([
    [{ idea: ' ' }, 'INVALID_REQUEST'],
    [{ idea: '长'.repeat(20_001) }, 'INVALID_REQUEST'],
    [{ genre: '' }, 'INVALID_REQUEST'],
    [{ episodes: 0 }, 'INVALID_REQUEST'],
    [{ episodes: 101 }, 'INVALID_REQUEST'],
    [{ episodes: 1.5 }, 'INVALID_REQUEST'],
    [{ episodeCharacters: 10 }, 'INVALID_REQUEST'],
    [{ episodeMinutes: 2 }, 'INVALID_REQUEST'],
    [{ episodeCharacters: undefined, episodeMinutes: 90 }, 'INVALID_REQUEST'],
    [{ language: 'fr' }, 'INVALID_REQUEST'],
    [{ style: '' }, 'INVALID_REQUEST'],
    [{ audience: '观'.repeat(201) }, 'INVALID_REQUEST'],
    [{ title: '' }, 'INVALID_REQUEST'],
    [{ cap: 0 }, 'BUDGET_ZERO'],
    [{ provider: 'nobody' }, 'PROVIDER_UNKNOWN'],
    [{ provider: 'builtin' }, 'WRITING_NEEDS_MODEL'],
    [{ projectId: 'prj_nothing' }, 'NOT_FOUND'],
  ])('%o: %s', async (more, code) => {
    await expect(started(more)).rejects.toMatchObject({ code });
    expect((await Task.list(s.ctx, { projectId: project })).items).toEqual([]);
    expect(s.asked).toEqual([]);
  });

  test('a tenant without a model is told to set one up', async () => {
    const { id } = await Project.create(s.t.other, { title: '剧' });
    const started = Writing.generateScript(s.t.other, { ...brief(), projectId: id });
    await expect(started).rejects.toMatchObject({ code: 'WRITING_NEEDS_MODEL' });
  });

  test('another tenant sees neither the task nor its text', async () => {
    const id = await started();
    await expect(Task.text(s.t.other, { id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(Writing.generateScript(s.t.other, brief())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await Task.cancel(s.ctx, { id });
  });
});
