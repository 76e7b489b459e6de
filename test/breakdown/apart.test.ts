// Two faces on one asset is the worse fault: what keeps people apart.
import { describe, expect, test } from 'vitest';
import { broken, scene } from './drama.ts';

const alike = [
  ['walk-ons with numbers', '黑衣人甲', '黑衣人乙'],
  ['a role and a numbered role', '黑衣男', '黑衣人甲'],
  ['names of one sound', '陆沉', '陆尘'],
  ['names one character apart', '李明轩', '李明远'],
  ['names of one surname', '苏晚', '苏婉'],
  ['father and mother', '苏父', '苏母'],
] as const;

test.each(alike)('%s stay two: %s, %s', (_, a, b) => {
  const lines = [`${a}：走吧。`, `${b}：好。`];
  const { asset } = broken(
    `第1集\n${scene('1-1', '街口', `${a}、路人`, lines[0]!, lines[0]!)}${scene('1-2', '桥头', `${b}、路人`, lines[1]!, lines[1]!)}`,
  );
  expect(asset(a)).toBeDefined();
  expect(asset(b)).toBeDefined();
  expect(asset(a)?.key).not.toBe(asset(b)?.key);
});

describe('evidence against', () => {
  test('two who stand in one cast line are two, though a biography gives one the other’s name', () => {
    const { asset, decision } = broken(`人物小传
宋时雨：绣娘，化名白露。

第1集
${scene('1-1', '绣坊', '宋时雨、白露', '宋时雨：白露，你来。', '白露：好。')}`);
    expect(asset('宋时雨')?.key).not.toBe(asset('白露')?.key);
    expect(decision('宋时雨', '白露')?.outcome).toBe('refused');
    expect(decision('宋时雨', '白露')?.evidence.map(({ rule }) => rule)).toContain('same_cast_line');
  });

  test('a name two people could be called by is given to neither', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '院子', '赵小雨、路人', '赵小雨：好热。')}${scene('1-2', '操场', '钱小雨、路人', '钱小雨：好冷。')}${scene('1-3', '教室', '小雨、路人', '小雨：上课了。')}`,
    );
    expect(new Set(['赵小雨', '钱小雨', '小雨'].map((form) => asset(form)?.key)).size).toBe(3);
  });

  test('sisters are told by their rank: 苏大小姐, 苏二小姐', () => {
    const { asset } = broken(
      `第1集\n${scene('1-1', '花厅', '苏晚、管家', '管家：苏大小姐，请。', '苏晚：嗯。')}${scene('1-2', '门口', '苏婉、管家', '管家：苏二小姐，请。', '苏婉：嗯。')}`,
    );
    expect(asset('苏大小姐')?.name).toBe('苏晚');
    expect(asset('苏二小姐')?.name).toBe('苏婉');
  });

  test('crowds and voices are nobody', () => {
    const { resolution } = broken(
      `第1集\n${scene('1-1', '广场', '林越、百姓若干', '百姓若干：冤枉！', '众人：冤枉！', '旁白：那一年大旱。', '林越：肃静。')}`,
    );
    expect(resolution.assets.filter(({ kind }) => kind === 'character').map(({ name }) => name)).toEqual(['林越']);
    expect(resolution.assets.filter(({ kind }) => kind === 'extra').map(({ name }) => name)).toContain('百姓若干');
  });
});
