// Asking for an object: stored, paid once, tried again, repaired, asked again, divided, fallen back.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { budgetOf } from '../../core/ai/budget.ts';
import { object } from '../../core/ai/object.ts';
import { quote } from '../../core/ai/quote.ts';
import { setPolicy } from '../../core/ai/settings/policy.ts';
import { Failure } from '../../core/platform/failure.ts';
import { aCall, answered, aStage, type People, type Stage, usageOf, used } from './stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());
beforeEach(() => {
  s.scripted.requests.length = 0;
  s.waits.length = 0;
});

const people = { people: [{ name: '谢灯儿', age: 19 }] };

describe('an answer', () => {
  test('is given, recorded with what it took and cost, and taken off the budget', async () => {
    const task = await s.aTask();
    s.scripted.say(answered);
    expect(await object(s.ctx, aCall(task))).toEqual({
      value: people,
      by: { provider: 'deepseek', model: 'deepseek-flash', mode: 'platform' },
      cached: false,
    });
    const rows = await usageOf(s.ctx, task);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      project: 'prj_1', episode: 3, prompt: 'people@1', provider: 'deepseek', model: 'deepseek-flash', mode: 'platform',
      input: used.input, output: used.output, cached: used.cached, currency: 'CNY', cacheHit: false, attempt: 1, outcome: 'answered',
    }); // biome-ignore format: one thought
    expect(rows[0]?.spent).toBeGreaterThan(0);
    expect(await budgetOf(s.ctx, task)).toEqual({ cap: 1e9, spent: rows[0]?.spent, held: 0 });
  });

  test('that lies there is not asked for again, by whichever task, and the hit is recorded at no cost', async () => {
    const [first, second] = [await s.aTask(), await s.aTask()];
    s.scripted.say(answered);
    const call = aCall(first);
    await object(s.ctx, call);
    expect(await object(s.ctx, { ...call, task: second })).toMatchObject({ value: people, cached: true });
    expect(s.scripted.requests).toHaveLength(1);
    expect(await usageOf(s.ctx, second)).toMatchObject([{ cacheHit: true, spent: 0, attempt: 0 }]);
    expect(await budgetOf(s.ctx, second)).toMatchObject({ spent: 0, held: 0 });
  });

  test('is asked for anew when the text, the prompt’s version, the schema or the model is another', async () => {
    const task = await s.aTask();
    s.scripted.say(answered);
    const call = aCall(task);
    await object(s.ctx, call);
    await object(s.ctx, { ...call, prompt: { ...call.prompt, version: '2' } });
    await object(s.ctx, { ...call, prompt: { ...call.prompt, messages: [{ role: 'user', text: '另一场' }] } });
    await object(s.ctx, { ...call, schemaName: 'persons' });
    await object(s.ctx, { ...call, models: [{ provider: 'deepseek', model: 'deepseek-v4-pro' }] });
    expect(s.scripted.requests).toHaveLength(5);
  });

  test('asked for by ten at once is paid once', async () => {
    const task = await s.aTask();
    s.scripted.say(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return answered;
    });
    const call = aCall(task);
    const all = await Promise.all(Array.from({ length: 10 }, () => object(s.ctx, call)));
    expect(all.every(({ value }) => value.people[0]?.name === '谢灯儿')).toBe(true);
    expect(s.scripted.requests).toHaveLength(1);
  });

  test.each([
    ['in a fence', `\`\`\`json\n${answered}\n\`\`\``],
    ['with prose around', `Here is the {result} you asked for:\n${answered}\nAnything else?`],
    ['after thinking', `<think>{"people": []}?</think>${answered}`],
    ['with a comma too many and names without quotes', '{people: [{name: "谢灯儿", age: 19,},],}'],
    ['that was not closed', '{"people": [{"name": "谢灯儿", "age": 19}]'],
    [
      'after thinking whose beginning is missing',
      `Maybe {"people": [{"name": "somebody quite else"}]}?\n</think>\n${answered}`,
    ],
    ['written as JSON twice', JSON.stringify(answered)],
    ['as the list alone', '[{"name": "谢灯儿", "age": 19}]'],
    ['as the list alone, in a fence', '```json\n[\n{"name": "谢灯儿", "age": 19},\n]\n```'],
    ['with another object around', `{"code": 0, "data": ${answered}}`],
    ['with a number as text', '{"people": [{"name": "谢灯儿", "age": "１９"}]}'],
    ['with a list of one where one is wanted', '{"people": [{"name": ["谢灯儿"], "age": [19]}]}'],
  ])('%s is read', async (_, said) => {
    s.scripted.say(said);
    expect(await object(s.ctx, aCall(await s.aTask()))).toMatchObject({ value: people });
    expect(s.scripted.requests).toHaveLength(1);
  });

  test('that does not fit the schema is asked for once more, with the fault in words', async () => {
    const task = await s.aTask();
    s.scripted.say('{"people":[{"name":"谢灯儿","age":"nineteen"}]}', answered);
    expect(await object(s.ctx, aCall(task))).toMatchObject({ value: people, cached: false });
    const [, again] = s.scripted.requests;
    expect(again?.request.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(again?.request.messages.at(-1)?.text).toContain('people.0.age');
    expect(await usageOf(s.ctx, task)).toMatchObject([{ attempt: 1 }, { attempt: 2 }]);
  });

  test('that a check refuses is asked for once more, with its words', async () => {
    s.scripted.say('{"people":[{"name":"无名氏"}]}', answered);
    const check = (value: People) =>
      value.people.some(({ name }) => name === '无名氏') ? '无名氏 is not in the text' : undefined;
    expect(await object(s.ctx, aCall(await s.aTask(), { check }))).toMatchObject({ value: people });
    expect(s.scripted.requests[1]?.request.messages.at(-1)?.text).toContain('无名氏 is not in the text');
  });

  test('that is unusable twice is a failure, and a later try asks anew', async () => {
    const task = await s.aTask();
    const call = aCall(task);
    s.scripted.say('I am sorry');
    await expect(object(s.ctx, call)).rejects.toMatchObject({ code: 'MODEL_ANSWER_UNUSABLE' });
    expect(s.scripted.requests).toHaveLength(2);
    s.scripted.say(answered);
    expect(await object(s.ctx, call)).toMatchObject({ value: people });
    expect(await usageOf(s.ctx, task)).toHaveLength(3);
  });
});

