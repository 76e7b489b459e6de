// An episode read through the gateway: stored and paid once, asked again where an answer is bad, divided where it is too long, and never less than
// what the grammar found.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addKey } from '../../core/ai/keys/add.ts';
import { extract } from '../../core/ai/prompts/extract.v1.ts';
import { promptVerbs } from '../../core/ai/prompts/verbs.ts';
import { quote } from '../../core/ai/quote.ts';
import { setPolicy } from '../../core/ai/settings/policy.ts';
import type { Given } from '../../core/reader/extract/call.ts';
import { episodeReader } from '../../core/reader/extract/index.ts';
import { parseText } from '../../core/script/index.ts';
import { aStage, type Line, type Stage, usageOf } from '../ai/stage.ts';
import { careful, drama, pictures, row } from './drama.ts';
import { givenOf } from './stage.ts';

let s: Stage;
beforeAll(async () => {
  s = await aStage();
});
afterAll(() => s.t.stop());
beforeEach(() => {
  s.scripted.requests.length = 0;
});

let episodes = 0;
/** A text nobody has asked about, in a project of its own. */
const textOf = (more = '') => `${drama}△江面上漂过第${++episodes}盏河灯。\n${more}`;
const fresh = (more = ''): Given => givenOf(parseText(textOf(more)), 1);
const good = JSON.stringify({ facts: careful, prompts: pictures });
const asking = async (more: object = {}) => ({
  project: `prj_${episodes}`,
  task: await s.aTask(),
  episode: 1,
  ...more,
});
async function read(given: Given, ...lines: Line[]) {
  s.scripted.say(...lines);
  const reader = await episodeReader(s.ctx, await asking(), given);
  return reader.read();
}
const foreseen = async (given: Given) => (await episodeReader(s.ctx, await asking(), given)).foresee();
const fault = () => s.scripted.requests[1]?.request.messages.at(-1)?.text ?? '';

describe('an episode', () => {
  test('is read in one call; read again it asks nobody', async () => {
    const given = fresh();
    const first = await read(given, good);
    expect(first.draft).toBeUndefined();
    expect(first.value.traits).toHaveLength(10);
    expect(await read(given, { fails: 'quota' })).toEqual(first);
    expect(s.scripted.requests).toHaveLength(1);
  });

  test('depends on the words of the prompt and on the models it is put to', async () => {
    const given = fresh();
    const inputs = async (more: object = {}) => (await episodeReader(s.ctx, await asking(more), given)).inputs;
    expect(await inputs()).toEqual(await inputs());
    const models = [{ provider: 'deepseek', model: 'deepseek-v4-pro' }];
    expect(await inputs({ models })).not.toEqual(await inputs());
    expect((await episodeReader(s.ctx, await asking(), fresh())).inputs).not.toEqual(await inputs());
  });

  test('is asked for in a tenant’s own words', async () => {
    const own = await aStage();
    const { setPrompt } = promptVerbs([extract]);
    await setPrompt(own.ctx, {
      name: 'extract',
      version: 0,
      system: '用 {{language}} 作答。',
      user: '{{known}}\n---\n{{script}}',
    });
    own.scripted.say(good);
    const task = await own.aTask();
    await (await episodeReader(own.ctx, { project: 'prj_1', task }, fresh())).read();
    expect(own.scripted.requests[0]?.request.system).toContain('用 Chinese (简体中文) 作答。');
    expect((await usageOf(own.ctx, task))[0]?.prompt).toBe('extract@1.t1');
    await own.t.stop();
  });

  test('is priced before it is read, and costs nothing more once it was', async () => {
    const given = fresh();
    const { expected, value, isWhole } = await foreseen(given);
    const before = await quote(s.ctx, expected);
    expect([value, isWhole]).toEqual([given.found, false]);
    expect(before).toMatchObject({ lines: [{ episode: 1, calls: 1 }], stored: { calls: 0 }, unrouted: 0 });
    expect(before.lines[0]!.input).toBeGreaterThan(500);
    expect(before.lines[0]!.micros).toBeGreaterThan(0);
    expect(s.scripted.requests).toHaveLength(0);
    const said = await read(given, good);
    const after = await foreseen(given);
    expect(await quote(s.ctx, after.expected)).toMatchObject({ lines: [], stored: { calls: 1 } });
    expect([after.value, after.isWhole]).toEqual([said.value, true]);
  });

  test('without lines is not asked about', async () => {
    const given = givenOf(parseText('第1集\n1-1 夜 外 渡口\n人物：沈青\n'), 1);
    expect(await read(given, good)).toEqual({ value: given.found });
    expect(s.scripted.requests).toHaveLength(0);
  });
});

