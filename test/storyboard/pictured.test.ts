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

describe('who is on a screen', () => {
  test('does not stand in the room, and is heard by who is there', () => {
    const shots = inEnglish([
      shows('Emma wipes the counter. The TV above the bar shows Victoria giving a speech.'),
      says('Victoria', 'This city has never been safer!', { paren: 'on TV' }),
      says('Emma', 'Tell that to my customers.'),
      shows('On one screen, Adrian runs across the roof.'),
    ]);
    expect(new Set(shots.flatMap(names))).toEqual(new Set(['Emma']));
    const line = shots.find(({ lines }) => lines[0]?.speakers[0] === 'Victoria')!;
    expect([line.lines[0]!.onScreen, names(line), line.emotion]).toEqual([false, ['Emma'], 'excited']);
    expect(shots.at(-1)!.purpose).toBe('insert');
    expect(shots.at(-1)!.imagePrompt.en).not.toContain('No people');
  });

  test('of a video call is talked to, while who comes in behind is not', () => {
    const shots = inChinese(
      [
        shows('谢灯儿坐在桌前，和裴照视频通话。手机屏幕里，裴照凑近镜头。'),
        says('裴照', '吃饭没有？', { voice: 'PHONE', paren: '视频里' }),
        shows('阿蛮从门外走进来。'),
        says('裴照', '你身后是谁？', { voice: 'PHONE', paren: '视频里' }),
        says('谢灯儿', '没有谁，修灯的。'),
      ],
      { cast: ['谢灯儿', '裴照', '阿蛮'] },
    );
    expect(shots.filter(({ lines }) => lines[0]?.voice === 'PHONE').map(names)).toEqual([['谢灯儿'], ['谢灯儿']]);
    expect(shots.at(-1)!.lines[0]!.to).toBe('裴照');
    expect(shots.flatMap(names)).not.toContain('裴照');
  });

  test('is there all the same where they speak in the room, or the scene is cut between two places', () => {
    const both = [shows('屏幕里，裴照冷笑。'), says('裴照', '开门。'), says('谢灯儿', '来了。')];
    expect(inChinese(both).flatMap(names)).toContain('裴照');
    expect(inChinese([shows('直播间里，裴照走过。'), shows('监控室里，阿蛮打盹。')]).map(names)).toEqual([
      ['裴照'],
      ['阿蛮'],
    ]);
    const cut = [shows('裴照举着手机。'), says('裴照', '吃饭没有？', { voice: 'PHONE', paren: '视频里' })];
    expect(inChinese(cut, { location: '家/街口', heading: '1-1 家/街口' }).flatMap(names)).toContain('裴照');
  });
});

describe('who speaks from a screen', () => {
  const video = { paren: '视频里' };

  test('is there where they did something there before, or come in: the other half of a call, a father behind his tape', () => {
    const there = [
      shows('Adrian leans into the camera.'),
      says('Adrian', 'We need to talk.', { paren: 'ON VIDEO' }),
      says('Emma', 'Now?'),
    ];
    expect(inEnglish(there).flatMap(names)).toContain('Adrian');
    const comes = [shows('谢灯儿打开录像。'), says('裴照', '生辰快乐。', video), shows('裴照推开门，看着她。')];
    expect(names(inChinese(comes).at(-1)!)).toContain('裴照');
  });

  test('is seen where an action tells of them by themselves, and there alone', () => {
    const shots = inChinese([
      shows('谢灯儿接通视频。'),
      says('裴照', '睡了吗？', video),
      shows('裴照躺在榻上。'),
      says('裴照', '想你。', video),
    ]);
    expect(shots.map(names)).toEqual([['谢灯儿'], ['谢灯儿'], ['裴照'], ['谢灯儿']]);
  });

  test('is on it at all of their lines, though not each is marked, and answered by name', () => {
    const shots = inChinese(
      [
        shows('谢灯儿和阿蛮坐着，大屏幕上，裴照正襟危坐。'),
        says('裴照', '谁负责？', video),
        says('谢灯儿', '我负责。'),
        says('阿蛮', '裴照，这不是她的错。'),
        says('裴照', '都别说了。'),
      ],
      { cast: ['谢灯儿', '裴照', '阿蛮'] },
    );
    expect(shots.flatMap(names)).not.toContain('裴照');
    const to = shots.flatMap(({ lines }) => lines.map((line) => line.to));
    expect(to).toEqual(['谢灯儿', '裴照', '裴照', '阿蛮']);
  });
});

test('who wrote a message is in no picture, though it is laid out as a line; nor is a system that is listed and never heard', () => {
  const shots = inChinese([shows('谢灯儿停下。'), says('微信 陌生号码', '裴照不是好人。'), shows('众人回头。')], {
    cast: ['谢灯儿', '裴照', '系统'],
  });
  expect(shots.map(names)).toEqual([['谢灯儿'], ['谢灯儿'], ['谢灯儿', '裴照']]);
});

test('a name that is cried brings nobody in', () => {
  const shots = inChinese([shows('裴照站着。'), shows('众人齐声高喊：谢灯儿！'), shows('谢灯儿从门里跑出来。')]);
  expect(shots.map((shot) => names(shot).includes('谢灯儿'))).toEqual([false, false, true]);
});

