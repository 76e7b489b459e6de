// Who stands where and who shares a frame: across from whom one deals with, alone at one's end of a phone.
import { describe, expect, test } from 'vitest';
import { placing } from '../../core/storyboard/ends.ts';
import { type CastOfScene, composeEpisode, type Lookup, lookup } from '../../core/storyboard/index.ts';
import { goesOn } from '../../core/storyboard/prompt-faults.ts';
import { element, episode, library, says, scene, shows, style } from './stage.ts';

const shotsOf = (
  elements: Parameters<typeof scene>[1],
  more: Parameters<typeof scene>[2] = {},
  cast = library,
  options = style as typeof style | { language: 'en'; visualStyle: string; aspect: '9:16' },
) => composeEpisode(episode([scene('1-1', elements, more)]), cast, options);

const people = (...names: string[]): CastOfScene => ({
  ...library,
  characters: names.map((name) => ({ id: name, name, forms: [name], gender: '', look: '', variants: [] })),
});

test('who fights somebody stands across from them, whoever else is there', () => {
  const shots = shotsOf(
    [
      shows('谢灯儿与裴照立在场中。'),
      says('谢灯儿', '你们都退下，今天谁也别想过去。'),
      says('裴照', '就凭你一个人，也想拦住我们？'),
      shows('阿蛮扑向谢灯儿。'),
      shows('谢灯儿一肘砸在阿蛮胸口。'),
    ],
    { cast: ['谢灯儿', '阿蛮', '裴照'] },
    people('谢灯儿', '阿蛮', '裴照'),
  );
  const sides = Object.fromEntries(shots.flatMap(({ blocking }) => blocking.map(({ name, side }) => [name, side])));
  expect(sides).toEqual({ 谢灯儿: 'left', 裴照: 'right', 阿蛮: 'right' });
});

test('two of one side who have the frame to themselves turn to each other', () => {
  const shots = shotsOf(
    [
      shows('谢灯儿与裴照立在场中。'),
      says('谢灯儿', '你们都退下，今天谁也别想过去。'),
      says('裴照', '就凭你一个人，也想拦住我们？'),
      shows('阿蛮扑向谢灯儿。'),
      shows('谢灯儿推开阿蛮。'),
      shows('阿蛮扶住裴照。'),
    ],
    { cast: ['谢灯儿', '阿蛮', '裴照'] },
    people('谢灯儿', '阿蛮', '裴照'),
  );
  expect(shots.at(-1)!.blocking.map(({ name, side, facing }) => [name, side, facing])).toEqual([
    ['阿蛮', 'right', 'right'],
    ['裴照', 'right', 'left'],
  ]);
});

test('somebody who turns their back to the camera is seen from behind', () => {
  const shots = shotsOf([shows('灯山如昼。'), shows('谢灯儿站在窗前，背对镜头。')], { cast: ['谢灯儿'] });
  expect(shots.at(-1)!.blocking[0]!.facing).toBe('away');
});

