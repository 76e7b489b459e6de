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