describe('a failure', () => {
  test.each([
    ['retryable', 4, 'PROVIDER_UNREACHABLE'],
    ['rate_limited', 8, 'PROVIDER_BUSY'],
    ['quota', 1, 'PROVIDER_QUOTA'],
    ['auth', 1, 'PROVIDER_KEY_REFUSED'],
    ['moderation', 1, 'PROMPT_BLOCKED'],
    ['invalid', 1, 'MODEL_REQUEST_REFUSED'],
  ] as const)('%s is tried %i times and told as %s', async (fails, times, code) => {
    const fresh = await aStage();
    const task = await fresh.aTask();
    fresh.scripted.say({ fails });
    await expect(object(fresh.ctx, aCall(task))).rejects.toMatchObject({ code, details: { provider: 'deepseek' } });
    expect(fresh.scripted.requests).toHaveLength(times);
    expect(await usageOf(fresh.ctx, task)).toHaveLength(times);
    expect(await budgetOf(fresh.ctx, task)).toMatchObject({ spent: 0, held: 0 });
    await fresh.t.stop();
  });

  test('of a model nobody knows is told as that', async () => {
    s.scripted.say({ fails: 'invalid', code: 'model_not_found' });
    await expect(object(s.ctx, aCall(await s.aTask()))).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
  });

  test('that passes is waited out, as long as the provider says', async () => {
    s.scripted.say({ fails: 'rate_limited', retryAfterMs: 7000 }, { fails: 'retryable' }, answered);
    expect(await object(s.ctx, aCall(await s.aTask()))).toMatchObject({ value: people });
    expect(s.waits.some((ms) => ms >= 7000 && ms <= 8750)).toBe(true);
  });

  test('that asks for an hour of patience is one at once', async () => {
    s.scripted.say({ fails: 'rate_limited', retryAfterMs: 3_600_000 });
    await expect(object(s.ctx, aCall(await s.aTask()))).rejects.toMatchObject({ code: 'PROVIDER_BUSY' });
    expect(s.scripted.requests).toHaveLength(1);
  });

  test('that used tokens all the same is paid', async () => {
    const task = await s.aTask();
    s.scripted.say({ fails: 'moderation', usage: used });
    await expect(object(s.ctx, aCall(task))).rejects.toMatchObject({ code: 'PROMPT_BLOCKED' });
    const [row] = await usageOf(s.ctx, task);
    expect(row).toMatchObject({ outcome: 'moderation', input: used.input });
    expect(await budgetOf(s.ctx, task)).toMatchObject({ spent: row?.spent, held: 0 });
  });

  test('of one model is mended by the next of the chain; the answer is found there again', async () => {
    const task = await s.aTask();
    const models = [
      { provider: 'deepseek', model: 'deepseek-v4-pro' },
      { provider: 'deepseek', model: 'deepseek-flash' },
    ] as const;
    const call = aCall(task, { models });
    s.scripted.say({ fails: 'moderation' }, answered);
    expect(await object(s.ctx, call)).toMatchObject({ by: { model: 'deepseek-flash' }, cached: false });
    expect(await object(s.ctx, call)).toMatchObject({ by: { model: 'deepseek-flash' }, cached: true });
    expect(s.scripted.requests).toHaveLength(2);
  });

  test('of all models gives a draft where there is one and the tenant allows drafts', async () => {
    const builtin = () => ({ people: [] });
    s.scripted.say({ fails: 'moderation' });
    const drafted = await object(s.ctx, aCall(await s.aTask(), { builtin }));
    expect(drafted).toMatchObject({ value: { people: [] }, by: { provider: 'builtin' } });
    expect(drafted.because).toBeInstanceOf(Failure);
    const { version } = await setPolicy(s.ctx, { version: 0, drafts: false });
    await expect(object(s.ctx, aCall(await s.aTask(), { builtin }))).rejects.toMatchObject({ code: 'PROMPT_BLOCKED' });
    await setPolicy(s.ctx, { version, drafts: true });
  });

  test('to have any model is told', async () => {
    const call = aCall(await s.aTask(), { models: [{ provider: 'compatible', model: 'mine' }] });
    await expect(object(s.ctx, call)).rejects.toMatchObject({ code: 'MODEL_NOT_CONFIGURED' });
  });

  test('a model without a price does not run on the platform’s account', async () => {
    const call = aCall(await s.aTask(), { models: [{ provider: 'deepseek', model: 'deepseek-next' }] });
    await expect(object(s.ctx, call)).rejects.toMatchObject({ code: 'PRICE_UNKNOWN' });
    expect(s.scripted.requests).toHaveLength(0);
  });
});

