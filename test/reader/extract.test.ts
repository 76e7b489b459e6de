// What a model is asked of an episode, and what becomes of what it says: kept where the script has it, left out and counted where not.
import { describe, expect, test } from 'vitest';
import { resolve, verifyQuotes } from '../../core/breakdown/index.ts';
import type { Row } from '../../core/reader/extract/answer.ts';
import { parseText } from '../../core/script/index.ts';
import { careful, drama, english, pictures, row } from './drama.ts';
import { callsFor, givenOf, readWith } from './stage.ts';

const given = givenOf(parseText(drama), 1);
const read = (facts: readonly Row[], prompts: readonly object[] = []) => readWith(given, () => ({ facts, prompts }));
const asset = (facts: readonly Row[], form: string, prompts: readonly object[] = []) =>
  resolve([read(facts, prompts).extraction]).assets.find(({ forms }) => forms.some(({ surface }) => surface === form));
const why = (facts: readonly Row[]) => read(facts).dropped.map((one) => one.why);

describe('a model is given', () => {
  const text = callsFor(given)[0]!.call.prompt.messages[0]!.text;

  test('every line once, numbered, with who says it and how', () => {
    for (const line of [
      '# 1-1 夜 外 渡口 | 沈青、顾言、黑衣人',
      '2 沈青（低声）：白先生，匣子我带来了。',
      '9 油灯昏黄，舱壁贴着旧报纸。',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text.match(/^\d+ /gm)).toHaveLength(14);
  });

  test('what the grammar knows, in a line each', () => {
    for (const line of ['people: 沈青、顾言、黑衣人', 'costumes: 沈青·月白长裙', '顾言，三十岁，男，书商。'])
      expect(text.split('\n')).toContain(line);
  });

  test('biographies in the room there is: the longest are cut, the short stay whole', () => {
    const long = drama.replace('绣娘，沈家的女儿', `绣娘，${'身世坎坷，'.repeat(300)}`);
    const [first] = callsFor(givenOf(parseText(long), 1));
    const shown = first!.call.prompt.messages[0]!.text;
    expect(shown).toContain('\n顾言，三十岁，男，书商。');
    expect(shown.split('\n').find((line) => line.startsWith('沈青，二十岁'))?.length).toBeLessThan(900);
  });

  test('an episode too long for one call in parts that hold each line once, with the neighbours in view', () => {
    const scene = (at: number) => `1-${at} 夜 外 渡口\n人物：沈青、顾言\n${`△沈青望着江水，${at}。\n`.repeat(60)}`;
    const long = givenOf(parseText(`第1集\n${Array.from({ length: 12 }, (_, at) => scene(at + 1)).join('\n')}`), 1);
    const calls = callsFor(long);
    expect(calls.length).toBeGreaterThan(1);
    const parts = calls.map(({ call }) =>
      call.prompt.messages[0]!.text.replace(/\[(before|after)\][\s\S]*?\[\/\1\]/g, ''),
    );
    const numbers = parts.flatMap((part) => [...part.matchAll(/^(\d+) /gm)].map(([, number]) => Number(number)));
    expect(numbers).toEqual(Array.from({ length: 720 }, (_, at) => at + 1));
    expect(calls[1]!.call.prompt.messages[0]!.text).toContain('[before]');
  });
});

describe('what a careful model says', () => {
  const { extraction, dropped } = read(careful, pictures);
  const { assets } = resolve([extraction]);
  const of = (form: string) => assets.find(({ forms }) => forms.some(({ surface }) => surface === form));

  test('is kept whole', () => {
    expect(dropped).toEqual([]);
    expect(extraction.leftOut).toBeUndefined();
  });

  test('gives people their other names, and people who have no line', () => {
    expect(
      of('沈青')
        ?.forms.map(({ surface }) => surface)
        .sort(),
    ).toEqual(['林晚', '沈青']);
    expect(of('白先生')?.name).toBe('顾言');
    expect(of('老莫')).toMatchObject({ kind: 'character', attributes: { profession: '船夫' } });
    // named twice, and both are seen
    expect(of('老莫')?.forms).toEqual([{ surface: '老莫', count: 2, episodes: [1] }]);
  });

  test('gives them looks, character, relations, gender and a picture in both languages', () => {
    expect(of('沈青')?.attributes).toMatchObject({
      gender: 'female',
      appearance: '左眼下一颗泪痣',
      relations: '顾言（受托救她的人）',
      visual_prompt_zh: pictures[0]!.zh,
      visual_prompt_en: pictures[0]!.en,
    });
    expect(of('顾言')?.attributes).toMatchObject({ personality: '沉着，护人心切' });
  });

  test('gives things what they are and who holds them, and the ones the story turns on more weight', () => {
    expect(of('漆匣')).toMatchObject({ kind: 'prop', parent: of('沈青')?.key });
    expect(of('玉珏')).toMatchObject({ importance: 'supporting', description: '信物，只有半块' });
    expect(of('乌篷船')).toMatchObject({ kind: 'vehicle', description: '小船' });
    expect(of('铜锣')).toMatchObject({ kind: 'sound' });
  });

  test('gives places their furnishing and light', () => {
    expect(of('船舱')).toMatchObject({
      kind: 'location',
      description: '狭小，油灯昏黄，舱壁贴着旧报纸',
      attributes: { visual_prompt_en: pictures[1]!.en },
    });
  });

  test('says a look that the grammar found only once', () => {
    expect(extraction.mentions.filter(({ kind }) => kind === 'costume')).toHaveLength(1);
    const other = read([row('costume', '顾言', '灰布长衫', 7, '护在她身前')]).extraction.mentions;
    expect(other.at(-1)).toMatchObject({ kind: 'costume', surface: '顾言·灰布长衫', quote: '护在她身前' });
  });

  test('is quoted verbatim, every mention of it', () => {
    expect(verifyQuotes(extraction, given.document).refused).toEqual([]);
  });
});

describe('words', () => {
  test('copied with other marks, width or spaces are found, and quoted as the script has them', () => {
    const { extraction, dropped } = read([row('look', '沈青', '眼下有痣', 1, '左眼下一颗泪痣, 怀里抱着 一只描金漆匣')]);
    expect(dropped).toEqual([]);
    expect(extraction.traits).toMatchObject([{ quote: '左眼下一颗泪痣，怀里抱着一只描金漆匣' }]);
  });

  test('of a Traditional script copied in Simplified characters are found, and quoted as the script has them', () => {
    const script = '第1集\n\n1-1 夜 外 東港碼頭\n人物：沈知意\n△沈知意穿著月白長裙站在碼頭邊，手裡攥著半塊魚形玉佩。\n沈知意：你是誰派來的？\n△她轉過身。\n'; // biome-ignore format: one script
    const { extraction, dropped } = readWith(givenOf(parseText(script), 1), () => ({
      facts: [
        { k: 'look', n: '沈知意', v: '月白长裙', e: 1, q: '穿着月白长裙' },
        { k: 'prop', n: '鱼形玉佩', v: '半块', o: '沈知意', e: 2, q: '半块鱼形玉佩' },
        { k: 'place', n: '东港码头', v: '江边', e: 1, q: '码头外的江' },
      ],
      prompts: [],
    }));
    expect(dropped.map(({ row, why }) => [row.k, why])).toEqual([['place', 'quote']]);
    expect(extraction.traits).toMatchObject([
      { surface: '沈知意', value: '月白长裙', quote: '穿著月白長裙' },
      { surface: '魚形玉佩', value: '半块', quote: '半塊魚形玉佩' },
      { surface: '魚形玉佩', aspect: 'holder', to: '沈知意' },
    ]);
  });

  test('with the speaker in front are found', () => {
    expect(why([row('trait', '沈青', '谨慎', 2, '沈青（低声）：白先生，匣子我带来了')])).toEqual([]);
    expect(why([row('trait', '沈青', '谨慎', 2, '沈青：白先生，匣子')])).toEqual([]);
  });

  test('under a wrong number are found where they stand', () => {
    const { extraction } = read([row('trait', '顾言', '果断', 99, '老莫，开船')]);
    const element = given.document.episodes[0]!.scenes[0]!.elements.find(({ text }) => text.startsWith('老莫'));
    expect(extraction.traits).toMatchObject([{ line: element?.line }]);
  });

  test.each([
    ['that stand nowhere', '他拔出长刀，血溅三尺'],
    ['of a mark alone', '。'],
    ['too short to be of another line', '晚'],
    ['that are none', ''],
  ])('%s refuse what they are said to show', (_, words) => {
    expect(why([row('look', '沈青', '长发', 3, words)])).toEqual(['quote']);
  });
});

describe('what is not in the script is left out and counted', () => {
  test.each([
    ['a person who was invented', row('form', '赵无极', '无极', 1, '左眼下一颗泪痣')],
    ['a name nobody uses', row('form', '沈青', '沈大小姐', 1, '左眼下一颗泪痣')],
    ['the look of somebody unknown', row('look', '赵无极', '白须', 1, '左眼下一颗泪痣')],
    ['a relation to somebody unknown', row('tie', '沈青', '师父', 1, '左眼下一颗泪痣', '赵无极')],
    ['a thing that is not there', row('prop', '玉玺', '传国玉玺', 1, '左眼下一颗泪痣')],
    ['a place that is no set', row('place', '金銮殿', '富丽堂皇', 1, '左眼下一颗泪痣')],
    ['a pronoun for a name', row('form', '沈青', '我', 10, '可知我是谁')],
    ['a denial of somebody with lines', row('not', '顾言', '', 3, '我姓顾')],
  ])('%s', (_, fact) => {
    const { extraction, dropped } = read([fact]);
    expect(dropped).toMatchObject([{ why: 'name' }]);
    expect(extraction).toEqual({ ...given.found, leftOut: 1 });
  });

  test('a row that cannot be read, which does not cost the others; of a line’s number what can be', () => {
    const good = row('look', '沈青', '左眼下泪痣', 1, '左眼下一颗泪痣');
    const odd = [null, 'look', ['look', '沈青'], { ...good, n: ['沈青', '顾言'] }] as unknown as Row[];
    expect(why([good, ...odd])).toEqual(odd.map(() => 'quote'));
    const numbers = ['1-2', '第1行', [1, 2], undefined, '１'].map((e) => ({ ...good, e })) as unknown as Row[];
    for (const one of numbers) expect(why([one])).toEqual([]);
    const listed = { ...good, v: ['左眼下泪痣', '怀抱漆匣'], o: ['a', 'b'] } as unknown as Row;
    expect(read([listed]).extraction.traits).toMatchObject([{ value: '左眼下泪痣、怀抱漆匣' }]);
  });

  test('a row of a kind nobody asked for, which does not cost the others', () => {
    const odd = { ...row('look', '沈青', '月白长裙', 1, '沈青'), k: 'clothing' } as unknown as Row;
    expect(why([odd])).toEqual(['quote']);
    expect(read([odd]).extraction.leftOut).toBe(1);
  });

  test('what is written in another language', () => {
    expect(why([row('look', '沈青', 'a mole under her left eye', 1, '左眼下一颗泪痣')])).toEqual(['language']);
    expect(why([row('look', '沈青', '左の目の下にほくろがある', 1, '左眼下一颗泪痣')])).toEqual(['language']);
  });

  test('a picture in the wrong language, of that language alone', () => {
    const shown = asset(careful, '沈青', [{ n: '沈青', zh: 'young woman', en: 'young woman' }]);
    expect(shown?.attributes).toMatchObject({ visual_prompt_en: 'young woman' });
    expect(shown?.attributes).not.toHaveProperty('visual_prompt_zh');
  });
});

describe('people', () => {
  test('a form the grammar took for a name and a model denies is nobody', () => {
    const names = (facts: readonly Row[]) => resolve([read(facts).extraction]).assets.map(({ name }) => name);
    const denial = row('not', '林晚', '', 5, '林晚，跟我走');
    expect(names([])).toContain('林晚');
    expect(names([denial])).not.toContain('林晚');
    expect(read([denial]).extraction.mentions).toEqual(given.found.mentions);
  });

  test('two with labels of their own are not one for a model’s word alone: the pair waits', () => {
    const { extraction } = read([row('form', '顾言', '黑衣人', 5, '跟我走')]);
    const { assets, decisions } = resolve([extraction]);
    expect(assets.filter(({ kind }) => kind === 'character').map(({ name }) => name)).toContain('黑衣人');
    // both stand on one cast line: that refuses it outright
    expect(decisions.some(({ outcome, a, b }) => outcome === 'merged' && [a, b].includes('黑衣人'))).toBe(false);
  });

  test('whoever a biography tells may be called as it begins', () => {
    expect(
      asset([row('look', '沈青，二十岁', '左眼下一颗泪痣', 1, '左眼下一颗泪痣')], '沈青')?.attributes,
    ).toMatchObject({
      appearance: '左眼下一颗泪痣',
    });
  });
});

describe('an English script', () => {
  const film = givenOf(parseText(english, { fileName: 'ledger.fountain' }), 1);
  const facts = [
    row('form', 'HARRIS', 'Doc', 2, 'Doc, nobody followed me'),
    row('form', 'MARGARET', 'Meg', 3, 'Sit down, Meg'),
    row('prop', 'ledger', 'what they are hunted for', 5, 'They know about the ledger', 'HARRIS'),
    row('vehicle', 'black sedan', 'rolls past', 4, 'A black sedan rolls past'),
    row('trait', 'HARRIS', '果断', 6, 'Then we burn the ledger'),
    row('form', 'MARGARET', 'Mar', 1, 'in a torn raincoat'),
  ];

  test('has names in whole words, things wherever they stand, and no Chinese', () => {
    const { extraction, dropped } = readWith(film, () => ({ facts, prompts: [] }));
    expect(dropped.map((one) => one.why)).toEqual(['language', 'name']);
    const { assets } = resolve([extraction]);
    const forms = (name: string) =>
      assets
        .find((one) => one.name === name)
        ?.forms.map(({ surface }) => surface)
        .sort();
    expect(forms('Harris')).toContain('Doc');
    expect(forms('MARGARET')).toContain('Meg');
    expect(assets.find(({ name }) => name === 'ledger')).toMatchObject({ kind: 'prop', forms: [{ count: 2 }] });
  });
});
