import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absorbing, joined, parted } from '../../../core/asset/asset.ts';
import { partedAgain } from '../../../core/asset/outlived.ts';
import { reconcile } from '../../../core/asset/reconcile.ts';
import { saidByMerge, saidBySplit, scriptForm } from '../../../core/asset/said.ts';
import { searched } from '../../../core/asset/search.ts';
import { priorOf } from '../../../core/pipeline/resolve.ts';
import { anAsset, found } from '../../kit/asset-row.ts';

const decisionRow = {
  tenant: 't',
  project: 'prj_1',
  kind: 'character' as const,
  status: 'accepted' as const,
  aAsset: 'ast_1',
  bAsset: 'ast_1',
  score: 1,
  evidence: [],
  version: 1,
};
const surfaces = (asset: { forms?: { surface: string }[] }) => asset.forms?.map(({ surface }) => surface);

describe('merging two assets', () => {
  test('the survivor answers to all forms of both', () => {
    const next = absorbing(anAsset('ast_1', ['沈知意', '沈小姐']), anAsset('ast_2', ['苏晚', '沈小姐']));
    expect(surfaces(next)).toEqual(['沈知意', '沈小姐', '苏晚']);
  });

  test('different kinds, other projects, deleted ones and the asset itself are refused', () => {
    const one = anAsset('ast_1', ['沈知意']);
    expect(() => absorbing(one, one)).toThrow('MERGE_REFUSED');
    expect(() => absorbing(one, anAsset('ast_2', ['老宅'], { kind: 'location' }))).toThrow('MERGE_REFUSED');
    expect(() => absorbing(one, anAsset('ast_2', ['苏晚'], { project: 'prj_x' }))).toThrow('MERGE_REFUSED');
    expect(() => absorbing(one, anAsset('ast_2', ['苏晚'], { status: 'deleted' }))).toThrow('ASSET_DELETED');
  });

  test('is taken back after a run that lost one of them: who is in the script no more keeps what it was called', () => {
    const [into, other] = [anAsset('ast_1', ['沈知意']), anAsset('ast_2', ['苏晚'])];
    const now = { ...into, ...absorbing(into, other), forms: other.forms, episodes: [1] };
    const apart = partedAgain({ into, other, now });
    expect([surfaces(apart.into), surfaces(apart.other)]).toEqual([['沈知意'], ['苏晚']]);
  });

  test('splitting what was merged gives both sides their forms back', () => {
    const name = fc.string({ minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 8 }), fc.nat(), (forms, at) => {
        const cut = 1 + (at % (forms.length - 1));
        const [left, right] = [forms.slice(0, cut), forms.slice(cut)];
        const merged = { ...anAsset('ast_1', left), ...absorbing(anAsset('ast_1', left), anAsset('ast_2', right)) };
        const { staying, leaving } = parted(merged, right);
        expect(surfaces(staying)).toEqual(left);
        expect(surfaces(leaving)).toEqual(right);
      }),
    );
  });

  test('a split must leave a form and may only take what is there', () => {
    const asset = anAsset('ast_1', ['沈知意', '苏晚']);
    expect(() => parted(asset, ['沈知意', '苏晚'])).toThrow('SPLIT_REFUSED');
    expect(() => parted(asset, ['陆沉'])).toThrow('SPLIT_REFUSED');
  });

  test('counts of the same form add up', () => {
    expect(
      joined([
        { surface: '甲', count: 2, episodes: [2] },
        { surface: '甲', count: 3, episodes: [1, 2] },
      ]),
    ).toEqual([{ surface: '甲', count: 5, episodes: [1, 2] }]);
  });
});

