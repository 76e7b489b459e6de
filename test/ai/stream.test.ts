// Text piece by piece: passed on once, kept as it comes, gone on with where it broke off.
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { budgetOf } from '../../core/ai/budget.ts';
import type { StreamCall } from '../../core/ai/call.ts';
import { addKey } from '../../core/ai/keys/add.ts';
import { removeKey } from '../../core/ai/keys/change.ts';
import { estimateTokens } from '../../core/ai/models.ts';
import { ProviderFailure } from '../../core/ai/provider-failure.ts';
import type { TextAnswer, TextProvider, TextRequest } from '../../core/ai/schema.ts';
import { overlap } from '../../core/ai/stream/seam.ts';
import { stream } from '../../core/ai/stream.ts';
import { aStage, type Stage, usageOf, used } from './stage.ts';

let s: Stage;
/** What the provider does with each request, in order. */
let script: ((request: TextRequest, signal: AbortSignal) => AsyncGenerator<string, TextAnswer>)[] = [];
let requests: TextRequest[] = [];
beforeAll(async () => {
  s = await aStage();
  const provider: TextProvider = {
    id: 'deepseek',
    text: () => Promise.reject(new Error('asked for a whole answer')),
    stream: (request, _, { signal }) => {
      requests.push(request);
      const next = script.shift();
      if (!next) throw new Error('asked once too often');
      return next(request, signal);
    },
  };
  Object.assign(s.ctx.ai, { provider: () => provider });
});
afterAll(() => s.t.stop());
beforeEach(() => {
  requests = [];
});

const says = (text: string, finish: 'stop' | 'length' = 'stop') =>
  async function* () {
    for (let at = 0; at < text.length; at += 9) yield text.slice(at, at + 9);
    return { text, finish, usage: used };
  };
const breaks = (text: string, kind: 'retryable' | 'moderation' = 'retryable') =>
  async function* (): AsyncGenerator<string, TextAnswer> {
    yield text;
    throw new ProviderFailure({ kind, provider: 'deepseek', providerCode: 'stream_cut' });
  };
const stalls = (text: string) =>
  async function* (_: TextRequest, signal: AbortSignal): AsyncGenerator<string, TextAnswer> {
    yield text;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throw new ProviderFailure({ kind: 'retryable', provider: 'deepseek', providerCode: (signal.reason as Error).name });
  };

let texts = 0;
async function aText(more: Partial<StreamCall> = {}) {
  const task = more.task ?? (await s.aTask());
  const heard: string[] = [];
  const onPiece = (piece: string, at: number) => {
    expect(at).toBe(heard.join('').length);
    heard.push(piece);
  };
  const prompt = {
    name: 'outline',
    version: '1',
    system: '',
    messages: [{ role: 'user' as const, text: `写第 ${++texts} 个故事` }],
  };
  const call: StreamCall = { use: 'write', project: 'prj_1', task, maxOutputTokens: 2000, prompt, onPiece, ...more };
  return { task, heard, call };
}

const story =
  '第一幕，长安上元夜，灯儿在西市扎灯。忽有黑衣人掠过屋檐，灯灭。她抬头，只见一截断箭钉在灯架上，箭尾系着半枚玉佩。';