describe('an answer that was cut off', () => {
  const cut = { text: '{"people":[{"name":"谢', finish: 'length' } as const;

  test('is asked for with more room, and never taken', async () => {
    s.scripted.say(cut, answered);
    expect(await object(s.ctx, aCall(await s.aTask()))).toMatchObject({ value: people });
    expect(s.scripted.requests.map(({ request }) => request.maxOutputTokens)).toEqual([2000, 8000]);
  });

  test('at the model’s limit is divided, and the whole is not asked for again', async () => {
    const task = await s.aTask();
    const models = [{ provider: 'minimax', model: 'MiniMax-M2.7' }] as const; // 32,768 tokens at most
    const halves = [aCall(task, { models }), aCall(task, { models })];
    const join = (values: readonly People[]): People => ({ people: values.flatMap((value) => value.people) });
    const call = aCall(task, { models, maxOutputTokens: 4000, split: () => ({ calls: halves, join }) });
    s.scripted.say(cut, cut, cut, answered, answered);
    const divided = await object(s.ctx, call);
    expect(divided.value.people).toHaveLength(2);
    const limits = s.scripted.requests.map(({ request }) => request.maxOutputTokens);
    expect(limits).toEqual([4000, 16_000, 32_768, 2000, 2000]);
    const before = s.scripted.requests.length;
    expect(await object(s.ctx, call)).toMatchObject({ cached: true });
    expect(s.scripted.requests).toHaveLength(before);
  });

  test('is not waited for where the model has no room for it: it is asked in pieces from the start', async () => {
    const task = await s.aTask();
    const models = [{ provider: 'minimax', model: 'MiniMax-M2.7' }] as const;
    const halves = [aCall(task, { models }), aCall(task, { models })];
    const join = (values: readonly People[]): People => ({ people: values.flatMap((value) => value.people) });
    const split = () => ({ calls: halves, join });
    s.scripted.say(answered);
    const call = aCall(task, { models, expectedTokens: 40_000, maxOutputTokens: 80_000, split });
    expect((await object(s.ctx, call)).value.people).toHaveLength(2);
    expect(s.scripted.requests.map(({ request }) => request.maxOutputTokens)).toEqual([2000, 2000]);
    const priced = await quote(s.ctx, [{ call: { ...call, task: await s.aTask() }, output: 40_000 }]);
    expect(priced).toMatchObject({ lines: [], stored: { calls: 2 } });
    s.scripted.requests.length = 0;
    expect(await object(s.ctx, aCall(task, { models, expectedTokens: 40_000, maxOutputTokens: 80_000 }))).toBeDefined();
    expect(s.scripted.requests).toHaveLength(1);
  });

  test('that lies there whole of another model costs nothing, though the one preferred now has no room for it', async () => {
    const [large, small] = [
      { provider: 'deepseek', model: 'deepseek-flash' },
      { provider: 'minimax', model: 'MiniMax-M2.7' },
    ] as const;
    const split = () => ({ calls: [aCall('none')], join: ([one]: readonly People[]) => one! });
    const call = aCall(await s.aTask(), { models: [large], expectedTokens: 40_000, maxOutputTokens: 80_000, split });
    s.scripted.say(answered);
    await object(s.ctx, call);
    const again = { ...call, models: [small, large], task: await s.aTask() };
    expect(await quote(s.ctx, [{ call: again, output: 40_000 }])).toMatchObject({ lines: [], stored: { calls: 1 } });
    expect(await object(s.ctx, again)).toMatchObject({ cached: true });
    expect(s.scripted.requests).toHaveLength(1);
  });

  test('because the server takes less than was thought is divided, at no cost for the whole', async () => {
    const task = await s.aTask();
    const halves = [aCall(task), aCall(task)];
    const join = (values: readonly People[]): People => ({ people: values.flatMap((value) => value.people) });
    s.scripted.say({ fails: 'invalid', code: 'context_length_exceeded' }, answered);
    const call = aCall(task, { split: () => ({ calls: halves, join }) });
    expect((await object(s.ctx, call)).value.people).toHaveLength(2);
    expect(await usageOf(s.ctx, task)).toMatchObject([{ outcome: 'invalid', spent: 0 }, { outcome: 'answered' }, { outcome: 'answered' }]); // biome-ignore format: one thought
    s.scripted.say({ fails: 'invalid', code: 'context_length_exceeded' });
    await expect(object(s.ctx, aCall(task))).rejects.toMatchObject({ code: 'MODEL_REQUEST_REFUSED' });
  });

  test('and never ends is a failure, not paid for on and on; whoever tries again asks again', async () => {
    const call = aCall(await s.aTask());
    s.scripted.say(cut);
    await expect(object(s.ctx, call)).rejects.toMatchObject({ code: 'MODEL_ANSWER_TRUNCATED' });
    const limits = s.scripted.requests.map(({ request }) => request.maxOutputTokens);
    expect(limits).toEqual([2000, 8000, 32_000]);
    s.scripted.say(answered);
    expect(await object(s.ctx, call)).toMatchObject({ value: people, cached: false });
  });

  test('in all pieces is divided three times and no further', async () => {
    const task = await s.aTask();
    const models = [{ provider: 'minimax', model: 'MiniMax-M2.7' }] as const;
    const dividing = (): ReturnType<typeof aCall> =>
      aCall(task, {
        models,
        maxOutputTokens: 40_000,
        split: () => ({ calls: [dividing(), dividing()], join: ([first]) => first! }),
      });
    s.scripted.say(cut);
    await expect(object(s.ctx, dividing())).rejects.toMatchObject({ code: 'MODEL_ANSWER_TRUNCATED' });
    expect(s.scripted.requests).toHaveLength(1 + 2 + 4 + 8);
  });
});

