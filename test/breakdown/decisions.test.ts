// Decisions: what was merged, what waits for a person, and a person's word over all.
import { describe, expect, test } from 'vitest';
import { type PriorDecision, resolve } from '../../core/breakdown/index.ts';
import { broken, scene } from './drama.ts';

const text = `第1集\n${scene('1-1', '公司', '程知行、秘书', '秘书：程总，有人找您。', '程知行：让他进来。')}${scene('1-2', '医院', '苏念、程国华', '程国华：老程家对不起你。', '苏念：都过去了。')}`;

describe('every decision', () => {
  const { resolution } = broken(text);

  test('carries a score between 0 and 1 and the evidence it rests on', () => {
    expect(resolution.decisions.length).toBeGreaterThan(0);
    for (const { score, evidence } of resolution.decisions) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(evidence.length).toBeGreaterThan(0);
      expect(evidence.every(({ quote, line }) => quote !== '' && line > 0)).toBe(true);
    }
  });

  test('above the bar is done and joins one asset, below it joins nothing', () => {
    for (const { outcome, aKey, bKey, score } of resolution.decisions) {
      if (outcome === 'merged') expect(score).toBeGreaterThanOrEqual(0.95);
      expect(outcome === 'merged').toBe(aKey === bKey);
    }
  });

  test('names keys of assets that are there', () => {
    const keys = new Set(resolution.assets.map(({ key }) => key));
    for (const { aKey, bKey } of resolution.decisions) expect(keys.has(aKey) && keys.has(bKey)).toBe(true);
  });
});

describe('a doubtful pair', () => {
  const { decision, asset } = broken(
    `第1集\n${scene('1-1', '画室', '白鹭、林越', '林越：果然是你，苏晚。', '白鹭：我只是个修画的。')}${scene('1-2', '书房', '苏晚、苏父', '苏晚：爸。', '苏父：坐。')}`,
  );

  test('is asked about, not merged', () => {
    expect(decision('苏晚', '白鹭')?.outcome).toBe('review');
    expect(asset('苏晚')?.key).not.toBe(asset('白鹭')?.key);
  });

  test('says why: what was said to whom', () => {
    const [first] = decision('苏晚', '白鹭')?.evidence ?? [];
    expect(first).toMatchObject({ rule: 'other_naming', quote: '果然是你，苏晚。', episode: 1 });
  });
});

describe('a person’s word', () => {
  test('merges what the script does not say', () => {
    const { asset } = broken(text, [{ kind: 'character', a: '苏念', b: '秘书', outcome: 'accepted' }]);
    expect(asset('苏念')?.key).toBe(asset('秘书')?.key);
  });

  test('parts what the script says', () => {
    const { asset } = broken(text, [{ kind: 'character', a: '程总', b: '程知行', outcome: 'rejected' }]);
    expect(asset('程知行')?.forms.map(({ surface }) => surface)).not.toContain('程总');
  });

  test('on one pair parts the whole persons: no third form brings them together', () => {
    const { asset } = broken(
      `人物小传\n宋时雨：绣娘，化名白露，小名阿雨。\n\n第1集\n${scene('1-1', '绣坊', '宋时雨', '宋时雨：好。')}${scene('1-2', '桥', '白露', '白露：好。')}`,
      [{ kind: 'character', a: '白露', b: '宋时雨', outcome: 'rejected' }],
    );
    expect(asset('白露')?.key).not.toBe(asset('宋时雨')?.key);
  });

  test('is all that makes two of the other kinds one', () => {
    const car = (surface: string, line: number) => ({
      kind: 'vehicle' as const,
      surface,
      episode: 1,
      sceneId: `s${line}`,
      elementId: `e${line}`,
      line,
      quote: surface,
      role: 'named' as const,
    });
    const extraction = { episode: 1, mentions: [car('黑色轿车', 1), car('轿车', 2), car('马车', 3)], hints: [] };
    const names = (prior: PriorDecision[]) =>
      resolve([extraction], prior).assets.map(({ forms }) => forms.map(({ surface }) => surface));
    expect(names([])).toEqual([['黑色轿车'], ['轿车'], ['马车']]);
    expect(names([{ kind: 'vehicle', a: '轿车', b: '黑色轿车', outcome: 'accepted' }])).toEqual([
      expect.toSatisfy((forms: string[]) => forms.includes('轿车') && forms.includes('黑色轿车')),
      ['马车'],
    ]);
  });

  test('holds for places and things too', () => {
    const story = `第1集\n${scene('1-1', '程家老宅客厅', '程知行', '△程知行取出一枚凤纹玉簪。', '程知行：玉簪还在。')}第2集\n${scene('2-1', '程家别墅客厅', '程知行', '△程知行放下玉簪。')}`;
    const { asset } = broken(story, [
      { kind: 'location', a: '程家老宅客厅', b: '程家别墅客厅', outcome: 'rejected' },
      { kind: 'prop', a: '凤纹玉簪', b: '玉簪', outcome: 'rejected' },
    ]);
    expect(asset('程家老宅客厅', 'location')?.key).not.toBe(asset('程家别墅客厅', 'location')?.key);
    expect(asset('凤纹玉簪', 'prop')?.key).not.toBe(asset('玉簪', 'prop')?.key);
  });

  test('given twice counts the second time', () => {
    const pair = { kind: 'character', a: '苏念', b: '秘书' } as const;
    const { asset } = broken(text, [
      { ...pair, outcome: 'accepted' },
      { ...pair, outcome: 'rejected' },
    ]);
    expect(asset('苏念')?.key).not.toBe(asset('秘书')?.key);
  });
});