describe('a text', () => {
  test('is passed on piece by piece and recorded; the same again costs nothing', async () => {
    const { task, heard, call } = await aText();
    script = [says(story)];
    expect(await stream(s.ctx, call)).toMatchObject({ text: story, cached: false, by: { provider: 'deepseek' } });
    expect(heard.length).toBeGreaterThan(3);
    expect(heard.join('')).toBe(story);
    const again = await aText({ prompt: call.prompt, task });
    expect(await stream(s.ctx, again.call)).toMatchObject({ text: story, cached: true });
    expect(again.heard).toEqual([story]);
    expect(await usageOf(s.ctx, task)).toMatchObject([{ outcome: 'answered' }, { cacheHit: true, spent: 0 }]);
  });

  test('that was cut off by its limit is gone on with, and what is repeated at the seam is left out', async () => {
    const { heard, call } = await aText();
    const at = 24;
    script = [says(story.slice(0, at), 'length'), says(story.slice(at - 10))];
    expect(await stream(s.ctx, call)).toMatchObject({ text: story });
    expect(heard.join('')).toBe(story);
    expect(requests[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(requests[1]?.messages[1]?.text).toBe(story.slice(0, at));
  });

  test('that goes on with blanks in front of what it repeats has it once', async () => {
    const { heard, call } = await aText();
    const at = 24;
    script = [says(story.slice(0, at), 'length'), says(`\n\n${story.slice(at - 14)}`)];
    expect(await stream(s.ctx, call)).toMatchObject({ text: story });
    expect(heard.join('')).toBe(story);
  });

  test('that breaks off again and again is whole in the end, and each part is paid, by estimate where nobody counted', async () => {
    const { task, heard, call } = await aText();
    script = [0, 1, 2, 3, 4, 5]
      .map((part) => breaks(`${'零一二三四五'[part]}。`.repeat(7)))
      .concat([says('完。') as never]);
    const { text } = await stream(s.ctx, call);
    expect(text).toMatch(/^零。.*五。完。$/);
    expect(heard.join('')).toBe(text);
    const rows = await usageOf(s.ctx, task);
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatchObject({
      estimated: true,
      outcome: 'retryable',
      input: expect.any(Number),
      output: expect.any(Number),
    });
    expect(rows[0]?.spent).toBeGreaterThan(0);
    expect(await budgetOf(s.ctx, task)).toEqual({
      cap: 1e9,
      spent: rows.reduce((sum, { spent }) => sum + spent, 0),
      held: 0,
    });
  });

  test('that falls silent is not waited for', async () => {
    const { call } = await aText({ idleMs: 150 });
    script = [stalls(story.slice(0, 20)), says(story.slice(20))];
    expect(await stream(s.ctx, call)).toMatchObject({ text: story });
  });

  test('whose model fails for good is gone on with by the next', async () => {
    const models = [
      { provider: 'deepseek', model: 'deepseek-v4-pro' },
      { provider: 'deepseek', model: 'deepseek-flash' },
    ] as const;
    const { call } = await aText({ models });
    script = [breaks(story.slice(0, 20), 'moderation'), says(story.slice(20))];
    expect(await stream(s.ctx, call)).toMatchObject({ text: story, by: { model: 'deepseek-flash' } });
    expect(requests).toHaveLength(2);
  });

  test('that a model will not write for the tenant’s key is not asked of it again for the platform’s', async () => {
    const own = await addKey(s.ctx, { provider: 'deepseek', label: '工作室', key: 'sk-own-4Kd8Ws' });
    const { task, call } = await aText();
    script = [breaks(story.slice(0, 20), 'moderation'), says(story.slice(20))];
    await expect(stream(s.ctx, call)).rejects.toMatchObject({ code: 'PROMPT_BLOCKED' });
    expect(await usageOf(s.ctx, task)).toMatchObject([{ account: own.id, outcome: 'moderation' }]);
    await removeKey(s.ctx, { id: own.id, version: 1 });
  });

  test('a caller that dies in the middle leaves what had come; the next goes on there and settles what it took', async () => {
    const { task, call } = await aText();
    const long = '灯。'.repeat(900);
    script = [
      async function* () {
        yield long;
        return await new Promise<never>(() => undefined);
      },
      says('终。'),
    ];
    let passed = false;
    const onPiece = () => {
      passed = true;
    };
    void stream(s.ctx, { ...call, onPiece }).catch(() => undefined);
    await vi.waitFor(() => expect(passed).toBe(true), 10_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const next = await aText({ prompt: call.prompt, task });
    // its heart beats on in this process, so the clock goes on for the other alone
    const later = { ...s.ctx, now: () => s.ctx.now() + 200_000 };
    expect(await stream(later, next.call)).toMatchObject({ text: `${long}终。` });
    expect(next.heard[0]).toBe(long);
    const rows = await usageOf(s.ctx, task);
    expect(rows.map(({ providerCode }) => providerCode)).toEqual(['caller_died', undefined]);
    expect(await budgetOf(s.ctx, task)).toMatchObject({
      held: 0,
      spent: rows.reduce((sum, { spent }) => sum + spent, 0),
    });
  });

  test.each([
    ['in the middle', '灯。'.repeat(900)],
    ['before the first word', ''],
  ])('that is stopped %s is paid for once, by estimate; the next who asks goes on there', async (_, come) => {
    const { task, call } = await aText();
    const stop = new AbortController();
    script = [
      async function* (_request, signal) {
        if (come !== '') yield come;
        stop.abort(new Error('cancelled'));
        throw signal.reason as Error;
      },
      says('终。'),
    ];
    await expect(stream(s.ctx, { ...call, signal: stop.signal })).rejects.toThrow('cancelled');
    const [row] = await usageOf(s.ctx, task);
    expect(row).toMatchObject({ estimated: true, providerCode: 'stopped', output: estimateTokens(come) });
    expect(row?.input).toBeGreaterThan(0);
    expect(row?.spent).toBeGreaterThan(0);
    expect(await budgetOf(s.ctx, task)).toMatchObject({ spent: row?.spent, held: 0 });
    const next = await aText({ prompt: call.prompt, task });
    expect(await stream(s.ctx, next.call)).toMatchObject({ text: `${come}终。` });
    const rows = await usageOf(s.ctx, task);
    expect(rows).toMatchObject([{ id: row?.id }, { outcome: 'answered' }]);
    expect(await budgetOf(s.ctx, task)).toMatchObject({ spent: rows[0]!.spent + rows[1]!.spent, held: 0 });
  });

  test('whose reader fails is paid for as far as it came', async () => {
    const { task, call } = await aText();
    const onPiece = () => {
      throw new Error('nobody reads');
    };
    script = [says(story)];
    await expect(stream(s.ctx, { ...call, onPiece })).rejects.toThrow('nobody reads');
    expect(await usageOf(s.ctx, task)).toMatchObject([{ estimated: true, spent: expect.any(Number) }]);
    expect((await budgetOf(s.ctx, task))?.spent).toBeGreaterThan(0);
  });

  test('never ending is stopped', async () => {
    const { call } = await aText();
    script = Array.from({ length: 30 }, (_, at) => says(`第${at}段。`.repeat(3), 'length'));
    await expect(stream(s.ctx, call)).rejects.toMatchObject({ code: 'MODEL_ANSWER_TRUNCATED' });
    expect(requests).toHaveLength(24);
  });

  test('cut off before a word of it is not asked for again in the same words', async () => {
    const { call } = await aText();
    script = [says(story, 'length'), says('', 'length'), says('', 'length')];
    await expect(stream(s.ctx, call)).rejects.toMatchObject({ code: 'MODEL_ANSWER_TRUNCATED' });
    expect(requests).toHaveLength(2);
  });

  const saysNothing = async function* (): AsyncGenerator<string, TextAnswer> {
    yield '';
    throw new ProviderFailure({ kind: 'invalid_output', provider: 'deepseek', providerCode: 'empty_answer' });
  };

  test('that broke off and has nothing more to come is whole', async () => {
    const { call } = await aText();
    script = [breaks(story), saysNothing];
    expect(await stream(s.ctx, call)).toMatchObject({ text: story });
  });

  test('that its limit cut off is not whole when nothing comes: it is asked for once more', async () => {
    const { call } = await aText();
    script = [says(story.slice(0, 24), 'length'), saysNothing, says(story.slice(24))];
    expect(await stream(s.ctx, call)).toMatchObject({ text: story });
    expect(requests).toHaveLength(3);
  });

  test('that broke off before it was cut off is asked for once more all the same', async () => {
    const { call } = await aText();
    script = [breaks(story.slice(0, 8)), says(story.slice(8, 24), 'length'), saysNothing, says(story.slice(24))];
    expect(await stream(s.ctx, call)).toMatchObject({ text: story });
    expect(requests).toHaveLength(4);
  });

  test.each(['stopped', 'timeout'])(
    'that ended with %s in the middle is not whole when nothing comes',
    async (providerCode) => {
      const { call } = await aText();
      const ends = async function* (): AsyncGenerator<string, TextAnswer> {
        yield story.slice(0, 24);
        throw new ProviderFailure({ kind: 'retryable', provider: 'deepseek', providerCode });
      };
      script = [ends, saysNothing, says(story.slice(24))];
      expect(await stream(s.ctx, call)).toMatchObject({ text: story });
    },
  );

  test('on which nothing was said for long, though it was kept alive, is not listened to twice', async () => {
    const { call } = await aText();
    const hums = async function* (): AsyncGenerator<string, TextAnswer> {
      s.t.pass(400_000);
      yield '';
      throw new ProviderFailure({ kind: 'retryable', provider: 'deepseek', providerCode: 'timeout' });
    };
    script = [hums, says(story)];
    await expect(stream(s.ctx, call)).rejects.toMatchObject({ code: 'PROVIDER_UNREACHABLE' });
    expect(requests).toHaveLength(1);
  });

  test('that its limit cut off at its very end is whole when nothing more comes twice', async () => {
    const { call } = await aText();
    script = [says(story, 'length'), saysNothing, saysNothing];
    expect(await stream(s.ctx, call)).toMatchObject({ text: story });
    expect(requests).toHaveLength(3);
  });

  test('is refused at a cap of zero', async () => {
    const { call } = await aText({ task: await s.aTask(0) });
    await expect(stream(s.ctx, call)).rejects.toMatchObject({ code: 'BUDGET_ZERO' });
  });
});

test('a seam finds any repetition of six characters and more, and none that is not there', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 6, maxLength: 120 }),
      fc.string({ maxLength: 80 }),
      fc.string({ maxLength: 80 }),
      (shared, left, right) => {
        const length = overlap(left + shared, shared + right);
        expect(length).toBeGreaterThanOrEqual(shared.length);
        expect((left + shared).endsWith((shared + right).slice(0, length))).toBe(true);
      },
    ),
  );
  expect(overlap('他来了。', '他来了。')).toBe(0);
});

test('a seam behind blanks is a line or a long repetition, and not a word with which the next line begins', () => {
  expect(overlap('△灯灭。\n乙：是谁在那里？', '\n乙：是谁在那里？\n甲：我。')).toBe('\n乙：是谁在那里？'.length);
  expect(overlap('1-2 夜 内 东港旧码头仓库', '\n东港旧码头仓库里没有人。')).toBe(0);
  expect(overlap('EXT. HARBOUR - MORNING', '\n\nMORNING LIGHT on the water.')).toBe(0);
});
