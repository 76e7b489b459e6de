// What somebody wears in which scene: a younger self in what is remembered, clothes until others are told, those of the biography elsewhere.
import { expect, test } from 'vitest';
import { castOf } from '../../core/shot/library-cast.ts';
import { type CastOfScene, composeEpisode, lookup } from '../../core/storyboard/index.ts';
import { introducing } from '../../core/storyboard/introduced.ts';
import { reprompted } from '../../core/storyboard/reprompt.ts';
import { element, episode, library, says, scene, shows, style } from './stage.ts';

const person = (name: string, look: string, looks: readonly string[], forms: readonly string[] = []): CastOfScene => ({
  ...library,
  characters: [
    {
      id: 'm',
      name,
      forms: [name, ...forms],
      gender: '女',
      look,
      variants: looks.map((one) => ({ name: one, description: one.replace(name, ''), episodes: [1] })),
    },
  ],
});
const told = (cast: CastOfScene, scenes: Parameters<typeof episode>[0], language: 'zh' | 'en' = 'zh') => {
  const shots = composeEpisode(episode(scenes), cast, { ...style, visualStyle: '', language });
  return shots.map(
    ({ imagePrompt }) => /[（(]((?:女|female)[^）)]*)[；;][^；;]*[）)]/.exec(imagePrompt[language])?.[1],
  );
};
const past = { heading: '1-2 操场 日 外（闪回）', cast: [] };

test('clothes told in a flashback are worn in it, and how old they are now they were not then', () => {
  const scenes = [
    scene('1-1', [shows('沈念站在站台下。')], { cast: [] }),
    scene('1-2', [shows('沈念穿着蓝色校服奔跑。'), says('沈念', '等等我！')], past),
    scene('1-3', [shows('沈念抬起头。')], { cast: [] }),
  ];
  const now = '女；26岁，长发，白色衬衫';
  expect(told(person('沈念', '26岁，长发，白色衬衫', ['蓝色校服']), scenes)).toEqual([
    now,
    '女；长发；蓝色校服',
    '女；长发；蓝色校服',
    now,
  ]);
});

test('nor is a costume of a flashback the look of a person of whom no other is told', () => {
  const scenes = [
    scene('1-1', [shows('沈念站在站台下。')], { cast: [] }),
    scene('1-2', [shows('沈念穿着蓝色校服奔跑。')], past),
  ];
  expect(told(person('沈念', '26岁，蓝色校服', ['蓝色校服']), scenes)).toEqual(['女；26岁', '女；蓝色校服']);
});

test('a flashback goes from the mark that opens it to the end of its scene', () => {
  const mark = element({ kind: 'flashback_start', text: '闪回' });
  const scenes = [
    scene('1-1', [shows('沈念站在站台下。'), mark], { cast: [] }),
    scene('1-2', [shows('沈念穿着蓝色校服奔跑。')], { cast: [] }),
    scene('1-3', [shows('沈念抬起头。')], { cast: [] }),
  ];
  expect(told(person('沈念', '长发', ['蓝色校服']), scenes)).toEqual(['女；长发', '女；长发；蓝色校服', '女；长发']);
});

test('a younger self is seen where it is called so, as it is brought in there', () => {
  const scenes = [
    scene('1', [shows('MAYA (28, short black hair, a scar on her chin) jumps out.')], { cast: [] }),
    scene('2', [shows('YOUNG MAYA (8, pigtails, yellow dress) sits still.'), says('YOUNG MAYA', 'Why?')], { cast: [] }),
    scene('3', [shows('Maya opens the door.')], { cast: [] }),
  ];
  const cast = person('Maya', '', ['YOUNG MAYA'], ['YOUNG MAYA']);
  const now = 'female; 28 years old, short black hair, a scar on her chin';
  const then = 'female; 8 years old, pigtails, yellow dress; young';
  expect(told(cast, scenes, 'en')).toEqual([now, then, then, now]);
});

test('clothes are worn until others are told', () => {
  const scenes = [
    scene('1-1', [shows('沈念推门。')], { cast: [] }),
    scene('1-2', [shows('沈念一身红裙走来。')], { cast: [] }),
    scene('1-3', [shows('沈念坐下。')], { cast: [] }),
    scene('1-4', [shows('沈念换上黑色风衣。')], { cast: [] }),
    scene('1-5', [shows('沈念离开。')], { cast: [] }),
  ];
  expect(told(person('沈念', '', ['红裙', '黑色风衣']), scenes)).toEqual([
    '女；红裙',
    '女；红裙',
    '女；红裙',
    '女；黑色风衣',
    '女；黑色风衣',
  ]);
});

test('a shot made anew tells of the look it names', () => {
  const one = episode([
    scene('1-1', [shows('沈念站在站台下。')], { cast: [] }),
    scene('1-2', [shows('沈念穿着蓝色校服奔跑。')], past),
  ]);
  const cast = person('沈念', '长发，白色衬衫', ['蓝色校服']);
  const known = introducing(lookup(cast, 1), one.scenes);
  const anew = composeEpisode(one, cast, style).map(
    (shot) => reprompted(shot, { episode: one, cast, library: known, style }).imagePrompt.zh,
  );
  expect(anew[0]).toContain('沈念（女；长发，白色衬衫；');
  expect(anew[1]).toContain('沈念（女；长发；蓝色校服；');
});