describe('on the phone', () => {
  const lines = [
    says('谢灯儿', '喂？'),
    says('裴照', '是我。'),
    says('谢灯儿', '你在哪里？这么多年你为什么不回来？'),
    says('裴照', '没时间了，你听我说，东西在老地方。'),
    says('谢灯儿', '什么东西？你把话说清楚再挂电话！'),
    says('裴照', '他们来了，你千万不要相信任何人。'),
    says('谢灯儿', '喂？你说话啊，你到底怎么了？'),
  ];
  const places = { location: '西市街口/大理寺正堂（电话交替）', heading: '1-1 夜 内 西市街口/大理寺正堂（电话交替）' };

  test('nobody is in the frame of the other, and each line has its own shot', () => {
    const shots = shotsOf([shows('谢灯儿接起电话。'), ...lines], places);
    for (const shot of shots) expect(shot.blocking.length).toBeLessThan(2);
    expect(shots.flatMap((shot) => shot.lines)).toHaveLength(lines.length);
    for (const shot of shots) expect(shot.lines.length).toBeLessThan(2);
    expect(new Set(shots.flatMap(({ blocking }) => blocking.map(({ name }) => name))).size).toBe(2);
  });

  test('the prompts of each tell of the end they are at', () => {
    const before = scene('1-1', [shows('谢灯儿站在摊前。')], { location: '西市街口', cast: ['谢灯儿'] });
    const call = scene(
      '1-2',
      [shows('谢灯儿接起电话。'), lines[0]!, shows('正堂里，裴照缩在墙角。'), ...lines.slice(1)],
      places,
    );
    const shots = composeEpisode(episode([before, call]), library, style).filter(({ sceneId }) => sceneId === call.id);
    for (const { blocking, imagePrompt, videoPrompt, location } of shots) {
      const own = blocking[0]!.name === '谢灯儿' ? '西市街口，' : '大理寺正堂，';
      for (const { zh } of [imagePrompt, videoPrompt])
        expect([zh.includes(own), zh.includes('电话交替')]).toEqual([true, false]);
      expect(location).toBe(places.location);
    }
  });

  test('whom somebody calls is not where they are, and rooms of one name are told apart', () => {
    const halls = { location: '张家客厅/李家客厅（电话交替）', heading: '1-1 夜 内 张家客厅/李家客厅（电话交替）' };
    const call = [shows('谢灯儿在李家客厅里拨通裴照的电话。'), shows('裴照站在客厅窗前。'), ...lines];
    for (const { blocking, imagePrompt } of shotsOf(call, halls))
      if (blocking.length > 0)
        expect(imagePrompt.zh).toContain(blocking[0]!.name === '谢灯儿' ? '李家客厅，' : '张家客厅，');
  });

  test('a place within a place is not two', () => {
    const room = { location: '沈家/客厅', heading: '1-1 夜 内 沈家/客厅' };
    for (const { imagePrompt } of shotsOf([shows('谢灯儿走来。'), ...lines], room))
      expect(imagePrompt.zh).toContain('沈家/客厅，');
  });

  test('many shots of one scene look through it once', () => {
    const long = Array.from({ length: 500 }, (_, n) => [shows(`谢灯儿推开第${n}扇窗。`), ...lines.slice(2, 4)]).flat();
    const scenes = [scene('1-1', long, { ...places, cast: ['谢灯儿', '裴照'] })];
    const read: string[] = [];
    const told = lookup(library, 1);
    const counting: Lookup = {
      ...told,
      peopleIn: (text, sceneId) => {
        read.push(text);
        return told.peopleIn(text, sceneId);
      },
    };
    const placeOf = placing('1-1', scenes, counting);
    const [shot] = composeEpisode(episode(scenes), library, style);
    for (let n = 0; n < 1000; n++) placeOf(shot!);
    expect(read.length).toBeLessThanOrEqual(2 * long.length);
  });

  test('face to face they share frames', () => {
    const shots = shotsOf([shows('谢灯儿走来。'), ...lines]);
    expect(shots.some(({ blocking }) => blocking.length === 2)).toBe(true);
  });

  test('a line that says INTERCUT is no picture; it goes with the next', () => {
    const cut = element({ kind: 'shot', text: 'INTERCUT - SECURITY OFFICE / WAITING HALL' });
    const shots = shotsOf(
      [shows('谢灯儿接起电话。'), says('谢灯儿', '你终于打来了，我等了很久。'), cut, ...lines.slice(2)],
      {},
      library,
    );
    const holder = shots.filter(({ elementIds }) => elementIds.includes(cut.id));
    expect(holder).toHaveLength(1);
    expect(holder[0]!.lines).toHaveLength(1);
    expect(holder[0]!.action).toBe('');
    for (const shot of shots.slice(shots.indexOf(holder[0]!))) expect(shot.blocking.length).toBeLessThan(2);
  });
});

