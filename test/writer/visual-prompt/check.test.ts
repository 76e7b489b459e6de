// What of a model's words about pictures can be used, and what they become.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf as lacking } from '../../../core/storyboard/prompt-faults.ts';
import type { Row } from '../../../core/writer/visual-prompt/answer.ts';
import { batched, outputOf } from '../../../core/writer/visual-prompt/batch.ts';
import { callOf } from '../../../core/writer/visual-prompt/call.ts';
import { faultOf, faultsOf, sharesOf } from '../../../core/writer/visual-prompt/check.ts';
import { draftOf } from '../../../core/writer/visual-prompt/draft.ts';
import { settled } from '../../../core/writer/visual-prompt/settle.ts';
import {
  assets,
  goodAnswer,
  ground,
  groundWith,
  ofAsset,
  people,
  questions,
  shots,
  subjectOf,
  subjectsOf,
} from './stage.ts';

const subjects = subjectsOf(shots);
const two = subjects.filter(({ people: seen }) => seen.length === 2)[0]!;
const good = goodAnswer([two]).prompts[0]!;
const faults = (change: Partial<Row>) => faultsOf({ ...good, ...change }, two, 'zh');

test('a good answer has no fault', () => {
  expect(faultsOf(good, two, 'zh')).toEqual([]);
  expect(faultOf(goodAnswer(subjects), subjects, 'zh', true)).toBeUndefined();
});

describe('texts of a subject are refused', () => {
  test.each<[string, Partial<Row>, RegExp]>([
    ['that are not there', { en: undefined }, /en is missing/],
    ['that are nothing but spaces', { vid: '   ' }, /vid is missing/],
    ['in another language', { zh: 'Xie and Pei under lanterns in the street at night' }, /zh is not in Chinese/],
    [
      'in Chinese where English is asked for',
      { en: '谢灯儿与裴照在灯下相望，神情凝重，夜色很深' },
      /en is not in English/,
    ],
    ['that leave somebody in frame out', { zh: '谢灯儿踩着梯子挂灯，灯火通明' }, /zh does not name 裴照/],
    ['that name somebody who is not there', { zh: `${good.zh}顾言之在旁看着` }, /zh names 顾言之/],
    ['of two words', { zh: '灯' }, /zh is too short/],
    ['without end', { zh: `谢灯儿与裴照${'灯火'.repeat(500)}` }, /zh has more than 900/],
    ['that forbid without end', { neg: '模糊，'.repeat(120) }, /neg has more than 300/],
    ['with what must not be seen in another language', { neg: 'blurred hands and faces' }, /neg is not in Chinese/],
  ])('%s', (_, change, fault) => {
    expect(faults(change).join('\n')).toMatch(fault);
  });

  test('and a pronoun for nobody', () => {
    const empty = subjectOf({ ...shots[0]!, blocking: [], movement: 'static' });
    const [row] = goodAnswer([empty]).prompts;
    expect(faultsOf({ ...row!, zh: '他站在灯山之前，灯火通明' }, empty, 'zh')).toEqual(['zh has a pronoun for nobody']);
  });

  test('a name is none where the shot itself tells it', () => {
    const named = subjectOf({ ...shots[0]!, action: '谢灯儿想起顾言之送的灯。' });
    const [row] = goodAnswer([named]).prompts;
    expect(faultsOf({ ...row!, zh: `${row!.zh}顾言之送的灯` }, named, 'zh')).toEqual([]);
  });

  test('an asset shows itself and its holder alone', () => {
    const lamp = ofAsset(assets.find(({ id }) => id === 'p1')!);
    const [row] = goodAnswer([lamp]).prompts;
    expect(faultsOf({ ...row!, zh: '走马灯，谢灯儿的旧物，纸面泛黄' }, lamp, 'zh')).toEqual([]);
    expect(faultsOf({ ...row!, zh: '走马灯，裴照的旧物，纸面泛黄' }, lamp, 'zh')).toEqual([
      'zh names 裴照, who is not in it',
    ]);
  });
});