describe('an episode that was read before', () => {
  const ofScene = (from: number, to: number) =>
    JSON.stringify({ facts: careful.filter(({ e }) => e >= from && e <= to), prompts: pictures });

  test('and changed in one scene is asked about that scene alone', async () => {
    const text = textOf();
    const before = await read(givenOf(parseText(text), 1), good);
    const changed = givenOf(parseText(text.replace('油灯昏黄', '烛火摇曳')), 1);
    s.scripted.say(ofScene(9, 14).replaceAll('油灯昏黄', '烛火摇曳'));
    const priced = await quote(s.ctx, (await foreseen(changed)).expected);
    const { value, draft } = await (await episodeReader(s.ctx, await asking(), changed)).read();
    expect(draft).toBeUndefined();
    expect(s.scripted.requests).toHaveLength(2);
    const shown = s.scripted.requests[1]!.request.messages[0]!.text;
    expect(shown).toContain('烛火摇曳');
    expect(shown).not.toContain('左眼下一颗泪痣');
    expect(priced.lines).toMatchObject([{ calls: 1 }]);
    expect(value.traits).toHaveLength(before.value.traits?.length ?? 0);
    expect(value.traits).toContainEqual(
      expect.objectContaining({ surface: '船舱', quote: '烛火摇曳，舱壁贴着旧报纸' }),
    );
  });

  test('and changed in one line is asked about that line alone, with the lines around it; what was said of the others stays', async () => {
    const text = textOf();
    const before = await read(givenOf(parseText(text), 1), good);
    const changed = givenOf(parseText(text.replace('油灯昏黄', '烛火摇曳')), 1);
    s.scripted.say(
      JSON.stringify({
        facts: [
          row('place', '船舱', '狭小，烛火摇曳', 9, '烛火摇曳，舱壁贴着旧报纸'),
          row('trait', '沈青', '多疑', 10, '可知我是谁'),
        ],
        prompts: [{ n: '船舱', zh: '狭小船舱，烛火摇曳', en: 'cramped cabin by candlelight' }],
      }),
    );
    const { value, draft } = await (await episodeReader(s.ctx, await asking(), changed)).read();
    expect(draft).toBeUndefined();
    const [, { request }] = s.scripted.requests as [unknown, (typeof s.scripted.requests)[number]];
    const [, shown = ''] = request.messages[0]!.text.split('Lines:\n');
    expect(shown).toMatch(/^# 1-2 夜 内 船舱 \| 沈青、顾言\n9 烛火摇曳，舱壁贴着旧报纸。\n\[after\]\n10 沈青：/);
    const told = (traits: typeof value.traits = [], place = '') =>
      traits
        .map(({ surface, aspect, value: words }) => [surface, aspect, surface === '船舱' ? place : words].join())
        .sort();
    expect(told(value.traits, '狭小，烛火摇曳')).toEqual(told(before.value.traits, '狭小，烛火摇曳'));
    expect(value.traits).toContainEqual(expect.objectContaining({ surface: '船舱', value: '狭小，烛火摇曳' }));
    const drawn = ({ prompts = [] }: typeof value) => prompts.map(({ surface, zh }) => [surface, zh]);
    const others = drawn(before.value).filter(([surface]) => surface !== '船舱');
    expect(drawn(value)).toEqual([...others, ['船舱', '狭小船舱，烛火摇曳']]);
    expect((await foreseen(changed)).isWhole).toBe(true);
  });

  test('and changed in one line that no model reads has what was said of the others', async () => {
    const text = textOf();
    const before = await read(givenOf(parseText(text), 1), good);
    const changed = givenOf(parseText(text.replace('油灯昏黄', '烛火摇曳')), 1);
    const { value, draft } = await read(changed, { fails: 'moderation' });
    expect(draft?.code).toBe('PROMPT_BLOCKED');
    expect(value.traits).toHaveLength((before.value.traits?.length ?? 0) - 1);
    expect((await foreseen(changed)).isWhole).toBe(false);
  });

  test('and has its scenes in another order is not asked about at all', async () => {
    const text = textOf();
    const before = await read(givenOf(parseText(text), 1), good);
    const [front = '', one = '', two = ''] = text.split(/(?=^1-[12] )/m);
    const turned = await read(givenOf(parseText(`${front}${two}\n${one}`), 1), { fails: 'moderation' });
    expect(s.scripted.requests).toHaveLength(1);
    expect(turned.draft).toBeUndefined();
    const told = ({ value }: typeof before) =>
      value.traits?.map(({ surface, value: words, quote: q }) => [surface, words, q]);
    expect(told(turned)?.toSorted()).toEqual(told(before)?.toSorted());
  });

  test('in part is asked about the rest', async () => {
    const own = await aStage();
    const long = fresh(
      Array.from({ length: 400 }, (_, at) => `1-${at + 3} 夜 外 渡口\n人物：顾言\n△雾更浓了，第${at}声桨响。\n`).join(
        '',
      ),
    );
    const fog = row('place', '渡口', '雾气很浓', 1, '雾更浓了');
    const said = ({ messages }: { messages: readonly { text: string }[] }) => JSON.stringify({ facts: messages[0]!.text.includes('左眼下一颗泪痣') ? careful : [fog], prompts: [] }); // biome-ignore format: one answer
    own.scripted.say((request) =>
      /第399声/.test(request.messages[0]!.text) ? { fails: 'moderation' } : said(request),
    );
    const task = { project: 'prj_1', task: await own.aTask() };
    expect((await (await episodeReader(own.ctx, task, long)).read()).draft).toBeDefined();
    const asked = own.scripted.requests.length;
    expect(asked).toBeGreaterThan(2);
    own.scripted.say(said);
    expect((await (await episodeReader(own.ctx, task, long)).read()).draft).toBeUndefined();
    expect(own.scripted.requests.length - asked).toBe(1);
    await own.t.stop();
  });
});

describe('an answer', () => {
  const english = careful.map((fact) => ({ ...fact, v: fact.v && 'seen from afar by the river' }));

  test('in another language is asked for once more, with the fault in words', async () => {
    const { value, draft } = await read(fresh(), JSON.stringify({ facts: english, prompts: [] }), good);
    expect(draft).toBeUndefined();
    expect(fault()).toContain('Write v in Chinese');
    expect(value.leftOut).toBeUndefined();
  });

  test('full of people and quotes that are made up is asked for once more', async () => {
    const invented = [
      row('form', '赵无极', '魔君', 1, '左眼下一颗泪痣'),
      row('look', '沈青', '长发及腰', 1, '她一头青丝垂到腰间'),
      row('form', '顾言', '白先生', 2, '白先生，匣子我带来了'),
    ];
    const { value } = await read(fresh(), JSON.stringify({ facts: invented, prompts: [] }), good);
    expect(fault()).toMatch(/她一头青丝垂到腰间[\s\S]*赵无极/);
    expect(value.traits).toHaveLength(10);
  });

  test('with a few rows that do not stand is taken without them, and they are counted', async () => {
    const facts = [
      ...careful,
      row('prop', '玉玺', '', 1, '左眼下一颗泪痣'),
      row('look', '顾言', '白须', 1, '须发皆白的老者'),
    ];
    const { value } = await read(fresh(), JSON.stringify({ facts, prompts: [] }));
    expect(value.leftOut).toBe(2);
    expect(JSON.stringify(value)).not.toMatch(/玉玺|白须/);
    expect(s.scripted.requests).toHaveLength(1);
  });

  test('that says nothing of a full episode is asked for once more', async () => {
    const { value } = await read(fresh(), '{"facts":[],"prompts":[]}', good);
    expect(fault()).toContain('facts is empty');
    expect(value.traits).toHaveLength(10);
  });

  test.each([
    ['is no object twice', ['我无法完成', '我无法完成'], 'MODEL_ANSWER_UNUSABLE'],
    [
      'has another form twice',
      ['{"characters":[{"name":"沈青"}]}', '{"facts":"沈青","prompts":[]}'],
      'MODEL_ANSWER_UNUSABLE',
    ],
    ['is in another language twice', [JSON.stringify({ facts: english, prompts: [] })], 'MODEL_ANSWER_UNUSABLE'],
    ['is blocked', [{ fails: 'moderation' } as const], 'PROMPT_BLOCKED'],
    ['cannot be paid', [{ fails: 'quota' } as const], 'PROVIDER_QUOTA'],
  ] as const)('that %s leaves what the grammar found, and says why', async (_, lines, code) => {
    const given = fresh();
    const { value, draft } = await read(given, ...lines);
    expect(value).toEqual(given.found);
    expect(draft).toMatchObject({ code });
  });

  test('that nobody gives is the failure of the episode where the tenant takes no drafts', async () => {
    const strict = await aStage();
    await setPolicy(strict.ctx, { version: 0, drafts: false });
    strict.scripted.say({ fails: 'quota' });
    const reader = await episodeReader(strict.ctx, { project: 'prj_1', task: await strict.aTask() }, fresh());
    await expect(reader.read()).rejects.toMatchObject({ code: 'PROVIDER_QUOTA' });
    await strict.t.stop();
  });
});

describe('an answer that no limit holds', () => {
  test('is asked for in halves, which together are the episode', async () => {
    const own = await aStage();
    await addKey(own.ctx, { provider: 'compatible', label: 'mine', key: 'key-of-mine-0123', baseUrl: 'https://models.example.com/v1', models: [{ id: 'mine', price: { currency: 'CNY', input: 1, output: 4 } }] }); // biome-ignore format: one key
    const cut = { text: good.slice(0, 200), finish: 'length' } as const; // 4,096 tokens at most
    const half = ({ messages }: { messages: readonly { text: string }[] }) => {
      const shown = messages[0]!.text;
      const whole =
        /^1 /m.test(shown) && /^14 /m.test(shown) && !shown.includes('[after]') && !shown.includes('[before]');
      const has = (number: number) =>
        new RegExp(`^${number} `, 'm').test(shown.replace(/\[(before|after)\][\s\S]*?\[\/\1\]/g, ''));
      return whole
        ? cut
        : JSON.stringify({ facts: careful.filter(({ e }) => has(Math.min(e, 14))), prompts: pictures });
    };
    own.scripted.say(half);
    const task = await own.aTask();
    const models = [{ provider: 'compatible', model: 'mine' }] as const;
    const { value, draft } = await (await episodeReader(own.ctx, { project: 'prj_1', task, models }, fresh())).read();
    expect(draft).toBeUndefined();
    expect(value.traits).toHaveLength(10);
    const outcomes = (await usageOf(own.ctx, task)).map(({ outcome }) => outcome);
    expect(outcomes.filter((one) => one === 'answered')).toHaveLength(2);
    await own.t.stop();
  });
});

describe('an episode in parts', () => {
  test('keeps what the others say where one fails, and says why', async () => {
    const own = await aStage();
    const long = fresh(Array.from({ length: 500 }, (_, at) => `△雾更浓了，${at}，桨声由远而近。\n`).join(''));
    const fog = [row('place', '船舱', '雾气漫进来', 20, '雾更浓了')];
    own.scripted.say(({ messages }) => {
      const { text } = messages[0]!;
      if (text.includes('雾更浓了，499')) return { fails: 'moderation' };
      return JSON.stringify({ facts: text.includes('左眼下一颗泪痣') ? careful : fog, prompts: [] });
    });
    const reader = await episodeReader(own.ctx, { project: 'prj_1', task: await own.aTask() }, long);
    const { value, draft } = await reader.read();
    expect(own.scripted.requests.length).toBeGreaterThan(2);
    expect(draft).toMatchObject({ code: 'PROMPT_BLOCKED' });
    expect(value.traits?.length).toBeGreaterThan(10);
    expect(value.mentions.slice(0, long.found.mentions.length)).toEqual(long.found.mentions);
    await own.t.stop();
  });
});