describe('an action', () => {
  const english = { ...style, language: 'en' as const, visualStyle: '' };
  test('that opens something shows what is inside for itself', () => {
    const shots = shotsOf([
      shows('灯山如昼。'),
      shows('谢灯儿低头翻看走马灯，上面是一张女孩的照片。'),
      shows('谢灯儿转身。'),
    ]);
    expect(shots.map(({ action, size }) => [action, size])).toEqual([
      ['灯山如昼。', 'ELS'],
      ['谢灯儿低头翻看走马灯，', expect.any(String)],
      ['上面是一张女孩的照片。', expect.stringMatching(/CU/)],
      ['谢灯儿转身。', expect.any(String)],
    ]);
    expect(shots[2]!.purpose).toBe('insert');
  });

  test('十年前 alone is no view of a place', () => {
    const [shot] = shotsOf([shows('十年前。谢灯儿跑过长街。')]);
    expect(shot!.action).toBe('十年前。谢灯儿跑过长街。');
  });

  test('that goes on without a subject is of whoever began it, and the prompt says so', () => {
    const cast = people('Mara', 'Daniel');
    const shots = shotsOf(
      [
        shows('Fog rolls over the dark water.'),
        shows('Mara sets the heavy briefcase on the wet floor and slides it toward him with her foot.'),
      ],
      { cast: ['Mara', 'Daniel'] },
      cast,
      english,
    );
    const rest = shots.find(({ action }) => action.startsWith('and slides'))!;
    expect(rest.blocking.map(({ name }) => name)).toEqual(['Mara']);
    expect(rest.imagePrompt.en).toContain('. Mara slides it toward him with her foot. ');
  });

  test('that goes on with what things do makes nobody do them', () => {
    for (const words of ['and papers scatter across the floor.', 'and red light floods the room.'])
      expect(goesOn.test(words)).toBe(false);
    for (const words of ['and slides it toward him.', 'and leaves.', 'but walks slowly on.'])
      expect(goesOn.test(words)).toBe(true);
  });

  test('of a thing is not cut into words that only say where to', () => {
    const [, ...shots] = shotsOf(
      [
        shows('Fog rolls over the dark water.'),
        shows("A red laser dot slides across the newspaper, up Daniel's coat, and stops over his heart."),
      ],
      { cast: ['Daniel'] },
      people('Daniel'),
      english,
    );
    for (const { action } of shots) expect(action).not.toMatch(/^(?:up|and)\b/);
  });
});

