// What a prompt says, so that it can be used alone: who is there and how they look, who speaks, and no leftovers.
import { describe, expect, test } from 'vitest';
import { castOf } from '../../core/shot/library-cast.ts';
import { introduction } from '../../core/storyboard/appearance.ts';
import { lookup } from '../../core/storyboard/cast.ts';
import { type CastOfScene, composeEpisode } from '../../core/storyboard/index.ts';
import { introducing } from '../../core/storyboard/introduced.ts';
import { reprompted } from '../../core/storyboard/reprompt.ts';
import { episode, library, says, scene, shows, style } from './stage.ts';

const english = { ...style, language: 'en', visualStyle: '' } as const;
const shotsOf = (elements: Parameters<typeof scene>[1], more: Parameters<typeof scene>[2] = {}, cast = library) =>
  composeEpisode(episode([scene('1-1', elements, more)]), cast, style);

const row = (name: string, description: string, attributes: Record<string, string>, more: object = {}) =>
  ({
    key: name,
    id: name,
    kind: 'character',
    status: 'active',
    name,
    forms: [{ surface: name }],
    description,
    attributes,
    variants: [],
    ...more,
  }) as never;
const lookOf = (...told: Parameters<typeof row>) => castOf([row(...told)], undefined).characters[0]!.look;

describe('how somebody looks', () => {
  test('is what their biography tells that can be seen', () => {
    expect(
      lookOf('程霜', '程霜：女，29岁，急诊科医生，短发，米色风衣，左手腕有一道旧疤，为人冷淡，服务病人。', {
        age: '29',
      }),
    ).toBe('29岁，短发，米色风衣，左手腕有一道旧疤');
    expect(
      lookOf(
        'Mara',
        'Mara Voss, 38, a burnt-out courier, grey trench coat, cropped silver hair. She coats her lies well.',
        {},
      ),
    ).toBe('grey trench coat, cropped silver hair');
  });

  test('is what they are said to wear, before the clothes of the biography', () => {
    const cast = lookOf('裴照', '裴照，25岁，剑眉，灰袍。', { age: '25', look: '绯色官袍' });
    expect(cast).toBe('25岁，绯色官袍，剑眉');
  });

  test('leaves out those clothes where others are worn', () => {
    const cast: CastOfScene = {
      ...library,
      characters: [
        {
          ...library.characters[0]!,
          look: '19岁，短发，靛蓝短褐',
          variants: [{ name: '嫁衣', description: '', episodes: [1] }],
        },
      ],
    };
    const [shot] = shotsOf([shows('谢灯儿走来。')], { cast: ['谢灯儿'] }, cast);
    expect(shot!.imagePrompt.zh).toContain('谢灯儿（女；19岁，短发；嫁衣；');
    expect(shot!.imagePrompt.en).toContain('谢灯儿 (female; 19 years old, short hair; wedding dress; ');
  });

  test('is what the script says where it brings them in, in every shot, and in one made anew', () => {
    const told = episode([
      scene('1-1', [shows('阿蛮（男，32岁，黑色西装，为人和气）站在窗前。')], { cast: ['阿蛮'] }),
      scene('1-2', [shows('阿蛮推门。'), says('阿蛮', '走吧，天都黑了，还等什么？')], { cast: ['阿蛮'] }),
    ]);
    const shots = composeEpisode(told, library, style);
    for (const { imagePrompt } of shots) expect(imagePrompt.zh).toContain('阿蛮（男；32岁，黑色西装；');
    const given = { episode: told, cast: library, library: introducing(lookup(library, 1), told.scenes), style };
    expect(reprompted(shots.at(-1)!, given).imagePrompt.zh).toContain('阿蛮（男；32岁，黑色西装；');
    const cast: CastOfScene = {
      ...library,
      characters: [{ id: 'm', name: 'Mara', forms: ['Mara', 'MARA VOSS'], gender: '', look: '', variants: [] }],
    };
    const [, , last] = composeEpisode(
      episode([
        scene(
          '1',
          [
            shows('Fog. '),
            shows('MARA VOSS, 38, grey trench coat, cropped silver hair, steps out.'),
            shows('Mara turns.'),
          ],
          { cast: [] },
        ),
      ]),
      cast,
      english,
    );
    expect(last!.imagePrompt.en).toContain('Mara (38 years old, grey trench coat, cropped silver hair; ');
  });
});