describe('stopping', () => {
  const hangs = (_request: unknown, _account: unknown, signal: AbortSignal): Promise<never> =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));

  test('a cancelled call ends with its reason, holds nothing back, and what was sent is paid by estimate', async () => {
    const task = await s.aTask();
    const stop = new AbortController();
    s.scripted.say((...asked) => {
      setTimeout(() => stop.abort(new Failure('TASK_CANCELLED')), 20);
      return hangs(...asked);
    });
    const call = aCall(task, { signal: stop.signal });
    const asked = object(s.ctx, call);
    await expect(asked).rejects.toMatchObject({ code: 'TASK_CANCELLED' });
    const [row] = await usageOf(s.ctx, task);
    expect(row).toMatchObject({ estimated: true, providerCode: 'stopped', output: 0, attempt: 1 });
    expect(row?.input).toBeGreaterThan(0);
    expect(row?.spent).toBeGreaterThan(0);
    expect(await budgetOf(s.ctx, task)).toEqual({ cap: 1e9, spent: row?.spent, held: 0 });
    // the step is begun again: it asks anew, and what was paid is not paid twice
    s.scripted.say(answered);
    expect(await object(s.ctx, { ...call, signal: undefined })).toMatchObject({ value: people, cached: false });
    const rows = await usageOf(s.ctx, task);
    expect(rows).toMatchObject([{ id: row?.id }, { outcome: 'answered', attempt: 2 }]);
    expect(await budgetOf(s.ctx, task)).toMatchObject({ spent: rows[0]!.spent + rows[1]!.spent, held: 0 });
  });

  test('a call that is cancelled while it waits for its turn was not sent, and costs nothing', async () => {
    const fresh = await aStage();
    await setPolicy(fresh.ctx, { version: 0, slots: { deepseek: 1 } });
    const [first, second] = [await fresh.aTask(), await fresh.aTask()];
    let letGo = () => {};
    const ended = new Promise<string>((resolve) => (letGo = () => resolve(answered)));
    fresh.scripted.say(() => ended);
    const underWay = object(fresh.ctx, aCall(first));
    await vi.waitFor(() => expect(fresh.scripted.requests).toHaveLength(1), 10_000);
    const stop = new AbortController();
    const waiting = object(fresh.ctx, aCall(second, { signal: stop.signal }));
    setTimeout(() => stop.abort(new Failure('TASK_CANCELLED')), 200);
    await expect(waiting).rejects.toMatchObject({ code: 'TASK_CANCELLED' });
    letGo();
    await underWay;
    expect(fresh.scripted.requests).toHaveLength(1);
    expect(await usageOf(fresh.ctx, second)).toEqual([]);
    expect(await budgetOf(fresh.ctx, second)).toMatchObject({ spent: 0, held: 0 });
    await fresh.t.stop();
  });

  test('a call that is waited for in vain is paid by estimate each time, and asked again', async () => {
    const task = await s.aTask();
    s.scripted.say({ fails: 'retryable', code: 'timeout' }, answered);
    expect(await object(s.ctx, aCall(task))).toMatchObject({ value: people });
    const rows = await usageOf(s.ctx, task);
    expect(rows).toMatchObject([{ estimated: true, providerCode: 'timeout' }, { outcome: 'answered' }]);
    expect(rows[0]?.spent).toBeGreaterThan(0);
    expect(await budgetOf(s.ctx, task)).toMatchObject({ spent: rows[0]!.spent + rows[1]!.spent, held: 0 });
  });

  test('a long one that is waited for in vain is left to the next model, for there is no time for both', async () => {
    const models = [
      { provider: 'deepseek', model: 'deepseek-v4-pro' },
      { provider: 'deepseek', model: 'deepseek-flash' },
    ] as const;
    s.scripted.say({ fails: 'retryable', code: 'timeout' }, answered);
    const call = aCall(await s.aTask(), { models, maxOutputTokens: 20_000 });
    expect(await object(s.ctx, call)).toMatchObject({ by: { model: 'deepseek-flash' } });
    expect(s.scripted.requests).toHaveLength(2);
  });
});