describe('an answer about several', () => {
  const some = subjects.slice(0, 4);
  const answer = goodAnswer(some);
  const without = { prompts: answer.prompts.slice(1) };

  test('with one left out is taken, and that one asked about alone', () => {
    expect(faultOf(without, some, 'zh', false)).toBeUndefined();
    expect(sharesOf(without, some, 'zh').map(({ faults: of }) => of)).toEqual([['is not answered'], [], [], []]);
    expect(faultOf(without, some, 'zh', true)).toBe('#1: is not answered');
  });

  test('with one answered twice, or a number nobody asked about, does not count for these', () => {
    const twice = { prompts: [...answer.prompts, answer.prompts[0]!, { ...answer.prompts[1]!, n: 9 }] };
    expect(sharesOf(twice, some, 'zh').map(({ faults: of }) => of.length)).toEqual([1, 0, 0, 0]);
    expect(faultOf(twice, some, 'zh', true)).toBe('#1: is answered more than once\n#9 is no subject');
  });

  test('of which most cannot be used is sent back with what is wrong', () => {
    const foreign = { prompts: answer.prompts.map((row) => ({ ...row, en: '画面' })) };
    expect(faultOf(foreign, some, 'zh', false)).toMatch(/^#1: en is not in English/);
    expect(faultOf({ prompts: [] }, some, 'zh', false)).toMatch(/#4: is not answered/);
  });
});

describe('what is kept', () => {
  test('has everybody’s fixed traits behind the name, in every prompt, and in the language they are known in', () => {
    const texts = settled(good, two, 'zh');
    for (const { name, traits } of two.people)
      for (const field of ['zh', 'vid', 'end'] as const)
        if (texts[field]) expect(texts[field]).toContain(`${name}（${traits.zh}）`);
    expect(two.people.map(({ traits }) => traits.zh).toSorted()).toEqual(['绯色官袍', '左眉有痣；男装，青衫束发'].toSorted()); // biome-ignore format: one thought
  });

  test('says them of two people who look alike of each', () => {
    const twin = groundWith({ ...people.pei, attributes: people.deng.attributes, variants: people.deng.variants });
    const shot = shots.find(({ blocking }) => blocking.length === 2)!;
    const alike = { ...shot, blocking: shot.blocking.map((one) => ({ ...one, variant: '' })) };
    const subject = subjectOf(alike, 'sht', twin);
    const { zh = '' } = settled(goodAnswer([subject]).prompts[0]!, subject, 'zh');
    expect(zh.match(/（左眉有痣；靛蓝短褐）/g)).toHaveLength(2);
  });

  test('says them in English where the library has them so', () => {
    const known = {
      ...people.deng,
      attributes: { ...people.deng.attributes, visual_traits_en: 'a mole in the left brow' },
    };
    const subject = subjectOf(shots.find(({ blocking }) => blocking.length === 2)!, 'sht', groundWith(known));
    const texts = settled(goodAnswer([subject]).prompts[0]!, subject, 'zh');
    expect(texts.en).toContain('谢灯儿 (a mole in the left brow; ');
    expect(texts.zh).toContain('谢灯儿（左眉有痣；男装');
  });

  test('can be used alone: place, hour and people are in it, and the lines in the clip', () => {
    for (const shot of shots) {
      const subject = subjectOf(shot);
      const texts = settled(goodAnswer([subject]).prompts[0]!, subject, 'zh');
      const now = {
        ...shot,
        imagePrompt: { zh: texts.zh!, en: texts.en! },
        videoPrompt: { zh: texts.vid!, en: texts.vidEn! },
      };
      for (const name of ['imagePrompt', 'videoPrompt'] as const)
        for (const language of ['zh', 'en'] as const) expect(lacking(now, name, language)).toEqual([]);
      for (const { text } of shot.lines) expect(texts.vid).toContain(text);
      expect(texts.zh).toContain('国风写实');
      expect(texts.zh).toContain('9:16');
    }
  });

  test('is the same when it is settled again', () => {
    for (const subject of subjects) {
      const once = settled(goodAnswer([subject]).prompts[0]!, subject, 'zh');
      expect(settled(once, subject, 'zh')).toEqual(once);
    }
  });

  test('of an asset never grows beyond what an attribute may hold', () => {
    const lin = ofAsset(people.deng);
    const long = '灯'.repeat(398);
    expect(settled({ ...goodAnswer([lin]).prompts[0]!, zh: long }, lin, 'zh').zh).toBe(long);
  });
});

describe('subjects in calls', () => {
  const any = fc.array(fc.record({ facts: fc.nat(9000), at: fc.nat(shots.length - 1) }), { maxLength: 60 });
  const made = (list: readonly { facts: number; at: number }[]) =>
    list.map(({ facts, at }, n) => ({ ...subjects[at]!, id: `s${n}`, facts: '灯'.repeat(facts) }));

  test('every one is in one call, in order, whatever the sizes', () => {
    fc.assert(
      fc.property(any, (list) => {
        const all = made(list);
        const batches = batched(all);
        expect(batches.flat().map(({ id }) => id)).toEqual(all.map(({ id }) => id));
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          if (batch.length > 1) expect(batch.reduce((sum, one) => sum + outputOf(one), 0)).toBeLessThanOrEqual(3600);
        }
      }),
    );
  });

  test('a call divided answers for each as the whole would', () => {
    const answered = (batch: typeof subjects): Row[] => {
      const pieces = callOf(batch, questions, false).split?.();
      if (!pieces) return goodAnswer(batch).prompts;
      const [first, second] = pieces.calls;
      const middle = Math.ceil(batch.length / 2);
      expect([first, second].every((one) => one !== undefined)).toBe(true);
      const halves = [answered(batch.slice(0, middle)), answered(batch.slice(middle))];
      return pieces.join(halves.map((prompts) => ({ prompts }))).prompts;
    };
    expect(answered(subjects)).toEqual(goodAnswer(subjects).prompts);
    expect(callOf(subjects.slice(0, 1), questions, false).split?.()).toBeUndefined();
  });

  test('what is written into the library meanwhile changes no question about a shot; what people are does', () => {
    const shot = shots.find(({ blocking }) => blocking.some(({ assetId }) => assetId === 'c1'))!;
    const asked = (attributes: Record<string, string>) => {
      const row = { ...people.deng, attributes: { ...people.deng.attributes, ...attributes } };
      return callOf([subjectOf(shot, 'sht', groundWith(row))], questions, false).prompt;
    };
    expect(asked({ visual_prompt_zh: '新', visual_traits_zh: '新' })).toEqual(asked({}));
    expect(asked({ appearance: '眼盲' })).not.toEqual(asked({}));
  });
});

describe('without a model', () => {
  test('an asset is shown with what the library knows of it, within an attribute', () => {
    expect(draftOf(people.deng, ground, 'zh')).toBe(
      '国风写实。角色设定图，正面全身立像，纯色背景。谢灯儿。女性，17岁。左眉有痣。靛蓝短褐。',
    );
    expect(draftOf(assets.find(({ id }) => id === 'p1')!, ground, 'zh')).toContain('谢灯儿的走马灯');
    expect(draftOf(people.pei, ground, 'en')).toMatch(/^国风写实\. Character sheet.*裴照\. male\. 绯色官袍\.$/);
    const long = { ...people.gu, description: '传'.repeat(4000) };
    expect(draftOf(long, ground, 'zh').length).toBeLessThanOrEqual(400);
  });
});
