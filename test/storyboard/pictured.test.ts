// What a director would look for first: who is in the picture and who is only told of, where it is taken, to whom a line is said.
import { describe, expect, test } from 'vitest';
import { panelCast } from '../../core/storyboard/export/story.ts';
import { type CastOfScene, composeEpisode, measure, repair } from '../../core/storyboard/index.ts';
import { lookInEnglish } from '../../core/storyboard/looks.ts';
import { panel } from '../../core/storyboard/panel.ts';
import { element, episode, library, says, scene, shows, style } from './stage.ts';

const english = { ...style, language: 'en' as const, visualStyle: '' };
const cast: CastOfScene = {
  ...library,
  characters: [
    { id: 'e', name: 'Emma', forms: ['Emma'], gender: 'female', look: '', variants: [] },
    { id: 'a', name: 'Adrian', forms: ['Adrian'], gender: 'male', look: '', variants: [] },
    { id: 'v', name: 'Victoria', forms: ['Victoria'], gender: '', look: '', variants: [] },
  ],
  props: [
    { id: 'photo', name: 'photo', forms: ['photo'] },
    { id: 'phone', name: 'phone', forms: ['phone'] },
    { id: 'gurney', name: 'gurney', forms: ['gurney'] },
  ],
};
type Elements = Parameters<typeof scene>[1];
type More = Parameters<typeof scene>[2];
const inEnglish = (elements: Elements, more: More = {}) =>
  composeEpisode(
    episode([
      scene('1-1', elements, { location: 'HALL', heading: 'INT. HALL - DAY', intExt: 'INT', cast: [], ...more }),
    ]),
    cast,
    english,
  );
const inChinese = (elements: Elements, more: More = {}) =>
  composeEpisode(episode([scene('1-1', elements, more)]), library, style);
const names = ({ blocking }: { readonly blocking: readonly { readonly name: string }[] }) =>
  blocking.map(({ name }) => name);

describe('who is in the picture', () => {
  test('is not who is on a photo or sent one', () => {
    const [, inside] = inEnglish([shows('Emma opens the locket.'), shows('Inside: a tiny photo of a younger Adrian.')]);
    expect([inside!.purpose, names(inside!)]).toEqual(['insert', []]);
    expect(inside!.imagePrompt.en).not.toContain('No people');
    const shots = inChinese([
      shows('谢灯儿推门。'),
      shows('一张泛黄的合影，照片上是年轻的谢灯儿和裴照。'),
      shows('谢灯儿看着裴照发来的照片，忍不住笑了。'),
    ]);
    expect(shots.map(names)).toEqual([['谢灯儿'], [], [], ['谢灯儿']]);
  });

  test('is who holds a photo or is given one', () => {
    expect(inChinese([shows('谢灯儿推门。'), shows('看着照片的裴照转过身。')]).map(names)).toEqual([
      ['谢灯儿'],
      ['裴照'],
    ]);
    const given = inEnglish([shows('The maid hands a photo of the old house to Emma.')]);
    expect(given.map(names)).toEqual([['Emma']]);
  });

  test('is not everybody where a crowd is told of', () => {
    const shots = inEnglish([
      shows('A crowd of travellers pushes toward the gates.'),
      shows('Emma runs. Two men shove through the crowd.'),
      says('Adrian', 'Stop where you are, both of you!'),
    ]);
    expect(shots.slice(0, 2).map(names)).toEqual([[], ['Emma']]);
  });

  test('are people without a name where they do something with a thing; a note that a child wrote is the note', () => {
    const [, pushed] = inEnglish([shows('Emma waits.'), shows('Nurses push the gurney through swinging doors.')]);
    expect([pushed!.size, pushed!.purpose]).toEqual(['MLS', 'action']);
    const [, needle] = inChinese([shows('谢灯儿推门。'), shows('和一枚孩子磨的银针。')]);
    expect(needle!.purpose).toBe('insert');
  });

  test('is nobody seen before where the face is of somebody without a name', () => {
    const [, bleeds] = inChinese([shows('裴照拔刀。'), shows('差役嘴角溢出黑血，已经没了气。')]);
    expect([bleeds!.size, names(bleeds!)]).toEqual(['CU', []]);
    expect(bleeds!.imagePrompt.zh).not.toContain('无人物');
  });

  test('is he who was seen before, where somebody else is named behind him', () => {
    const [, crossing] = inEnglish([
      shows('Adrian turns from the window.'),
      shows('He crosses to the door. Victoria grabs his sleeve.'),
    ]);
    expect(names(crossing!)).toEqual(['Adrian', 'Victoria']);
    expect(crossing!.imagePrompt.en).toContain('Adrian crosses to the door. Victoria grabs');
  });

  test('is whom a voice over the picture is of, not somebody who has not come in', () => {
    const shots = inChinese([shows('谢灯儿跪在坟前。'), says('谢灯儿', '那一天，我谁也没有等到。', { voice: 'VO' })]);
    expect(shots.map(names)).toEqual([['谢灯儿'], ['谢灯儿']]);
    expect(shots[1]!.lines[0]!.onScreen).toBe(false);
  });
});