describe('who is seen', () => {
  const names = (shots: ReturnType<typeof shotsOf>) => shots.map(({ blocking }) => blocking.map(({ name }) => name));
  const english = { ...style, language: 'en', visualStyle: '' } as const;
  const cast: CastOfScene = {
    ...people('沈念', '顾言', '小宝', '保镖甲', '保镖乙'),
    props: ['手机', '照片', '玉佩'].map((name) => ({ id: name, name, forms: [name] })),
  };

  test('strikes whoever the clause before told of last, though it names others alone', () => {
    const shots = shotsOf(
      [
        shows('宴会厅里灯火通明。'),
        shows('保镖甲、保镖乙冲上来，顾言一个侧身闪过，反手一拳击倒保镖甲，又一脚踹飞保镖乙。'),
      ],
      { cast: [] },
      cast,
    );
    expect(names(shots).slice(1)).toEqual([
      ['保镖甲', '保镖乙', '顾言'],
      ['顾言', '保镖甲', '保镖乙'],
    ]);
  });

  test('goes on acting where the rest of the sentence names nobody, and what things do goes on without them', () => {
    const seen = (text: string) => names(shotsOf([shows('长街。'), shows(text)], { cast: [] }, cast)).slice(1);
    expect(seen('顾言在院中打一套慢悠悠的拳，沈念坐在廊下发呆，手里捏着那只手机的空壳子。')).toEqual([
      ['顾言', '沈念'],
      ['沈念'],
    ]);
    expect(seen('沈念被两根麻绳捆得像个年关将近的粽子，坐在马背上东张西望，一路上嘴就没停过。')).toEqual([
      ['沈念'],
      ['沈念'],
    ]);
    expect(seen('沈念望着窗外一动也不动地出了好一会儿神，桌上的手机和照片被一阵大风吹落在冰冷的地上。')).toEqual([
      ['沈念'],
      [],
    ]);
  });

  test('an act is not cut before what it is done with', () => {
    const shots = shotsOf(
      [shows('沈念把那截刻着宁字的白骨，与一张旧照片并排放进一口小小的棺木，又拈了一枝桂花，轻轻搁在上头。')],
      { cast: [] },
      cast,
    );
    for (const { action } of shots) expect(action).not.toMatch(/^与/);
  });

  test('is not whose photo or truck it is', () => {
    const photo = shotsOf([shows('长街。'), shows('沈念抱着小宝的照片痛哭。')], { cast: [] }, cast);
    expect(names(photo)[1]).toEqual(['沈念']);
    const truck = shotsOf(
      [shows('Rain.'), shows("Maya drives Bo's truck."), shows("Maya takes Bo's hand.")],
      { cast: [] },
      people('Maya', 'Bo'),
      english,
    );
    expect(names(truck).slice(1)).toEqual([['Maya'], ['Maya', 'Bo']]);
  });

  test.each(["Maya straightens Bo's collar.", "Maya ducks Bo's punch.", "Maya presses a towel to Bo's wound."])(
    'is whose clothes, blow or wound it is: %s',
    (text) => {
      const shots = shotsOf([shows('Rain.'), shows(text)], { cast: [] }, people('Maya', 'Bo'), english);
      expect(names(shots)[1]).toEqual(['Maya', 'Bo']);
    },
  );

  test('is whose voice trembles, not whose voice is heard from outside', () => {
    const seen = (text: string) => names(shotsOf([shows('长街。'), shows(text)], { cast: [] }, cast))[1];
    expect(seen('沈念的声音在发抖。')).toEqual(['沈念']);
    expect(seen('门外传来沈念的声音。')).toEqual([]);
  });

  test('is who has just spoken where a pronoun goes on, not the face that listened', () => {
    const two: CastOfScene = {
      ...library,
      characters: [
        { id: 'm', name: 'Maya', forms: ['Maya', 'MAYA'], gender: 'female', look: '', variants: [] },
        { id: 'g', name: 'GUARD', forms: ['GUARD'], gender: '', look: '', variants: [] },
      ],
    };
    const shots = shotsOf(
      [
        shows('Maya stops. GUARD leans in.'),
        says('GUARD', 'What is the purpose of your visit to us?'),
        says('MAYA', 'I come to see my family up there.'),
        shows('She drives off.'),
      ],
      { cast: [] },
      two,
      english,
    );
    expect(shots[2]!.purpose).toBe('reaction');
    expect(names(shots)[3]).toEqual(['Maya']);
    expect(shots[3]!.imagePrompt.en).toContain('Maya drives off');
  });

  test('is nobody a message names: it is read close, and stays whole', () => {
    const shots = shotsOf(
      [shows('长街。'), shows('顾言的手机震动，屏幕上弹出一条短信：小宝在我手上，想要他活命，一个人来城西码头。')],
      { cast: [] },
      cast,
    );
    expect(shots.slice(1).map(({ action, size }) => [action, size])).toEqual([
      ['顾言的手机震动，', expect.any(String)],
      ['屏幕上弹出一条短信：小宝在我手上，想要他活命，一个人来城西码头。', 'ECU'],
    ]);
    expect(names(shots)[2]).toEqual([]);
    const [, screen] = shotsOf(
      [shows('Rain.'), shows('On screen: "Maya, RUN."')],
      { cast: [] },
      people('Maya'),
      english,
    );
    expect(screen).toMatchObject({ size: 'ECU', purpose: 'insert', blocking: [] });
  });

  test('a thing and what the script says of it close up are one picture', () => {
    const shots = shotsOf([shows('长街。'), shows('玉佩特写：上面刻着一个顾字。')], { cast: [] }, cast);
    expect(shots).toHaveLength(2);
    expect(shots[1]!.imagePrompt.zh).toContain('玉佩，上面刻着一个顾字');
  });

  test('of a list each entry is a picture of its own, told without the marks', () => {
    const text = '-- Maya drives past fields.\n-- Bo sleeps.';
    const shots = shotsOf([shows('Rain.'), shows(text)], { cast: [] }, people('Maya', 'Bo'), english);
    expect(names(shots).slice(1)).toEqual([['Maya'], ['Bo']]);
    for (const { imagePrompt } of shots) expect(imagePrompt.en).not.toContain('--');
  });

  test('the wound is of whom the script names last before it', () => {
    const shots = shotsOf(
      [shows('Maya opens her eyes. Bo is bleeding on the floor.'), says('Maya', 'Stay.'), shows('Maya and Bo wait.')],
      { cast: [] },
      people('Maya', 'Bo'),
      english,
    );
    expect(shots.at(-1)!.continuity).toEqual(['Bo: wounded (Bo is bleeding on the fl…)']);
  });

  test('who answers a voice on the phone says it to the phone, to nobody in the room', () => {
    const shots = shotsOf(
      [
        shows('沈念接起电话。小宝坐在一边。'),
        says('小宝', '妈妈，是谁打来的电话呀？'),
        says('顾言', '你到哪儿了？宾客都到齐了。', { voice: 'PHONE' }),
        says('沈念', '路上堵车，我马上就到了。'),
      ],
      { cast: ['沈念', '小宝'] },
      cast,
    );
    expect(shots.at(-1)).toMatchObject({ angle: 'eye_level', blocking: [{ name: '沈念' }] });
    expect(shots.at(-1)!.lines[0]!.to).toBe('顾言');
  });
});
