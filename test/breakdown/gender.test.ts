// Who is a woman and who is a man: biographies, titles, kinship and pronouns tell; what contradicts itself is not guessed.
import { readFile } from 'node:fs/promises';
import { resolve as absolute } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extractDocument, resolve } from '../../core/breakdown/index.ts';
import { parse } from '../../core/script/index.ts';
import { broken, scene } from './drama.ts';

const genderOf = (text: string, name: string, file = 'drama.txt'): string | undefined =>
  broken(text, [], file).asset(name)?.attributes.gender;

/** A person with this biography, in a scene that tells nothing. */
const told = (biography: string): string | undefined =>
  genderOf(`人物小传\n苏宁：${biography}\n\n第1集\n${scene('1-1', '街口', '苏宁', '苏宁：走吧。')}`, '苏宁');

test('the bundled drama: every main person whose gender the script tells has it', async () => {
  const path = absolute(import.meta.dirname, '../../demo/zh_jindenglu.txt');
  const { assets } = resolve(extractDocument(await parse(await readFile(path), path)));
  const genders = assets
    .filter(({ kind, importance }) => kind === 'character' && importance !== 'minor')
    .map(({ name, attributes }) => [name, attributes.gender]);
  expect(Object.fromEntries(genders)).toEqual({
    谢灯儿: 'female',
    裴照: 'male',
    李玄策: 'male',
    柳听雪: 'female',
    谢三: 'male',
    崔令仪: 'female',
    卢崇礼: 'male',
    常安: 'male',
    老姜: 'male',
    阿蛮: 'male',
    沈嬷嬷: 'female',
    裴老夫人: 'female',
    皇帝: 'male',
    // Behind the mask: a person of his own until somebody says who he is.
    鬼面人: 'male',
    // Ten years old, and nowhere called a boy or a girl.
    小豆子: undefined,
    书吏甲: undefined,
  });
});

describe('a biography', () => {
  test.each([
    ['女主，调香师。', 'female'],
    ['二十岁，绣娘，真实身份是失踪多年的永宁公主赵明仪。', 'female'],
    ['家破后女扮男装，化名苏公子。', 'female'],
    ['男二，侯爷的独子。', 'male'],
    ['三十岁，沈昭的兄长。', 'male'],
    ['总裁，妻子坠海后性情大变。', 'male'],
    ['女，二十六岁，太子的伴读。', 'female'],
  ] as const)('%s → %s', (biography, gender) => {
    expect(told(biography)).toBe(gender);
  });

  test.each([
    '爱慕公主多年，与太子有仇。',
    '母亲早亡，女儿也不在身边。',
    '有一女。',
    '男主的保镖，女友在国外。',
    '嫁给太子的人的朋友。',
  ])('that speaks of others tells nothing: %s', (biography) => {
    expect(told(biography)).toBeUndefined();
  });

  test('that says both things says nothing', () => {
    expect(told('侯爷的女儿。王府的世子。')).toBeUndefined();
  });
});

describe('the lines', () => {
  const shown = (...lines: string[]): string => `第1集\n${scene('1-1', '街口', '苏宁、陆九', ...lines)}`;

  test('tell by the pronoun that takes up the only person named', () => {
    expect(genderOf(shown('△苏宁推开门。她走了进来。', '陆九：谁？'), '苏宁')).toBe('female');
  });

  test('tell by what one of two does to the other', () => {
    const text = shown('△苏宁蹲在墙角，陆九把外衣披在她肩上。');
    expect([genderOf(text, '苏宁'), genderOf(text, '陆九')]).toEqual(['female', undefined]);
  });

  test('tell nothing where a pronoun may mean either, or several', () => {
    const text = shown('△苏宁撞上陆九。她退了一步。', '△苏宁停下。他们都看着灯。');
    expect([genderOf(text, '苏宁'), genderOf(text, '陆九')]).toEqual([undefined, undefined]);
  });

  test('tell by how somebody calls herself or himself', () => {
    const text = shown('苏宁：臣妾告退。', '陆九：老夫知道了。');
    expect([genderOf(text, '苏宁'), genderOf(text, '陆九')]).toEqual(['female', 'male']);
  });

  test('that contradict each other are no answer', () => {
    expect(genderOf(shown('△苏宁推门。她进来。', '△苏宁坐下。他喝茶。'), '苏宁')).toBeUndefined();
  });

  test('yield to the biography of a woman disguised as a man', () => {
    const text = `人物小传\n苏宁：女主，女扮男装入宫。\n\n${shown('△苏宁推门。他进来。', '陆九：苏公子，请。')}`;
    expect(genderOf(text, '苏宁')).toBe('female');
  });

  test('leave it out where titles and pronouns disagree', () => {
    expect(genderOf(shown('△苏宁推门。她进来。', '陆九：苏公子，请。'), '苏宁')).toBeUndefined();
  });
});

test('English: a sentence about one person, and a sentence of the biography', () => {
  const play = `Title: Night

INT. BAR - NIGHT

KAY sits alone. She lights a match.

JIM wipes his glass.

KAY
Closed?

JIM
Nearly.
`;
  expect([genderOf(play, 'Kay', 'night.fountain'), genderOf(play, 'Jim', 'night.fountain')]).toEqual([
    'female',
    'male',
  ]);
});

describe('English: one person of a scene', () => {
  const night = (...lines: string[]) => `Title: Night\n\nINT. BAR - NIGHT\n\n${lines.join('\n\n')}\n`;
  const kay = (...lines: string[]) => genderOf(night(...lines), 'Kay', 'night.fountain');

  test('is taken up by the paragraph behind, and by what the only other one calls her', () => {
    expect(kay('KAY (34, a wet coat) walks in.', 'She sits.', 'KAY\nClosed?')).toBe('female');
    expect(kay('KAY walks in.', 'KAY\nClosed?', "BARMAN\nThe last boat's gone, lady.")).toBe('female');
  });

  test('is not told by a pronoun or an address that may mean somebody else', () => {
    expect(kay('KAY walks in.', 'JIM\nClosed.', 'He wipes his glass.', 'KAY\nOh.')).toBeUndefined();
    expect(
      kay('KAY\nHello?', 'A stranger stands in the doorway, soaked.', 'He shuts the door.', 'KAY\nWho are you?'),
    ).toBeUndefined();
    expect(kay('KAY walks in. ANNA waits.', 'KAY\nClosed?', 'ANNA\nYes.', 'BARMAN\nGone, lady.')).toBeUndefined();
    expect(kay('KAY walks in.', 'KAY\nClosed?', 'BARMAN\nThe lady has gone.')).toBeUndefined();
  });
});