test('a voice of a system has no body, unless an action shows one', () => {
  const system = (told: string) =>
    inChinese([shows(told), says('系统', '任务一：收回欠款。'), says('谢灯儿', '什么任务？')], { cast: ['谢灯儿'] });
  const cast = system('谢灯儿躺在床上。');
  expect(new Set(cast.flatMap(names))).toEqual(new Set(['谢灯儿']));
  expect(cast[1]!.videoPrompt.zh).toContain('系统在画外说');
  expect(names(system('谢灯儿坐起，系统现身。')[1]!)).toContain('系统');
});

test('who comes in later is not among all who are there before, nor is a toast said to them', () => {
  const shots = inChinese(
    [
      shows('裴照举杯。'),
      says('裴照', '感谢各位赏光，今天是个好日子！'),
      shows('众人鼓掌。'),
      shows('谢灯儿推门走进来。'),
      shows('众人回头。'),
    ],
    { cast: ['谢灯儿', '裴照', '阿蛮'] },
  );
  expect(shots.map((shot) => names(shot).includes('谢灯儿'))).toEqual([false, false, false, true, true]);
  expect(shots[1]!.lines[0]!.to).toBe('');
});

test('a message is read, and who wrote it is not there; nor is who drives a car seen from outside', () => {
  const shots = inEnglish([
    shows('Emma climbs out.'),
    shows('A text from Adrian: "I found him."'),
    shows("Victoria's hatchback swings out behind the bus."),
    shows('Mrs. Pemberton drops her fork.'),
  ]);
  expect(shots.map(names)).toEqual([['Emma'], [], [], []]);
  expect(shots[1]!.purpose).toBe('insert');
  expect(shots[3]!.imagePrompt.en).not.toContain('No people');
  const [, , zh] = inChinese([shows('谢灯儿推门。'), shows('谢灯儿停下。'), shows('微信 陌生号码：裴照不是好人。')]);
  expect([zh!.purpose, names(zh!)]).toEqual(['insert', []]);
});

test('a flashback told in its own mark is a picture of its own, at its place, and over behind it', () => {
  const mark = element({ kind: 'flashback_start', text: '闪回：海边，谢灯儿和裴照并肩走着。' });
  const shots = inChinese([shows('谢灯儿闭上眼。'), mark, shows('谢灯儿睁开眼。')]);
  expect(shots.map(({ transition, elementIds }) => [transition, elementIds.includes(mark.id)])).toEqual([
    ['cut', false],
    ['flashback_in', true],
    ['flashback_out', false],
  ]);
  expect([names(shots[1]!), shots[1]!.imagePrompt.zh.includes('。海边，夜。')]).toEqual([['谢灯儿', '裴照'], true]);
  const kneels = element({ kind: 'flashback_start', text: '闪回：谢灯儿跪在雨里，裴照离去。' });
  expect(inChinese([shows('谢灯儿闭上眼。'), kneels])[1]!.imagePrompt.zh).toContain('。西市街口，外景，夜。');
});

test('a flashback mark that only says when or where is no picture', () => {
  for (const text of ['闪回：十年前。', '闪回：三年前 谢家老宅 夜 内', '闪回：内景谢家老宅的后院']) {
    const mark = element({ kind: 'flashback_start', text });
    const shots = inChinese([shows('谢灯儿闭上眼。'), mark, shows('裴照跪下。')]);
    expect(shots.map(({ action, transition }) => [action, transition])).toEqual([
      ['谢灯儿闭上眼。', 'cut'],
      ['裴照跪下。', 'flashback_in'],
    ]);
  }
});

test('words in words are no light, no weather and no feeling', () => {
  const [shot] = inEnglish([
    shows('Emma, in a blazer and a yellow dress, sweeps the garage; a chair crashes, a truck thunders past.'),
    shows('The rain has stopped.'),
  ]);
  expect([shot!.atmosphere, shot!.emotion]).toEqual(['', 'calm']);
  expect(shot!.lighting).not.toMatch(/fire|lightning/);
  const [rain] = inChinese([shows('谢灯儿推开窗。窗外，雨停了。')]);
  expect(rain!.atmosphere).toBe('');
  expect(inEnglish([shows('Emma weeps in the rain.')])[0]).toMatchObject({
    emotion: 'grieving',
    atmosphere: 'fine rain outside the window',
  });
});

test('who lies in a wide shot lies across where they stand, not out of the frame', () => {
  const [shot] = inChinese([shows('谢灯儿躺在床上。')], { cast: ['谢灯儿'] });
  const story = { title: '', aspect: '9:16', assets: [], episodes: [] } as unknown as Parameters<typeof panelCast>[0];
  const drawn = panel({ ...shot!, size: 'LS', angle: 'eye_level' }, { ...panelCast(story), hour: 'DAY' });
  // a figure is a hundred high: half of it lies on either side
  const [, along] = /scale\(-?[\d.]+ [\d.]+\) translate\((-?[\d.]+) 88\) rotate\(-82\)/.exec(drawn)!;
  expect(Math.abs(Number(along) + 100 / 2)).toBeLessThan(3);
});