test('clothes told for an episode leave those of the biography for the others', () => {
  const row = {
    key: '沈念',
    id: '沈念',
    kind: 'character',
    status: 'active',
    name: '沈念',
    forms: [{ surface: '沈念' }],
    description: '沈念：女，26岁，白色衬衫，长发，记者',
    attributes: { age: '26', look: '蓝色校服' },
    variants: [{ name: '蓝色校服', description: '蓝色校服', episodes: [2], quote: '' }],
  } as never;
  expect(castOf([row], undefined).characters[0]!.look).toBe('26岁，白色衬衫，长发');
});

test('clothes changed into were not worn before: those told where somebody is brought in are, up to the change', () => {
  const scenes = [
    scene('1', [shows('MARA (30s, leather jacket) runs.'), says('MARA', 'Go!')], { cast: [] }),
    scene('2', [shows('Mara drives.'), shows('Mara, now in a grey tracksuit, sits down.'), shows('Mara yawns.')], {
      cast: [],
    }),
    scene('3', [shows('Mara opens the door.')], { cast: [] }),
  ];
  const [leather, tracksuit] = ['female; 30s, leather jacket', 'female; 30s; grey tracksuit'];
  const cast = person('Mara', 'grey tracksuit', ['grey tracksuit']);
  expect(told(cast, scenes, 'en')).toEqual([leather, leather, leather, tracksuit, tracksuit, tracksuit]);
  const known = introducing(lookup(cast, 1), scenes);
  const one = episode(scenes);
  const anew = composeEpisode(one, cast, { ...style, language: 'en' }).map(
    (shot) => reprompted(shot, { episode: one, cast, library: known, style }).imagePrompt.en,
  );
  expect(anew.map((prompt) => prompt.includes('leather jacket;'))).toEqual([true, true, true, false, false, false]);
});

test('nor are clothes of a dream, nor those of years later', () => {
  const dream = { heading: 'INT. KITCHEN - DAY - DREAM', cast: [] };
  const scenes = [
    scene('1', [shows('Mara runs.')], { cast: [] }),
    scene('2', [shows('Mara, in a blue dress, sets the table.')], dream),
    scene('3', [shows('Mara wakes.')], { cast: [] }),
  ];
  const woken = ['female', 'female; blue dress', 'female'];
  expect(told(person('Mara', 'blue dress', ['blue dress']), scenes, 'en').map((look) => look ?? 'female')).toEqual(
    woken,
  );
  const years = [
    scene('1-1', [shows('沈念在沙滩上奔跑。')], { cast: [] }),
    scene('1-2', [element({ kind: 'caption', text: '二十年后' }), shows('沈念穿着军装下船。')], { cast: [] }),
  ];
  expect(told(person('沈念', '长发，军装', ['军装']), years)).toEqual(['女；长发', '女；长发；军装']);
});

test('nobody has the age and the clothes of today in a flashback, of which none are told', () => {
  const scenes = [
    scene('1-1', [shows('沈念站在站台下。')], { cast: [] }),
    scene('1-2', [shows('沈念跪在雨里。'), says('沈念', '我没有偷。')], past),
    scene(
      '1-3',
      [
        shows('沈念抬起头。'),
        element({ kind: 'flashback_start', text: '回忆：海边，沈念在雨里奔跑。' }),
        shows('沈念哭了。'),
      ],
      {
        cast: [],
      },
    ),
  ];
  const [now, then] = ['女；26岁，长发，白色衬衫', '女；长发'];
  expect(told(person('沈念', '26岁，长发，白色衬衫', []), scenes)).toEqual([now, then, then, now, then, now]);
});

test('a flashback told in one mark is over behind it: the scene it ends or begins is of today', () => {
  const mark = () => element({ kind: 'flashback_start', text: '闪回：沈念跪在雨里，众人离去。' });
  const scenes = [
    scene('1-1', [shows('沈念站住。'), mark()], { cast: [] }),
    scene('1-2', [shows('沈念翻开文件。')], { cast: [] }),
    scene('1-3', [mark(), shows('沈念睁开眼。')], { cast: [] }),
  ];
  const [now, then] = ['女；26岁，长发，白色衬衫', '女；长发'];
  expect(told(person('沈念', '26岁，长发，白色衬衫', []), scenes)).toEqual([now, then, now, then, now]);
});

test('clothes of a dream that comes true are worn in it, not on waking, and again when they are told again', () => {
  const dream = { heading: 'INT. CHURCH - DAY - DREAM', cast: [] };
  const scenes = [
    scene('1', [shows('MARA (30s, leather jacket) sleeps.')], { cast: [] }),
    scene('2', [shows('Mara, in a wedding dress, walks up the aisle.')], dream),
    scene('3', [shows('Mara wakes.')], { cast: [] }),
    scene('4', [element({ kind: 'caption', text: 'One year later' }), shows('Mara, in the wedding dress, smiles.')], {
      cast: [],
    }),
    scene('5', [shows('Mara runs.')], { heading: 'INT. DREAM CAFE - DAY', cast: [] }),
  ];
  const [leather, wedding] = ['female; 30s, leather jacket', 'female; 30s; wedding dress'];
  expect(told(person('Mara', 'wedding dress', ['wedding dress']), scenes, 'en')).toEqual([
    leather,
    wedding,
    leather,
    wedding,
    wedding,
  ]);
});