describe('to whom a line is said', () => {
  test('is who is called in it', () => {
    const shots = inChinese(
      [
        shows('谢灯儿推门。'),
        says('裴照', '你来得正好，快坐下，我有话问你。'),
        says('裴照', '阿蛮，你先出去守着，谁也别放进来。'),
        says('阿蛮', '好的。这里就交给你们了，谢姑娘。'),
      ],
      { cast: ['谢灯儿', '裴照', '阿蛮'] },
    );
    expect(shots.flatMap(({ lines }) => lines.map(({ to }) => to))).toEqual([expect.any(String), '阿蛮', '谢灯儿']);
  });
});

describe('two quick lines in one shot', () => {
  test('are said to one another', () => {
    const shots = inChinese(
      [says('阿蛮', '大人，骨头上有刻字，是宫里的手艺。'), says('谢灯儿', '您手抖了。'), says('裴照', '没有。')],
      {
        cast: ['阿蛮', '谢灯儿', '裴照'],
      },
    );
    const joined = shots.find(({ lines }) => lines.length === 2)!;
    expect(joined.lines.map(({ to }) => to)).toEqual(joined.lines.map(({ speakers }) => speakers[0]).reverse());
  });
});

describe('a voice', () => {
  test('over a phone is heard by who listens, however it is marked', () => {
    const shots = inEnglish([
      shows('Emma picks up the phone.'),
      says('Adrian', 'The board is waiting for you.', { voice: 'VO', paren: 'over phone' }),
    ]);
    expect(shots[1]!.videoPrompt.en).toContain('Emma listening');
    expect(shots[1]!.videoPrompt.en).toContain('Adrian (over phone) says over the phone');
  });
});

describe('an insert', () => {
  test('shows the writing told right behind it', () => {
    const screen = element({ kind: 'shot', text: 'INSERT - PHONE SCREEN' });
    const text = element({ kind: 'caption', text: 'He knows. Run.' });
    const shots = inEnglish([shows('Emma stops.'), screen, text, shows('Emma looks up.')]);
    expect(shots.map(({ caption }) => caption)).toEqual(['', 'He knows. Run.', '']);
    expect(shots[1]!.elementIds).toEqual([screen.id, text.id]);
  });
});

describe('the state after a shot', () => {
  test('is told without what stands in brackets, and where the words end in a comma', () => {
    const [one, two] = inEnglish([shows('Emma (26, red hair, grey dress) kneels.'), shows('Adrian sits by the bed,')]);
    expect([one!.result, two!.result]).toEqual(['Emma kneels.', 'Adrian sits by the bed']);
  });
});