describe('what is told behind a name', () => {
  const told = (text: string, name: string) => introduction(text, text.indexOf(name) + name.length);

  test.each([
    ['JOHN, 38, grey coat, and his wife MARY, 35, tall, red hair, enter.', 'JOHN', '38 years old, grey coat'],
    ['Tom looks at Mara, 38, grey coat, then at BEN, 12, red hair.', 'Mara', '38 years old, grey coat'],
    ['Mara, a burnt-out courier, 38, grey trench coat, waits.', 'Mara', '38 years old, grey trench coat'],
    ['林昭（女，32岁，黑色西装，扶着母亲）走来。', '林昭', '32岁，黑色西装'],
  ])('is of its bearer as far as it goes: %s', (text, name, look) => {
    expect(told(text, name)?.look).toBe(look);
  });

  test.each([
    ['Mara, Daniel, 38, tall, and Ben wait.', 'Mara'],
    ['Mara sees Tom, and Ben, 12, freckles.', 'Tom'],
    ['Mara counts to Tom, 5, 10, 15 seconds.', 'Tom'],
    ['林昭（摘下眼镜）走来。', '林昭'],
    ['林昭（看着穿白衣的苏晚）停下。', '林昭'],
    ['林昭（递给她一件黑色外套）转身。', '林昭'],
  ])('and is nothing where it is of somebody else, or what they do: %s', (text, name) => {
    expect(told(text, name)).toBeUndefined();
  });

  test('nobody is of two ages', () => {
    const cast: CastOfScene = {
      ...library,
      characters: [{ id: 'm', name: 'Mara', forms: ['Mara'], gender: '', look: '38 years old', variants: [] }],
    };
    const [shot] = shotsOf([shows('Mara, 40s, red hair, turns.')], { cast: ['Mara'] }, cast);
    expect(shot!.imagePrompt.en).toContain('Mara (38 years old, red hair; ');
  });

  test('of a biography what others look like is no look', () => {
    expect(lookOf('林昭', '他的母亲满头白发，曾被刀疤男追债，与红衣女子有旧怨，暗恋长发女孩，短发。', {})).toBe('短发');
    expect(lookOf('林昭', '对襟长衫。', {})).toBe('对襟长衫');
  });

  test('a costume worn elsewhere is no look beside an age', () => {
    const worn = { ...library.characters[0]!, look: '19岁，珠光', variants: [
      { name: '珠光', description: '', episodes: [2] },
      { name: '嫁衣', description: '', episodes: [1] },
    ] }; // biome-ignore format: one person
    const [shot] = shotsOf([shows('谢灯儿走来。')], { cast: ['谢灯儿'] }, { ...library, characters: [worn] });
    expect(shot!.imagePrompt.zh).not.toContain('珠光');
  });
});

describe('who speaks', () => {
  const two = { cast: ['谢灯儿', '裴照'] };
  const talk = shotsOf(
    [
      shows('谢灯儿与裴照对坐。'),
      says('裴照', '谁动过这盏走马灯？', { paren: '苦笑' }),
      says('谢灯儿', '我不知道，大人还是去问别人吧。', { voice: 'OS' }),
      says('裴照', '你当真不知道这件事情吗？'),
      says('谢灯儿', '天黑以后就没有人来过这里了。'),
    ],
    two,
  );
  const of = (words: string) => talk.find(({ lines }) => lines[0]?.text.startsWith(words))!;

  test('is told of them alone; who hears listens without the feeling of the line', () => {
    const heard = talk.filter((shot) => shot.lines.some((line) => !line.onScreen));
    expect(heard.length).toBeGreaterThan(0);
    for (const { imagePrompt, lines } of heard) {
      expect(imagePrompt.zh).toMatch(/聆听。/);
      expect(imagePrompt.zh).not.toMatch(/聆听，神情|说话/);
      expect(imagePrompt.en).not.toContain('speaking');
      expect(lines).toHaveLength(1);
    }
  });

  test('is not who stands beside them', () => {
    const lines = Array.from({ length: 14 }, (_, i) =>
      says(i % 2 === 0 ? '裴照' : '谢灯儿', `这是第${i}句没有什么可说的话。`),
    );
    const both = shotsOf([shows('谢灯儿与裴照对坐。'), ...lines], two).filter(
      ({ lines: said, blocking }) =>
        said.length === 1 && blocking.length === 2 && blocking.every(({ facing }) => facing !== 'away'),
    );
    expect(both.length).toBeGreaterThan(0);
    for (const {
      imagePrompt,
      lines: [line],
    } of both)
      expect(imagePrompt.zh).toMatch(new RegExp(`${line!.speakers[0]}说话，神情平静；(?:谢灯儿|裴照)聆听`));
  });

  test('thinks with closed lips', () => {
    const { imagePrompt, videoPrompt } = of('我不知道');
    expect(imagePrompt.zh).toContain('谢灯儿沉思，双唇紧闭');
    expect(videoPrompt.zh).toContain('谢灯儿内心独白：“我不知道');
    expect(videoPrompt.en).toContain('谢灯儿 thinks, lips closed: “我不知道');
  });

  test('no prompt has two marks in a row, or the letters of the trade', () => {
    for (const { imagePrompt, videoPrompt, endFrame } of talk)
      for (const words of [imagePrompt, videoPrompt, endFrame].flatMap(({ zh, en }) => [zh, en])) {
        expect(words).not.toMatch(/[。，、；][。，、；]|[。！？]”[。.]|,\.|\.\.|\[(?:OS|VO|PHONE)\]|（）|\(\)/);
      }
  });
});

