// Places: one set under several names, rooms of one house, and what must stay apart.
import { describe, expect, test } from 'vitest';
import { broken, scene } from './drama.ts';

describe('a place', () => {
  test('that a caption gives a new name is one place, before and after', () => {
    const { forms, decision } = broken(
      `第1集\n${scene('1-1', '听风楼', '林越', '林越：好酒。')}第2集\n${scene('2-1', '揽月楼', '林越', '【字幕：三年后，听风楼更名为“揽月楼”】', '林越：物是人非。')}`,
    );
    expect(forms('听风楼', 'location')).toEqual(['听风楼', '揽月楼']);
    expect(decision('听风楼', '揽月楼')?.evidence[0]).toMatchObject({ rule: 'place_renamed', episode: 2 });
  });

  test('that is renamed takes its rooms along, each to its own', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '同济医院病房', '林越', '林越：水。')}${scene('1-2', '同济医院走廊', '林越', '林越：走。')}第2集\n${scene('2-1', '仁和医院病房', '林越', '【字幕：同济医院更名“仁和医院”】', '林越：又来了。')}${scene('2-2', '仁和医院走廊', '林越', '林越：走。')}`,
    );
    expect(forms('仁和医院病房', 'location')).toEqual(['仁和医院病房', '同济医院病房']);
    expect(forms('仁和医院走廊', 'location')).toEqual(['仁和医院走廊', '同济医院走廊']);
  });

  test('in ruins is the same place in another state', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '沈家绣坊', '林越', '林越：着火了！')}第2集\n${scene('2-1', '沈家绣坊废墟', '林越', '林越：都没了。')}`,
    );
    expect(asset('沈家绣坊废墟', 'location')?.key).toBe(asset('沈家绣坊', 'location')?.key);
    expect(asset('沈家绣坊', 'location')?.variants).toContainEqual(
      expect.objectContaining({ name: '废墟', episodes: [2] }),
    );
  });

  test('written with dots, spaces or in Traditional characters is the same place', () => {
    const { forms } = broken(
      `第1集\n${scene('1-1', '王府·書房', '林越', '林越：一。')}${scene('1-2', '王府书房', '林越', '林越：二。')}`,
    );
    expect(forms('王府书房', 'location')).toEqual(['王府·書房', '王府书房']);
  });

  test('that lies in another knows it', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '大理寺', '林越', '林越：一。')}${scene('1-2', '大理寺正堂', '林越', '林越：二。')}`,
    );
    expect(asset('大理寺正堂', 'location')?.parent).toBe(asset('大理寺', 'location')?.key);
  });
});

const apart = [
  ['two rooms of one house', '程家老宅客厅', '程家老宅书房'],
  ['a studio and a head office of one name', '归帆工作室', '归帆珠宝总部'],
  ['homes of two families', '程家客厅', '苏家客厅'],
  ['a hall and the side hall of it', '紫宸殿', '紫宸殿偏殿'],
] as const;

test.each(apart)('%s stay two places: %s, %s', (_, a, b) => {
  const { asset } = broken(
    `第1集\n${scene('1-1', a, '林越', '林越：一。')}第2集\n${scene('2-1', b, '林越', '林越：二。')}`,
  );
  expect(asset(a, 'location')?.key).not.toBe(asset(b, 'location')?.key);
});

test('one family’s home under two words is one; used side by side in an episode it is asked about', () => {
  const season = (second: string) =>
    broken(
      `第1集\n${scene('1-1', '程家老宅客厅', '林越', '林越：一。')}${second}${scene('2-1', '程家别墅客厅', '林越', '林越：二。')}`,
    );
  const later = season('第2集\n');
  expect(later.forms('程家老宅客厅', 'location')).toEqual(['程家别墅客厅', '程家老宅客厅']);
  const beside = season('');
  expect(beside.forms('程家老宅客厅', 'location')).toEqual(['程家老宅客厅']);
  expect(beside.decision('程家老宅客厅', '程家别墅客厅')?.outcome).toBe('review');
});

describe('an English place', () => {
  const sets = (...places: string[]) =>
    broken(places.map((place) => `INT. ${place} - DAY\n\nMIA\nHello.\n`).join('\n'), [], 'sets.fountain');

  test.each([
    ["CEO'S OFFICE - KNIGHT TOWER", "KNIGHT TOWER - CEO'S OFFICE"],
    ["HOBB'S HOUSE - KITCHEN", 'HOBB RESIDENCE - KITCHEN'],
  ])('written the other way is one: %s, %s', (a, b) => {
    expect(sets(a, b).forms(a, 'location')).toEqual([a, b].sort());
  });

  test.each([
    ['BULLPEN', 'POLICE STATION - BULLPEN'],
    ['RAVENHOLD - THRONE ROOM', 'RAVENHOLD CASTLE - THRONE ROOM'],
  ])('written shorter waits for a person: %s, %s', (a, b) => {
    const { forms, decision } = sets(a, b);
    expect(forms(a, 'location')).toEqual([a]);
    expect(decision(a, b)?.outcome).toBe('review');
  });

  test.each([
    ['two of the kind are about', ['KITCHEN', 'HOBB HOUSE - KITCHEN', 'COLE HOUSE - KITCHEN']],
    ['a house and a flat', ["HOBB'S FLAT", 'HOBB HOUSE']],
    ['it only lies beside', ['THE BANK', 'OUTSIDE THE BANK']],
  ])('is not asked about where %s', (_, places) => {
    const { resolution } = sets(...places);
    expect(resolution.decisions.filter(({ kind }) => kind === 'location')).toEqual([]);
    expect(resolution.assets.filter(({ kind }) => kind === 'location')).toHaveLength(places.length);
  });

  test('lies in another by its parts, not by its letters', () => {
    const { asset } = sets('PIER 1', 'PIER 19', 'PIER 1 - SHED');
    expect(asset('PIER 1 - SHED', 'location')?.parent).toBe(asset('PIER 1', 'location')?.key);
    expect(asset('PIER 19', 'location')?.parent).toBeUndefined();
  });
});

test('a Chinese place written shorter waits for a person where one longer one fits', () => {
  const one = broken(
    `第1集\n${scene('1-1', '学校天台', '林越', '林越：一。')}第2集\n${scene('2-1', '天台', '林越', '林越：二。')}`,
  );
  expect(one.forms('天台', 'location')).toEqual(['天台']);
  expect(one.decision('天台', '学校天台')?.outcome).toBe('review');
  const two = broken(
    `第1集\n${scene('1-1', '学校天台', '林越', '林越：一。')}${scene('1-2', '医院天台', '林越', '林越：一。')}第2集\n${scene('2-1', '天台', '林越', '林越：二。')}`,
  );
  expect(two.resolution.decisions.filter(({ kind }) => kind === 'location')).toEqual([]);
});