describe('the place of a prompt', () => {
  const montage = [
    shows('Emma waits.'),
    element({ kind: 'shot', text: 'MONTAGE - EMMA ALONE' }),
    shows('-- The hospital chapel: Emma prays.'),
    shows('-- Later: Emma weeps.'),
    element({ kind: 'shot', text: 'BACK TO SCENE' }),
    shows('The hospital chapel: Emma remembers it.'),
  ];
  const places = (shots: readonly { readonly imagePrompt: { readonly en: string } }[]) =>
    shots.map(({ imagePrompt }) => imagePrompt.en.split('. ')[1]);

  test('is the one a picture of a montage begins with, inside or not', () => {
    expect(places(inEnglish(montage, { time: 'DAY' }))).toEqual([
      'HALL, interior, day',
      'hospital chapel, day',
      'HALL, interior, day',
      'HALL, interior, day',
    ]);
    const [park, years] = inChinese([shows('公园里，谢灯儿荡秋千。'), shows('三年前，谢灯儿推门。')], {
      location: '蒙太奇',
      heading: '1-1 蒙太奇',
    });
    expect(park!.imagePrompt.zh).toContain('。公园里，夜。');
    expect(years!.imagePrompt.zh).toContain('。蒙太奇，外景，夜。');
  });

  test('is that of either end of an intercut, and such a prompt is whole', () => {
    const cut = [
      shows('Emma dials.'),
      element({ kind: 'shot', text: 'INTERCUT - HALL / TOWER BOARDROOM' }),
      shows('In the boardroom Victoria picks up.'),
      says('Victoria', 'He is busy tonight, call tomorrow.'),
      says('Emma', 'Put him on the line, please.'),
    ];
    const told = episode([
      scene('1-1', cut, { location: 'HALL', heading: 'INT. HALL - DAY', intExt: 'INT', time: 'DAY', cast: [] }),
    ]);
    const shots = composeEpisode(told, cast, english);
    const taken = shots.map((shot) => [names(shot)[0], shot.imagePrompt.en.split('. ')[1]!.split(',')[0]]);
    for (const [who, where] of taken) expect(where).toBe(who === 'Victoria' ? 'TOWER BOARDROOM' : 'HALL');
    expect(new Set(taken.map(([who]) => who))).toEqual(new Set(['Emma', 'Victoria']));
    expect(repair(told, shots, cast, english).map(({ imagePrompt }) => imagePrompt.en)).toEqual(
      shots.map(({ imagePrompt }) => imagePrompt.en),
    );
    expect(measure([{ episode: told, shots }], cast).prompts).toMatchObject({ value: 1 });
  });

  test('stays where an intercut names a person or a call', () => {
    for (const text of ['INTERCUT WITH ADRIAN', 'INTERCUT PHONE CALL'])
      expect(
        places(inEnglish([shows('Emma dials.'), element({ kind: 'shot', text }), shows('Adrian picks up.')]))[1],
      ).toMatch(/^HALL/);
  });
});

describe('a look in English', () => {
  test('is said word for word where all of it is known, and stays as written where it is not', () => {
    expect(lookInEnglish('28岁，黑色短发，一身米色风衣')).toBe('28 years old, black short hair, beige trench coat');
    expect(lookInEnglish('戴金丝眼镜，左手腕有一道旧疤')).toBe('gold-rimmed glasses, 左手腕有一道旧疤');
    expect(lookInEnglish('绣金凤的大红嫁衣')).toBe('绣金凤的大红嫁衣');
    expect(lookInEnglish('grey coat')).toBe('grey coat');
    const many = '红色'.repeat(200);
    expect(lookInEnglish(many)).toBe(many);
  });
});

describe('a child', () => {
  const asset = (id: string, name: string, attributes: Record<string, string> = {}) =>
    ({ id, kind: 'character', name, aliases: [], description: '', attributes, episodes: [1], variants: [] }) as const;
  const shots = inChinese(
    [
      shows('谢灯儿（女，6岁）站在裴照身边。'),
      shows('Joanna (7, freckles) waves.'),
      says('裴照', '别怕，有我在这里。'),
      shows('谢灯儿抬起头。'),
    ],
    {},
  );
  const story = {
    title: '',
    aspect: '9:16',
    assets: [
      asset('c1', '谢灯儿'),
      asset('c2', '裴照', { age: '36' }),
      asset('c3', '阿蛮', { age: '9' }),
      asset('c4', 'Anna'),
    ],
    episodes: [{ number: 1, title: '', scenes: [], shots, coverage: {} }],
  } as unknown as Parameters<typeof panelCast>[0];

  test('is who is told to be so old in the library or where they are brought in', () => {
    const { isChild } = panelCast(story);
    expect(['c1', 'c2', 'c3', 'c4'].map(isChild)).toEqual([true, false, true, false]);
  });

  test('is drawn smaller than who stands beside, on the same ground', () => {
    const wide = { ...shots[0]!, size: 'LS', angle: 'eye_level' } as const;
    const drawn = panel(wide, { ...panelCast(story), hour: 'DAY' });
    const figures = [...drawn.matchAll(/<g transform="translate\([\d.]+ ([\d.]+)\) scale\(-?[\d.]+ ([\d.]+)\)/g)];
    const [small, tall] = figures.map((one) => [Number(one[1]), Number(one[2])] as const).sort((a, b) => a[1] - b[1]);
    expect(small![1] / tall![1]).toBeCloseTo(0.66, 1);
    expect(Math.abs(small![0] + 100 * small![1] - tall![0] - 100 * tall![1])).toBeLessThan(3);
  });
});