describe('what a person says of who is who', () => {
  const word = (aForm: string, bForm: string, status: 'accepted' | 'rejected') => ({ aForm, bForm, status });
  const known = (...said: ReturnType<typeof word>[]) => said.map((one) => ({ ...one, kind: 'character' as const }));

  test('is of forms in the script: the one resolution knows, else the most used, else the name', () => {
    const often = { surface: '晚晚', count: 9, episodes: [1] };
    const byHand = { surface: '女主', count: 0, episodes: [] };
    const asset = anAsset('ast_1', ['苏晚'], { name: '女主' });
    expect(scriptForm({ ...asset, forms: [byHand, often, ...asset.forms] })).toBe('苏晚');
    expect(scriptForm({ ...asset, key: 'split:character:女主', forms: [byHand, ...asset.forms, often] })).toBe('晚晚');
    expect(scriptForm({ ...asset, forms: [byHand] })).toBe('女主');
  });

  test('a merge takes back what kept the two apart, and nothing else', () => {
    const said = known(word('苏晚', '沈小姐', 'rejected'), word('苏晚', '陆沉', 'rejected'));
    expect(saidByMerge(anAsset('ast_1', ['沈知意', '沈小姐']), anAsset('ast_2', ['苏晚']), said)).toEqual([
      word('沈知意', '苏晚', 'accepted'),
      word('沈小姐', '苏晚', 'accepted'),
    ]);
  });

  test('a split takes back what made the two one, first of all, and fits into a commit', () => {
    const many = Array.from({ length: 60 }, (_, n) => `名${n}`);
    const [stays, leaves] = [anAsset('ast_1', ['甲', ...many]), anAsset('ast_2', ['乙', '丙', '丁'])];
    const words = saidBySplit(stays, stays, leaves, known(word('丁', '名59', 'accepted')));
    expect(words.slice(0, 6)).toEqual([
      word('名59', '丁', 'rejected'),
      word('甲', '乙', 'rejected'),
      word('甲', '丙', 'rejected'),
      word('甲', '丁', 'rejected'),
      word('乙', '丙', 'accepted'),
      word('乙', '丁', 'accepted'),
    ]);
    expect(words).toHaveLength(80);
  });

  test('the later word on the same pair counts, whatever the names are', () => {
    const row = (form: string, updatedAt: number) => ({
      ...decisionRow,
      aForm: '甲',
      bForm: form,
      id: `dec_${form}`,
      updatedAt,
    });
    expect(priorOf([row('乙', 3), row('丙', 1), row('丁', 2)]).map(({ b }) => b)).toEqual(['丙', '丁', '乙']);
  });
});