describe('what a model can paint', () => {
  test('is told without marks of the camera, and without what the script does not say', () => {
    const [, shot] = shotsOf([shows('长街寂静。'), shows('【特写】车窗里，一双冷峻的眼睛。')], {
      cast: [],
      intExt: 'UNKNOWN',
      time: 'UNKNOWN',
      location: '',
    });
    for (const words of [shot!.imagePrompt, shot!.videoPrompt].flatMap(({ zh, en }) => [zh, en]))
      expect(words).not.toMatch(/不明|未写明|not stated|【|无人物|No people/);
    expect(shot!.imagePrompt.zh).toContain('平视。车窗里，一双冷峻的眼睛。');
  });

  test('rain falls outside of a room, and in the video as well', () => {
    const at = (intExt: 'INT' | 'EXT') => shotsOf([shows('大雨倾盆，雨水敲窗。')], { cast: [], intExt })[0]!;
    expect(at('EXT').imagePrompt.zh).toMatch(/，大雨滂沱。/);
    expect(at('INT').imagePrompt.zh).toMatch(/，窗外大雨滂沱。/);
    expect(at('INT').videoPrompt.en).toContain('heavy rain outside the window');
    expect(at('EXT').imagePrompt.zh).not.toContain('细雨');
  });

  test('a voice over the picture is heard by nobody in it', () => {
    const shots = shotsOf([shows('裴照站在桥头。'), says('谢灯儿', '有些人，一旦错过，就是一生。', { voice: 'VO' })]);
    expect(shots[1]!.imagePrompt.zh).toContain('裴照沉默不语');
    expect(shots[1]!.imagePrompt.en).toContain('裴照 silent');
  });

  test('people without a name are people', () => {
    const told = (text: string) =>
      composeEpisode(episode([scene('1', [shows(text)], { cast: [] })]), library, english)[0]!.imagePrompt.en;
    expect(told('A dozen TRUCKERS hunch over coffee.')).not.toContain('No people');
    expect(told('One draws a pistol.')).not.toContain('No people');
    expect(told('Rain hammers the neon sign.')).toContain('No people');
  });

  test.each(['护士站亮着灯。', '学生证躺在地上。', '观众席空空荡荡。', 'Ceiling fans spin.', 'A couple of chairs.'])(
    'what is called by people is none: %s',
    (text) => {
      const [shot] = composeEpisode(episode([scene('1', [shows(text)], { cast: [] })]), library, english);
      expect(shot!.imagePrompt.en).toContain('No people');
    },
  );
});

describe('a picture in which nobody of the cast is', () => {
  test('is empty only where its words tell of nobody', () => {
    const shots = shotsOf([shows('灯笼在风里摇。'), shows('数十名弟子持刀列阵。'), shows('屋里空无一人。')], {
      cast: [],
    });
    expect(shots.map(({ imagePrompt: { zh, en } }) => [zh.includes('画面中无人物'), en.includes('No people')])).toEqual(
      [
        [true, true],
        [false, false],
        [true, true],
      ],
    );
  });

  test('many people are seen wide, and so is what is large; hands are seen close', () => {
    const cast: CastOfScene = { ...library, props: [...library.props, { id: 'p9', name: '轿车', forms: ['轿车'] }] };
    const shots = shotsOf(
      [shows('长街寂静。'), shows('数十名弟子持银针列阵。'), shows('一辆轿车停在路边。'), shows('两根小指勾在一起。')],
      { cast: [] },
      cast,
    );
    expect(shots.slice(1).map(({ size }) => size)).toEqual([
      expect.stringMatching(/LS/),
      expect.stringMatching(/LS/),
      expect.stringMatching(/CU/),
    ]);
  });
});