describe('a new resolution meets the library', () => {
  const make = (asset: ReturnType<typeof found>) =>
    anAsset(`new_${asset.key}`, surfaces(asset) ?? [], { key: asset.key });

  test('the same person keeps the row, by key or by forms', () => {
    const rows = [anAsset('ast_1', ['谢灯儿', '阿灯姐'])];
    const byForms = found(['谢灯儿', '阿灯姐', '谢十七'], { key: 'character:other' });
    const { ids, changed, created } = reconcile(rows, [byForms], make);
    expect(ids.get('character:other')).toBe('ast_1');
    expect(surfaces(changed[0]?.next ?? {})).toContain('谢十七');
    expect(created).toEqual([]);
  });

  test('a row goes to whoever has most of its forms, not to who is met first', () => {
    const rows = [anAsset('ast_1', ['苏晚', '阿晚', '晚晚', '白露'])];
    const [other, renamed] = [found(['白露'], { key: 'character:白露' }), found(['苏婉', '阿晚', '晚晚'])];
    const { ids, created } = reconcile(rows, [other, renamed], make);
    expect(ids.get(renamed.key)).toBe('ast_1');
    expect(surfaces(created[0]!)).toEqual(['白露']);
  });

  test('what a person changed stays', () => {
    const rows = [anAsset('ast_1', ['谢灯儿'], { description: '我写的', edited: ['description'] })];
    const { changed } = reconcile(rows, [found(['谢灯儿', '灯儿'], { description: '机器写的' })], make);
    expect(changed[0]?.next.description).toBeUndefined();
  });

  test('nothing changed: nothing is written', () => {
    expect(reconcile([anAsset('ast_1', ['谢灯儿'])], [found(['谢灯儿'])], make).changed).toEqual([]);
  });

  test('what is no longer found is deleted softly, unless a person made or changed it', () => {
    const rows = [
      anAsset('ast_1', ['甲']),
      anAsset('ast_2', ['乙'], { edited: ['name'] }),
      anAsset('ast_3', ['丙'], { source: 'manual' }),
    ];
    const { changed } = reconcile(rows, [], make);
    expect(changed.map(({ before, next }) => [before.id, next.status])).toEqual([['ast_1', 'deleted']]);
  });

  test('who has the forms of what is no longer found stands for it, then and at later runs', () => {
    const rows = [
      anAsset('ast_1', ['甲', '阿甲']),
      anAsset('ast_2', ['乙', '小乙']),
      anAsset('ast_3', ['丙'], { status: 'deleted' }),
      anAsset('ast_4', ['丁'], { status: 'deleted', edited: ['status'] }),
      anAsset('ast_5', ['戊']),
    ];
    const { gone } = reconcile(rows, [found(['甲', '阿甲', '乙', '丙', '丁']), found(['己', '小乙'])], make);
    expect([...gone]).toEqual([['ast_3', 'ast_1']]);
    const { gone: both } = reconcile(rows, [found(['甲', '阿甲', '乙', '小乙', '丙'])], make);
    expect([...both]).toEqual([
      ['ast_2', 'ast_1'],
      ['ast_3', 'ast_1'],
    ]);
  });

  test('what a run deleted comes back when it is found again; what a person deleted does not', () => {
    const rows = [
      anAsset('ast_1', ['甲'], { status: 'deleted' }),
      anAsset('ast_2', ['乙'], { status: 'deleted', edited: ['status'] }),
    ];
    const { changed, created } = reconcile(rows, [found(['甲']), found(['乙'])], make);
    expect(changed.map(({ before, next }) => [before.id, next.status])).toEqual([['ast_1', 'active']]);
    expect(created).toEqual([]);
  });

  test('no row serves two people', () => {
    const rows = [anAsset('ast_1', ['夫人', '沈母', '陆母'])];
    const { ids, created } = reconcile(rows, [found(['沈母'], { key: 'a' }), found(['陆母'], { key: 'b' })], make);
    expect(new Set(ids.values()).size).toBe(2);
    expect(created).toHaveLength(1);
  });
});

describe('searching the library', () => {
  const library = [
    anAsset('ast_1', ['谢灯儿', '阿灯姐', '谢十七']),
    anAsset('ast_2', ['裴照', '裴少卿']),
    anAsset('ast_3', ['YORBLEF']),
  ];
  const names = (text: string) => searched(library, text).map(({ name }) => name);

  test('any form finds the asset', () => {
    expect(names('阿灯姐')).toEqual(['谢灯儿']);
    expect(names('少卿')).toEqual(['裴照']);
  });

  test('a slip of one character is forgiven', () => {
    expect(names('谢灯尔')).toEqual(['谢灯儿']);
    expect(names('yorbelf')).toEqual(['YORBLEF']);
  });

  test('either script finds the other', () => {
    expect(names('謝燈兒')).toEqual(['谢灯儿']);
    expect(names('裴少卿')).toEqual(['裴照']);
    const traditional = [anAsset('ast_4', ['蘇晚', '蘇小姐'])];
    expect(searched(traditional, '苏小姐').map(({ name }) => name)).toEqual(['蘇晚']);
  });

  test.each(["'", '·', ' - ', '’·・'])('%s alone names nobody', (marks) => {
    expect(names(marks)).toEqual([]);
  });

  test('what shares nothing is not found', () => {
    expect(names('卢崇礼')).toEqual([]);
    expect(names('王')).toEqual([]);
  });
});
